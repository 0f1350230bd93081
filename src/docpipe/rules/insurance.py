"""Rules over the insurance of a shipment."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.shipment import shipped_on
from docpipe.standards import cover, premium
from docpipe.workspace.figures.bill import bill
from docpipe.workspace.figures.cargo import is_sale


def _agreed(case: Case, field: str) -> Node | None:
    return case.agreed.find(f"insurance.{field}") if case.agreed is not None else None


@order_rule(
    "INS01",
    Severity.ERROR,
    "Insured for {insured}, but the invoice of {total} x {cover} asks for {due}",
    "保险金额 {insured}，而发票金额 {total} × {cover} 应为 {due}",
    "Have the policy endorsed for the full amount",
    "请要求保险公司批改保额",
    needs=["order", "insurance"],
    reads=["packing", "contract", "amendment"],
    whole=True,
)
def insured_for_the_full_amount(case: Case) -> Iterator[Finding]:
    """Under CIF and CIP the policy covers the invoice value plus 10 %, or more where agreed.

    Source: ICC, Incoterms 2020, CIF A5 and CIP A5; UCP 600, article 28 (f)(ii).
    ---
    CIF、CIP 下保险金额不低于发票金额的 110%，合同约定更高的从约定。
    依据：《2020通则》CIF A5、CIP A5；UCP 600 第28条 f 款 ii 项。
    """
    if case.incoterm.insurance is None:
        return
    wanted = _agreed(case, "cover")
    factor = max(premium.MINIMUM_COVER, Decimal(str(wanted.value)) if wanted else Decimal(0))
    for names, root in case.view.every("insurance").items():
        invoice = bill(case.view, *names)
        due = premium.insured_value(invoice.total, factor) if invoice else Decimal(0)
        insured = root.number("insured")
        if invoice and insured < due:
            wanted_sum = due.quantize(invoice.total, ROUND_CEILING)
            figures = {
                "insured": insured, "total": invoice.total, "cover": factor, "due": wanted_sum
            }  # fmt: skip
            yield found(root.at("insured"), **figures)


@order_rule(
    "INS02",
    Severity.ERROR,
    "The policy is dated {date}, after shipment ({other})",
    "保险单日期 {date} 晚于装运日（{other}）",
    "Have the policy state that cover runs from shipment at the latest",
    "请让保险公司批注保险责任不迟于装运日生效",
    needs=["insurance", "shipment"],
)
def insured_by_shipment(case: Case) -> Iterator[Finding]:
    """Goods at sea before the policy's date were not covered. Source: UCP 600, article 28 (e).

    ---
    保单日期晚于装运日，装船后那几天就没有保险，银行也会拒付。依据：UCP 600 第28条 e 款。
    """
    for _, root, shipment in case.pairs("insurance", "shipment"):
        date, shipped = root.find("policy.date"), shipped_on(shipment)
        if date is not None and moments.precedes(shipped, date):
            yield found(date.place, date=date.value, other=shipped.place)


@order_rule(
    "INS03",
    Severity.ERROR,
    "{clauses} cover less than {wanted}",
    "{clauses} 的承保范围小于 {wanted}",
    "Have the policy endorsed for the clauses agreed",
    "请要求保险公司按约定险别批改",
    needs=["order", "insurance"],
    reads=["contract", "amendment"],
)
def clauses_cover_enough(case: Case) -> Iterator[Finding]:
    """What the contract agrees, and no less than the Incoterm: CIF (C), CIP (A).

    Source: ICC, Incoterms 2020, CIF A5 and CIP A5.
    ---
    险别按合同约定，且不低于术语要求：CIF 至少 ICC (C)，CIP 至少 ICC (A)。依据：
    《2020通则》CIF A5、CIP A5。
    """
    least, agreed = case.incoterm.insurance, _agreed(case, "clauses")
    wanted = [str(agreed.value)] if agreed is not None else []
    wanted += [least.clauses] if least is not None else []
    for root in case.view.every("insurance").values():
        given = root.text("clauses")
        missed = [clauses for clauses in wanted if not cover.is_at_least(given, clauses)]
        if missed:
            yield found(root.at("clauses"), clauses=given, wanted=missed[0])


@order_rule(
    "INS04",
    Severity.ERROR,
    "Shipped {rule} ({other}), and there is no insurance",
    "{rule}（{other}）货物已发运，却没有投保",
    "Insure now, and add insurance.yaml",
    "请立即投保，并补上 insurance.yaml",
    needs=["order", "shipment"],
    reads=["insurance", "logistics"],
    gate="shipment",
)
def sea_is_not_crossed_uninsured(case: Case) -> Iterator[Finding]:
    """Under CIF and CIP the seller insures before the goods leave.

    Source: ICC, Incoterms 2020, CIF A5 and CIP A5.
    ---
    CIF、CIP 下卖方须在发货前投保。依据：《2020通则》CIF A5、CIP A5。
    """
    term, other = case.incoterm, case.file("order").at("incoterm.rule")
    for names, shipment in case.view.every("shipment").items() if term.insurance else ():
        if is_sale(case.view, *names) and case.view.get("insurance", *names) is None:
            yield found(shipment.at("dispatched"), rule=term.code, other=other)


@order_rule(
    "INS05",
    Severity.ERROR,
    "The policy leaves out what the contract agrees: {risks} ({other})",
    "保险单缺少合同约定的加保险别：{risks}（{other}）",
    "Have the policy endorsed",
    "请要求保险公司加保批改",
    needs=["contract", "insurance"],
    reads=["amendment"],
)
def agreed_risks_are_covered(case: Case) -> Iterator[Finding]:
    """War, strikes and the like are covered only where they are named.

    Source: UCP 600, article 28 (g) and (h).
    ---
    战争、罢工等险须写明才承保。依据：UCP 600 第28条 g、h 款。
    """
    agreed = case.contract.rows("insurance.additional_risks")
    for root in case.view.every("insurance").values():
        covered = {node.value for node in root.rows("additional_risks")}
        missing = [node.value for node in agreed if node.value not in covered]
        if missing:
            other = case.contract.at("insurance.additional_risks")
            place = root.at("additional_risks" if "additional_risks" in root else "clauses")
            yield found(place, risks=missing, other=other)
