"""Rules over order.yaml: its number, and everything that refers or is referred to."""

import re
from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.engine import Case, Words, order_rule
from docpipe.workspace import people

_REFERENCES = (
    ("order", "customer", "customer"),
    ("order", "lines[].product", "product"),
    ("order", "lines[].supplier", "supplier"),
    ("logistics", "forwarder", "forwarder"),
)
_COLLEAGUES = (
    ("order", "salesperson"),
    ("inquiry", "consulted[].person"),
    ("inquiry", "replies[].by"),
    ("costing", "approved.by"),
    ("contract", "signatories.seller"),
    ("lc", "checked.by"),
    ("review", "by"),
    ("review", "conditions[].owner"),
    ("outcome", "by"),
    ("inspection", "inspector"),
    ("inspection", "approved.by"),
    ("inspection", "nonconformity.owner"),
    ("inspection", "nonconformity.concession.by"),
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
    """Customers, products, suppliers and forwarders are named by code, and their files are there.

    ---
    客户、产品、供应商、货代用代码引用，对应的文件必须存在且无误。
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
        line = root.find("lot.line")
        if line is not None and line.value not in known:
            yield found(line.place, line=str(line.value), known=known)


@order_rule(
    "ORD04",
    Severity.ERROR,
    Words(
        "{number} does not have the form of the company's order numbers, {form}",
        "{number} 不符合公司的订单号格式 {form}",
        "Rename the folder and correct order.yaml, or change order_number in company.yaml",
        "请改文件夹名和 order.yaml，或修改 company.yaml 的 order_number",
    ),
    needs=["order", "company"],
)
def number_has_the_companys_form(case: Case) -> Iterator[Finding]:
    """company.yaml says in `order_number` what an order's number looks like.

    Two ways of writing numbers end in two orders that are taken for one.
    ---
    company.yaml 的 order_number 规定订单号的格式。写法不一，迟早会把两张订单混为一张。
    """
    order, form = case.view.get("order"), case.view.company.text("order_number")
    if order is not None and not _fits(form, order.text("number")):
        yield found(order.at("number"), number=order.text("number"), form=form)


def _fits(form: str, number: str) -> bool:
    try:
        return re.search(form, number) is not None
    except re.error:
        return False


@order_rule(
    "ORD06",
    Severity.ERROR,
    Words(
        "{id} stands twice in this list (first at {other})",
        "{id} 在列表中重复（第一次在 {other}）",
        "Give each entry an id of its own",
        "请给每一项不同的编号",
    ),
    needs=["order"],
)
def ids_are_not_repeated(case: Case) -> Iterator[Finding]:
    """Lines, points, instalments and conditions are referred to by id, so each id is given once.

    A quotation or contract that names an order line twice would charge it twice.
    ---
    行号、询盘要点、分期付款、条件等都按编号引用，编号不能重复。报价或合同中同一行出现两次，
    就会重复计价。
    """
    for file in case.order.files:
        for node in file.root.walk() if file.root is not None else ():
            key = _key(node, file.kind.name)
            first: dict[object, Node] = {}
            for item in node.items if key else ():
                if key in item and first.setdefault(item[key].value, item) is not item:
                    again = item[key]
                    other = first[again.value].at(key)
                    yield found(again.place, id=str(again.value), other=other)


def _key(node: Node, kind: str) -> str:
    """By what the items of a list are known: `id`, or the order line that each is about."""
    if any("id" in item for item in node.items):
        return "id"
    once = kind in ("quotation", "costing", "contract", "customs")
    return "line" if once and any("line" in item for item in node.items) else ""


@order_rule(
    "ORD07",
    Severity.ERROR,
    Words(
        "{email} is not in people.yaml",
        "people.yaml 中没有 {email}",
        "Correct the e-mail, or add the colleague",
        "请改正邮箱，或添加该同事",
    ),
    needs=["order", "people"],
)
def colleagues_are_known(case: Case) -> Iterator[Finding]:
    """Whoever writes, reviews, inspects or approves is named by the e-mail in people.yaml.

    His department and roles are read there; an unknown name would carry no authority.
    ---
    填写、评审、检验、批准的人都用 people.yaml 中的邮箱表示，部门和权限以那里为准。
    """
    people = case.view.people
    for kind, field in _COLLEAGUES:
        for root in case.view.every(kind).values():
            for node in _named(root, field):
                if node.value not in people:
                    yield found(node.place, email=node.value)


@order_rule(
    "ORD08",
    Severity.ERROR,
    Words(
        "{email} is no salesperson",
        "{email} 不是业务员",
        "Name the colleague who looks after the order, or give him the role salesperson",
        "请填写负责该订单的业务员，或在 people.yaml 中给他加上 salesperson 角色",
    ),
    needs=["order", "people"],
)
def salesperson_sells(case: Case) -> Iterator[Finding]:
    """The customer's letters go to the salesperson of the order, who needs that role.

    ---
    客户来函由订单的业务员处理，须有业务员角色。
    """
    order = case.view.get("order")
    node = order.find("salesperson") if order is not None else None
    if node is not None and not people.may(case.view, str(node.value), "salesperson"):
        yield found(node.place, email=node.value)


@order_rule(
    "ORD09",
    Severity.WARNING,
    Words(
        "No bank account of the company takes {currency}",
        "公司没有 {currency} 收款账户",
        "Choose another currency, or add the account to company.yaml",
        "请改用其他币种，或在 company.yaml 中添加账户",
    ),
    needs=["order", "company"],
)
def currency_has_an_account(case: Case) -> Iterator[Finding]:
    """Invoices print the bank that takes the order's currency; here there is none to print.

    ---
    发票要印收款银行；该币种没有账户，就没有银行可印。
    """
    order = case.view.get("order")
    banks = case.view.company.rows("banks")
    taken = {node.value for bank in banks for node in bank.rows("currencies")}
    if order is not None and order.text("currency") not in taken:
        yield found(order.at("currency"), currency=order.text("currency"))
