"""Rules over dates: that each day exists, and that one thing comes after the other."""

from collections.abc import Iterator
from itertools import pairwise

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case, Estate
from docpipe.rules.engine import estate_rule, order_rule

_NO_DAY = (
    "There is no such day or time: {date}",
    "没有这一天或这个时间：{date}",
    "Look at the calendar",
    "请对照日历",
)


@order_rule("DAT01", Severity.ERROR, *_NO_DAY, needs=[])
def days_exist(case: Case) -> Iterator[Finding]:
    """A date has the right form, but no calendar has it: 30 February, 31 April.

    Deadlines and orders of dates that depend on it are not checked until it is corrected.
    ---
    日期写法没错，但日历上没有：2月30日、4月31日。改正之前，与它有关的时限和先后次序都不检查。
    """
    for _, node in case.nodes:
        yield from _impossible(node)


@estate_rule("DAT02", Severity.ERROR, *_NO_DAY)
def days_of_masters_exist(estate: Estate) -> Iterator[Finding]:
    """As DAT01, in the shared files: holidays, agreements, certificates.

    ---
    同 DAT01，检查公共资料：节假日、协议、证书等的日期。
    """
    for file in estate.workspace.shared_files():
        for node in file.root.walk() if file.root is not None else ():
            yield from _impossible(node)


def _impossible(node: Node) -> Iterator[Finding]:
    if moments.is_written_as_date(node) and not moments.exists(node):
        yield found(node.place, date=node.value)


_PLACE_WORDS = (
    "{later} ({date}) lies before {earlier} ({other_date}, {other})",
    "{later}（{date}）早于{earlier}（{other_date}，{other}）",
    "Correct one of them",
    "请改正其一",
)

# What comes first, what comes after it: kind of file and field. Internal fields stay out: the
# message prints both dates.
_ORDER = (
    ("quotation.date", "quotation.valid_until"),
    ("quotation.date", "quotation.answer.at"),
    ("quotation.date", "contract.date"),
    ("order.opened", "quotation.date"),
    ("inquiry.received", "quotation.date"),
    ("contract.received_at", "contract.countersigned_at"),
    ("contract.date", "contract.countersigned_at"),
    ("contract.date", "contract.delivery.latest_shipment"),
    ("contract.delivery.earliest_shipment", "contract.delivery.latest_shipment"),
    ("contract.date", "packing.packed"),
    ("contract.date", "customs.invoice.date"),
    ("contract.date", "inspection.date"),
    ("contract.date", "shipment.dispatched"),
    ("contract.date", "amendment.date"),
    ("amendment.asked.at", "amendment.date"),
    ("amendment.date", "amendment.countersigned_at"),
    ("lc.issued", "lc.received"),
    ("lc.issued", "lc.latest_shipment"),
    ("lc.latest_shipment", "lc.expiry.date"),
    ("lc.issued", "lc.expiry.date"),
    ("outcome.sent", "outcome.customer_answer.at"),
    ("inspection.date", "inspection.approved.at"),
    ("logistics.clearance.asked", "logistics.clearance.answered"),
    ("logistics.booking.at", "logistics.booking.cut_off"),
    ("logistics.booking.cut_off", "logistics.booking.etd"),
    ("logistics.booking.si_cut_off", "logistics.booking.etd"),
    ("logistics.booking.vgm_cut_off", "logistics.booking.etd"),
    ("logistics.booking.customs_cut_off", "logistics.booking.etd"),
    ("packing.packed", "shipment.dispatched"),
    ("logistics.booking.at", "shipment.dispatched"),
    ("shipment.dispatched", "shipment.transport_document.date"),
    ("shipment.dispatched", "shipment.advice_sent"),
    ("shipment.dispatched", "shipment.delivered_to_carrier"),
    ("shipment.delivered_to_carrier", "shipment.delivered"),
    ("shipment.dispatched", "shipment.atd"),
    ("shipment.etd", "shipment.eta"),
    ("shipment.atd", "shipment.ata"),
    ("shipment.ata", "shipment.delivered"),
    ("contract.date", "purchase.date"),
    ("purchase.date", "purchase.delivery.date"),
    ("shipment.dispatched", "customs.declaration.exported"),
    ("customs.declaration.declared", "customs.declaration.released"),
    ("customs.declaration.declared", "customs.declaration.exported"),
    ("feedback.received", "feedback.acknowledged"),
    ("feedback.received", "feedback.solution.sent"),
    ("feedback.solution.sent", "feedback.customer_answer.at"),
)


@order_rule("DAT03", Severity.ERROR, *_PLACE_WORDS, needs=["order"])
def one_thing_comes_after_the_other(case: Case) -> Iterator[Finding]:
    """A quotation cannot expire before it is dated, nor goods leave before they are packed.

    One of the two dates is a slip of the pen, and would go onto documents that a bank compares.
    ---
    报价不会在报出之前失效，货不会在装箱之前发出。两个日期必有一个写错，而银行审单正是逐日比对。
    """
    for first, second in _ORDER:
        for earlier, later in _pairs(case, first, second):
            if moments.precedes(later, earlier):
                yield found(
                    later.place,
                    later=case.title(later), date=later.value,
                    earlier=case.title(earlier), other_date=earlier.value,
                    other=earlier.place,
                )  # fmt: skip


def _pairs(case: Case, first: str, second: str) -> Iterator[tuple[Node, Node]]:
    """Both fields where both are there; of the same shipment or inspection."""
    kind, _, field = first.partition(".")
    kind2, _, field2 = second.partition(".")
    for names, root in case.view.every(kind).items():
        for names2, root2 in case.view.every(kind2).items():
            one, two = root.find(field), root2.find(field2)
            same = not names or not names2 or names == names2
            if one is not None and two is not None and same:
                yield one, two


@order_rule(
    "DAT04",
    Severity.WARNING,
    "{what} ({date}) lies in the future",
    "{what}（{date}）还没有到",
    "Write what has happened when it has happened",
    "请在事情发生之后再填写",
    needs=["order"],
)
def records_are_not_of_the_future(case: Case) -> Iterator[Finding]:
    """Some fields record what happened: received, dispatched, departed, sent.

    A time to come is a plan (ETD, ETA) or a slip in the year.
    ---
    收到、发出、离港、寄送等字段记的是已发生的事。填未来时间，要么是计划（应填 ETD、ETA），
    要么是写错了年份。
    """
    for kind, field in _HAPPENED:
        for root in case.view.every(kind).values():
            node = root.find(field)
            if node is not None and _is_to_come(case, node):
                yield found(node.place, what=case.title(node), date=node.value)


def _is_to_come(case: Case, node: Node) -> bool:
    at, day = moments.moment(node), moments.day(node)
    return at > case.now if at is not None else day is not None and day > case.now.date()


_HAPPENED = (
    ("inquiry", "received"),
    ("quotation", "answer.at"),
    ("contract", "received_at"),
    ("contract", "countersigned_at"),
    ("outcome", "sent"),
    ("amendment", "countersigned_at"),
    ("stock", "date"),
    ("progress", "date"),
    ("feedback", "received"),
    ("shipment", "dispatched"),
    ("shipment", "delivered_to_carrier"),
    ("shipment", "atd"),
    ("shipment", "ata"),
    ("shipment", "delivered"),
    ("shipment", "advice_sent"),
    ("shipment", "documents_sent"),
)


@order_rule(
    "DAT05",
    Severity.WARNING,
    "This event is listed after a later one ({other})",
    "此节点排在更晚的节点（{other}）之后",
    "List events in order of time, or correct the time",
    "请按时间先后排列，或改正时间",
    needs=["shipment"],
)
def tracking_runs_forward(case: Case) -> Iterator[Finding]:
    """The customer reads the list of events from top to bottom.

    ---
    在途节点按时间先后排列，客户从上往下看。
    """
    for root in case.view.every("shipment").values():
        rows = [row["at"] for row in root.rows("tracking")]
        for before, after in pairwise(rows):
            if moments.precedes(after, before):
                yield found(after.place, other=before.place)
