"""Numbers: each given once, to the document that bears it, in the company's form, without a gap."""

import re
from collections.abc import Iterable, Iterator

from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.formats.issued import Issued, data_at, folder_of
from docpipe.trust.formats.numbers import in_form
from docpipe.trust.verification.documents import Checked
from docpipe.trust.verification.faults import LOOK, STRANGE, Fault, Kind, fault
from docpipe.trust.verification.register import Register

_FILE = re.compile(r"numbers/(?P<code>[^/]+)/(?P<year>\d{4})/(?P<sequence>\d+)\.yaml")
_MOST = 1_000  # of a gap that are told
_DOUBTFUL = Text("This is not as docpipe writes it", "这不是 docpipe 写入的样子")
_NOT_GIVEN = Kind(
    "number-missing",
    Text(
        "The number {number} of {document} was not given: numbers/ got no file with it",
        "{document} 的编号 {number} 并未分配：numbers/ 中没有随之记入的文件",
    ),
    LOOK,
)
_OTHERS = Kind(
    "number-other",
    Text(
        "{number} is given to {holder} here, but {document} of order {order} is issued as {issued}",
        "此处将 {number} 分配给 {holder}，而订单 {order} 的 {document} 签发编号为 {issued}",
    ),
    LOOK,
)
_FORM = Kind(
    "number-form",
    Text(
        "The number given here is {number}; in the company's form it is {expected}",
        "此处分配的编号为 {number}，按公司编号格式应为 {expected}",
    ),
    LOOK,
)
_PLACE = Kind(
    "number-place",
    Text(
        "This is no place for the number of {document} in {year}: it belongs in {folder}",
        "{year} 年 {document} 的编号不应在此处，应在 {folder}",
    ),
    LOOK,
)
_TWICE = Kind(
    "number-twice",
    Text("The number {number} is given again; {other} gave it before",
         "重复分配编号 {number}，此前 {other} 已分配"),
    LOOK,
)  # fmt: skip
_UNUSED = Kind(
    "number-unused",
    Text(
        "{number} is given to {document} of order {order}, of which nothing is on record",
        "{number} 分配给订单 {order} 的 {document}，但没有该单证的记录",
    ),
    LOOK,
)
_GAP = Kind(
    "number-gap",
    Text("This number is missing: those after it are given",
         "缺少此编号，其后的编号却已分配"),
    LOOK,
)  # fmt: skip

_BEFORE = Kind(
    "number-order",
    Text("This number was put on record by the commit {commit}, before {other}",
         "此编号由提交 {commit} 记入，早于 {other}"),
    LOOK,
)  # fmt: skip


class Numbers:
    """The numbers given; those that were seen are not told again."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._seen: set[str] = set()
        self._issued: dict[tuple[str, str], str] = {}
        self._places: dict[str, str] = {}  # of each number, the file that gave it

    def of(self, checked: Checked) -> Iterator[Fault]:
        """The number of a document's first revision against the file that gives it."""
        record = checked.record
        if record.revision:
            return
        self._issued[record.order, record.document] = record.number
        path = self._came_with(record)
        if path is None:
            yield fault(_NOT_GIVEN, f"{record.stem}.yaml", number=record.number)
            return
        self._seen.add(path)
        told = self._told(path)
        if isinstance(told, Fault):
            yield told
            return
        number, order, document = told
        if (number, order, document) != (record.number, record.order, record.document):
            yield fault(_OTHERS, path, "", record.order, record.document, number=number,
                        holder=f"{order} {document}", issued=record.number)  # fmt: skip
        yield from self._formed(path, number, checked)
        yield from self._first(path, number)

    def others(self) -> Iterator[Fault]:
        """Numbers given to documents that are not on record."""
        for paths in self._register.numbers.values():
            for path in paths:
                if path not in self._seen:
                    yield from self._unused(path)

    def gaps(self, folders: Iterable[str]) -> Iterator[Fault]:
        """Sequences count from 1 without a gap, for each code and year."""
        for folder in folders:
            paths = self._register.numbers.get(folder, ())
            there = set(map(_sequence, paths))
            yield from self._order(paths)
            missing = sorted(set(range(1, max(there, default=0))) - there)
            for sequence in missing[:_MOST]:
                yield fault(_GAP, f"{folder}/{sequence:04}.yaml")

    def _order(self, paths: Iterable[str]) -> Iterator[Fault]:
        """A number was given after the one before it."""
        before, last = "", -1
        for path in sorted(paths, key=_sequence):
            commit = self._register.added.get(path)
            at = self._register.places[commit.id] if commit is not None else last
            if at < last and commit is not None:
                yield fault(_BEFORE, path, commit.id, other=before)
            before, last = path, max(at, last)

    def folders(self) -> set[str]:
        """Where the numbers seen so far stand."""
        return {path.rpartition("/")[0] for path in self._seen}

    def _came_with(self, record: Issued) -> str | None:
        """The file of numbers/ that the same commit put on record, and that is there still."""
        commit = self._register.added.get(f"{record.stem}.yaml")
        changes = commit.changes if commit is not None else ()
        came = [change.path for change in changes if _FILE.fullmatch(change.path)]
        there = [p for p in came if p in self._register.numbers.get(p.rpartition("/")[0], ())]
        return there[0] if there else None

    def _told(self, path: str) -> tuple[str, str, str] | Fault:
        try:
            root = data_at(self._register.source, path)
            return root.text("number"), root.text("order"), root.text("document")
        except DocpipeError as error:
            return fault(STRANGE, path, why=str(error))
        except (KeyError, TypeError, ValueError):
            return fault(STRANGE, path, why=_DOUBTFUL)

    def _formed(self, path: str, number: str, checked: Checked) -> Iterator[Fault]:
        """By the company's form, and in the folder of its code and year, as of then."""
        record, then = checked.record, checked.then
        kind = then.documents.get(record.kind) if then is not None else None
        if then is None or kind is None:
            return
        about = {"order": record.order, "document": record.document}
        year, place = record.issued_at.year, _FILE.fullmatch(path)
        assert place is not None
        if (place["code"], place["year"]) != (kind.code, str(year)):
            yield fault(_PLACE, path, year=str(year), folder=f"numbers/{kind.code}/{year}", **about)
        try:
            expected = in_form(then, kind.code, year, int(place["sequence"]))
        except (LookupError, ValueError, AttributeError):  # a form that no check let pass
            expected = "?"
        if number != expected:
            yield fault(_FORM, path, number=number, expected=expected, **about)

    def _first(self, path: str, number: str) -> Iterator[Fault]:
        if self._places.setdefault(number, path) != path:
            yield fault(_TWICE, path, number=number, other=self._places[number])

    def _unused(self, path: str) -> Iterator[Fault]:
        told = self._told(path)
        if isinstance(told, Fault):
            yield told
            return
        number, order, document = told
        yield from self._first(path, number)
        if issued := self._issued.get((order, document)):
            yield fault(_OTHERS, path, "", order, document, number=number,
                        holder=f"{order} {document}", issued=issued)  # fmt: skip
            return
        first = f"{folder_of(order)}/{document}/r0.yaml"
        if first not in self._register.documents.get(order, ()):
            yield fault(_UNUSED, path, "", order, document, number=number)


def _sequence(path: str) -> int:
    return int(path.rpartition("/")[2].removesuffix(".yaml"))
