"""What makes a commit an entry of the access log: the name of its branch, and its form."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.diagnostics import Text
from docpipe.trust.accesslog.entries import Entry
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.personal import ANEW, TAKE_AWAY, Personal

_RENAME = Text(
    "Give it another name; docpipe alone uses access/", "请另行命名；access/ 由 docpipe 专用"
)


class Placed(Personal):
    """An entry where it stands on its chain; `said` is why it is none, where it is none.

    `before` is the number of the entry before it (0 before the first), `under` the main that that
    one names. `unknown`: what came before is not here, because the clone is shallow.
    """

    person: str
    entry: Entry | None
    said: Text | None
    before: int
    under: str
    unknown: bool


@invariant(
    "name",
    Words(
        Text(
            "{path} is no branch of the access log: these are access/<person>/<device>",
            "{path} 不是查阅日志分支：应为 access/<人员>/<设备>",
        ),
        TAKE_AWAY,
        _RENAME,
    ),
)
def well_named(branch: str) -> Iterator[Broken]:
    """A log is called access/<person>/<device>, each of them spelt in one way.
    ---
    日志分支名为 access/<人员>/<设备>，二者各只有一种写法。
    """
    if git.parted(branch) is None:
        yield broken(branch)


@invariant(
    "not-an-entry",
    Words(
        Text("{commit} on {path} is no entry: {what}", "{path} 上的 {commit} 不是条目：{what}"),
        TAKE_AWAY,
        ANEW,
    ),
)
def well_formed(placed: Placed) -> Iterator[Broken]:
    """An entry is a commit without files that says what was read, exactly as docpipe writes it.

    Every field has one spelling, and nothing stands beside them.
    ---
    条目是不含文件的提交，写明查阅内容，与 docpipe 写入的完全一致：各项只有一种写法，别无其他。
    """
    if placed.said:
        yield broken(placed.path, placed.commit.id, what=placed.said)
