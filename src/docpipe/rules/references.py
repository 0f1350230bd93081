"""Rules over what files of an order refer to: masters, lines, colleagues, ids."""

from collections.abc import Iterator

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules.case import Case, repeated
from docpipe.rules.engine import order_rule

_MASTERS = ("customer", "product", "supplier", "forwarder")
_KEPT = Text("the code written here", "此处所填代码")


@order_rule(
    "ORD02",
    Severity.ERROR,
    "{code} is not known: there is no usable {path}",
    "找不到 {code}：没有可用的 {path}",
    "Correct the code, or add the file",
    "请改正代码，或新建该文件",
    needs=["order"],
    structural=True,
)
def references_are_known(case: Case) -> Iterator[Finding]:
    """Customers, products, suppliers and forwarders are named by code, and their files are there.

    ---
    客户、产品、供应商、货代用代码引用，对应的文件必须存在且无误。
    """
    for kind, node in case.nodes:
        if node.name in _MASTERS and isinstance(node.value, str):
            master, code = str(node.name), node.value
            if case.view.master(master, code) is None:
                internal = fields.is_internal(case.view.schema(kind), node.path)
                yield found(node.place, **_words(case, master, code, internal=internal))


def _words(case: Case, master: str, code: str, *, internal: bool) -> dict[str, str | Text]:
    """The code and its file; an internal code, such as a supplier's, is not repeated."""
    path = case.view.workspace.master_path(master, code)
    if internal:
        return {"code": _KEPT, "path": path.rpartition("/")[0] + "/"}
    return {"code": code, "path": path}


@order_rule(
    "ORD03",
    Severity.ERROR,
    "There is no line {line} in order.yaml (it has {known})",
    "order.yaml 中没有第 {line} 行（现有 {known}）",
    "Correct the line, or add it to order.yaml",
    "请改正行号，或在 order.yaml 中添加",
    needs=["order"],
    structural=True,
)
def lines_refer_to_the_orders_lines(case: Case) -> Iterator[Finding]:
    """Prices, costs, cartons and lots name an order line by its id; that line must exist.

    ---
    报价、成本、装箱、检验批都按行号引用订单行，该行必须存在。
    """
    known = [row.count("id") for row in case.file("order").rows("lines")]
    for kind, node in case.nodes:
        if _is_line(kind, node) and node.value not in known:
            yield found(node.place, line=str(node.value), known=known)


def _is_line(kind: str, node: Node) -> bool:
    """Whether it names an order line; a purchase numbers its own, and says what they are for."""
    listed = node.parent is not None and node.parent.name == "for_lines"
    named = node.name == "line" and kind != "purchase"
    return isinstance(node.value, int) and (named or listed)


@order_rule(
    "ORD06",
    Severity.ERROR,
    '"{id}" appears twice in this list (first at {other})',
    "“{id}”在列表中重复（第一次在 {other}）",
    "Give each entry an id of its own",
    "请给每一项不同的编号",
    needs=["order"],
    structural=True,
)
def ids_are_not_repeated(case: Case) -> Iterator[Finding]:
    """Lines, points, instalments and conditions are referred to by id, so each id is given once.

    A quotation or contract that names an order line twice would charge it twice.
    ---
    行号、询盘要点、分期付款、条件等都按编号引用，编号不能重复。报价或合同中同一行出现两次，
    就会重复计价。
    """
    for kind, node in case.nodes:
        key = _key(node, kind) if node.items else ""
        for again, other in repeated(item[key] for item in node.items if key in item):
            yield found(again.place, id=str(again.value), other=other.place)


def _key(node: Node, kind: str) -> str:
    """By what the items of a list are known: `id`, or the order line that each is about."""
    if any("id" in item for item in node.items):
        return "id"
    once = kind in ("quotation", "costing", "contract", "customs")
    return "line" if once and any("line" in item for item in node.items) else ""


@order_rule(
    "ORD07",
    Severity.ERROR,
    "This colleague is not in people.yaml",
    "people.yaml 中没有这位同事",
    "Correct the e-mail, or add the colleague",
    "请改正邮箱，或添加该同事",
    needs=["order", "people"],
)
def colleagues_are_known(case: Case) -> Iterator[Finding]:
    """Whoever writes, reviews, inspects or approves is named by the e-mail in people.yaml.

    Their department and roles are read there; an unknown name would carry no authority.
    ---
    填写、评审、检验、批准的人都用 people.yaml 中的邮箱表示，部门和权限以那里为准。
    """
    people = case.view.people
    for kind, node in case.nodes:
        if isinstance(node.value, str) and "@" in node.value and node.value not in people:
            schema = fields.at(case.view.schema(kind), node.path)
            if "@" in str(schema.get("pattern", "")):  # an e-mail, not a text that holds one
                yield found(node.place)


_FILES = {
    "purchase": ("production", "inspection", "stock", "feedback", "papers"),
    "amendment": ("papers",),
    "feedback": ("papers", "receipts"),
    "shipment": ("papers", "receipts", "feedback"),
}
"""What is referred to by number, and the kinds of files that do so once it exists."""


@order_rule(
    "ORD12",
    Severity.ERROR,
    "There is no {kind} {number} in this order (it has {known})",
    "本订单没有 {kind} {number}（现有 {known}）",
    "Correct the number, or add the file",
    "请改正编号，或添加该文件",
    needs=["order"],
)
def numbered_files_are_known(case: Case) -> Iterator[Finding]:
    """Purchases, amendments, feedback and shipments are referred to by the number of their file.

    ---
    采购、变更、反馈、发运批次都按文件编号引用。
    """
    for kind, node in case.nodes:
        if isinstance(node.value, int) and kind in _FILES.get(wanted := str(node.name), ()):
            files = ("logistics", "packing", "shipment") if wanted == "shipment" else (wanted,)
            known = sorted({name for each in files for (name,) in case.view.every(each)})
            broken = case.order.broken.intersection(files)
            if str(node.value) not in known and not broken:
                yield found(node.place, kind=wanted, number=str(node.value), known=known)
