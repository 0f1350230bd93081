"""Orders that a push to `main` touches: without errors, and there as long as records name them."""

from collections.abc import Iterator, Mapping

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource
from docpipe.diagnostics import Severity, Text, Value
from docpipe.rules.check import check_order
from docpipe.trust.formats.places import order_path
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.policy_before import PolicyBefore
from docpipe.workspace.changes import order_of
from docpipe.workspace.workspace import Workspace

_SHOWN = 3
_MEND = Text(
    "Mend what docpipe check {order} finds, save, and push again",
    "请改正 docpipe check {order} 指出的问题，保存后再推送",
)
_BACK = Text(
    "Bring its folder back (git checkout {known} -- {folder}); a cancelled order stays",
    "请恢复其文件夹（git checkout {known} -- {folder}）；取消的订单也须保留",
)


class Orders(Value):
    """The files in orders that differ between `old` (None: there was no main) and `new`.

    By the workspace's path: A, M or D. `records` is the tip of the records as it will be.
    """

    before: PolicyBefore
    old: str | None
    new: str
    records: str | None
    changed: Mapping[str, str]

    @property
    def touched(self) -> set[str]:
        """The folders of the orders, as main is or will be, that those files lie in."""
        there = [self.before.source(commit) for commit in (self.old, self.new) if commit]
        found: set[str] = set()
        for folder in {path.rpartition("/")[0] for path in self.changed}:
            parts = folder.split("/")
            ways = ("/".join(parts[:count]) for count in range(2, len(parts) + 1))
            mine = {way for way in ways if any(s.is_file(f"{way}/order.yaml") for s in there)}
            found |= mine or {order_of(f"{folder}/")}
        return found - {""}


def orders(before: PolicyBefore, old: str | None, new: str, records: str | None) -> Orders:
    """What a push to main changes in orders."""
    if old is None:
        changed = dict.fromkeys(before.source(new).walk("orders"), "A")
    else:
        found = git.difference(before.repo, old, new, "orders", renames=False)
        changed = {before.repo.below(change.path): change.status for change in found}
    return Orders(before, old, new, records, changed)


@invariant(
    "order-gone",
    Words(
        Text(
            "Order {order} is deleted, and {count} files of it are on record",
            "订单 {order} 被删除，而记录中有它的 {count} 个文件",
        ),
        _BACK,
        _BACK,
    ),
)
def orders_on_record_stay(push: Orders) -> Iterator[Broken]:
    """An order of which something is on record stays in the workspace; it may move.

    ---
    记录中已有文件的订单须留在工作区，可以移动位置。
    """
    if not push.old or not push.records:
        return
    reader, old, new = push.before.reader, *map(push.before.source, (push.old, push.new))
    sheets = {folder: f"{folder}/order.yaml" for folder in push.touched}
    gone = [f for f, sheet in sheets.items() if old.is_file(sheet) and not new.is_file(sheet)]
    there = (path for path in new.walk("orders") if path.endswith("/order.yaml")) if gone else ()
    left = {path.split("/")[-2] for path in there}
    on_record = CommitSource(reader, reader.root(push.records))
    for folder in sorted(gone):
        order = _number(folder)
        homes = (f"{top}/{order_path(order)}" for top in ("orders", "approvals"))
        files = [file for home in homes for file in on_record.files(home)]
        if order not in left and files:
            known = push.old[:12]
            yield broken(order=order, count=len(files), folder=folder, known=known)


@invariant(
    "order-errors",
    Words(Text("Order {order} has errors: {codes}", "订单 {order} 有错误：{codes}"), _MEND, _MEND),
)
def orders_that_change_have_no_errors(push: Orders) -> Iterator[Broken]:
    """An order that a push touches has no errors as it will be; warnings keep nothing out.

    ---
    推送所涉及的订单不得有错误；警告不妨碍推送。
    """
    source = push.before.source(push.new)
    workspace = Workspace(push.before.repo.folder, source)
    for folder in sorted(push.touched):
        if not source.files(folder):
            continue
        found = check_order(workspace, folder, push.before.now).diagnostics
        codes = [*dict.fromkeys(d.code for d in found if d.severity == Severity.ERROR)]
        if codes:
            more = ["…"] if len(codes) > _SHOWN else []
            yield broken(order=_number(folder), codes=[*codes[:_SHOWN], *more])


def _number(folder: str) -> str:
    return folder.rpartition("/")[2]
