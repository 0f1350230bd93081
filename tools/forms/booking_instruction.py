"""Booking instruction 订舱委托书: to the forwarder."""

from docx.table import _Cell

from .freight import SHIPPED_ROUTE
from .kit import Fact, Form
from .ooxml import keep_next
from .parts import DOCUMENT, ORDER, SHIPMENT, closing, contact, opening, party, title
from .tables import Column, Line, Span, line_table, total_row
from .theme import TEXT_WIDTH

_SI = "logistics.shipping_instructions"
_BOOKED = "logistics.booking"
_SHIPPED = "(logistics.transport or order.transport)"
_SALE = '(not logistics.purpose or logistics.purpose == "sale")'
_AGREED = f"agreed.delivery and {_SALE}"  # what was agreed for the sale binds no replacement
_AIR = f'{_SHIPPED}.mode == "air"'
_BY_SEA = f'{_SHIPPED}.mode in ("sea", "inland_waterway")'
_CARRIAGE = (
    Fact("Mode 运输方式", f"{{{{ {_SHIPPED}.mode | inline }}}}", _SHIPPED),
    Fact("Place of receipt 收货地", f"{{{{ {_SI}.place_of_receipt.name | inline }}}}",
         f"{_SI}.place_of_receipt"),
    *SHIPPED_ROUTE,
    Fact("Place of delivery 交货地", f"{{{{ {_SI}.place_of_delivery.name | inline }}}}",
         f"{_SI}.place_of_delivery"),
    Fact("Containers 箱型箱量",
         "{% for c in logistics.containers %}{{ c.count }} × {{ c.type.en }}"
         "{% if not loop.last %}, {% endif %}{% endfor %}", "logistics.containers"),
    Fact("Containers 箱型箱量", "LCL 拼箱",
         f'not logistics.containers and {_SHIPPED}.mode == "sea"'),
    Fact("Latest shipment 最迟装运", "{{ agreed.delivery.latest_shipment | date }}",
         _AGREED),
    Fact("Partial shipment 分批", "{{ agreed.delivery.partial_shipment | inline }}",
         _AGREED),
    Fact("Transhipment 转运", "{{ agreed.delivery.transhipment | inline }}", _AGREED),
    Fact("Delivery wanted 要求交货", "{{ logistics.delivery_date | date }}",
         "logistics.delivery_date"),
)  # fmt: skip
_TERMS = (
    Fact("Freight 运费", "{{ logistics.freight | inline }}"),
    Fact("Incoterm 贸易术语", "{{ order.incoterm.rule }} {{ order.incoterm.place }}"),
    Fact("B/L type 提单类型", f"{{{{ {_SI}.release | inline }}}}",
         f"{_SI}.release and {_BY_SEA}"),
    Fact("Waybill 运单", f"{{{{ {_SI}.release | inline }}}}", f"{_SI}.release and not {_BY_SEA}"),
    Fact("Originals, copies 份数",
         f"{{% if {_SI}.originals %}}{{{{ {_SI}.originals }}}}{{% else %}}0{{% endif %}}"
         f" + {{% if {_SI}.copies %}}{{{{ {_SI}.copies }}}}{{% else %}}0{{% endif %}}",
         f"{_SI}.originals or {_SI}.copies"),
    Fact("L/C No. 信用证号", "{{ lc.number }}", "lc"),
    Fact("Booking No. 订舱号", f"{{{{ {_BOOKED}.number }}}}", f"{_BOOKED}.number"),
    Fact("Carrier 承运人", f"{{{{ {_BOOKED}.carrier }}}}", f"{_BOOKED}.carrier"),
    Fact(f"{{% if {_BY_SEA} %}}Vessel, voyage 船名航次{{% elif {_AIR} %}}Flight 航班"
         "{% else %}Train, truck 班列车号{% endif %}",
         f"{{{{ {_BOOKED}.vessel }}}}", f"{_BOOKED}.vessel"),
    Fact("ETD 预计离港", f"{{{{ {_BOOKED}.etd | time }}}}", f"{_BOOKED}.etd"),
    Fact("Free time, days 免箱期", f"{{{{ {_BOOKED}.free_days }}}}", f"{_BOOKED}.free_days"),
)  # fmt: skip
_CUTS = (  # the first two are what every carrier names
    (f"{{% if {_AIR} %}}Cargo 截货{{% else %}}Cargo (CY) 截港{{% endif %}}", "cut_off"),
    ("VGM 截VGM", "vgm_cut_off"),
    (f"{{% if {_AIR} %}}Warehouse opens 开仓{{% else %}}Yard opens 开港{{% endif %}}", "open"),
    ("Documents (SI) 截单", "si_cut_off"),
    ("Customs 截关", "customs_cut_off"),
)
_GIVEN_CUTS = " or ".join(f"{_BOOKED}.{name}" for _, name in _CUTS)
_COLUMNS = (
    Column(82, "Description of goods\n货物描述", (
        Line("{{ x.name | bilingual }}"),
        Line("{% if x.hs %}HS {{ x.hs }}   {% endif %}"
             "{% for s in x.sizes %}{{ s.length }} × {{ s.width }} × {{ s.height }} cm"
             "{% if not loop.last %}; {% endif %}{% endfor %}", "Table Note"),
    )),
    Column(22, "Packages\n件数", "{{ x.cartons | number }}", number=True),
    Column(24, "N.W. kg\n净重", "{{ x.net | kg }}", number=True),
    Column(24, "G.W. kg\n毛重", "{{ x.gross | kg }}", number=True),
    Column(22, "Volume m³\n体积", "{{ x.volume | m3 }}", number=True),
)  # fmt: skip
_DANGEROUS = "logistics.dangerous"
_DANGER = (
    Fact("UN No.", f"{{{{ {_DANGEROUS}.un }}}}"),
    Fact("Name 运输名称", f"{{{{ {_DANGEROUS}.name }}}}", f"{_DANGEROUS}.name"),
    Fact("Class 类别", f"{{{{ {_DANGEROUS}.class }}}}"),
    Fact("Packing group 包装类", f"{{{{ {_DANGEROUS}.packing_group }}}}",
         f"{_DANGEROUS}.packing_group"),
)  # fmt: skip
_DANGER_MORE = (
    Fact("Instruction 包装说明", f"{{{{ {_DANGEROUS}.packing_instruction }}}}",
         f"{_DANGEROUS}.packing_instruction"),
    Fact("Flash point °C 闪点", f"{{{{ {_DANGEROUS}.flash_point_c }}}}",
         f"{_DANGEROUS}.flash_point_c"),
    Fact("Emergency 应急电话", f"{{{{ {_DANGEROUS}.emergency }}}}", f"{_DANGEROUS}.emergency"),
)  # fmt: skip
_PICKUP = (
    Fact("Collect at 提货地点", "{{ logistics.pickup.place | bilingual }}"),
    Fact("Time 时间", "{{ logistics.pickup.at | time }}", "logistics.pickup.at"),
    Fact("Contact 联系人", "{{ logistics.pickup.contact }}", "logistics.pickup.contact"),
)
_CONFIRM = (
    "Please confirm space, cut-offs and free time, and send the draft bill for checking.",
    "请确认舱位、截止时间和免箱期，并发提单样本供核对。",
)
_VGM = (
    "We declare the verified gross mass (VGM) of each container before its cut-off. "
    "我司将在截止前申报各箱VGM。"
)


def _block(form: Form, cell: _Cell, label: str, name: str) -> None:
    """A party as the shipping instructions write it."""
    block = f"{_SI}.{name}"
    form.put(cell, "Grid Label", label)
    form.put(cell, "Grid Text", f"{{{{ {block}.name }}}}")
    for field in ("address", "contact"):
        with form.given(cell, f"{block}.{field}"):
            form.put(cell, "Grid Text", f"{{{{ {block}.{field} }}}}")


def _or_master(form: Form, cell: _Cell, label: str, name: str, master: str) -> None:
    """The party of the instructions, else the one of the master file."""
    with form.given(cell, f"{_SI}.{name}"):
        _block(form, cell, label, name)
    with form.given(cell, f"not {_SI}.{name}"):
        form.put(cell, "Grid Label", label)
        form.put(cell, "Grid Text", f"{{{{ {master}.name | english }}}}")
        form.put(cell, "Grid Text", f"{{{{ {master}.address | english }}}}")
    form.put(cell, "Cell End")


def _named(form: Form, cell: _Cell, label: str, name: str) -> None:
    """Consignee or notify party: of the instructions, of the customer's file, or the customer."""
    with form.given(cell, f"{_SI}.{name}"):
        _block(form, cell, label, name)
    with form.given(cell, f"not {_SI}.{name} and customer.{name}"):
        form.put(cell, "Grid Label", label)
        form.put(cell, "Grid Text", f"{{{{ customer.{name} | english }}}}")
    with form.given(cell, f"not {_SI}.{name} and not customer.{name}"):
        form.put(cell, "Grid Label", label)
        form.put(cell, "Grid Text", "{{ customer.name | english }}")
        form.put(cell, "Grid Text", "{{ customer.address | english }}")
    form.put(cell, "Cell End")


def _parties(form: Form) -> None:
    half = TEXT_WIDTH / 2
    above, below = form.rows(2, half, half, style="Grid Table")
    _or_master(form, above[0], "Shipper 发货人", "shipper", "company")
    _named(form, above[1], "Consignee 收货人", "consignee")
    _named(form, below[0], "Notify party 通知人", "notify")
    with form.given(below[1], f"{_SI}.second_notify"):
        _block(form, below[1], "Second notify party 第二通知人", "second_notify")
    with form.given(below[1], "cargo and cargo.marks_main"):
        form.put(below[1], "Grid Label", "Marks 唛头")
        form.put(below[1], "Grid Text", '{{ cargo.marks_main | join("\\n") }}')
    form.put(below[1], "Cell End")
    form.gap()


def _goods(form: Form) -> None:
    with form.given(form.document, "consignment"):
        table = line_table(form, _COLUMNS, "x in consignment.parcels", keep="loop.last")
        total_row(
            form,
            table,
            Span(1, "Total 合计{% if consignment.pallets %}, with {{ consignment.pallets }} "
                 "pallets 含托盘{% if packing.pallets %}, {{ packing.pallets.length_cm }} × "
                 "{{ packing.pallets.width_cm }} × {{ packing.pallets.height_cm }} cm{% endif %}"
                 "{% endif %}", "Table Total"),
            Span(1, "{{ consignment.cartons | number }} {{ consignment.package }}"),
            Span(1, "{{ consignment.net | kg }}"),
            Span(1, "{{ consignment.gross | kg }}"),
            Span(1, "{{ consignment.volume | m3 }}"),
            keep=True,
        )  # fmt: skip
        total_row(
            form, table,
            Span(3, "Chargeable weight by air 空运计费重量", "Table Note"),
            Span(2, "{{ consignment.chargeable | kg }} kg", "Table Note Number"),
            tags=("{%tr if consignment.chargeable %}", "{%tr endif %}"),
        )  # fmt: skip
        total_row(
            form, table,
            Span(5, "Planned figures; the packing list follows. 预计数，以装箱单为准。",
                 "Table Note"),
            tags=("{%tr if consignment.planned %}", "{%tr endif %}"),
        )  # fmt: skip


def _cargo(form: Form) -> None:
    form.section("Cargo 货物")
    _goods(form)
    form.gap()
    form.facts((
        Fact("On the bill 提单品名", f"{{{{ {_SI}.goods }}}}", f"{_SI}.goods"),
        Fact("Nature 货物性质", "{{ logistics.nature | inline }}"),
        Fact("Temperature °C 温度", "{{ logistics.temperature_c }}", "logistics.temperature_c"),
    ), ())  # fmt: skip
    with form.given(form.document, _DANGEROUS):
        form.section("Dangerous goods 危险品")
        form.facts(_DANGER, _DANGER_MORE)


def _cut_offs(form: Form) -> None:
    with form.given(form.document, _GIVEN_CUTS):
        form.section("Cut-offs 截止时间")
        facts = [
            Fact(label, f"{{{{ {_BOOKED}.{name} | time }}}}", f"{_BOOKED}.{name}")
            for label, name in _CUTS
        ]
        form.facts(facts[:2], facts[2:])


def draw() -> Form:
    """Who ships what to whom, from where to where, by when, on whose account."""
    form = Form("Booking instruction 订舱委托书")
    title(form)
    left = opening(form, (*DOCUMENT, ORDER, SHIPMENT))
    with form.given(left, "forwarder"):
        party(form, left, "To 致", "forwarder")
    contact(form, left)
    form.put(left, "Cell End")
    _parties(form)
    form.facts(_CARRIAGE, _TERMS)
    _cut_offs(form)
    _cargo(form)
    with form.given(form.document, "logistics.pickup"):
        form.section("Pick-up 提货")
        form.facts(_PICKUP, ())
    with form.given(form.document, "logistics.customer_wish"):
        form.section("Customer's wish 客户要求")
        form.put(form.document, "Body Text", "{{ logistics.customer_wish | bilingual }}")
    with form.given(form.document, f"{_SI}.remarks"):
        form.section("Words on the bill 提单须显示")
        form.put(form.document, "Body Text", f"{{{{ {_SI}.remarks }}}}")
    form.gap()
    for words in _CONFIRM:
        keep_next(form.put(form.document, "Body Text", words))
    with form.given(form.document, f'{_SHIPPED}.mode == "sea" and logistics.containers'):
        keep_next(form.put(form.document, "Body Text", _VGM))
    form.put(closing(form), "Cell End")
    return form
