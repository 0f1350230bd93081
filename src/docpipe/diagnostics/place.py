"""Where in the user's files something stands."""

from docpipe.diagnostics.value import Value


class Place(Value):
    """A position in a file of the workspace.

    `file` is relative to the workspace with forward slashes; `line` and `column` are 1-based,
    columns count code points; `field` is the dotted name of the field, or "".
    """

    file: str
    line: int = 1
    column: int = 1
    field: str = ""

    def __lt__(self, other: "Place") -> bool:
        return self._values() < other._values()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
