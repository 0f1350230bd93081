"""The branch `main`: never rewritten, roles given by those who may, orders without errors."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource, SignedCommit, Update
from docpipe.diagnostics import Severity, Text
from docpipe.rules.check import check_order
from docpipe.trust.formats.places import order_path
from docpipe.trust.invariants.push import PolicyBefore
from docpipe.trust.judging.signatures import UNREADABLE, UNSIGNED
from docpipe.trust.receiving.guarded import guarded
from docpipe.trust.receiving.refusals import Refused, Why, refused
from docpipe.trust.receiving.signed import flaws, refusal
from docpipe.workspace.changes import order_of
from docpipe.workspace.workspace import Workspace

_SHOWN = 3
_REWRITE = Text(
    "Bring your work to what is shared: docpipe sync, or git pull --rebase. If something has to be "
    "taken out of history, whoever looks after the repository allows it for once: git config "
    "docpipe.allowRewrite true",
    "请将您的改动接到共享内容之后：docpipe sync 或 git pull --rebase。确需从历史中删除内容的，"
    "由仓库管理员临时放行：git config docpipe.allowRewrite true",
)
_DELETED = Why("main-deleted", Text("main is never deleted", "main 不可删除"), _REWRITE)
_REWRITTEN = Why(
    "main-rewritten",
    Text(
        "main would lose commits that are shared already (it was at {known})",
        "main 将失去已共享的提交（原为 {known}）",
    ),
    _REWRITE,
)
_ERRORS = Why(
    "order-errors",
    Text("Order {order} has errors: {codes}", "订单 {order} 有错误：{codes}"),
    Text(
        "Mend what docpipe check {order} finds, save, and push again",
        "请改正 docpipe check {order} 指出的问题，保存后再推送",
    ),
)
_GONE = Why(
    "order-gone",
    Text(
        "Order {order} is deleted, and {count} files of it are on record",
        "订单 {order} 被删除，而记录中有它的 {count} 个文件",
    ),
    Text(
        "Bring its folder back (git checkout {known} -- {folder}); a cancelled order stays",
        "请恢复其文件夹（git checkout {known} -- {folder}）；取消的订单也须保留",
    ),
)


def main(
    before: PolicyBefore,
    update: Update,
    records: str | None,
    now: datetime,
    *,
    rewrite: bool = False,
) -> Iterator[Refused]:
    """What is wrong with a push to `main`; `records` is the tip of the records as it will be.

    Of the orders only those are checked that the push touches. With `rewrite` commits may be taken
    away. Raises DocpipeError for objects that are missing.
    """
    ref, old, new = update.ref, update.old, update.new
    if new is None:
        yield refused(ref, _DELETED)
        return
    if old and not rewrite and not git.holds(before.repo, new, old):
        yield refused(ref, _REWRITTEN, known=old[:12])
        return
    commits = {
        commit.id: commit
        for commit in git.signed_commits(
            before.reader, git.reachable(before.repo, new, [old] if old else [])
        )
    }
    wrong = [*guarded(before, update, commits, now)] if old else []
    # where nobody's keys came in who should not, those count that came in with them
    yield from wrong or _signatures(before, update, list(commits.values()), now)
    changed = _changed(before, old, new)
    yield from _deleted(before, update, changed, records)
    yield from _errors(before, ref, new, changed, now)


def _signatures(
    before: PolicyBefore, update: Update, commits: Sequence[SignedCommit], now: datetime
) -> Iterator[Refused]:
    """Every commit is signed by its committer; a merge that only joins need not be."""
    if before.main is None:  # nobody's key is known yet
        return
    found = [*flaws(before, commits, own=False, today=now, main=update.new)]
    doubtful = [
        commit.id
        for commit, flaw in found
        if flaw.kind in (UNSIGNED, UNREADABLE) and len(commit.parents) > 1
    ]
    fine = git.only_joining(before.repo, doubtful) if doubtful else frozenset[str]()
    yield from (refusal(update.ref, flaw) for commit, flaw in found if commit.id not in fine)


def _changed(before: PolicyBefore, old: str | None, new: str) -> dict[str, str]:
    """The files in orders that differ between what was there and what will be: A, M, D by path."""
    if old is None:
        return dict.fromkeys(before.source(new).walk("orders"), "A")
    found = git.difference(before.repo, old, new, "orders", renames=False)
    return {before.repo.below(change.path): change.status for change in found}


def _deleted(
    before: PolicyBefore, update: Update, changed: Mapping[str, str], records: str | None
) -> Iterator[Refused]:
    """Orders that are gone from everywhere, and of which something is on record."""
    if not update.old or not update.new or not records:
        return
    new = before.source(update.new)
    left = {order_of(path) for path, status in changed.items() if status == "D"}
    gone = {folder for folder in left if folder and not new.is_file(f"{folder}/order.yaml")}
    moved = {_number(order_of(path)) for path, status in changed.items() if status == "A"}
    on_record = CommitSource(before.reader, before.reader.root(records))
    for folder in sorted(gone):
        order = _number(folder)
        files = [
            f
            for top in ("orders", "approvals")
            for f in on_record.files(f"{top}/{order_path(order)}")
        ]
        if order not in moved and files:
            yield refused(update.ref, _GONE, order=order, count=len(files), folder=folder,
                          known=update.old[:12])  # fmt: skip


def _errors(
    before: PolicyBefore, ref: str, new: str, changed: Mapping[str, str], now: datetime
) -> Iterator[Refused]:
    """Orders that the push touches and that have errors as they will be, by now's clock."""
    source = before.source(new)
    workspace = Workspace(before.repo.folder, source)
    for folder in sorted(set(map(order_of, changed))):
        if not folder or not source.files(folder):
            continue
        found = check_order(workspace, folder, now).diagnostics
        codes = [*dict.fromkeys(d.code for d in found if d.severity == Severity.ERROR)]
        if codes:
            more = ["…"] if len(codes) > _SHOWN else []
            yield refused(ref, _ERRORS, order=_number(folder), codes=[*codes[:_SHOWN], *more])


def _number(folder: str) -> str:
    return folder.rpartition("/")[2]
