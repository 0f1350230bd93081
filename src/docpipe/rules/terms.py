"""Rules over the Incoterm: mode, place, freight, containers."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule

_SIDES = {
    "prepaid": Text("prepaid", "预付（prepaid）"),
    "collect": Text("collect", "到付（collect）"),
}


@order_rule(
    "ORD05",
    Severity.ERROR,
    "{rule} is for sea and inland waterway only, but the goods go {mode} ({other})",
    "{rule} 仅适用于海运和内河运输，而运输方式是{mode}（{other}）",
    "Use {instead}, or correct the mode of transport",
    "请改用 {instead}，或改正运输方式",
    needs=["order"],
)
def incoterm_suits_the_mode(case: Case) -> Iterator[Finding]:
    """FAS, FOB, CFR and CIF are rules for sea and inland waterway transport.

    By air, rail or road the risk passes to the carrier long before any ship's rail: FCA, CPT and
    CIP say the same for every mode. Source: ICC, Incoterms 2020, introduction and rules.
    ---
    FAS、FOB、CFR、CIF 只用于海运和内河运输。空运、铁路、公路应使用 FCA、CPT、CIP。
    依据：国际商会《国际贸易术语解释通则2020》。
    """
    order, term = case.file("order"), case.incoterm
    for mode in _modes(case, order):
        if not term.suits(str(mode.value)):
            words = {"mode": case.label(mode), "instead": term.container_term}
            yield found(order.at("incoterm.rule"), rule=term.code, **words, other=mode.place)


def _modes(case: Case, order: Node) -> list[Node]:
    """The mode of the order, and of each shipment that goes otherwise."""
    roots = [order, *case.view.every("logistics").values()]
    return [node for root in roots if (node := root.find("transport.mode")) is not None]


@order_rule(
    "ORD10",
    Severity.WARNING,
    "{rule} {named} is not the port of the transport ({other})",
    "{rule} {named} 与运输的港口（{other}）不符",
    "Correct one of them: the named place is where the term's costs or risk pass",
    "请改正其一：术语后的地点就是费用或风险划分之处",
    needs=["order"],
)
def incoterm_names_the_port(case: Case) -> Iterator[Finding]:
    """FAS and FOB name the port of shipment, CFR and CIF the port of destination.

    "CIF Mombasa" with discharge at Dar es Salaam leaves open who pays the rest of the way.
    Source: ICC, Incoterms 2020, rules FAS, FOB, CFR and CIF.
    ---
    FAS、FOB 后写装运港，CFR、CIF 后写目的港。写 CIF 蒙巴萨而卸货港是达累斯萨拉姆，剩下的路
    谁付钱就说不清了。
    依据：国际商会《国际贸易术语解释通则2020》。
    """
    order, term = case.file("order"), case.incoterm
    end = {"port of shipment": "loading", "port of destination": "discharge"}.get(term.place, "")
    port = order.find(f"transport.{end}") if end else None
    named = order.text("incoterm.place")
    if port is not None and not _same_place(named, port):
        place = order.at("incoterm.place")
        yield found(place, rule=term.code, named=named, other=port.place)


def _same_place(named: str, port: Node) -> bool:
    """Whether one name holds the other: "Ningbo" and "Ningbo, China"."""
    names = [str(name.value).casefold() for name in port["name"].fields.values()]
    wanted = named.casefold()
    return any(wanted in name or name in wanted for name in [*names, port.text("code", wanted)])


@order_rule(
    "ORD11",
    Severity.WARNING,
    "{rule} with containers ({other}): they are handed over before the ship, so {instead} fits",
    "{rule} 用于集装箱（{other}）：柜子在上船前就已交出，应考虑 {instead}",
    "Agree on {instead} while the contract is still open, or see that the gap is insured",
    "合同签回之前请与客户改用 {instead}，或为交柜到装船这一段投保",
    needs=["order"],
    reads=["contract", "logistics", "shipment", "amendment"],
)
def sea_terms_are_not_for_containers(case: Case) -> Iterator[Finding]:
    """Under FAS, FOB, CFR and CIF the seller bears the risk until the goods are at or on the ship.

    A container is given to the carrier at a terminal days before, where the seller can do nothing
    for it any more. FCA, CPT and CIP pass the risk there. Once the contract is countersigned the
    term stands, and this rule is silent. Source: ICC, Incoterms 2020, explanatory notes.
    ---
    FAS、FOB、CFR、CIF 的风险到船边或船上才转移，而集装箱早几天就交到堆场，卖方管不到了还要担风险。
    FCA、CPT、CIP 在交柜时转移。合同签回后术语已定，本条不再提示。依据：《2020通则》用户解释。
    """
    term, order = case.incoterm, case.file("order")
    if not term.water_only or case.view.node("contract.countersigned_at") is not None:
        return
    roots = [each for kind in ("logistics", "shipment") for each in case.view.every(kind).values()]
    root = next((root for root in roots if "containers" in root), None)
    if root is not None:
        place, other = order.at("incoterm.rule"), root.at("containers")
        yield found(place, rule=term.code, instead=term.container_term, other=other)


@order_rule(
    "LOG01",
    Severity.ERROR,
    "Freight {said}, but under {rule} ({other}) it is {due}",
    "运费{said}，而 {rule}（{other}）下应为{due}",
    "Correct one of them",
    "请改正其一",
    needs=["order", "logistics"],
)
def freight_is_paid_by_whom_the_incoterm_says(case: Case) -> Iterator[Finding]:
    """Under C- and D-terms the seller pays the freight (prepaid), under E- and F-terms the buyer.

    A bill of lading that says otherwise makes one side pay twice, and a bank refuses it.
    Source: ICC, Incoterms 2020, articles A9 and B9.
    ---
    C 组、D 组术语由卖方付运费（预付），E 组、F 组由买方付（到付）。
    提单上写反了，不是有人多付一次，就是银行拒付。
    依据：《2020通则》A9、B9。
    """
    term, other = case.incoterm, case.file("order").at("incoterm.rule")
    for root in case.view.every("logistics").values():
        said = root.text("freight")
        if root.text("purpose", "sale") == "sale" and said != term.freight:
            words = {"said": _SIDES[said], "due": _SIDES[term.freight]}
            yield found(root.at("freight"), rule=term.code, other=other, **words)
