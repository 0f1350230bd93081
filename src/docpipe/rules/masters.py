"""Rules over the company, its people and its calendar."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Place, Severity, found
from docpipe.rules.case import Estate, repeated
from docpipe.rules.engine import estate_rule
from docpipe.standards import identifiers
from docpipe.workspace import deadlines


@estate_rule(
    "MAS01",
    Severity.ERROR,
    "{code} is not a valid credit code: its check character does not fit",
    "{code} 不是有效的统一社会信用代码：校验位不符",
    "Copy it again from the business licence",
    "请对照营业执照重新填写",
)
def credit_codes_hold(estate: Estate) -> Iterator[Finding]:
    """The last of the 18 characters is computed from the others, so a slip shows.

    A wrong code on the export declaration is refused by customs. Source: GB 32100-2015.
    ---
    统一社会信用代码最后一位由前17位算出，抄错一位就能发现。报关单上代码不对会被海关退单。
    依据：GB 32100-2015。
    """
    for _, root in estate.roots("company", "supplier", "forwarder"):
        code = root.text("uscc", "")
        if code and not identifiers.is_uscc(code):
            yield found(root.at("uscc"), code=code)


@estate_rule(
    "MAS02",
    Severity.ERROR,
    "{code} is not a valid SWIFT code: the country in it does not exist",
    "{code} 不是有效的 SWIFT 代码：其中没有这个国家",
    "Ask the bank for its SWIFT code (BIC)",
    "请向银行核实 SWIFT 代码（BIC）",
)
def swift_codes_hold(estate: Estate) -> Iterator[Finding]:
    """Four letters for the bank, two for its country, two or five for the place and branch.

    A customer's payment to a wrong code comes back weeks later, less the charges.
    Source: ISO 9362.
    ---
    四位银行、两位国家、两位或五位地区和分行。代码写错，客户的汇款会被退回，耗时扣费。
    依据：ISO 9362。
    """
    for bank in estate.workspace.company.rows("banks"):
        if not identifiers.is_bic(bank.text("swift")):
            yield found(bank.at("swift"), code=bank.text("swift"))


@estate_rule(
    "MAS03",
    Severity.ERROR,
    "{email} is in people.yaml twice (first at {other})",
    "{email} 在 people.yaml 中出现两次（第一次在 {other}）",
    "Keep one entry, with all the roles",
    "请保留一条，把角色合在一起",
)
def people_are_listed_once(estate: Estate) -> Iterator[Finding]:
    """A person is known by their e-mail. Two entries could give them two departments.

    ---
    员工以邮箱识别。同一邮箱出现两次，部门和角色就会说法不一。
    """
    emails = [person["email"] for person in estate.people]
    for node, other in repeated(emails, lambda node: str(node.value).lower()):
        yield found(node.place, email=str(node.value).lower(), other=other.place)


@estate_rule(
    "MAS08",
    Severity.ERROR,
    "Nobody in people.yaml reviews orders for this department",
    "people.yaml 中没有这个部门的评审人",
    "Give a colleague of the department the role reviewer, or take the department off the list",
    "请给该部门一位同事加上 reviewer 角色，或从评审部门中删去",
)
def required_departments_have_a_reviewer(estate: Estate) -> Iterator[Finding]:
    """company.yaml lists whose opinion every order needs. Without a reviewer none can be given.

    ---
    company.yaml 列出每张订单须经哪些部门评审；该部门没有评审人，订单就走不下去。
    """
    able = {
        person.text("department")
        for person in estate.people
        if any(role.value == "reviewer" for role in person.rows("roles"))
    }
    for department in estate.workspace.company.rows("policy.review_departments"):
        if estate.people and department.value not in able:
            yield found(department.place)


@estate_rule(
    "MAS09",
    Severity.ERROR,
    "The workspace has no {path}",
    "工作区缺少 {path}",
    "Restore it from Git, or copy it from a workspace made by docpipe init",
    "请从 Git 恢复，或从 docpipe init 新建的工作区复制",
)
def shared_files_are_there(estate: Estate) -> Iterator[Finding]:
    """People and the catalogue of documents belong to every workspace.

    Without people.yaml no approval counts; without the catalogue no document can be made.
    ---
    每个工作区都要有员工表和单证目录：没有员工表，审批无效；没有目录，出不了单证。
    """
    for kind in estate.workspace.schemas.kinds.values():
        shared = kind.scope == "workspace" and kind.literal
        if shared and not (estate.workspace.root / kind.path).exists():
            yield found(Place(kind.path), path=kind.path)


@estate_rule(
    "MAS10",
    Severity.ERROR,
    "Deadlines cannot be calculated: time zone or working hours are impossible",
    "无法计算时限：时区或上班时间不成立",
    "Write a time zone such as Asia/Shanghai, and hours from early to late",
    "时区写成 Asia/Shanghai 这样的名称，上班时间由早到晚",
)
def calendar_is_usable(estate: Estate) -> Iterator[Finding]:
    """Answers are due in working time, so the company must say when it works.

    Source of time zone names: IANA time zone database.
    ---
    答复时限按工作时间计算，因此须写明时区、工作日和上班时间。时区名称依据 IANA 时区数据库。
    """
    company = estate.workspace.company
    try:
        deadlines.working_calendar(company)
    except ValueError:
        zone_is_known = deadlines.is_zone(company.text("time_zone"))
        yield found(company.at("working_calendar" if zone_is_known else "time_zone"))
