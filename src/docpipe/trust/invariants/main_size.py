"""How much a push to `main` gives to read: so that nobody's push holds the server for long."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.adapters.git import Entry
from docpipe.diagnostics import Text, Value
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.main_orders import Touched
from docpipe.trust.invariants.main_push import MainPush

MOST = 20_000_000
_DATA = (".yaml", ".yml", ".json")
_PARTS = Text(
    "Push it in parts: git push origin COMMIT:main, a few commits at a time. An order as a whole "
    "may not have more either",
    "请分批推送：git push origin 提交:main，每次几个提交。单个订单的全部文件也不得超过此数",
)


class ToRead(Value):
    """A push to `main` by its commits, and by what it leaves changed."""

    push: MainPush
    touched: Touched

    @property
    def entries(self) -> Iterator[Entry | None]:
        """The data files that are read for it, each as often as it is.

        What is guarded is read in every commit; of the last one what changed, and of orders all.
        """
        for commit in self.push.brought:
            files = self.push.history.touched.get(commit, {}).items()
            yield from (entry for path, entry in files if path.endswith(_DATA))
        source = self.touched.before.source(self.touched.new)
        shared = (path for path in self.touched.changed if not path.startswith("orders/"))
        own = (path for folder in self.touched.orders for path in source.walk(folder))
        yield from (source.entry(p) for paths in (shared, own) for p in paths if p.endswith(_DATA))


@invariant(
    "push-large",
    Words(
        Text(
            "This push gives {size} MB of YAML and JSON to read, and at most {most} MB are read",
            "此次推送需读取的 YAML 和 JSON 达 {size} MB，一次最多 {most} MB",
        ),
        _PARTS,
        _PARTS,
    ),
)
def a_push_is_read_in_time(it: ToRead) -> Iterator[Broken]:
    """One push to `main` gives at most 20 MB of YAML and JSON to read.

    All of it is read and judged while the person waits, and others' pushes beside it. Sizes are
    asked of git before anything is read. The first `main` of a repository is not limited.
    ---
    一次推送到 main 需读取的 YAML 和 JSON 最多 20 MB。推送时须当场读取和判断，
    他人的推送也在等待。大小先向 git 查询，之后才读取内容。仓库的第一个 main 不受此限。
    """
    if it.push.old is None:
        return
    names = [entry.id for entry in it.entries if entry is not None]
    sizes = git.sizes(it.push.before.repo, names)
    size = sum(sizes.get(name, 0) for name in names)
    if size > MOST:
        yield broken(size=-(-size // 1_000_000), most=MOST // 1_000_000)
