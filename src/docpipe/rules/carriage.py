"""Rules over the transport document and the ship, aircraft, train or truck."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.workspace.figures.cargo import mode_of

_DOCUMENTS = {
    "sea": ("bill-of-lading", "sea-waybill", "multimodal-bill"),
    "inland_waterway": ("bill-of-lading", "sea-waybill", "multimodal-bill"),
    "air": ("air-waybill",),
    "rail": ("rail-waybill", "multimodal-bill"),
    "road": ("road-waybill", "multimodal-bill"),
    "post": ("courier-receipt",),
}
_ALWAYS = ("cargo-receipt", "courier-receipt")
_CARRIERS = {"sea": "vessel", "air": "flight", "rail": "train", "road": "truck"}


@order_rule(
    "SHP20",
    Severity.ERROR,
    "A document for another mode of transport ({kind}): the goods go {mode} ({other})",
    "运输单据（{kind}）与运输方式{mode}（{other}）不符",
    "Correct one of them",
    "请改正其一",
    needs=["order", "shipment"],
    reads=["logistics"],
)
def transport_document_suits_the_mode(case: Case) -> Iterator[Finding]:
    """By sea a bill of lading or sea waybill, by air an air waybill, by rail or road a waybill.

    Source: UCP 600, articles 19 to 25.
    ---
    海运用提单或海运单，空运用航空运单，铁路、公路用各自的运单。依据：UCP 600 第19至25条。
    """
    for names, root in case.view.every("shipment").items():
        kind, mode = root.find("transport_document.kind"), mode_of(case.view, *names)
        if kind is None or mode is None:
            continue
        if kind.value not in (*_DOCUMENTS.get(str(mode.value), ()), *_ALWAYS):
            words = {"kind": case.label(kind), "mode": case.label(mode)}
            yield found(kind.place, other=mode.place, **words)


@order_rule(
    "SHP21",
    Severity.WARNING,
    'The shipment goes {mode} ({other}), and "{field}" is not given',
    "运输方式为{mode}（{other}），却没有填写“{field}”",
    "Write it: the customer follows the goods by it",
    "请填写，客户凭此查询",
    needs=["order", "shipment"],
    reads=["logistics"],
)
def carrier_is_named(case: Case) -> Iterator[Finding]:
    """A ship has a name, a flight, a train and a truck a number.

    ---
    海运写船名，空运写航班，铁路写班列号，公路写车牌。
    """
    for names, root in case.view.every("shipment").items():
        mode = mode_of(case.view, *names)
        field = _CARRIERS.get(str(mode.value), "") if mode is not None else ""
        if mode is not None and field and field not in root:
            words = {"mode": case.label(mode), "field": field}
            yield found(root.at("transport_document"), other=mode.place, **words)


@order_rule(
    "SHP22",
    Severity.WARNING,
    "The goods were reloaded on the way, but the contract allows no transhipment ({other})",
    "货物中途转运，而合同不允许转运（{other}）",
    "Tell the customer, and have the change agreed",
    "请告知客户并征得同意",
    needs=["contract", "shipment"],
    reads=["amendment"],
)
def transhipment_is_allowed(case: Case) -> Iterator[Finding]:
    """Reloading adds risk and time; a contract or a credit may exclude it.

    Source: UCP 600, articles 19 to 24.
    ---
    转运增加风险和时间，合同或信用证可以禁止。依据：UCP 600 第19至24条。
    """
    rule = case.contract.find("delivery.transhipment")
    if rule is None or rule.value != "not_allowed":
        return
    for root in case.view.every("shipment").values():
        for row in root.rows("tracking"):
            if row.text("event") == "transhipped":
                yield found(row.at("event"), other=rule.place)


@order_rule(
    "SHP23",
    Severity.ERROR,
    "Gone with {vessel}, but {booked} is booked ({other})",
    "实际为 {vessel}，而订舱为 {booked}（{other}）",
    "Correct one of them; if the carrier changed ship, flight or train, update the booking",
    "请改正其一；承运人换船、换航班、换班列的，请更新订舱信息",
    needs=["logistics", "shipment"],
)
def vessel_is_the_one_booked(case: Case) -> Iterator[Finding]:
    """Transport document, booking and shipping advice name one ship, flight, train or truck.

    ---
    运输单据、订舱、发货通知上的船名、航班、班列、车号须一致。
    """
    for _, root, plan in case.pairs("shipment", "logistics"):
        booked = plan.find("booking.vessel")
        for field in _CARRIERS.values():
            gone = root.text(field, "")
            if booked is not None and gone.casefold() not in str(booked.value).casefold():
                yield found(root.at(field), vessel=gone, booked=booked.value, other=booked.place)


_INSTRUCTED = (
    ("carrier", "booking.carrier"),
    ("transport_document.release", "shipping_instructions.release"),
    ("transport_document.originals", "shipping_instructions.originals"),
)


@order_rule(
    "SHP24",
    Severity.WARNING,
    "{field}: {here}; but {there_field}: {there} ({other})",
    "{field}：{here}；而{there_field}：{there}（{other}）",
    "Have the document corrected before the ship sails, or correct the file",
    "请在开航前要求改单，或改正文件",
    needs=["logistics", "shipment"],
)
def document_is_as_instructed(case: Case) -> Iterator[Finding]:
    """The carrier issues what it was told: by whom, how many originals, how the goods are released.

    Originals where a telex release was wanted cost days at destination; the other way round the
    goods are gone before they are paid.
    ---
    承运人、正本份数、放单方式须与托运指示一致。要电放却出了正本，目的港要耽误几天；
    要正本却电放，货没付款就被提走。
    """
    for _, root, plan in case.pairs("shipment", "logistics"):
        for field, theirs in _INSTRUCTED:
            here, there = root.find(field), plan.find(theirs)
            if here is None or there is None or _same(here, there):
                continue
            titles = {"field": case.title(here), "there_field": case.title(there)}
            values = {"here": case.label(here), "there": case.label(there)}
            yield found(here.place, other=there.place, **titles, **values)


def _same(one: Node, two: Node) -> bool:
    return str(one.value).casefold() == str(two.value).casefold()
