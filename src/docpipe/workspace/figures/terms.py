"""The terms of a contract as sentences in both languages, one by one, to be compared."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Text, Value, show
from docpipe.standards import money
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.agreement import Agreement, Instalment
from docpipe.workspace.figures.bilingual import Both, both, choice, of_text

_PAYMENT = Text(
    "{percent} % by {method}, {when}: {amount}", "{percent}%，{method}，{when}：{amount}"
)
_SHIPMENT = Text("Shipment {number} by {date}: {lines}", "第{number}批，不迟于{date}：{lines}")
_SPREAD = "+{more} % / -{less} %"


class Term(Value):
    """One term: where it stands in the contract, its name, and what it says."""

    path: str
    title: Both
    text: Both


def terms(view: View, contract: Node, figures: Agreement) -> list[Term]:
    """The terms that an amendment may change, in the contract's order; prices apart."""
    schema = view.schema("contract")
    found = [*_line_tolerances(contract, schema), *_simple(contract, schema)]
    if figures.instalments:
        parts = (_instalment(part, figures.currency) for part in figures.instalments)
        found.append(_term("payment", schema, _lines(parts)))
    return found


def _simple(contract: Node, schema: fields.Field) -> Iterator[Term]:
    for path in ("tolerance", "delivery.latest_shipment", "delivery.earliest_shipment",
                 "delivery.partial_shipment", "delivery.transhipment", "delivery.schedule",
                 "quality", "packing", "marks.main", "marks.side", "insurance",
                 "documents"):  # fmt: skip
        node = contract.find(path)
        if node is not None:
            yield _term(path, schema, _said(path, node, fields.at(schema, path.split("."))))


def _term(path: str, schema: fields.Field, text: Both) -> Term:
    return Term(path, of_text(fields.title(fields.at(schema, path.split(".")))), text)


def _said(path: str, node: Node, schema: fields.Field) -> Both:
    match path:
        case "tolerance":
            return _spread(node, schema)
        case "delivery.schedule":
            return _lines(_shipment(row) for row in node.items)
        case "insurance":
            return _insurance(node, schema)
        case "documents":
            return _lines(both(row) for row in node.items)
        case "marks.main":
            return _lines(Both(show(row.value, "en"), show(row.value, "zh")) for row in node.items)
    return both(node) if node.fields else of_text(fields.labels(schema, str(node.value)))


def _lines(texts: Iterator[Both]) -> Both:
    """A line for each, in both languages; what has one language only stands in both."""
    pairs = [(text.en or text.zh, text.zh or text.en) for text in texts]
    return Both("\n".join(en for en, _ in pairs), "\n".join(zh for _, zh in pairs))


def _filled(text: Text, en: dict[str, str], zh: dict[str, str]) -> Both:
    return Both(text.en.format(**en), text.zh.format(**zh))


def _spread(node: Node, schema: fields.Field) -> Both:
    more, less = (_plain(node.number(f"{side}_percent")) for side in ("more", "less"))
    figures = _SPREAD.format(more=more, less=less)
    option = node.text("at_option_of", "")
    if not option:
        return Both(figures, figures)
    who = fields.labels(fields.child(schema, "at_option_of"), option)
    return Both(f"{figures}, at the option of {who.en}", f"{figures}，由{who.zh}选择")


def _line_tolerances(contract: Node, schema: fields.Field) -> Iterator[Term]:
    inner = fields.at(schema, ("lines", 0, "tolerance"))
    for row in contract.rows("lines"):
        if "tolerance" in row:
            id_ = row.count("line")
            title = Both(f"Tolerance of line {id_}", f"第{id_}行溢短装")
            yield Term(f"lines.{id_}.tolerance", title, _spread(row["tolerance"], inner))


def _shipment(row: Node) -> Both:
    parts = [
        (line.text("line"), money.format_number(line.number("quantity")))
        for line in row.rows("lines")
    ]
    facts = {"number": row.text("shipment"), "date": row.text("latest_shipment")}
    lines = "; ".join(f"line {line}: {quantity}" for line, quantity in parts)
    lines_zh = "；".join(f"第{line}行 {quantity}" for line, quantity in parts)
    return _filled(_SHIPMENT, facts | {"lines": lines}, facts | {"lines": lines_zh})


def _insurance(node: Node, schema: fields.Field) -> Both:
    by, clauses = (choice(schema, node, name) for name in ("by", "clauses"))
    said = [Both(f"by {by.en}", f"由{by.zh}投保"), *([clauses] if clauses else [])]
    if "cover" in node:
        cover = _plain(node.number("cover") * 100)
        said.append(Both(f"for {cover} % of the invoice value", f"按发票金额的{cover}%投保"))
    risks = fields.at(schema, ("additional_risks", 0))
    for row in node.rows("additional_risks"):
        said.append(of_text(fields.labels(risks, str(row.value))))
    return Both("; ".join(piece.en for piece in said), "；".join(piece.zh for piece in said))


def _plain(value: Decimal) -> str:
    """A figure without trailing zeros."""
    return f"{value.normalize():,f}"


def _instalment(part: Instalment, currency: str) -> Both:
    facts = {
        "percent": _plain(part.percent),
        "method": part.method,
        "amount": f"{currency} {money.format_money(part.amount, currency)}",
    }
    en, zh = {**facts, "when": part.when.en}, {**facts, "when": part.when.zh}
    return _filled(_PAYMENT, en, zh)
