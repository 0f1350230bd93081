"""Rules over products and parties: codes, HS numbers, standard cartons."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Estate
from docpipe.rules.engine import estate_rule
from docpipe.standards import identifiers

_CODED = ("customer", "supplier", "forwarder", "product")


@estate_rule(
    "MAS04",
    Severity.ERROR,
    "HS {china} does not begin with the international code {international} ({other})",
    "HS 编码 {china} 的前六位与国际编码 {international}（{other}）不同",
    "Look both up again in the customs tariff",
    "请对照海关税则核对两个编码",
)
def chinese_hs_code_extends_the_international_one(estate: Estate) -> Iterator[Finding]:
    """The ten digits of China's tariff begin with the six of the Harmonized System.

    The customer sees six digits on the invoice and customs ten on the declaration: they must be
    the same goods. Source: WCO, International Convention on the HS, article 3.
    ---
    中国十位税号的前六位就是国际协调制度编码。发票上六位、报关单上十位，必须是同一种货。
    依据：《商品名称及编码协调制度国际公约》第三条。
    """
    for _, root in estate.roots("product"):
        six, ten = root.text("hs.international"), root.text("hs.china", "")
        if ten and ten[:6] != six:
            place, other = root.at("hs.china"), root.at("hs.international")
            yield found(place, china=ten, international=six, other=other)


@estate_rule(
    "MAS05",
    Severity.ERROR,
    "There is no HS chapter {chapter}",
    "HS 没有第 {chapter} 章",
    "Look the code up in the customs tariff",
    "请查海关税则",
)
def hs_chapters_exist(estate: Estate) -> Iterator[Finding]:
    """The Harmonized System has chapters 01 to 97; 77 is reserved and empty.

    Source: WCO, Harmonized System 2022 (98 and 99 are for national use).
    ---
    协调制度有 01 至 97 章，其中 77 章为空。依据：世界海关组织 HS 2022（98、99 章为各国自用）。
    """
    for _, root in estate.roots("product"):
        code = root.text("hs.international")
        if not identifiers.is_hs(code):
            yield found(root.at("hs.international"), chapter=code[:2])


@estate_rule(
    "MAS06",
    Severity.ERROR,
    "The file says code {code}, but its name is {name}",
    "文件内的代码是 {code}，而文件名是 {name}",
    "Make them the same",
    "请改成一致",
)
def masters_are_named_by_their_code(estate: Estate) -> Iterator[Finding]:
    """Orders name customers, products and forwarders by the file's name; that name is the code.

    ---
    订单按文件名引用客户、产品、供应商、货代，文件名就是代码，两者须一致。
    """
    for _, root in estate.roots(*_CODED):
        name = root.file.rpartition("/")[2].partition(".")[0]
        if root.text("code") != name:
            yield found(root.at("code"), code=root.text("code"), name=name)


@estate_rule(
    "MAS07",
    Severity.ERROR,
    "A carton's gross weight is not more than its net weight ({other})",
    "每箱毛重不大于净重（{other}）",
    "Weigh a packed carton",
    "请称一个装好的箱子",
)
def product_cartons_weigh_something(estate: Estate) -> Iterator[Finding]:
    """Gross weight is goods and packing; net weight the goods alone.

    ---
    毛重含包装，净重只算货物，毛重必大于净重。
    """
    for _, root in estate.roots("product"):
        packing = root.find("packing")
        if packing is not None and packing.number("gross_kg") <= packing.number("net_kg"):
            yield found(packing.at("gross_kg"), other=packing.at("net_kg"))
