"""Where things stand on `main`: one folder for an order, and names that every computer tells apart.

A push is judged by what it brings or changes, verify judges all of the last commit: what stands
there already keeps nobody from other work, nor from mending it.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource, Objects, Repository
from docpipe.diagnostics import Text, replace
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.workspace import problems
from docpipe.workspace.file_names import faults
from docpipe.workspace.order import order_folders

_MOST = 20  # names that are told
_ONE = Text(
    "Keep one of the folders: git rm -r the other, or give it another number; an order that moves "
    "leaves its old folder in the same push",
    "请只保留一个文件夹：用 git rm -r 删去另一个，或给它另一个编号；移动订单时，"
    "须在同一次推送中删去原文件夹",
)
_RENAME = Text(
    "Rename it (git mv), or take away what it would be taken for (git rm); then push again",
    "请改名（git mv），或删去会与之混淆的文件（git rm），再推送",
)


class MainPaths:
    """The paths of the commit `new`; of interest are those not as in `old` (None: all)."""

    def __init__(
        self, repo: Repository, reader: Objects, new: str, old: str | None = None
    ) -> None:  # fmt: skip
        self.repo, self.reader, self.new, self.old = repo, reader, new, old

    @cached_property
    def brought(self) -> list[str]:
        """The files that `new` adds or changes, by their paths in the repository."""
        if self.old is None:
            return self._all
        found = git.difference(self.repo, self.old, self.new, renames=False)
        return [change.path for change in found if change.status != "D"]

    @property
    def beside(self) -> Iterator[str]:
        """All files and folders that stand in one folder with those, or with a folder of those."""
        if self.old is None:
            yield from self._all
            return
        ways = (path.split("/")[:-1] for path in self.brought)
        folders = {"/".join(way[:count]) for way in ways for count in range(len(way) + 1)}
        source = CommitSource(self.reader, self.reader.root(self.new))
        for folder in folders:
            entry = source.entry(folder)
            names = self.reader.tree(entry.id) if entry and entry.is_folder else ()
            yield from (f"{folder}/{name}".lstrip("/") for name in names)

    @property
    def orders_brought(self) -> list[str]:
        """The folders that were no order's before."""
        found = order_folders(self._in_orders(self.brought))
        if self.old is None:
            return found
        old = CommitSource(self.reader, self.reader.root(self.old), self.repo.prefix)
        return [folder for folder in found if folder not in order_folders(old.walk(folder))]

    @property
    def orders(self) -> list[str]:
        """The folders of all orders."""
        return order_folders(self._in_orders(self._all))

    @cached_property
    def _all(self) -> list[str]:
        return git.files(replace(self.repo, prefix=""), self.new)

    def _in_orders(self, paths: list[str]) -> Iterator[str]:
        """Those of the workspace that lie below its orders, by its paths; no dot files."""
        home = self.repo.inside("orders/x")[:-1]
        yield from (self.repo.below(p) for p in paths if p.startswith(home) and "/." not in p)


@invariant(
    "order-twice",
    Words(
        Text("Order {order} stands in several folders: {folders}",
             "订单 {order} 在多个文件夹中：{folders}"),
        _ONE,
        _ONE,
    ),
)  # fmt: skip
def an_order_has_one_folder(paths: MainPaths) -> Iterator[Broken]:
    """One order number, one folder; an order may move.

    A second folder of the same number would leave nobody able to say which of them is the order: no
    command would take it any more.
    ---
    一个订单编号只有一个文件夹；订单可以移动。若有第二个同号文件夹，便无法分辨哪个才是该订单，
    任何命令都不能再处理它。
    """
    new = {_number(folder) for folder in paths.orders_brought}
    found: dict[str, list[str]] = {number: [] for number in sorted(new)}
    for folder in paths.orders if new else ():
        if _number(folder) in new:
            found[_number(folder)].append(folder)
    for number, folders in found.items():
        if len(folders) > 1:
            yield broken(order=number, folders=folders)


@invariant("path-name", Words(problems.NAME.message, _RENAME, _RENAME))
def names_work_on_every_computer(paths: MainPaths) -> Iterator[Broken]:
    """Every name of a file or folder works on Windows, macOS and Linux, and stands for itself.

    On a disk that ignores case and composition People.yaml is people.yaml, and Templates/ is
    templates/: whoever puts one beside the other would change on such computers what only others
    may. Windows refuses some names altogether, and nobody can check out a path of thousands of
    characters: 200 it may have, a name 255 bytes. What was there before is told only where a push
    changes it. `docpipe check` and `docpipe doctor` judge names the same way.
    ---
    文件和文件夹的名称须在 Windows、macOS、Linux 上都能用，且不与他者混同。在不区分大小写和字符组合
    形式的磁盘上，People.yaml 就是 people.yaml，Templates/ 就是 templates/：若两者并存，
    就能在这些电脑上改动本不得改动的内容。有些名称 Windows 根本不允许；路径长达数千字符的，
    谁也取不下来：路径最多 200 个字符，名称最多 255 字节。
    原已存在的，推送改动到时才会指出。docpipe check 和 docpipe doctor 的判断与此相同。
    """
    for name, what in islice(faults(paths.brought, paths.beside), _MOST):
        yield broken(name=name, what=what)


def _number(folder: str) -> str:
    return folder.rpartition("/")[2]
