"""What freight documents share: route, carriage, credit, containers, marks, packages."""

from docx.table import _Cell

from .kit import Fact, Form
from .tables import Column, line_table

_ORDERED = "order.transport"
_SHIPPED = "(logistics.transport or order.transport)"


def _route(transport: str) -> tuple[Fact, Fact, Fact]:
    """From, to, and the final destination behind the port."""
    sea = f'{{% if {transport}.mode == "sea" %}}'
    return (
        Fact(f"{sea}Port of loading 装运港{{% else %}}From 启运地{{% endif %}}",
             f"{{{{ {transport}.loading.name | inline }}}}", f"{transport}.loading"),
        Fact(f"{sea}Port of discharge 卸货港{{% else %}}To 目的地{{% endif %}}",
             f"{{{{ {transport}.discharge.name | inline }}}}", f"{transport}.discharge"),
        Fact("Final destination 终点", "{{ order.transport.destination.name | inline }}",
             "order.transport.destination"),
    )  # fmt: skip


ROUTE, SHIPPED_ROUTE = _route(_ORDERED), _route(_SHIPPED)
CARRIAGE = (
    Fact("Carrier 承运人", "{{ shipment.carrier }}", "shipment.carrier"),
    Fact(
        "Vessel, voyage 船名航次",
        "{{ shipment.vessel }}{% if shipment.voyage %}, {{ shipment.voyage }}{% endif %}",
        "shipment.vessel",
    ),
    Fact("Flight 航班", "{{ shipment.flight }}", "shipment.flight"),
    Fact("Train 班列", "{{ shipment.train }}", "shipment.train"),
    Fact("Truck 车号", "{{ shipment.truck }}", "shipment.truck"),
)
CREDIT = (
    Fact("L/C No. 信用证号", "{{ lc.number }}", "lc"),
    Fact("L/C date 开证日期", "{{ lc.issued | date }}", "lc"),
)

_CONTAINERS = (
    Column(60, "Container 箱号", "{{ c.number }}"),
    Column(54, "Type 箱型", "{{ c.type.en }}"),
    Column(60, "Seal 封号", "{{ c.seal }}"),
)


def containers(form: Form) -> None:
    """Containers with their seals, where there are any."""
    with form.given(form.document, "shipment.containers"):
        form.section("Containers 集装箱")
        line_table(form, _CONTAINERS, "c in shipment.containers", keep="not loop.last")


def marks(form: Form, cell: _Cell) -> None:
    """Main mark as it stands on the cartons, and the side mark."""
    lines = '{{ cargo.marks_main | join("\\n") }}'
    form.fact(cell, Fact("Main mark 主唛", lines, "cargo.marks_main"), "Fact Short")
    side = Fact("Side mark 侧唛", "{{ cargo.marks_side | bilingual }}", "cargo.marks_side")
    form.fact(cell, side, "Fact Short")
    signs = "{% for h in packing.marks.handling %}{{ h | inline }}   {% endfor %}"
    form.fact(cell, Fact("Handling 储运标志", signs, "packing.marks.handling"), "Fact Short")
    form.put(cell, "Cell End")


def cargo_facts(form: Form, cell: _Cell) -> None:
    """How many packages, how heavy, how large."""
    packages = (
        "{{ cargo.cartons | number }} {{ cargo.package }}"
        "{% if cargo.pallets %} on {{ cargo.pallets }} pallets 托盘{% endif %}"
    )
    for fact in (
        Fact("Packages 件数", packages),
        Fact("Net weight 净重", "{{ cargo.net | kg }} kg"),
        Fact("Gross weight 毛重", "{{ cargo.gross | kg }} kg"),
        Fact("Volume 体积", "{{ cargo.volume | m3 }} m³"),
    ):
        form.fact(cell, fact, "Fact Short")
