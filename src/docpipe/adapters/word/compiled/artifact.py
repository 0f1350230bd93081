"""What compiling a template leaves, and its form on disk."""

from __future__ import annotations

import marshal

from docpipe.adapters.word.compiled.archive import Gap, Layout

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from types import CodeType


class Artifact:
    """What compiling leaves: code for the open places, and the layout around them.

    `why` is not empty where the template is docxtpl's; then there is nothing else. `whole` says
    that the code needs Jinja; `strict` that only text and numbers are printed.
    """

    def __init__(
        self,
        why: str = "",
        code: CodeType | None = None,
        layout: Layout | None = None,
        places: int = 0,
        whole: bool = False,
        strict: bool = True,
    ) -> None:
        self.why = why
        self.code = code
        self.layout = layout or Layout(())
        self.places = places
        self.whole = whole
        self.strict = strict

    def dump(self) -> bytes:
        """As bytes, for this version of Python."""
        entries = [
            (e.name, e.fixed) if isinstance(e, Gap) else (e[0], e[1]) for e in self.layout.entries
        ]
        plain = (self.why, self.code, entries, self.places, self.whole, self.strict)
        return marshal.dumps(plain)

    @staticmethod
    def load(data: bytes) -> Artifact:
        """From bytes that `dump` made."""
        why, code, entries, places, whole, strict = marshal.loads(data)
        layout = Layout(
            [Gap(name, it) if isinstance(it, tuple) else (name, it) for name, it in entries]
        )
        return Artifact(why, code, layout, places, whole, strict)
