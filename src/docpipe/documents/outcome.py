"""What became of one order in a render: plain values, which travel between processes and runs."""

from collections.abc import Iterable
from typing import NamedTuple

from docpipe.diagnostics import Diagnostic, Place, Problem, Severity, Text


class Made(NamedTuple):
    """A document that is on disk as the data say; `new` where this run wrote it."""

    kind: str
    file: str
    new: bool


class Told(NamedTuple):
    """A finding, put into words."""

    file: str
    line: int
    column: int
    code: str
    severity: str
    message: Text
    hint: Text

    def diagnostic(self) -> Diagnostic:
        """The finding again, for whoever prints findings."""
        severity, nothing = Severity(self.severity), Text("", "")
        problem = Problem(self.code, severity, self.message, self.hint, nothing)
        return Diagnostic(Place(self.file, self.line, self.column), problem)


class OrderOutcome(NamedTuple):
    """What became of an order.

    `errors` counts what is wrong with an order whose drafts were made all the same; one that was
    `left_out` says what is wrong in `told`. `failures` are documents that could not be made, a
    sentence each; `fault` is the traceback of a fault of docpipe's own. `exit_code` is 0, or what
    the failures ask for.
    """

    folder: str
    documents: tuple[Made, ...] = ()
    errors: int = 0
    left_out: bool = False
    told: tuple[Told, ...] = ()
    failures: tuple[Text, ...] = ()
    exit_code: int = 0
    fault: str = ""

    @property
    def number(self) -> str:
        """The order's number."""
        return self.folder.rpartition("/")[2]

    @property
    def sound(self) -> bool:
        """Whether everything that could be done was done."""
        return not self.failures and not self.fault


def told(diagnostics: Iterable[Diagnostic]) -> tuple[Told, ...]:
    """Findings put into words, in both languages."""
    return tuple(
        Told(
            d.place.file, d.place.line, d.place.column, d.code, d.severity.value,
            Text(d.message("en"), d.message("zh")), Text(d.hint("en"), d.hint("zh")),
        )
        for d in diagnostics
    )  # fmt: skip
