"""Contract clauses: the library's texts with this contract's figures put in."""

import re
from decimal import Decimal
from itertools import zip_longest

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value, show
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both

PLACEHOLDER = re.compile(r"\{([a-z_.0-9]+)\}")


class Clause(Value):
    """One numbered clause, the same in both languages."""

    number: int
    id: str
    title: Both
    text: Both

    paragraphs: tuple[Both, ...]
    """The text paragraph by paragraph; both languages have the same number."""


def clauses(view: View) -> tuple[Clause, ...]:
    """The contract's clauses in its order; those not in the library are left out (rules tell)."""
    contract = view.get("contract")
    chosen = [str(node.value) for node in contract.rows("clauses")] if contract else []
    library = [(each, view.master("clause", each)) for each in chosen]
    return tuple(
        _clause(view, number, each, node)
        for number, (each, node) in enumerate(library, 1)
        if node is not None
    )


def _clause(view: View, number: int, id_: str, node: Node) -> Clause:
    title = Both(node.text("title.en", ""), node.text("title.zh", ""))
    en, zh = (filled(view, node.text(f"text.{lang}", ""), lang) for lang in ("en", "zh"))
    pairs = zip_longest(en.split("\n"), zh.split("\n"), fillvalue="")
    return Clause(number, id_, title, Both(en, zh), tuple(Both(*pair) for pair in pairs))


def filled(view: View, text: str, lang: str) -> str:
    """`text` with `{dotted.path}` replaced by the contract's fact, or the order's, in `lang`.

    A placeholder whose fact is missing stays as it is; rule CON05 tells it.
    """
    return PLACEHOLDER.sub(lambda match: fact(view, match[1], lang) or match[0], text)


def fact(view: View, dotted: str, lang: str) -> str | None:
    """The fact at a dotted name of contract.yaml, else of order.yaml, as text in `lang`."""
    for kind in ("contract", "order"):
        root = view.get(kind)
        node = root.find(dotted) if root is not None else None
        if node is not None:
            return _said(node, fields.at(view.schema(kind), node.path), lang)
    return None


def _said(node: Node, schema: fields.Field, lang: str) -> str | None:
    """A fact as a sentence has it: the label of a choice, a bilingual text in `lang`."""
    if isinstance(node.value, dict):
        node = node.find(lang) or node.find("en") or node.find("zh") or node
    if isinstance(node.value, str):
        return show(fields.labels(schema, node.value), lang)
    return show(node.value, lang) if isinstance(node.value, int | Decimal) else None
