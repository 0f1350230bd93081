"""Rules over shipping marks (唛头)."""

import re
from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.packing import allowed
from docpipe.standards import identifiers
from docpipe.workspace.figures.cargo import cargo, packed_quantities, sale_shipments

_LAST_CARTON = re.compile(r"(?:^|[^0-9])0*1\s*(?:/|-|TO)\s*([0-9]+)\s*$", re.IGNORECASE)


def _judged(case: Case) -> Iterator[Node]:
    """The main marks to hold to Rec 15, each text once; a credit's own marks go before it."""
    credit = case.view.node("lc.marks")
    seen = [credit.plain()] if credit is not None else []
    for root in (case.agreed, *case.view.every("packing").values()):
        main = root.find("marks.main") if root is not None else None
        if main is not None and main.plain() not in seen:
            seen.append(main.plain())
            yield main


def _faults(case: Case, fault: identifiers.MarkFault) -> Iterator[Node]:
    for main in _judged(case):
        lines = [str(node.value) for node in main.items]
        for finding in identifiers.mark_findings(lines):
            if finding.fault == fault:
                yield main[finding.line - 1]


@order_rule(
    "PCK10",
    Severity.ERROR,
    "The main mark has more than {limit} lines",
    "主唛超过 {limit} 行",
    "Keep to consignee, reference, destination and carton number",
    "只保留收货人简称、参考号、目的地、件号",
    needs=["order"],
    reads=["lc", "contract", "amendment"],
)
def marks_have_four_lines(case: Case) -> Iterator[Finding]:
    """Consignee, reference, destination and number: four lines that everybody copies right.

    A mark that a letter of credit prescribes is not judged. Source: UN/ECE Recommendation 15,
    Simpler Shipping Marks.
    ---
    标准唛头四行：收货人简称、参考号、目的地、件号。信用证规定了唛头的，从信用证。
    依据：联合国欧经会第15号建议书《简化运输标志》。
    """
    for node in _faults(case, "too_many_lines"):
        yield found(node.place, limit=identifiers.MARK_LINES)


@order_rule(
    "PCK11",
    Severity.WARNING,
    "This line of the mark has {count} characters; {limit} fit",
    "唛头此行 {count} 个字符，标准为 {limit} 个以内",
    "Shorten it if the customer agrees",
    "征得客户同意后缩短",
    needs=["order"],
    reads=["lc", "contract", "amendment"],
)
def mark_lines_are_short(case: Case) -> Iterator[Finding]:
    """Seventeen characters fit on a carton and into every field. Source: UN/ECE Rec 15.

    ---
    每行不超过17个字符，箱子上写得下，各系统字段也放得下。依据：联合国欧经会第15号建议书。
    """
    for node in _faults(case, "line_too_long"):
        text = str(node.value)
        yield found(node.place, count=len(text), limit=identifiers.MARK_CHARACTERS)


@order_rule(
    "PCK12",
    Severity.ERROR,
    'The mark "{mark}" has characters that do not travel: {bad}',
    "唛头“{mark}”含不通用的字符：{bad}",
    "Use capitals A to Z, digits, and . - / ( )",
    "只用大写字母、数字和 . - / ( )",
    needs=["order"],
    reads=["lc", "contract", "amendment"],
)
def marks_use_plain_characters(case: Case) -> Iterator[Finding]:
    """Marks are stencilled, telexed and keyed in by people who know only A to Z and digits.

    Full-width letters, Chinese, colour or shapes get lost on the way. `N/M` (no mark) is allowed.
    Source: UN/ECE Recommendation 15.
    ---
    唛头要喷在箱上、录入各国系统，只能用大写字母和数字；全角字符、汉字、图形会在途中走样。
    无唛头写 N/M。依据：联合国欧经会第15号建议书。
    """
    for node in _faults(case, "character"):
        text = str(node.value)
        bad = [char for char in dict.fromkeys(text) if identifiers.mark_findings([char])]
        yield found(node.place, mark=text, bad=bad)


@order_rule(
    "PCK13",
    Severity.ERROR,
    "These marks are not those agreed ({other})",
    "唛头与约定的（{other}）不一致",
    "Mark the cartons as agreed, or have the change agreed",
    "请按约定刷唛，或征得客户同意后修改",
    needs=["packing"],
    reads=["lc", "contract", "amendment", "logistics"],
)
def marks_are_those_agreed(case: Case) -> Iterator[Finding]:
    """Line by line as in the letter of credit, or else in the contract.

    The bank compares the packing list with the credit, the customer the cartons with the packing
    list. Source: UCP 600, article 14 (d).
    ---
    唛头逐行与信用证一致，没有信用证的与合同一致。银行拿装箱单对信用证，客户拿箱子对装箱单。
    依据：UCP 600 第14条 d 款。
    """
    agreed = case.view.node("lc.marks")
    if agreed is None and case.agreed is not None:
        agreed = case.agreed.find("marks.main")
    for names, root in case.view.every("packing").items():
        main = root["marks"]["main"]
        counted = names not in sale_shipments(case.view)  # a replacement numbers its own cartons
        if agreed is not None and _lines(main, counted) != _lines(agreed, counted):
            yield found(main.place, other=agreed.place)


def _lines(main: Node, counted: bool) -> list[str]:
    """The lines of a mark; with `counted` without the line that numbers the cartons."""
    lines = [str(node.value) for node in main.items]
    return [line for line in lines if not (counted and _LAST_CARTON.search(line))]


@order_rule(
    "PCK14",
    Severity.WARNING,
    "The mark counts to {marked}, but {cartons} cartons are packed ({other})",
    "唛头件号到 {marked}，而装箱 {cartons} 箱（{other}）",
    "Correct one of them",
    "请改正其一",
    needs=["order", "packing"],
    reads=["contract", "amendment", "logistics"],
    whole=True,
)
def marks_count_the_cartons(case: Case) -> Iterator[Finding]:
    """The last line of a mark numbers the cartons: 1/1600 says that there are 1,600.

    Where the contract's goods go in parts, all cartons of the sale are counted, since the mark is
    agreed once for all of them; a replacement counts its own. Nothing is said while some of the
    goods are still to be packed.
    ---
    唛头最后一行是件号：1/1600 表示共1600箱。分批装运的，按合同各批合计计（唛头只约定一次）；
    换货按本批计。货物尚未装完箱之前不作判断。
    """
    sale = sale_shipments(case.view)
    packed = {names: cargo(case.view, *names) for names in case.view.every("packing")}
    total = sum(each.cartons for names, each in packed.items() if each and names in sale)
    for names, packages in packed.items():
        root = case.view.get("packing", *names)
        if root is None or packages is None or (names in sale and _more_to_pack(case)):
            continue
        cartons = total if names in sale else packages.cartons
        for node in root.rows("marks.main"):
            match = _LAST_CARTON.search(str(node.value))
            if match and int(match[1]) != cartons:
                figures = {"marked": int(match[1]), "cartons": cartons}
                yield found(node.place, other=root.at("lines"), **figures)


def _more_to_pack(case: Case) -> bool:
    """Whether goods of the contract are in no packing list yet."""
    contract, packed = case.agreed, packed_quantities(case.view)
    return contract is not None and any(
        packed.get(row.count("line"), 0) < allowed(contract, row).least
        for row in contract.rows("lines")
    )
