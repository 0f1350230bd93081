"""The only door to Git. What is named here is for the floors above; the rest is its own affair."""

from docpipe.adapters.repository.advancing import advance, resume
from docpipe.adapters.repository.chain_names import (
    EMPTY_TREE,
    branch_of,
    device_drawn,
    device_here,
    parted,
)
from docpipe.adapters.repository.chain_reading import (
    Tips,
    contents,
    known_branches,
    parents_of,
    saw,
    stretch,
)
from docpipe.adapters.repository.chain_sharing import (
    Unshared,
    fetch_branches,
    keep_sharing,
    push_chains,
    sharing_state,
    unpushed,
)
from docpipe.adapters.repository.chains import SEEN_MAIN, Logged, log_entry, sequence_of
from docpipe.adapters.repository.commit_source import CommitSource
from docpipe.adapters.repository.committing import commit_files
from docpipe.adapters.repository.configuring import configure, keep, setting, settings
from docpipe.adapters.repository.hooks import (
    PLACE,
    hook_at,
    hook_script,
    hooks_elsewhere,
    runs,
    write_hook,
)
from docpipe.adapters.repository.lineage import MARK, faults
from docpipe.adapters.repository.lineage import check as check_records
from docpipe.adapters.repository.mainline import MAIN, OWN, SEEN, Course, chart, remember
from docpipe.adapters.repository.merging import merged
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
from docpipe.adapters.repository.orders import folder_before, last_with, order_folders
from docpipe.adapters.repository.people import Signature, demand_fit, email, identity
from docpipe.adapters.repository.quiet import demand_files, demand_quiet
from docpipe.adapters.repository.reading import Objects
from docpipe.adapters.repository.receiving import Update, bare, receiving, updates
from docpipe.adapters.repository.records import Record, Records
from docpipe.adapters.repository.refs import holds
from docpipe.adapters.repository.refusals import Refusal
from docpipe.adapters.repository.replaying import Clash, Join, alike
from docpipe.adapters.repository.sealing import (
    SealedCommit,
    only_joining,
    reachable,
    sealed_commit,
    sealed_commits,
)
from docpipe.adapters.repository.status import Dirty, dirty
from docpipe.adapters.repository.surroundings import (
    demand_reachable,
    demand_records,
    git_version,
    hooks,
    overwrites_records,
    twins,
)
from docpipe.adapters.repository.timeline import (
    Changed,
    Commit,
    count,
    difference,
    files,
    followed,
    history,
)
from docpipe.adapters.repository.trunk import known_trunk, trunk
from docpipe.adapters.repository.tuning import Tuning
from docpipe.adapters.repository.upstream import SHOWN, Answer, Unreachable, offer, shown
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
from docpipe.adapters.repository.weaving import Weaver, Woven
from docpipe.adapters.repository.witnessing import (
    WITNESS,
    checkpoint_in,
    checkpoint_tips,
    is_witness,
    push_checkpoint,
    write_checkpoint,
)

__all__ = [
    "EMPTY_TREE",
    "FILE",
    "MAIN",
    "MARK",
    "OWN",
    "PLACE",
    "SEEN",
    "SEEN_MAIN",
    "SHOWN",
    "TREE",
    "WITNESS",
    "Answer",
    "Changed",
    "Clash",
    "Commit",
    "CommitSource",
    "Course",
    "Dirty",
    "Entry",
    "Join",
    "Logged",
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
    "Tips",
    "Tuning",
    "Unreachable",
    "Unshared",
    "Update",
    "Weaver",
    "Witness",
    "Woven",
    "advance",
    "alike",
    "bare",
    "branch_of",
    "chart",
    "check_records",
    "checkpoint_in",
    "checkpoint_tips",
    "commit_files",
    "configure",
    "contents",
    "count",
    "create",
    "demand_files",
    "demand_fit",
    "demand_quiet",
    "demand_reachable",
    "demand_records",
    "device_drawn",
    "device_here",
    "difference",
    "dirty",
    "email",
    "faults",
    "fetch_branches",
    "files",
    "folder_before",
    "followed",
    "git_version",
    "grafts",
    "history",
    "holds",
    "hook_at",
    "hook_script",
    "hooks",
    "hooks_elsewhere",
    "identity",
    "is_inside",
    "is_witness",
    "keep",
    "keep_sharing",
    "kinds",
    "known_branches",
    "known_trunk",
    "last_with",
    "log_entry",
    "merged",
    "offer",
    "once_held",
    "only_joining",
    "open_repository",
    "order_folders",
    "overwrites_records",
    "parents_of",
    "parted",
    "partial",
    "plainly",
    "push_chains",
    "push_checkpoint",
    "reachable",
    "receiving",
    "remember",
    "replaced",
    "resume",
    "runs",
    "saw",
    "sealed_commit",
    "sealed_commits",
    "sequence_of",
    "setting",
    "settings",
    "shared",
    "sharing_state",
    "shown",
    "stretch",
    "trunk",
    "twins",
    "unpushed",
    "unsound",
    "updates",
    "witness",
    "write_checkpoint",
    "write_hook",
]
