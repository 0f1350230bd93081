"""Where things on record stand: one table, read and written by the same code.

    orders/ZF-2026-00xx/ZF-2026-0002/sales-contract/r0.docx            an issued document
    orders/ZF-2026-00xx/ZF-2026-0002/sales-contract/r0.yaml            what is told of it
    orders/ZF-2026-00xx/ZF-2026-0002/sales-contract/r0-withdrawn.yaml  that it was withdrawn
    approvals/ZF-2026-00xx/ZF-2026-0002/sales-contract/1.yaml          an approval
    approvals/ZF-2026-00xx/ZF-2026-0002/sales-contract/1.txt           the text that it approves
    approvals/ZF-2026-00xx/ZF-2026-0002/sales-contract/1-withdrawn.yaml  that it was taken back
    numbers/SC/2026/0001.yaml                                          that a number was given

What is read is written again: a path that is spelt in another way stands nowhere.
"""

import re
from collections.abc import Mapping

from docpipe.diagnostics import Value

DOCUMENT, RECORD, WITHDRAWAL = "document", "record", "withdrawal"
APPROVAL, TEXT, TAKEN = "approval", "text", "taken back"
NUMBER = "number"

_FORMS: Mapping[str, str] = {
    DOCUMENT: "orders/{home}/{document}/r{count}.docx",
    RECORD: "orders/{home}/{document}/r{count}.yaml",
    WITHDRAWAL: "orders/{home}/{document}/r{count}-withdrawn.yaml",
    APPROVAL: "approvals/{home}/{document}/{count}.yaml",
    TEXT: "approvals/{home}/{document}/{count}.txt",
    TAKEN: "approvals/{home}/{document}/{count}-withdrawn.yaml",
    NUMBER: "numbers/{code}/{year}/{count}.yaml",
}
_WORD, _DIGITS = r"[^/\x00-\x1f\x7f]+", r"[0-9]{1,12}"
_PARTS = {
    "home": rf"{_WORD}/(?P<order>{_WORD})", "document": rf"(?P<document>{_WORD})",
    "count": rf"(?P<count>{_DIGITS})", "code": rf"(?P<code>{_WORD})",
    "year": r"(?P<year>[0-9]{4})",
}  # fmt: skip
_PATTERNS = {
    sort: re.compile(
        "".join(
            _PARTS[piece[1:-1]] if piece.startswith("{") else re.escape(piece)
            for piece in re.split(r"({[a-z]+})", form)
        )
    )
    for sort, form in _FORMS.items()
}


class Place(Value):
    """A place on `records`; `count` is a revision from 0, an approval's number from 1, or a
    number's sequence from 1. A number has `code` and `year`, anything else order and document."""

    sort: str
    count: int
    order: str = ""
    document: str = ""
    code: str = ""
    year: int = 0

    @property
    def path(self) -> str:
        """How it is written."""
        count = f"{self.count:04}" if self.sort == NUMBER else f"{self.count}"
        home = order_path(self.order) if self.order else ""
        return _FORMS[self.sort].format(
            home=home, document=self.document, count=count, code=self.code, year=f"{self.year:04}"
        )

    @property
    def folder(self) -> str:
        """Where those that are counted with it stand."""
        return self.path.rpartition("/")[0]

    def sibling(self, sort: str, count: int | None = None) -> str:
        """The path of something else of the same document, or of another revision or number."""
        return self._replace(sort=sort, count=self.count if count is None else count).path


def place_of(path: str) -> Place | None:
    """What stands at a path of `records`; None where docpipe writes nothing."""
    for sort, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(path):
            told = match.groupdict()
            count, year = int(told.pop("count")), int(told.pop("year", "0"))
            place = Place(sort, count, year=year, **told)
            if place.path == path and (count or sort in (DOCUMENT, RECORD, WITHDRAWAL)):
                return place
    return None


def documents_of(order: str) -> str:
    """Where an order's documents stand."""
    return f"orders/{order_path(order)}"


def approvals_of(order: str, document: str = "") -> str:
    """Where an order's approvals stand, or those of one document."""
    return f"approvals/{order_path(order)}" + (f"/{document}" if document else "")


def order_path(order: str) -> str:
    """An order's folder among those of all orders on record: a hundred or so stand together.

    Each record writes the folders on its way anew; one of all orders would be the dearest of them.
    """
    return f"{order[:-2]}xx/{order}"
