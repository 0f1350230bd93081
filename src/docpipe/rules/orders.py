"""Rules over order.yaml, and over what other files say of it."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.engine import Case, Words, order_rule
from docpipe.standards import incoterms

_REFERENCES = (
    ("order", "customer", "customer"),
    ("order", "lines[].product", "product"),
    ("logistics", "forwarder", "forwarder"),
)
_LINE_LISTS = ("quotation", "costing", "contract", "packing")


@order_rule(
    "ORD01",
    Severity.ERROR,
    Words(
        "order.yaml says number {number}, but its folder is {folder}",
        "order.yaml 的订单号是 {number}，而文件夹名是 {folder}",
        "Make them the same",
        "请改成一致",
    ),
    needs=["order"],
)
def number_is_the_folders_name(case: Case) -> Iterator[Finding]:
    """An order is found by its folder's name, so that name is its number.

    Renaming one without the other would let two orders carry one number on their documents.
    ---
    查找订单靠文件夹名，所以文件夹名就是订单号。只改其一，两张订单的单据就可能出现同一个号码。
    """
    order = case.view.get("order")
    if order is not None and order.text("number") != case.order.number:
        yield found(order.at("number"), number=order.text("number"), folder=case.order.number)


@order_rule(
    "ORD02",
    Severity.ERROR,
    Words(
        "{code} is not known: there is no usable {path}",
        "找不到 {code}：没有可用的 {path}",
        "Correct the code, or add the file",
        "请改正代码，或新建该文件",
    ),
    needs=["order"],
    structural=True,
)
def references_are_known(case: Case) -> Iterator[Finding]:
    """Customers, products and forwarders are named by code; the code's file must be there.

    ---
    客户、产品、货代用代码引用，对应的文件必须存在且无误。
    """
    for kind, field, master in _REFERENCES:
        for root in case.view.every(kind).values():
            for node in _named(root, field):
                code = str(node.value)
                if case.view.master(master, code) is None:
                    path = case.view.workspace.master_path(master, code)
                    yield found(node.place, code=code, path=path)


def _named(root: Node, field: str) -> list[Node]:
    """The nodes at a dotted name, where `lines[]` means each item."""
    head, _, tail = field.partition("[].")
    if not tail:
        node = root.find(field)
        return [node] if node is not None else []
    return [node for row in root.rows(head) if (node := row.find(tail)) is not None]


@order_rule(
    "ORD03",
    Severity.ERROR,
    Words(
        "There is no line {line} in order.yaml (it has {known})",
        "order.yaml 中没有第 {line} 行（现有 {known}）",
        "Correct the line, or add it to order.yaml",
        "请改正行号，或在 order.yaml 中添加",
    ),
    needs=["order"],
    structural=True,
)
def lines_refer_to_the_orders_lines(case: Case) -> Iterator[Finding]:
    """Prices, costs, cartons and lots name an order line by its id; that line must exist.

    ---
    报价、成本、装箱、检验批都按行号引用订单行，该行必须存在。
    """
    order = case.view.get("order")
    known = [row.count("id") for row in order.rows("lines")] if order is not None else []
    for kind in _LINE_LISTS:
        for root in case.view.every(kind).values():
            for row in root.rows("lines"):
                if row.count("line") not in known:
                    yield found(row.at("line"), line=str(row.count("line")), known=known)
    for root in case.view.every("inspection").values():
        if root.count("lot.line") not in known:
            yield found(root.at("lot.line"), line=str(root.count("lot.line")), known=known)


@order_rule(
    "ORD05",
    Severity.ERROR,
    Words(
        "{rule} is for sea and inland waterway only, but the goods go by {mode} ({other})",
        "{rule} 仅适用于海运和内河运输，而运输方式是 {mode}（{other}）",
        "Use {instead}, or correct the mode of transport",
        "请改用 {instead}，或改正运输方式",
    ),
    needs=["order"],
)
def incoterm_suits_the_mode(case: Case) -> Iterator[Finding]:
    """FAS, FOB, CFR and CIF are rules for sea and inland waterway transport.

    By air, rail or road the risk passes to the carrier long before any ship's rail: FCA, CPT and
    CIP say the same for every mode. Source: ICC, Incoterms 2020, introduction and rules.
    ---
    FAS、FOB、CFR、CIF 只用于海运和内河运输。空运、铁路、公路应使用 FCA、CPT、CIP。
    依据：国际商会《国际贸易术语解释通则2020》。
    """
    order = case.view.get("order")
    if order is None:
        return
    mode, rule = order.text("transport.mode"), order.text("incoterm.rule")
    if not incoterms.incoterm(rule).suits(mode):
        instead = {"FAS": "FCA", "FOB": "FCA", "CFR": "CPT", "CIF": "CIP"}[rule]
        place = order.at("incoterm.rule")
        yield found(place, rule=rule, mode=mode, instead=instead, other=order.at("transport.mode"))
