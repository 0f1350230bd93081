"""Rules over papers from outside: that each file is there, unaltered, and registered."""

import re
from collections.abc import Iterator

from docpipe.adapters.digest import sha256
from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import DocpipeError, Finding, Place, Severity, Value, found
from docpipe.rules.case import Case, repeated
from docpipe.rules.engine import order_rule

_MB = 1_000_000
_LARGE = 5 * _MB
MOST = 200 * _MB  # what is larger is not read
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\noid sha256:([0-9a-f]{64})\nsize (\d+)\n"
)


class Paper(Value):
    """A file under papers/: its size, and its digest where it could be read whole."""

    size: int
    digest: str


def read(case: Case, name: str) -> Paper | None:
    """The file, or what the pointer says that Git LFS left in its place; None where unreadable."""
    if name not in case.papers:
        case.papers[name] = _read_now(case, name)
    paper: Paper | None = case.papers[name]
    return paper


def _read_now(case: Case, name: str) -> Paper | None:
    try:
        data = case.view.workspace.source.read(f"{case.order.folder}/{name}", MOST)
    except (OSError, DocpipeError):
        return None
    if pointer := _POINTER.fullmatch(data):
        return Paper(int(pointer[2]), pointer[1].decode())
    return Paper(len(data), sha256(data) if len(data) <= MOST else "")


def registered(case: Case) -> list[Node]:
    """The entries of papers.yaml."""
    root = case.view.get("papers")
    return root.rows("papers") if root is not None else []


def here(case: Case) -> set[str]:
    """The files under papers/, as order files name them."""
    folder = case.order.folder
    files = case.view.workspace.source.files(f"{folder}/papers")
    return {path.removeprefix(f"{folder}/") for path in files}


@order_rule(
    "PAP01",
    Severity.ERROR,
    "There is no file {name} in {folder}/",
    "{folder}/ 中没有文件 {name}",
    "Put the file there, or correct the name: capitals count too",
    "请放入该文件，或改正名称（区分大小写）",
    needs=["order"],
)
def papers_are_there(case: Case) -> Iterator[Finding]:
    """Scans, photos of inspections and evidence of complaints are named by their path.

    A name that leads nowhere is found out when the bank, the customer or an auditor asks for it.
    ---
    扫描件、检验照片、投诉证据都用路径引用。路径写错，要到银行、客户或审计索要时才发现。
    """
    there = here(case)
    for kind, node in case.nodes:
        path = node.value if isinstance(node.value, str) else ""
        if path.startswith("papers/") and path not in there:
            pattern = str(fields.at(case.view.schema(kind), node.path).get("pattern", ""))
            if pattern.startswith("^papers/"):
                folder, _, name = path.rpartition("/")
                yield found(node.place, name=name, folder=folder)


@order_rule(
    "PAP02",
    Severity.ERROR,
    "The file {name} is not the one that was registered; its SHA-256 is now {digest}",
    "文件 {name} 与登记时不同，现在的 SHA-256 为 {digest}",
    "Bring back the file from Git; if the new one is right, write its SHA-256",
    "请从 Git 恢复原文件；如新文件正确，请改填其 SHA-256",
    needs=["papers"],
)
def papers_are_unaltered(case: Case) -> Iterator[Finding]:
    """The SHA-256 tells whether a signed contract or a bill of lading is still the same file.

    Source: FIPS 180-4.
    ---
    SHA-256 能证明签字合同、提单等文件登记之后没有改动过。依据：FIPS 180-4。
    """
    for row in registered(case):
        paper = read(case, row.text("file")) if "sha256" in row else None
        if paper and paper.digest and paper.digest != row.text("sha256").lower():
            yield found(row.at("sha256"), name=name_of(row), digest=paper.digest)


def name_of(row: Node) -> str:
    """The file's name without its folder."""
    return row.text("file").rpartition("/")[2]


@order_rule(
    "PAP03",
    Severity.WARNING,
    "The SHA-256 of {name} is not written; it is {digest}",
    "{name} 没有填 SHA-256，应为 {digest}",
    'Write it: sha256: "{digest}"',
    '请填写：sha256: "{digest}"',
    needs=["papers"],
)
def papers_have_a_digest(case: Case) -> Iterator[Finding]:
    """Without it nobody can tell later whether the file is still the one that came.

    ---
    不填，日后就无法证明文件还是当初收到的那一份。
    """
    for row in registered(case):
        paper = read(case, row.text("file")) if "sha256" not in row else None
        if paper and paper.digest:
            yield found(row.at("file"), name=name_of(row), digest=paper.digest)


@order_rule(
    "PAP04",
    Severity.WARNING,
    "{name} is {size} MB; Git keeps files over {limit} MB for ever in every copy",
    "{name} 有 {size} MB；超过 {limit} MB 的文件会永久留在每个 Git 副本中",
    "Keep it with Git LFS (git lfs track), and write lfs: true; or scan it smaller",
    "请用 Git LFS 保存（git lfs track）并填 lfs: true，或重新扫描得小一些",
    needs=["papers"],
)
def large_papers_go_to_lfs(case: Case) -> Iterator[Finding]:
    """Every clone carries every version of every file; Git LFS fetches large ones when needed.

    ---
    每个克隆都带着每个文件的全部历史版本；Git LFS 只在需要时才取大文件。
    """
    for row in registered(case):
        paper = read(case, row.text("file"))
        if paper and paper.size > _LARGE and not ("lfs" in row and row["lfs"].value is True):
            sizes = {"size": f"{paper.size / _MB:.1f}", "limit": _LARGE // _MB}
            yield found(row.at("file"), name=name_of(row), **sizes)


@order_rule(
    "PAP05",
    Severity.NOTE,
    "This file is not registered in papers.yaml",
    "此文件没有在 papers.yaml 中登记",
    "Add an entry: kind, sender, date, pages",
    "请登记：种类、来源、日期、页数",
    needs=["order"],
    reads=["papers"],
)
def papers_are_registered(case: Case) -> Iterator[Finding]:
    """What is not in the register is not in the catalogue of the archive either.

    ---
    没有登记的文件，归档目录里也不会有。
    """
    known = {row.text("file") for row in registered(case)}
    for name in sorted(here(case) - known):
        yield found(Place(f"{case.order.folder}/{name}"))


@order_rule(
    "PAP06",
    Severity.WARNING,
    "This file is registered twice (first at {other})",
    "此文件登记了两次（第一次在 {other}）",
    "Remove one of the entries",
    "请删去其一",
    needs=["papers"],
)
def papers_are_registered_once(case: Case) -> Iterator[Finding]:
    """Two entries for one file would be two numbers in the archive.

    ---
    一份文件登记两次，档案里就有两个编号。
    """
    for node, other in repeated(row["file"] for row in registered(case)):
        yield found(node.place, other=other.place)
