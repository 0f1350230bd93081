"""Files left out, moved, put there as something else than a plain file, or written otherwise."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from tests.agreement.acts import EXECUTABLE, LINK, MODULE, Put
from tests.agreement.case import Case, Unfit


def leave_out(case: Case) -> None:
    at, path, _ = case.file(r".*")
    case.without(at, path)


def flip(case: Case) -> None:
    at, path, put = case.file(r".*")
    place = case.chance.randrange(len(put.data))
    other = bytes([put.data[place] ^ (1 << case.chance.randrange(8))])
    case.put(at, path, replace(put, data=put.data[:place] + other + put.data[place + 1 :]))


def move(case: Case) -> None:
    at, path, put = case.file(r".*")
    find, to = case.chance.choice(_MOVES)
    new = re.sub(find, to, path, count=1)
    if new == path:
        raise Unfit
    if case.chance.random() < 0.8:
        case.without(at, path)
    case.put(at, new, put)


_MOVES = (
    (r"/(\d+)\.", r"/0\1."), (r"/r(\d+)\.", r"/r0\1."), (r"/0*(\d+)\.", r"/\1."),
    (r"/(\d+)\.", "/1\u0661."), (r"/r?(\d+)\.", "/\u0967."), (r"/2026/", "/02026/"),
    (r"/2026/", "/2025/"), (r"-00xx/", "-00XX/"), (r"-00xx/", "-01xx/"), (r"-00xx/", "/"),
    (r"ZF-2026-0002", "zf-2026-0002"), (r"/ZF-2026-0002/", "/ZF-2026-0004/"), (r"\.yaml", ".yml"),
    (r"\.yaml", ".YAML"), (r"\A", "x/"), (r"\A", "."), (r"\Aorders/", "Orders/"),
    (r"\Aorders/", "approvals/"), (r"\Anumbers/", "numbers/x/"),
    (r"sales-contract", "sales-CONTRACT"),
    (r"/r(\d)", lambda m: f"/r{int(m[1]) + 1}"), (r"/r0", "/r1000000000000"), (r"/r0", "/r-1"),
    (r"/(\d{4})\.", lambda m: f"/{int(m[1]) + 1:04}."),
    (r"/(\d)\.", lambda m: f"/{int(m[1]) + 1}."),
    (r"/(\d{4})\.", "/0000."), (r"/(\d)\.", "/0."), (r"/(\d{4})\.", "/999999999999."),
    (r"numbers/[A-Z]+", "numbers/XX"), (r"numbers/[A-Z]+", "numbers/OS"), (r"\Z", "/x"),
    (r"\.docx", "-withdrawn.yaml"), (r"order", "o\u0301rder"), (r"\Z", "\n"), (r"\Z", " "),
    (r"-", "\u2010"), (r"\A", "\udcff"),
)  # fmt: skip


def other_mode(case: Case) -> None:
    at, path, put = case.file(r".*")
    where = b"../x", b"r0.yaml", b"/etc/passwd", put.data
    link = Put(case.chance.choice(where)[:4000].replace(b"\0", b"x"), LINK)
    module = Put(case.base.line[0].encode(), MODULE)
    case.put(at, path, case.chance.choice((replace(put, mode=EXECUTABLE), link, module)))


def other_bytes(case: Case) -> None:
    """Another way to write the same, or nearly so."""
    at, path, put = case.file(r".*\.(yaml|txt)")
    case.put(at, path, replace(put, data=case.chance.choice(_WAYS)(put.data)))


_WAYS: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: data.replace(b"\n", b"\r\n"), lambda data: data.replace(b"\n", b"\r"),
    lambda data: b"\xef\xbb\xbf" + data, lambda data: data.decode().encode("utf-16"),
    lambda data: data + b"\n", lambda data: data[:-1], lambda data: b"# noted\n" + data,
    lambda data: b"---\n" + data, lambda data: data + b"---\n" + data,
    lambda data: data + b"x: 1\n",
    lambda data: data.replace(b'"', b"'"), lambda data: data.replace(b'"', b""),
    lambda data: data.replace(b": ", b":  "), lambda data: b"", lambda data: b"\0" * 10,
    lambda data: data.decode().encode("gbk", "replace"), lambda data: b"[" * 5000,
    lambda data: b"".join(sorted(data.splitlines(keepends=True))), lambda data: b"- x\n",
    lambda data: data + b" " * 1_000_000, lambda data: b"&a [*a]\n", lambda data: data + b"? \n",
    lambda data: unicodedata.normalize("NFD", data.decode()).encode(), lambda data: b"x\n",
    lambda data: data.replace("林".encode(), "林".encode()), lambda data: data + b"\xff",
)  # fmt: skip


def stray(case: Case) -> None:
    at = case.pick()
    name = case.chance.choice(
        ("readme.txt", "orders/x", ".gitattributes", ".gitmodules", "orders/.x", "numbers/x.yaml",
         "orders/ZF-2026-00xx/ZF-2026-0002/x/r0.pdf", "approvals/1.yaml", "a/b/c/d/e/f/g.yaml")
    )  # fmt: skip
    case.put(at, name, b"x: 1\n")


def again(case: Case) -> None:
    """A commit changes, or takes away, what is on record already."""
    at = case.pick()
    before = [path for act in case.acts[:at] for path, put in act.files.items() if put]
    if not before:
        raise Unfit
    case.put(at, case.chance.choice(before), case.chance.choice((b"x: 1\n", None)))


EDITS: tuple[Callable[[Case], object], ...] = (
    leave_out, leave_out, flip, flip, move, move, move, move, other_mode, other_bytes, other_bytes,
    other_bytes, stray, again,
)  # fmt: skip
