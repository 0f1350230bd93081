"""Forwarding agreement 货代合作协议: with the forwarder, for one shipment."""

from .freight import SHIPPED_ROUTE
from .kit import Fact, Form
from .ooxml import keep_next
from .parts import DOCUMENT, ORDER, SHIPMENT, opening, sign_both, title

_AGREED = "forwarder.agreement"
_FRAME = (
    Fact("Agreement 协议号", f"{{{{ {_AGREED}.number }}}}", _AGREED),
    Fact("Agreed on 签订日期", f"{{{{ {_AGREED}.date | date }}}}", _AGREED),
    Fact("Valid until 有效期至", f"{{{{ {_AGREED}.valid_until | date }}}}",
         f"{_AGREED}.valid_until"),
)  # fmt: skip
_GOODS = "logistics.shipping_instructions.goods"
_COLLECT = 'logistics.freight == "collect"'
_LEFT = (
    Fact("Goods 货物", f"{{{{ {_GOODS} }}}}", _GOODS),
    Fact("Nature 货物性质", "{{ logistics.nature | inline }}"),
    Fact("Mode 运输方式", "{{ (logistics.transport or order.transport).mode | inline }}",
         "logistics.transport or order.transport"),
    *SHIPPED_ROUTE,
    Fact("Containers 箱型箱量",
         "{% for c in logistics.containers %}{{ c.count }} × {{ c.type.en }}"
         "{% if not loop.last %}, {% endif %}{% endfor %}", "logistics.containers"),
)  # fmt: skip
_RIGHT = (
    Fact("Packages 件数", "{{ consignment.cartons | number }} {{ consignment.package }}",
         "consignment"),
    Fact("Gross weight 毛重", "{{ consignment.gross | kg }} kg", "consignment"),
    Fact("Volume 体积", "{{ consignment.volume | m3 }} m³", "consignment"),
    Fact("Incoterm 贸易术语", "{{ order.incoterm.rule }} {{ order.incoterm.place }}"),
    Fact("Freight 运费", "{{ logistics.freight | inline }}"),
    Fact("Delivery wanted 要求交货", "{{ logistics.delivery_date | date }}",
         "logistics.delivery_date"),
)  # fmt: skip
_OPENING = (
    "The principal entrusts the forwarder with the carriage and forwarding of the shipment below; "
    "the forwarder accepts on these terms.",
    "委托方委托受托方办理下列货物的运输代理，受托方同意按以下条件办理。",
)
_DUTIES = (
    "Books space, takes the goods over, and has them carried to the destination stated, with the "
    "documents that the booking instruction asks for.",
    "按订舱委托书订舱、接收货物、安排运输至约定目的地，并出具所需单证。",
)
_CLAUSES = (  # what the agreement says of each; else these words
    ("Freight settlement 运费结算", "settlement",
     f"{{% if {_COLLECT} %}}Main carriage is for the consignee's account; charges at origin"
     "{% else %}Freight and charges at origin{% endif %} are confirmed in writing before loading "
     "and paid against the forwarder's invoice.",
     f"{{% if {_COLLECT} %}}主运费由收货人承担，起运地费用{{% else %}}运费和起运地费用{{% endif %}}"
     "装运前书面确认，凭受托方发票支付。"),
    ("Tracking and notice 跟踪与通报", "tracking",
     "The forwarder reports receipt, departure, transhipment and arrival in writing on the day "
     "they happen.",
     "收货、启运、中转和到达当日书面通报。"),
    ("Liability 责任", "liability",
     "The forwarder answers for loss, damage and delay while the goods are in its charge, as the "
     "law and the conventions on the carriage provide.",
     "货物在受托方掌管期间的灭失、损坏和迟延，受托方按适用法律和国际公约承担责任。"),
)  # fmt: skip
_COMMON = (
    ("Release of documents 单证放行",
     "The forwarder hands the transport document over, and releases the goods, only as the "
     "principal instructs in writing.",
     "受托方仅按委托方书面指示交付运输单据和放货。"),
    ("Trouble 异常处理",
     "Delay, damage, loss or a change of vessel or route is told at once, with a proposal; extra "
     "costs need consent beforehand.",
     "发生延误、货损、灭失或变更船期航线的，立即通知并提出方案；额外费用须事先征得同意。"),
    ("Secrecy 保密",
     "Data of the principal and its customers is used for this carriage only and is not passed on.",
     "委托方及其客户资料仅用于本次运输，不得外传。"),
    ("Law and disputes 法律与争议",
     "The law of China applies; what cannot be settled goes to the court of the place of loading.",
     "适用中国法律；协商不成的，由起运地法院管辖。"),
    ("Originals 文本",
     "Two originals, one for each party; in force upon both signatures.",
     "本协议一式两份，双方各执一份，自双方签字之日起生效。"),
)  # fmt: skip


def _parties(form: Form) -> None:
    title(form)
    left = opening(form, (*DOCUMENT, *_FRAME, ORDER, SHIPMENT))
    for label, name in (("Principal 委托方", "company"), ("Forwarder 受托方", "forwarder")):
        if name == "forwarder":
            form.put(left, "Gap")
        form.put(left, "Party Label", label)
        form.put(left, "Party Name", f"{{{{ {name}.name | bilingual }}}}")
        form.put(left, "Party Text", f"{{{{ {name}.address | bilingual }}}}")
        with form.given(left, f"{name}.uscc"):
            form.put(left, "Party Text", f"USCC 统一社会信用代码  {{{{ {name}.uscc }}}}")


def _clause(form: Form, head: str, en: str, zh: str) -> None:
    """Both languages on one page; the head stays with them by its style."""
    form.section(head)
    keep_next(form.put(form.document, "Body Text", en))
    form.put(form.document, "Body Text", zh)


def _terms(form: Form) -> None:
    form.section("Duties of the forwarder 受托方义务")
    for words in _DUTIES:
        form.put(form.document, "Body Text", words)
    with form.each(form.document, f"d in {_AGREED}.duties"):
        form.put(form.document, "Body Text", "{{ loop.index }}. {{ d | bilingual }}")
    for head, name, en, zh in _CLAUSES:
        form.section(head)
        with form.given(form.document, f"{_AGREED}.{name}"):
            form.put(form.document, "Body Text", f"{{{{ {_AGREED}.{name} | bilingual }}}}")
        with form.given(form.document, f"not {_AGREED}.{name}"):
            keep_next(form.put(form.document, "Body Text", en))
            form.put(form.document, "Body Text", zh)
    for head, en, zh in _COMMON:
        _clause(form, head, en, zh)


def draw() -> Form:
    """Parties, this shipment, duties, settlement, tracking, liability, both signatures."""
    form = Form("Forwarding agreement 货代合作协议")
    _parties(form)
    for words in _OPENING:
        form.put(form.document, "Body Text", words)
    form.facts(_LEFT, _RIGHT)
    _terms(form)
    sign_both(form, ("Principal 委托方", "company"), ("Forwarder 受托方", "forwarder"))
    return form
