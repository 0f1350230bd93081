"""Clearance requirement letter 清关要求函: what customs abroad want, asked and confirmed."""

from .freight import SHIPPED_ROUTE
from .kit import Fact, Form
from .parts import ORDER, PO, SHIPMENT, closing, contact, heading
from .tables import Column, line_table

_ASKED = "logistics.clearance"
_GOODS = (
    Column(18, "No. 序号", "{{ x.id }}"),
    Column(106, "Goods 货物", "{{ x.name | inline }}"),
    Column(50, "HS 编码 (6)", "{% if x.hs %}{{ x.hs }}{% endif %}"),
)
_QUESTIONS = (
    ("Which documents your customs want, in how many originals, and whose legalisation.",
     "贵国海关需要哪些单证、正本份数及认证要求。"),
    ("Which certificates, inspections or registrations must be done before shipment.",
     "发货前须办理的证书、检验或注册。"),
    ("Import licence or reference numbers that must stand on our documents.",
     "须显示在单证上的进口许可证号或登记号。"),
    ("Marks, labels, languages and wood packaging rules.",
     "标记、标签、文字及木质包装的规定。"),
    ("HS codes that you use, if they differ from those above, and the consignee's exact name.",
     "如编码与上表不同，请告知贵方所用编码及收货人准确名称。"),
)  # fmt: skip
_OPENING = (
    "So that the goods clear without delay at destination, please tell us before we ship what "
    "your customs require:",
    "为使货物在目的地顺利清关，请在发货前告知贵国海关要求：",
)
_CONFIRM = (
    "We have noted your answer as follows and prepare the documents accordingly. Please tell us "
    "at once if anything is missing or has changed.",
    "贵司答复已记录如下，我司将据此准备单证。如有遗漏或变更，请即告知。",
)
_ANSWER = (
    Fact("Asked on 询问日期", f"{{{{ {_ASKED}.asked | date }}}}", f"{_ASKED}.asked"),
    Fact("Answered on 答复日期", f"{{{{ {_ASKED}.answered | date }}}}"),
    Fact("By 答复人", f"{{{{ {_ASKED}.by }}}}", f"{_ASKED}.by"),
    Fact("Import ref. 进口编号", f"{{{{ {_ASKED}.import_number }}}}", f"{_ASKED}.import_number"),
    Fact("Requirements 要求", f"{{{{ {_ASKED}.requirement | bilingual }}}}",
         f"{_ASKED}.requirement"),
)  # fmt: skip


def _question(form: Form) -> None:
    for words in _OPENING:
        form.put(form.document, "Body Text", words)
    for number, (en, zh) in enumerate(_QUESTIONS, 1):
        form.put(form.document, "Numbered", f"{number}.\t{en}\n{zh}")


def _confirmation(form: Form) -> None:
    for words in _CONFIRM:
        form.put(form.document, "Body Text", words)
    form.facts(_ANSWER, ())
    with form.given(form.document, f"{_ASKED}.documents"):
        form.section("Documents required 所需单证")
        with form.each(form.document, f"d in {_ASKED}.documents"):
            form.put(form.document, "Numbered", "{{ loop.index }}.\t{{ d | bilingual }}")


def draw() -> Form:
    """The question, and once it is answered, what we understood."""
    form = Form("Clearance requirement letter 清关要求函")
    contact(form, heading(form, "To 致", (ORDER, SHIPMENT, PO)))
    form.facts(SHIPPED_ROUTE, (
        Fact("Price term 价格条款", "{{ order.incoterm.rule }} {{ order.incoterm.place }}"),
        Fact("Packages 件数", "{{ consignment.cartons | number }} {{ consignment.package }}",
             "consignment"),
        Fact("Gross weight 毛重", "{{ consignment.gross | kg }} kg", "consignment"),
    ))  # fmt: skip
    with form.given(form.document, "deal or offer"):
        line_table(form, _GOODS, "x in (deal or offer).lines")
        form.gap()
    with form.given(form.document, f"not {_ASKED}.answered"):
        _question(form)
    with form.given(form.document, f"{_ASKED}.answered"):
        _confirmation(form)
    form.put(closing(form), "Cell End")
    return form
