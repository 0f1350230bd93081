"""The only door to Git. What is named here is for the floors above; the rest is its own affair."""

from docpipe.adapters.repository.commit_source import CommitSource
from docpipe.adapters.repository.committing import commit_files
from docpipe.adapters.repository.configuring import configure, keep, setting, settings
from docpipe.adapters.repository.lineage import MARK, faults
from docpipe.adapters.repository.mounted import MountedSource
from docpipe.adapters.repository.objects import FILE, TREE, Entry, Sign
from docpipe.adapters.repository.opening import (
    Remote,
    Repository,
    create,
    is_inside,
    open_repository,
    shared,
)
from docpipe.adapters.repository.people import Signature, demand_fit, email, identity
from docpipe.adapters.repository.reading import Objects
from docpipe.adapters.repository.records import Record, Records
from docpipe.adapters.repository.refusals import Refusal
from docpipe.adapters.repository.sealing import (
    SealedCommit,
    only_joining,
    reachable,
    sealed_commit,
    sealed_commits,
)
from docpipe.adapters.repository.status import Dirty, dirty
from docpipe.adapters.repository.timeline import Changed, Commit, difference, followed, history
from docpipe.adapters.repository.trunk import known_trunk, trunk
from docpipe.adapters.repository.verifying import (
    Witness,
    grafts,
    kinds,
    once_held,
    partial,
    plainly,
    replaced,
    unsound,
    witness,
)

__all__ = [
    "FILE",
    "MARK",
    "TREE",
    "Changed",
    "Commit",
    "CommitSource",
    "Dirty",
    "Entry",
    "MountedSource",
    "Objects",
    "Record",
    "Records",
    "Refusal",
    "Remote",
    "Repository",
    "SealedCommit",
    "Sign",
    "Signature",
    "Witness",
    "commit_files",
    "configure",
    "create",
    "demand_fit",
    "difference",
    "dirty",
    "email",
    "faults",
    "followed",
    "grafts",
    "history",
    "identity",
    "is_inside",
    "keep",
    "kinds",
    "known_trunk",
    "once_held",
    "only_joining",
    "open_repository",
    "partial",
    "plainly",
    "reachable",
    "replaced",
    "sealed_commit",
    "sealed_commits",
    "setting",
    "settings",
    "shared",
    "trunk",
    "unsound",
    "witness",
]
