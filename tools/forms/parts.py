"""What all documents share: title, heading, parties, remarks, signatures."""

from collections.abc import Sequence
from dataclasses import replace

from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from .kit import Fact, Form, Label
from .ooxml import keep_last, keep_next
from .theme import TEXT_WIDTH

ORDER = Fact("Order No. 订单号", "{{ order.number }}")
CONTRACT = Fact("Contract No. 合同号", "{{ order.number }}")  # one number for both
PO = Fact("Your PO 客户订单", "{{ order.customer_po.number }}", "order.customer_po")
PO_BY_THEN = replace(  # an offer cannot know of an order that came after it
    PO,
    given="order.customer_po and (not order.customer_po.date"
    " or order.customer_po.date <= quotation.date)",
)
SHIPMENT = Fact("Shipment 批次", "{{ doc.name }}", "shipments | length > 1")
TAX = Fact("Tax No. 税号", "{{ customer.tax_number }}", "customer.tax_number")
DOCUMENT = (
    Fact("No. 编号", "{{ doc.number }}", "doc.number"),
    Fact("Date 日期", "{{ doc.date | date }}", "doc.date"),
    Fact("Revision 版次", "{{ doc.revision }}", "doc.revision"),
)
SIDE, GUTTER = 100.0, 4.0


def title(form: Form, first: str = "en", second: str = "zh") -> None:
    """One language over the other, centred."""
    form.put(form.document, "Doc Title", f"{{{{ doc.title.{first} }}}}")
    form.put(form.document, "Doc Title Second", f"{{{{ doc.title.{second} }}}}")


def opening(form: Form, block: Sequence[Fact]) -> _Cell:
    """The small block of number, date and references at the right; returns the cell left of it."""
    left, _, right = form.columns(SIDE, GUTTER, TEXT_WIDTH - SIDE - GUTTER, split=True)
    for fact in block:
        form.fact(right, fact, "Fact Short")
    form.gap()
    return left


def heading(form: Form, to: str, more: Sequence[Fact]) -> _Cell:
    """Title, the customer on the left, number, date and references on the right."""
    title(form)
    left = opening(form, (*DOCUMENT, *more))
    party(form, left, to, "customer")
    return left


def contact(form: Form, cell: _Cell) -> None:
    """Who answers for this order in our house."""
    with form.given(cell, "order.salesperson"):
        name = "{{ order.salesperson | person | inline }}   {{ order.salesperson }}"
        form.put(cell, "Party Text", Label("Our contact 我方联系人  "), name)


def notify(form: Form, cell: _Cell) -> None:
    """Whom the carrier tells of the arrival; under a credit the credit says so itself."""
    with form.given(cell, "customer.notify and not lc"):
        form.put(cell, "Party Label", "Notify party 通知人")
        form.put(cell, "Party Text", "{{ customer.notify | bilingual }}")


def party(
    form: Form, cell: _Cell, label: str, name: str, order: str = "bilingual", attn: bool = True
) -> None:
    """Name, address and, of a customer or supplier, the person to address."""
    form.put(cell, "Party Label", label)
    form.put(cell, "Party Name", f"{{{{ {name}.name | {order} }}}}")
    with form.given(cell, f"{name}.address"):
        form.put(cell, "Party Text", f"{{{{ {name}.address | {order} }}}}")
    if attn and name in ("customer", "supplier"):
        with form.given(cell, f"{name}.contacts"):
            form.put(
                cell, "Party Text", Label("Attn 联系人  "), f"{{{{ {name}.contacts[0].name }}}}"
            )
    if name == "company":
        with form.given(cell, "company.phone"):
            form.put(cell, "Party Text", Label("Tel 电话  "), "{{ company.phone }}")


def tax(form: Form, cell: _Cell) -> None:
    """The customer's tax number, below its address."""
    with form.given(cell, TAX.given):
        form.put(cell, "Party Text", Label(f"{TAX.label}  "), TAX.value)


def sign(form: Form, cells: Sequence[_Cell], label: str, name: str) -> None:
    """Whose name stands above the line; in a row of its own, where two lines are to be level."""
    form.put(cells[0], "Signature", Label(label))
    form.put(cells[0], "Signature", f"{{{{ {name}.name | bilingual }}}}")
    form.put(cells[-1], "Signature Line", "Authorised signature 授权签字")


def room(form: Form) -> None:
    """Air above signatures, which belong to a text."""
    hold(form)
    keep_next(form.put(form.document, "Gap"))


def hold(form: Form) -> None:
    """Keep the last text with the signatures that follow: they do not stand alone on a page."""
    body = form.document.element.body
    last = max((i for i, child in enumerate(body) if child.tag == qn("w:tbl")), default=-1)
    after = [Paragraph(child, form.document) for child in body[last + 1 :]
             if child.tag == qn("w:p")]  # fmt: skip
    keep_last(after)
    if all(not each.text or each.text.startswith("{%p") for each in after):
        form.hold_facts()


def closing(form: Form, alone: bool = True) -> _Cell:
    """The seller's signature at the right; returns the cell left of it, for what else is said.

    Where much is said there, the signature is not `alone`, and may begin a page.
    """
    if alone:
        room(form)
    else:
        keep_next(form.put(form.document, "Gap"))
    left, _, right = form.columns(SIDE, GUTTER, TEXT_WIDTH - SIDE - GUTTER)
    keep_next(form.put(left, "Cell End"))  # so that no empty page can follow the last row
    sign(form, [right], "For and on behalf of 代表", "company")
    form.put(form.document, "Cell End")
    return left


def sign_both(form: Form, left: tuple[str, str], right: tuple[str, str]) -> None:
    """Two signatures side by side, their lines level; each a label and whose name it is."""
    room(form)
    half = (TEXT_WIDTH - 8) / 2
    names, lines = form.rows(2, half, 8, half)
    for index, (label, name) in ((0, left), (2, right)):
        sign(form, [names[index], lines[index]], label, name)
    keep_next(form.put(names[1], "Cell End"))
    form.put(form.document, "Cell End")


def remarks(form: Form, cell: _Cell, fact: str) -> None:
    """Remarks, where there are any."""
    form.fact(cell, Fact("Remarks 备注", f"{{{{ {fact} | bilingual }}}}", fact), "Fact Short")
    form.put(cell, "Cell End")


def signers(form: Form, *people: Fact) -> None:
    """Lines to sign on, side by side; the name under a line where it is known."""
    room(form)
    gutter = 9.0
    width = (TEXT_WIDTH - gutter * (len(people) - 1)) / len(people)
    widths = [width, *(each for _ in people[1:] for each in (gutter, width))]
    for cell, person in zip(form.columns(*widths)[::2], people, strict=True):
        form.put(cell, "Signature Line", person.label)
        if person.value:
            with form.given(cell, person.given):
                form.put(cell, "Table Text", person.value)
        form.put(cell, "Cell End")
    form.put(form.document, "Cell End")
