"""Rules over the export declaration's data."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule

_FREIGHT = Text("freight", "运费")
_PREMIUM = Text("insurance premium", "保险费")
_WITH_FREIGHT = ("1", "2")
_WITH_PREMIUM = ("1",)


@order_rule(
    "CUS01",
    Severity.ERROR,
    "HS {here} declared, but the product's file says {usual} ({other})",
    "申报税号 {here}，而产品档案为 {usual}（{other}）",
    "Look it up in the tariff, and correct the wrong one",
    "请查税则，改正有误的一个",
    needs=["order", "customs"],
)
def declared_hs_is_the_products(case: Case) -> Iterator[Finding]:
    """Invoice and declaration must be of the same goods; a wrong code costs rebate and fines.

    ---
    发票与报关单须为同一种货；税号报错，影响退税还要受罚。
    """
    for root in case.view.every("customs").values():
        for row in root.rows("lines"):
            product = case.product(row.count("line"))
            usual = product.find("hs.china") if product is not None else None
            here = row.find("hs")
            if here is not None and usual is not None and here.value != usual.value:
                yield found(here.place, here=here.value, usual=usual.value, other=usual.place)


@order_rule(
    "CUS02",
    Severity.ERROR,
    "{rule} ({other}): no {what} is in the price, and it is declared",
    "申报了{what}，而 {rule}（{other}）价格不含该项",
    "Take it out, or correct the Incoterm",
    "请删去，或改正贸易术语",
    needs=["order", "customs"],
)
def declared_charges_are_in_the_price(case: Case) -> Iterator[Finding]:
    """Freight is declared under 成交方式 CIF and C&F, the premium under CIF only.

    Source: China Customs, 报关单填制规范, items 成交方式, 运费, 保费.
    ---
    成交方式为 CIF、C&F 的申报运费，为 CIF 的申报保费，其余不报。依据：
    海关《进出口货物报关单填制规范》。
    """
    term, other = case.incoterm, case.file("order").at("incoterm.rule")
    asked = (
        ("freight", _FREIGHT, _WITH_FREIGHT),
        ("insurance", _PREMIUM, _WITH_PREMIUM),
    )
    for root in case.view.every("customs").values():
        for field, what, codes in asked:
            if field in root and term.customs_code not in codes:
                yield found(root.at(field), what=what, rule=term.code, other=other)


@order_rule(
    "CUS03",
    Severity.WARNING,
    "{rule} ({other}): {what} is in the price, and is not declared",
    "{rule}（{other}）须申报{what}，未填写",
    "Add it before the declaration is made",
    "请在报关前补上",
    needs=["order", "customs"],
)
def charges_in_the_price_are_declared(case: Case) -> Iterator[Finding]:
    """Customs takes freight and premium off the price to reach FOB, on which statistics rest.

    Source: China Customs, 报关单填制规范, items 成交方式, 运费, 保费.
    ---
    海关从成交价中扣除运费、保费得出离岸价。成交方式 CIF 须报运费和保费，C&F 须报运费。
    依据：海关《进出口货物报关单填制规范》。
    """
    term, other = case.incoterm, case.file("order").at("incoterm.rule")
    due = [("freight", _FREIGHT)] if term.customs_code in _WITH_FREIGHT else []
    if term.insurance is not None:
        due.append(("insurance", _PREMIUM))
    for root in case.view.every("customs").values():
        for field, what in due:
            if field not in root:
                yield found(root.at("invoice"), what=what, rule=term.code, other=other)


@order_rule(
    "CUS04",
    Severity.ERROR,
    "{here} here, but {there} in the order ({other})",
    "此处 {here}，而订单为 {there}（{other}）",
    "Correct one of them",
    "请改正其一",
    needs=["order", "customs"],
)
def destination_is_the_orders(case: Case) -> Iterator[Finding]:
    """The port of destination on the declaration is where the goods are going.

    ---
    报关单上的指运港就是货物实际要去的港口。
    """
    there = case.file("order").find("transport.discharge.code")
    for root in case.view.every("customs").values():
        here = root.find("destination_port.code")
        if here is not None and there is not None and here.value != there.value:
            yield found(here.place, here=here.value, there=there.value, other=there.place)
