"""The only door to Git. What is named here is for the floors above; the rest is its own affair."""

from docpipe.adapters.repository.commit_source import CommitSource
from docpipe.adapters.repository.committing import commit_files
from docpipe.adapters.repository.configuring import configure, keep, setting, settings
from docpipe.adapters.repository.objects import Entry, Sign
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
from docpipe.adapters.repository.verifying import replaced, unsound

__all__ = [
    "Changed",
    "Commit",
    "CommitSource",
    "Dirty",
    "Entry",
    "Objects",
    "Record",
    "Records",
    "Refusal",
    "Remote",
    "Repository",
    "SealedCommit",
    "Sign",
    "Signature",
    "commit_files",
    "configure",
    "create",
    "demand_fit",
    "difference",
    "dirty",
    "email",
    "followed",
    "history",
    "identity",
    "is_inside",
    "keep",
    "known_trunk",
    "only_joining",
    "open_repository",
    "reachable",
    "replaced",
    "sealed_commit",
    "sealed_commits",
    "setting",
    "settings",
    "shared",
    "trunk",
    "unsound",
]
