"""What freight documents share: route, carriage, credit, containers, marks, packages."""

from docx.table import _Cell

from .kit import Fact, Form
from .tables import Column, line_table

SEA = 'order.transport.mode == "sea"'
LOADING = Fact(
    f"{{% if {SEA} %}}Port of loading 装运港{{% else %}}From 启运地{{% endif %}}",
    "{{ order.transport.loading.name | inline }}",
    "order.transport.loading",
)
DISCHARGE = Fact(
    f"{{% if {SEA} %}}Port of discharge 卸货港{{% else %}}To 目的地{{% endif %}}",
    "{{ order.transport.discharge.name | inline }}",
    "order.transport.discharge",
)
CARRIAGE = (
    Fact("Carrier 承运人", "{{ shipment.carrier }}", "shipment.carrier"),
    Fact(
        "Vessel, voyage 船名航次",
        "{{ shipment.vessel }}{% if shipment.voyage %}, {{ shipment.voyage }}{% endif %}",
        "shipment.vessel",
    ),
)
CREDIT = (Fact("L/C No. 信用证号", "{{ lc.number }}", "lc"),)

_CONTAINERS = (
    Column(60, "Container 箱号", "{{ c.number }}"),
    Column(54, "Type 箱型", "{{ c.type }}"),
    Column(60, "Seal 封号", "{% if c.seal %}{{ c.seal }}{% endif %}"),
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
