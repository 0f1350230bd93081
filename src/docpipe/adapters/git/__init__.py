"""The only door to Git. Public API; other modules are internal."""

from docpipe.adapters.git.ancestry import (
    Ancestry,
    ancestry,
    count,
    first_parents,
    latest,
    reachable,
    touching,
)
from docpipe.adapters.git.author import Signature, demand_fit, email, identity
from docpipe.adapters.git.chain_names import (
    EMPTY_TREE,
    branch_of,
    device_drawn,
    device_here,
    parted,
)
from docpipe.adapters.git.chain_reading import Tips, contents, known_branches, saw, stretch
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
from docpipe.adapters.git.fsck import (
    Witness,
    grafts,
    kinds,
    once_held,
    partial,
    plainly,
    replaced,
    sizes,
    unsound,
    witness,
)
from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.hooks import (
    PLACE,
    hook_at,
    hook_script,
    hooks_elsewhere,
    runs,
    write_hook,
)
from docpipe.adapters.git.in_progress import demand_main
from docpipe.adapters.git.log import Changed, Commit, difference, files, history, recoded, trailers
from docpipe.adapters.git.main_branch import known_main, shared_main
from docpipe.adapters.git.maintenance import Tuning
from docpipe.adapters.git.merge_file import merged
from docpipe.adapters.git.merged_by_git import Merge, by_git_alone
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import FILE, TREE, Entry, Sign, message
from docpipe.adapters.git.order_folders import folder_before, last_with, order_folders
from docpipe.adapters.git.plan_sync import MAIN, OWN, SEEN, SyncPlan, own_saves, plan_sync, remember
from docpipe.adapters.git.rebase import Rebaser, Side
from docpipe.adapters.git.receive_pack import Update, bare, receiving, updates
from docpipe.adapters.git.records import Make, Record, Records
from docpipe.adapters.git.records_check import FORM, MARK, faults
from docpipe.adapters.git.records_repair import Ahead, leave_records, records_ahead
from docpipe.adapters.git.refs import abbreviated, holds, tips_of
from docpipe.adapters.git.remote import SHOWN, PushAnswer, Unreachable, offer
from docpipe.adapters.git.replay import Clash, alike
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
    is_written,
    signed_commit,
    signed_commits,
)
from docpipe.adapters.git.signing import Signing
from docpipe.adapters.git.status import Dirty, dirty
from docpipe.adapters.git.surroundings import (
    demand_reachable,
    demand_records,
    git_version,
    hooks_not_run,
    overwrites_records,
)
from docpipe.adapters.git.undo_saves import UNDONE, Undo, last_undo, redo, resume_undo, undo, undone
