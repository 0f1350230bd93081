"""Compiling: from a template's parts to an artifact."""

from typing import Any

from docpipe.adapters.word.budget import Budget
from docpipe.adapters.word.compiled.archive import Layout
from docpipe.adapters.word.compiled.artifact import Artifact
from docpipe.adapters.word.compiled.bail import NotCoveredError
from docpipe.adapters.word.compiled.generate import Generator
from docpipe.adapters.word.compiled.prepare import PreparedTemplate, TemplateSource, prepare
from docpipe.adapters.word.compiled.shape import shape
from docpipe.adapters.word.current_budget import CURRENT
from docpipe.adapters.word.part_order import ordered
from docpipe.adapters.word.parts import Parts
from docpipe.adapters.word.repair import without_strange_properties

_END = "{##}"  # keeps the line feed that Jinja drops at a template's end


def build(template: Parts, environment: Any, mend: bool = True) -> Artifact:
    """The artifact of a template; one that says why, where compiling cannot promise the same.

    `mend` asks for what `repair.repaired` fixes. Raises what docxtpl and Jinja raise for a
    template that is wrong.
    """
    try:
        return _built(template, environment, mend)
    except NotCoveredError as reason:
        return Artifact(why=str(reason))


def _built(template: Parts, environment: Any, mend: bool) -> Artifact:
    quick = bool(getattr(environment, "quick", {}))
    if environment.finalize is not None and not quick:
        raise NotCoveredError("an environment with a finalizer of its own")
    if environment.autoescape is not True:
        raise NotCoveredError("an environment that does not escape")
    CURRENT.set(Budget())  # docxtpl renders what has no tags
    prepared = prepare(template, environment)
    parts = without_strange_properties(prepared.parts, template) if mend else prepared.parts
    sources = _in_order(parts, prepared)
    pieces, whole = [], False
    for number, source in enumerate(sources):
        tree = environment.parse(source.jinja + _END)
        generator = Generator(environment, f"place_{number}", shape(tree, source.root, mend))
        pieces.append(generator.code(tree))
        whole = whole or generator.whole
    code = compile("\n".join(pieces), "<compiled template>", "exec", optimize=2)
    tokens = [source.token.encode() for source in sources]
    return Artifact("", code, Layout.of(parts, tokens), len(sources), whole, quick)


def _in_order(parts: Parts, prepared: PreparedTemplate) -> list[TemplateSource]:
    """The sources in the order of the package. Raises NotCoveredError for a token that is lost."""
    text = b"".join(parts[name] for name in ordered(parts))
    for source in prepared.sources:
        if text.count(source.token.encode()) != 1:
            raise NotCoveredError("docxtpl moved a part")
    return sorted(prepared.sources, key=lambda source: text.index(source.token.encode()))
