"""Repositories of many orders with as many records, written by git fast-import and then kept.

A commit for each order (ten files, all different), one more for each (another price), and a commit
on `records` for each (contract, record, number). Order ZF-2026-0002 is the sample, with all its
files. Its index is there; its files only where a benchmark checks them out.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.run import ROOT
from docpipe.trust.formats.places import documents_of

ORDER = "ZF-2026-0002"
SHARED = ("customers", "suppliers", "forwarders", "products", "markets", "surveys", "schemas",
          "templates", "company.yaml", "people.yaml", ".gitattributes")  # fmt: skip
_SAMPLE = f"orders/2026/03/{ORDER}"
_FILES = ("order", "inquiry", "quotation", "costing", "contract", "production", "receipts",
          "purchases/1", "review/outcome", "shipments/1/shipment")  # fmt: skip
_BEGIN = 1_480_000_000  # in 2016; orders come in over ten years
_TEN_YEARS = 315_000_000
_BY = b"Lin Yang <lin.yang@zefan.example>"
_A_YEAR = 10_000  # numbers of four digits


def archive(folder: Path, orders: int) -> Path:
    """The repository of so many orders in `folder`, made where it is not there yet."""
    if not (folder / ".git" / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for words in (("init", "-q", "-b", "main"), ("config", "user.name", "林样"),
                      ("config", "user.email", "lin.yang@zefan.example")):  # fmt: skip
            subprocess.run(["git", *words], cwd=folder, check=True)
        _imported(folder, orders)
        subprocess.run(["git", "read-tree", "HEAD"], cwd=folder, check=True)
        (folder / ".git" / "made").touch()
    return folder


def check_out(folder: Path, *paths: str) -> None:
    """Write these files of the branch to disk; the index keeps all the others."""
    words = ["git", "checkout-index", "--quiet", "--force", "--stdin"]
    listed = subprocess.run(["git", "ls-files", "--", *paths], cwd=folder, check=True,
                            capture_output=True)  # fmt: skip
    subprocess.run(words, cwd=folder, input=listed.stdout, check=True)


def _imported(folder: Path, orders: int) -> None:
    importer = subprocess.Popen(
        ["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE
    )
    assert importer.stdin is not None
    with importer.stdin as stream:
        for part in _stream(orders):
            stream.write(part)
    if importer.wait():
        raise subprocess.CalledProcessError(importer.returncode, "git fast-import")


def _stream(orders: int) -> Iterator[bytes]:
    step = _TEN_YEARS // orders
    yield _commit("main", _BEGIN, "Begin")
    yield from _shared()
    samples = [(f"{name}.yaml", (ROOT / _SAMPLE / f"{name}.yaml").read_bytes()) for name in _FILES]
    for index in range(orders):
        number, home = _place(index, orders)
        at = _BEGIN + index * step
        yield _commit("main", at, f"{number}: order.yaml and 9 more")
        if number == ORDER:
            yield from _sample()
        for name, data in samples if number != ORDER else ():
            yield _file(f"{home}/{name}", _own(data, number))
        before, last = _place(max(0, index - 1), orders)
        if before != ORDER:
            yield _commit("main", at + step // 2, f"{before}: contract.yaml")
            dearer = dict(samples)["contract.yaml"].replace(b"price: 2.70", b"price: 2.72")
            yield _file(f"{last}/contract.yaml", _own(dearer, before))
        yield from _record(number, index, at)


def _place(index: int, orders: int) -> tuple[str, str]:
    """Number and folder of an order: 10,000 a year, or all of them in 2026."""
    year = 2027 - max(1, orders // _A_YEAR) + index // _A_YEAR
    in_year = index % _A_YEAR
    month = in_year * 12 // min(orders, _A_YEAR) + 1
    number = f"ZF-{year}-{in_year:04}"
    return number, _SAMPLE if number == ORDER else f"orders/{year}/{month:02}/{number}"


def _own(data: bytes, number: str) -> bytes:
    """A file as that of another order: no two are alike."""
    return f"# {number}\n".encode() + data.replace(ORDER.encode(), number.encode())


def _record(number: str, index: int, at: int) -> Iterator[bytes]:
    year = number[3:7]
    words = f"Issue SC-{number[3:]} revision 0\n\nOrder: {number}\nDocpipe-Record: 1"
    yield _commit("records", at, words)
    about = f"number: SC-{number[3:]}\norder: {number}\ndocument: sales-contract\n".encode()
    if number != ORDER:  # its documents are issued by docpipe itself
        stem = f"{documents_of(number)}/sales-contract/r0"
        yield _file(f"{stem}.yaml", about * 8)
        yield _file(f"{stem}.docx", about * 20)
    yield _file(f"numbers/SC/{year}/{index % _A_YEAR + 1:04}.yaml", about)


def _shared() -> Iterator[bytes]:
    for name in SHARED:
        found = [ROOT / name] if (ROOT / name).is_file() else sorted((ROOT / name).rglob("*"))
        for path in (each for each in found if each.is_file()):
            yield _file(path.relative_to(ROOT).as_posix(), path.read_bytes())


def _sample() -> Iterator[bytes]:
    for path in sorted((ROOT / _SAMPLE).rglob("*")):
        if path.is_file():
            yield _file(path.relative_to(ROOT).as_posix(), path.read_bytes())


def _commit(branch: str, at: int, words: str) -> bytes:
    text = words.encode()
    who = b"%s %d +0800" % (_BY, at)
    head = f"commit refs/heads/{branch}\n".encode()
    return head + b"author %s\ncommitter %s\ndata %d\n%s\n" % (who, who, len(text), text)


def _file(path: str, data: bytes) -> bytes:
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"
