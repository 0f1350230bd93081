"""Sync: take over what colleagues have published, put my saves on top, publish them.

Nothing is moved before it is known how everything fits together; with a conflict nothing is.
"""

from datetime import datetime

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text, replace
from docpipe.sharing.sync_result import Synced, Wishes
from docpipe.sharing.sync_run import SyncRun
from docpipe.trust.judging.signing import write_signers
from docpipe.workspace.changes import changes
from docpipe.workspace.company_time import local_time
from docpipe.workspace.workspace import Workspace

_NO_REMOTE = Text(
    "There is no shared repository here yet, so there is nobody to sync with",
    "这里还没有共享仓库，无从同步",
)
_ADD = Text(
    "Ask the repository administrator for its address, then: git remote add origin ADDRESS",
    "请向仓库管理员索取地址，然后运行：git remote add origin 地址",
)
_HERE = Text("sync", "同步")


def sync(workspace: Workspace, now: datetime, wishes: Wishes) -> Synced:
    """Bring my main and the shared one together, publish mine, take over the records.

    Raises DocpipeError where nothing was done: no identity, no shared repository or none that can
    be reached, main is not checked out, a merge is under way, a file would be overwritten that is
    not saved, the histories are unrelated, the shared one was rewritten.
    """
    repo = git.open_repository(workspace.root)
    git.demand_main(repo, _HERE)
    remote = git.shared(repo)
    if remote is None:
        raise DocpipeError(_NO_REMOTE, _ADD)
    by = git.Signature(*git.identity(repo), local_time(workspace, now))
    git.resume(repo)
    done = SyncRun(workspace, repo, remote, by, wishes).run(now)
    if done.brought:
        write_signers(repo)
    return done if done.conflicts else _with_records(workspace, repo, done)


def _with_records(workspace: Workspace, repo: git.Repository, done: Synced) -> Synced:
    """The same with the records taken over and given, and with what is not saved yet."""
    with git.Objects(repo) as reader:
        unsaved = tuple(change.path for change in changes(workspace, repo, reader, []).files)
    done = replace(done, unsaved=unsaved, shallow=repo.shallow)
    if repo.shallow:
        return done
    try:
        before, after = git.Records(repo).share()
    except DocpipeError as error:
        return replace(done, trouble=done.trouble or error)
    return replace(done, records=git.count(repo, after, before) if after else 0)
