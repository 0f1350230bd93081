"""The only door to Git. Public API; other modules are internal."""

from docpipe.adapters.git.ancestry import Ancestry, ancestry, touching
from docpipe.adapters.git.author import Signature, demand_fit, email, identity
from docpipe.adapters.git.chain_names import (
    EMPTY_TREE,
    branch_of,
    device_drawn,
    device_here,
    parted,
)
from docpipe.adapters.git.chain_reading import (
    Tips,
    contents,
    known_branches,
    saw,
    stretch,
)
from docpipe.adapters.git.chain_repair import SetAside, aside, leave_chain, restore_chain
from docpipe.adapters.git.chain_sharing import (
    Unshared,
    fetch_branches,
    keep_sharing,
    push_chains,
    sharing_state,
    unpushed,
)
from docpipe.adapters.git.chains import SEEN_MAIN, Logged, entry_words, log_entry, place_of
from docpipe.adapters.git.checkout import advance, resume
from docpipe.adapters.git.checkpoints import (
    WITNESS,
    checkpoint_in,
    checkpoint_tips,
    is_witness,
    push_checkpoint,
    write_checkpoint,
)
from docpipe.adapters.git.commit import commit_files
from docpipe.adapters.git.commit_source import CommitSource
from docpipe.adapters.git.config import configure, keep, setting, settings
from docpipe.adapters.git.environment import (
    demand_reachable,
    demand_records,
    git_version,
    hooks_not_run,
    overwrites_records,
)
from docpipe.adapters.git.fsck import (
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
from docpipe.adapters.git.hooks import (
    PLACE,
    hook_at,
    hook_script,
    hooks_elsewhere,
    runs,
    write_hook,
)
from docpipe.adapters.git.in_progress import demand_files, demand_quiet
from docpipe.adapters.git.log import (
    Changed,
    Commit,
    count,
    difference,
    files,
    followed,
    history,
    trailers,
)
from docpipe.adapters.git.main_branch import known_main, shared_main
from docpipe.adapters.git.maintenance import Tuning
from docpipe.adapters.git.merge_file import merged
from docpipe.adapters.git.merge_trees import Merge, by_git_alone
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import FILE, TREE, Entry, Sign
from docpipe.adapters.git.order_folders import folder_before, last_with, order_folders
from docpipe.adapters.git.plan_sync import MAIN, OWN, SEEN, SyncPlan, own_saves, plan_sync, remember
from docpipe.adapters.git.rebase import Rebaser, Side
from docpipe.adapters.git.receive_pack import Update, bare, receiving, updates
from docpipe.adapters.git.records import Make, Record, Records
from docpipe.adapters.git.records_check import MARK, faults
from docpipe.adapters.git.records_repair import Ahead, leave_records, records_ahead
from docpipe.adapters.git.refs import holds, tips_of
from docpipe.adapters.git.refusals import Refusal
from docpipe.adapters.git.remote import SHOWN, PushAnswer, Unreachable, offer, shown
from docpipe.adapters.git.replay import Clash, Join, alike
from docpipe.adapters.git.repository import (
    Remote,
    Repository,
    create,
    is_inside,
    open_repository,
    shared,
)
from docpipe.adapters.git.signed_commits import (
    SignedCommit,
    first_parents,
    is_written,
    latest,
    reachable,
    signed_commit,
    signed_commits,
)
from docpipe.adapters.git.signing import Signing
from docpipe.adapters.git.status import Dirty, dirty
from docpipe.adapters.git.undo_saves import UNDONE, Undo, last_undo, redo, resume_undo, undo, undone

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
    "UNDONE",
    "WITNESS",
    "Ahead",
    "Ancestry",
    "Changed",
    "Clash",
    "Commit",
    "CommitSource",
    "Dirty",
    "Entry",
    "Join",
    "Logged",
    "Make",
    "Merge",
    "Objects",
    "PushAnswer",
    "Rebaser",
    "Record",
    "Records",
    "Refusal",
    "Remote",
    "Repository",
    "SetAside",
    "Side",
    "Sign",
    "Signature",
    "SignedCommit",
    "Signing",
    "SyncPlan",
    "Tips",
    "Tuning",
    "Undo",
    "Unreachable",
    "Unshared",
    "Update",
    "Witness",
    "advance",
    "alike",
    "ancestry",
    "aside",
    "bare",
    "branch_of",
    "by_git_alone",
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
    "entry_words",
    "faults",
    "fetch_branches",
    "files",
    "first_parents",
    "folder_before",
    "followed",
    "git_version",
    "grafts",
    "history",
    "holds",
    "hook_at",
    "hook_script",
    "hooks_elsewhere",
    "hooks_not_run",
    "identity",
    "is_inside",
    "is_witness",
    "is_written",
    "keep",
    "keep_sharing",
    "kinds",
    "known_branches",
    "known_main",
    "last_undo",
    "last_with",
    "latest",
    "leave_chain",
    "leave_records",
    "log_entry",
    "merged",
    "offer",
    "once_held",
    "open_repository",
    "order_folders",
    "overwrites_records",
    "own_saves",
    "parted",
    "partial",
    "place_of",
    "plainly",
    "plan_sync",
    "push_chains",
    "push_checkpoint",
    "reachable",
    "receiving",
    "records_ahead",
    "redo",
    "remember",
    "replaced",
    "restore_chain",
    "resume",
    "resume_undo",
    "runs",
    "saw",
    "setting",
    "settings",
    "shared",
    "shared_main",
    "sharing_state",
    "shown",
    "signed_commit",
    "signed_commits",
    "stretch",
    "tips_of",
    "touching",
    "trailers",
    "undo",
    "undone",
    "unpushed",
    "unsound",
    "updates",
    "witness",
    "write_checkpoint",
    "write_hook",
]
