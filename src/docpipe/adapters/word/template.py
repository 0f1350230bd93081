"""A Word template with the letterhead: facts in, a finished .docx out."""

from __future__ import annotations

from docpipe.adapters.word.compiled import store
from docpipe.adapters.word.compiled.compiled import Compiled

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from docpipe.adapters.cache import Cache
    from docpipe.adapters.word.compiled.artifact import Artifact
    from docpipe.adapters.word.parts import Parts


LETTERHEAD = "templates/letterhead.docx"


class Template:
    """One template of a workspace. What compiling cannot promise is done by docxtpl itself.

    Without a letterhead it keeps its own headers, footers and styles.
    """

    def __init__(
        self,
        name: str,
        template: bytes,
        letterhead: bytes | None,
        logo: bytes | None,
        kept: Cache,
    ) -> None:
        self.name = name
        self._template = template
        self._letterhead = letterhead
        self._logo = logo
        self._kept = kept
        self._compiled: Compiled | None = None
        self._whole: Parts | None = None

    def render(self, context: Mapping[str, Any], level: int | None = None) -> bytes:
        """The document: its entries stored, or deflated at `level` for mailing.

        Raises DocpipeError naming template, paragraph and field for what the facts do not have,
        for a broken or hostile template, and for wrong tags.
        """
        made = self.compiled.render(context, level)
        if made is not None:
            return made
        from docpipe.adapters.word import package, render

        return package.write(render.render(self._parts, context, self.name), level)

    @property
    def compiled(self) -> Compiled:
        """The compiled form, from the cache or built now."""
        if self._compiled is None:  # functools, for its cached_property, costs as much as printing
            inputs = (self._template, self._letterhead or b"", self._logo or b"")
            artifact = store.fetch(inputs, self._kept, self._build)
            self._compiled = Compiled(artifact, _environment)
        return self._compiled

    def _build(self) -> Artifact:
        from docpipe.adapters.word import tags
        from docpipe.adapters.word.compiled.build import build

        tags.check(self._parts, self.name)
        return build(self._parts, _environment())

    @property
    def _parts(self) -> Parts:
        """The template's parts with the letterhead's. Raises DocpipeError for hostile files."""
        if self._whole is None:
            self._whole = self._read()
        return self._whole

    def _read(self) -> Parts:
        from docpipe.adapters.word import package
        from docpipe.adapters.word.letterhead import transplant

        own = package.read(self._template, self.name)
        if self._letterhead is None:
            return own
        return transplant(own, package.read(self._letterhead, LETTERHEAD), self._logo)


def _environment() -> Any:
    from docpipe.adapters.word.environment import environment

    return environment()
