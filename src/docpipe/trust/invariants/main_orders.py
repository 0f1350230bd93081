"""Orders that a push to `main` touches: without errors, and there as long as records name them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource
from docpipe.diagnostics import Diagnostic, Severity, Text, Value
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


class Touched(Value):
    """The workspace's files that differ between `old` (None: there was no main) and `new`.

    By the workspace's path: A, M, T or D. `records` is the tip of the records as it will be.
    """

    before: PolicyBefore
    old: str | None
    new: str
    records: str | None
    changed: Mapping[str, str]

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace as it will be."""
        return Workspace(self.before.repo.folder, self.before.source(self.new))

    @cached_property
    def orders(self) -> set[str]:
        """The folders of the orders, as main is or will be, that those files lie in."""
        there = [self.before.source(commit) for commit in (self.old, self.new) if commit]
        found: set[str] = set()
        for folder in {p.rpartition("/")[0] for p in self.changed if p.startswith("orders/")}:
            parts = folder.split("/")
            ways = ("/".join(parts[:count]) for count in range(2, len(parts) + 1))
            mine = {way for way in ways if any(s.is_file(f"{way}/order.yaml") for s in there)}
            found |= mine or {order_of(f"{folder}/")}
        return found - {""}


def touched(
    before: PolicyBefore, old: str | None, new: str, records: str | None
) -> Touched:  # fmt: skip
    """What a push to main changes in the workspace."""
    if old is None:
        changed = dict.fromkeys(before.source(new).walk(""), "A")
    else:
        repo = before.repo
        found = git.difference(repo, old, new, renames=False)
        mine = (change for change in found if change.path.startswith(repo.prefix))
        changed = {repo.below(change.path): change.status for change in mine}
    return Touched(before, old, new, records, changed)


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
def orders_on_record_stay(push: Touched) -> Iterator[Broken]:
    """An order of which something is on record stays in the workspace; it may move.

    ---
    记录中已有文件的订单须留在工作区，可以移动位置。
    """
    if not push.old or not push.records:
        return
    reader, old, new = push.before.reader, *map(push.before.source, (push.old, push.new))
    sheets = {folder: f"{folder}/order.yaml" for folder in push.orders}
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
def orders_that_change_have_no_errors(push: Touched) -> Iterator[Broken]:
    """An order that a push touches has no errors as it will be; warnings keep nothing out.

    ---
    推送所涉及的订单不得有错误；警告不妨碍推送。
    """
    for folder in sorted(push.orders):
        if not push.workspace.source.files(folder):
            continue
        found = check_order(push.workspace, folder, push.before.now).diagnostics
        if codes := codes_of_errors(found):
            yield broken(order=_number(folder), codes=codes)


def codes_of_errors(found: Iterable[Diagnostic]) -> list[str]:
    """The codes of the errors among these, as many as are told."""
    codes = [*dict.fromkeys(d.code for d in found if d.severity == Severity.ERROR)]
    return [*codes[:_SHOWN], *(["…"] if len(codes) > _SHOWN else [])]


def _number(folder: str) -> str:
    return folder.rpartition("/")[2]
