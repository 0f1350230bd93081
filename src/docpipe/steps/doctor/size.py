"""What a repository needs as it grows: packing always, the rest past 10,000 orders."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text
from docpipe.steps.doctor.check import Check, CheckState, fine, missing

LARGE = 10_000
"""Orders past which git alone gets slow."""

_FIX = Text("docpipe doctor --fix", "docpipe doctor --fix")
_PACKED = Text("objects are packed", "对象已打包")
_LOOSE = Text("thousands of loose objects, or dozens of packs", "有数千个松散对象或数十个包")
_LOOSE_WHY = Text(
    "Everything is slower, and a contract takes ten times the space of a packed one",
    "一切都会变慢，一份合同占用的空间是打包后的十倍",
)
_GRAPH = Text("{orders} orders: commit-graph with changed paths",
              "{orders} 张订单：有含路径的 commit-graph")  # fmt: skip
_NO_GRAPH = Text("{orders} orders, and no commit-graph with changed paths",
                 "{orders} 张订单，没有含路径的 commit-graph")  # fmt: skip
_GRAPH_WHY = Text("history looks through every commit: seconds where it could be a tenth",
                  "history 要翻遍每个提交：本来十分之一秒，变成数秒")  # fmt: skip
_CACHED = Text("git remembers which folders have no new files", "git 会记住哪些文件夹没有新文件")
_NOT_CACHED = Text("git does not remember which folders have no new files (core.untrackedCache)",
                   "git 不记得哪些文件夹没有新文件（core.untrackedCache）")  # fmt: skip
_CACHED_WHY = Text("git status looks into every folder each time",
                   "git status 每次都要查看所有文件夹")  # fmt: skip
_NOT_HERE = Text("this disk does not tell when a folder changes, so git cannot remember it",
                 "本磁盘不反映文件夹的变化，git 无法记住")  # fmt: skip
_SPARSE = Text("only a part is checked out, and the index is as small",
               "只检出了一部分，索引也相应缩小")  # fmt: skip
_ALL = Text("all {orders} orders are checked out", "{orders} 张订单全部检出")
_ALL_WHY = Text(
    "Saving, status and list go through every file; with the last year's alone they take a "
    "hundredth. The others stay in git, and history and show still find them",
    "保存、status、list 都要处理每个文件；只检出最近一年，用时约为百分之一。其余订单仍在 git 中，"
    "history 和 show 照样能查到",
)
_ALL_HOW = Text(
    "Not done by itself, since it takes files off your disk: git sparse-checkout set --cone "
    "--sparse-index {folders}",
    "这会使文件离开磁盘，因此不会自动执行：git sparse-checkout set --cone --sparse-index {folders}",
)
_WIDE = Text("a part is checked out, but the index holds all (index.sparse)",
             "只检出了一部分，但索引包含全部（index.sparse）")  # fmt: skip
_WIDE_WHY = Text("Each git reads and writes the whole of it", "每次运行 git 都要读写整个索引")


def checks(tuning: git.Tuning) -> Iterator[Check]:
    """Packing, and for a large repository what else it needs."""
    if tuning.scattered:
        yield _lacks("objects", _LOOSE, _LOOSE_WHY, tuning.pack)
    else:
        yield fine("objects", _PACKED)
    orders = tuning.orders
    if orders <= LARGE:
        return
    if tuning.has_graph:
        yield fine("commit-graph", _GRAPH, orders=orders)
    else:
        yield _lacks("commit-graph", _NO_GRAPH, _GRAPH_WHY, tuning.write_graph, orders=orders)
    if tuning.caches_untracked:
        yield fine("untracked-cache", _CACHED)
    else:
        yield _lacks("untracked-cache", _NOT_CACHED, _CACHED_WHY, lambda: _remember(tuning))
    yield _checked_out(tuning, orders)


def _lacks(id_: str, says: Text, why: Text, fix: object, **params: object) -> Check:
    return Check(id_, CheckState.MISSING, says, why, _FIX, params, fix)  # type: ignore[arg-type]


def _remember(tuning: git.Tuning) -> None:
    if not tuning.cache_untracked():
        raise DocpipeError(_NOT_HERE)


def _checked_out(tuning: git.Tuning, orders: int) -> Check:
    if not tuning.sparse:
        folders = " ".join(tuning.worth_having)
        return missing("sparse-checkout", _ALL, _ALL_WHY, _ALL_HOW, orders=orders, folders=folders)
    if not tuning.sparse_index:
        return _lacks("sparse-checkout", _WIDE, _WIDE_WHY, tuning.shrink_index)
    return fine("sparse-checkout", _SPARSE)
