"""Trouble in the user's data: what is wrong, where, and what to do."""

from collections.abc import Mapping
from enum import StrEnum

from docpipe.diagnostics.place import Place
from docpipe.diagnostics.text import Param, Text
from docpipe.diagnostics.value import Value

_NONE: Mapping[str, Param] = {}
_ORDER_DEPTH = 4  # orders/<year>/<month>/<number>


class Severity(StrEnum):
    """How bad it is: an error stops issuing, a warning wants a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY = {
    Severity.ERROR: Text("error", "错误"),
    Severity.WARNING: Text("warning", "警告"),
    Severity.NOTE: Text("note", "提示"),
}
"""How people call the severities."""


class Problem(Value):
    """A kind of trouble: its code, its texts, and its manual page (`docpipe explain CODE`)."""

    code: str
    severity: Severity
    message: Text
    hint: Text
    manual: Text


class Finding(Value):
    """What a check yields: a place and parameters. The engine stamps the problem on it."""

    place: Place
    params: Mapping[str, Param]


def found(place: Place, **params: Param) -> Finding:
    """A finding at `place`. Other places concerned are parameters too: messages name them."""
    return Finding(place, params)


class Diagnostic(Value):
    """One thing that the user can fix."""

    place: Place
    problem: Problem
    params: Mapping[str, Param] = _NONE
    waived: str = ""
    """The reason of the waiver that made this a note, or ""."""

    @property
    def code(self) -> str:
        """The problem's code, such as "PCK03"."""
        return self.problem.code

    @property
    def severity(self) -> Severity:
        """The problem's severity, or a note where it was waived."""
        return Severity.NOTE if self.waived else self.problem.severity

    def message(self, lang: str) -> str:
        """What is wrong, in trade words."""
        return self.problem.message.say(lang, **self._near())

    def hint(self, lang: str) -> str:
        """What to do about it."""
        return self.problem.hint.say(lang, **self._near())

    def _near(self) -> dict[str, Param]:
        """The parameters; places in the same order are named from its folder."""
        home = "/".join(self.place.file.split("/")[:_ORDER_DEPTH]) + "/"
        return {
            name: str(value).removeprefix(home) if isinstance(value, Place) else value
            for name, value in self.params.items()
        }

    def sort_key(self) -> tuple[Place, str, str]:
        """Order of reports: by file, position, code."""
        return (self.place, self.code, self.message("en"))
