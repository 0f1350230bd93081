"""Rules over order.yaml: number, salesperson, currency."""

from collections.abc import Iterator

from docpipe.adapters.schemas.patterns import PatternError, fits
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule


@order_rule(
    "ORD01",
    Severity.ERROR,
    "order.yaml says number {number}, but its folder is {folder}",
    "order.yaml 的订单号是 {number}，而文件夹名是 {folder}",
    "Make them the same",
    "请改成一致",
    needs=["order"],
)
def number_is_the_folders_name(case: Case) -> Iterator[Finding]:
    """An order is found by its folder's name, so that name is its number.

    Renaming one without the other would let two orders carry one number on their documents.
    ---
    查找订单靠文件夹名，所以文件夹名就是订单号。只改其一，两张订单的单证就可能出现同一个号码。
    """
    order = case.file("order")
    if order.text("number") != case.order.number:
        yield found(order.at("number"), number=order.text("number"), folder=case.order.number)


@order_rule(
    "ORD04",
    Severity.ERROR,
    "{number} does not have the form of the company's order numbers, {form}",
    "{number} 不符合公司的订单号格式 {form}",
    "Rename the folder and correct order.yaml, or change order_number in company.yaml",
    "请改文件夹名和 order.yaml，或修改 company.yaml 的 order_number",
    needs=["order", "company"],
)
def number_has_the_companys_form(case: Case) -> Iterator[Finding]:
    """company.yaml says in `order_number` what an order's number looks like.

    Two ways of writing numbers end in two orders that are taken for one.
    ---
    company.yaml 的 order_number 规定订单号的格式。写法不一，迟早会把两张订单混为一张。
    """
    order, form = case.file("order"), case.view.company.text("order_number")
    if not _fits(form, order.text("number")):
        yield found(order.at("number"), number=order.text("number"), form=form)


def _fits(form: str, number: str) -> bool:
    try:
        return fits(form, number)
    except PatternError:  # told of company.yaml
        return True


@order_rule(
    "ORD08",
    Severity.ERROR,
    "This colleague is not a salesperson",
    "此人不是业务员",
    "Name the colleague in charge of the order, or give them the role salesperson",
    "请填写负责该订单的业务员，或在 people.yaml 中为其加上 salesperson 角色",
    needs=["order", "people"],
)
def salesperson_sells(case: Case) -> Iterator[Finding]:
    """The customer's letters go to the salesperson of the order, who needs that role.

    ---
    客户来函由订单的业务员处理，须有业务员角色。
    """
    node = case.file("order")["salesperson"]
    if not case.may(node, "salesperson"):
        yield found(node.place)


@order_rule(
    "ORD09",
    Severity.WARNING,
    "No bank account of the company takes {currency}",
    "公司没有 {currency} 收款账户",
    "Choose another currency, or add the account to company.yaml",
    "请改用其他币种，或在 company.yaml 中添加账户",
    needs=["order", "company"],
)
def currency_has_an_account(case: Case) -> Iterator[Finding]:
    """Invoices print the bank that takes the order's currency; here there is none to print.

    ---
    发票要印收款银行；该币种没有账户，就没有银行可印。
    """
    order = case.file("order")
    banks = case.view.company.rows("banks")
    taken = {node.value for bank in banks for node in bank.rows("currencies")}
    if order.text("currency") not in taken:
        yield found(order.at("currency"), currency=order.text("currency"))
