"""The branch `main`: never rewritten, roles given by those who may, orders without errors."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from docpipe.adapters import repository
from docpipe.adapters.repository import Changed, CommitSource, SealedCommit, Update
from docpipe.diagnostics import Severity, Text
from docpipe.steps.check import check_order
from docpipe.steps.receiving.before import Before, range_of
from docpipe.steps.receiving.guarded import guarded
from docpipe.steps.receiving.refusals import Refused, Why, refused
from docpipe.steps.receiving.signed import flaws, refusal
from docpipe.steps.signatures import UNREADABLE, UNSIGNED
from docpipe.workspace.committed import CommittedWorkspace

_DEPTH = 4  # orders/<year>/<month>/<number>
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


def trunk(
    before: Before, update: Update, records: str | None, now: datetime, *, rewrite: bool = False
) -> Iterator[Refused]:
    """What is wrong with a push to `main`; `records` is the tip of the records as it will be.

    Of the orders only those are checked that the push touches. With `rewrite` commits may be taken
    away. Raises DocpipeError for objects that are missing.
    """
    ref, old, new = update.ref, update.old, update.new
    if new is None:
        yield refused(ref, _DELETED)
        return
    if old and not rewrite and not repository.holds(before.repo, new, old):
        yield refused(ref, _REWRITTEN, known=old[:12])
        return
    commits = {
        commit.id: commit
        for commit in repository.sealed_commits(before.reader, range_of(before.repo, new, old))
    }
    wrong = [*guarded(before, update, commits, now)] if old else []
    # where nobody's keys came in who should not, those count that came in with them
    yield from wrong or _signatures(before, update, list(commits.values()), now)
    changed = _changed(before, old, new)
    yield from _deleted(before, update, changed, records)
    yield from _errors(before, ref, new, changed, now)


def _signatures(
    before: Before, update: Update, commits: Sequence[SealedCommit], now: datetime
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
    fine = repository.only_joining(before.repo, doubtful) if doubtful else frozenset[str]()
    yield from (refusal(update.ref, flaw) for commit, flaw in found if commit.id not in fine)


def _changed(before: Before, old: str | None, new: str) -> list[Changed]:
    """What differs in the orders between what was there and what will be."""
    if old is None:
        source = before.source(new)
        there = ((path, source.entry(path)) for path in source.walk("orders"))
        return [Changed("A", path, path, entry, entry) for path, entry in there if entry]
    return repository.difference(before.repo, old, new, "orders")


def _deleted(
    before: Before, update: Update, changed: Sequence[Changed], records: str | None
) -> Iterator[Refused]:
    """Orders that are gone from everywhere, and of which something is on record."""
    if not update.old or not update.new or not records:
        return
    old, new = before.source(update.old), before.source(update.new)
    left = [change.before for change in changed if change.status in "DR"]
    gone = {
        folder
        for folder in _orders(before, old, left)
        if not new.files(folder) or not new.is_file(f"{folder}/order.yaml")
    }
    moved = [change.path for change in changed if change.status in "AR"]
    there = {folder.rpartition("/")[2] for folder in _orders(before, new, moved)} if gone else set()
    on_record = CommitSource(before.reader, before.reader.root(records))
    for folder in sorted(gone):
        order = folder.rpartition("/")[2]
        files = [f for top in ("orders", "approvals") for f in on_record.files(f"{top}/{order}")]
        if order not in there and files:
            yield refused(update.ref, _GONE, order=order, count=len(files), folder=folder,
                          known=update.old[:12])  # fmt: skip


def _errors(
    before: Before, ref: str, new: str, changed: Sequence[Changed], now: datetime
) -> Iterator[Refused]:
    """Orders that the push touches and that have errors as they will be, by now's clock."""
    source = before.source(new)
    paths = [change.path for change in changed if change.status != "D"]
    paths += [change.before for change in changed if change.status in "DR"]
    workspace = CommittedWorkspace(source)
    for folder in sorted(_orders(before, source, paths)):
        found = check_order(workspace, folder, now).diagnostics
        codes = [d.code for d in found if d.severity == Severity.ERROR]
        if codes:
            shown = [*dict.fromkeys(codes)]
            more = ["…"] if len(shown) > _SHOWN else []
            order = folder.rpartition("/")[2]
            yield refused(ref, _ERRORS, order=order, codes=[*shown[:_SHOWN], *more])


def _orders(before: Before, source: CommitSource, paths: Sequence[str]) -> set[str]:
    """The folders of the orders, as a commit has them, in which these files lie."""
    found: set[str] = set()
    for path in {before.repo.below(path) for path in paths}:
        parts = path.split("/")
        ways = ["/".join(parts[:count]) for count in range(2, len(parts))]
        homes = [way for way in ways if source.is_file(f"{way}/order.yaml")]
        if homes:
            found.add(homes[-1])
        elif len(parts) > _DEPTH and parts[-1].endswith((".yaml", ".yml")):
            folder = "/".join(parts[:_DEPTH])
            found |= {folder} if source.entry(folder) else set()
    return found
