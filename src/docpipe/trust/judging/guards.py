"""What gives a right or leads money somewhere, and who may change it: one table.

Texts, examples and time limits are everybody's. What stands here is changed by somebody who
has the role, or comes in with a merge of theirs; where money is concerned two people are needed.
A file that cannot be read as it is counts as changed in everything that it could say.
"""

from collections.abc import Callable, Mapping

from docpipe.adapters.git import CommitSource
from docpipe.diagnostics import Text, Value
from docpipe.trust.judging.guarded_contents import Readings
from docpipe.trust.judging.roles import ADMIN, PEOPLE
from docpipe.workspace.workspace import CATALOGUE, MARKER

SCHEMAS, TEMPLATES = "schemas", "templates"
PATHS = (PEOPLE, MARKER, CATALOGUE, SCHEMAS, TEMPLATES)
"""Where all of it stands."""


class Guard(Value):
    """Something that not everybody changes.

    `read` tells what it says, as text to compare; one of the `roles` is needed to change it, and
    with `second` another person besides, who drew the change up.
    """

    what: Text
    path: str
    read: Callable[[Readings, CommitSource], str]
    roles: tuple[str, ...] = (ADMIN,)
    second: bool = False


def _company(name: str, zh: str) -> Guard:
    return Guard(
        Text(f"{name} in company.yaml", f"company.yaml 的 {name}（{zh}）"),
        MARKER,
        lambda readings, source: readings.field(source, MARKER, name),
    )


BANKS = Guard(
    Text("the bank accounts (banks in company.yaml)", "收款账户（company.yaml 的 banks）"),
    MARKER,
    lambda readings, source: readings.field(source, MARKER, "banks"),
    roles=("finance", ADMIN),
    second=True,
)
PRINTED = (
    "name", "uscc", "customs_registration", "address", "country", "phone", "fax", "email",
    "website", "representative",
)  # fmt: skip
"""Of company.yaml: what the letterhead and the parties' block print, which no approval sees."""
GUARDS = (
    Guard(Text(PEOPLE, PEOPLE), PEOPLE, lambda readings, source: readings.content(source, PEOPLE)),
    _company("signing", "签名"),
    _company("reading_reason", "查阅理由"),
    _company("time_zone", "时区"),
    _company("order_number", "订单编号"),
    _company("document_number", "单证编号"),
    _company("flow", "发布方式"),
    _company("logo", "标志"),
    _company("policy.review_departments", "评审部门"),
    _company("policy.target_margin", "目标利润率"),
    _company("policy.deposit_before_production", "投产前收定金"),
    BANKS,
    Guard(
        Text(
            "what documents print of the company (its name, address, contacts in company.yaml)",
            "单证上印出的公司信息（company.yaml 的名称、地址、联系方式）",
        ),
        MARKER,
        lambda readings, source: "\n".join(
            readings.field(source, MARKER, each) for each in PRINTED
        ),
        roles=("legal", ADMIN),
    ),
    Guard(
        Text(
            "what documents take, and for whom they are (templates/catalogue.yaml)",
            "单证的审批、对象、编号和所属阶段（templates/catalogue.yaml）",
        ),
        CATALOGUE,
        lambda readings, source: readings.catalogue(source, CATALOGUE),
    ),
    Guard(
        Text(
            "where files stand and who sees what (x-file, x-audience in schemas/)",
            "文件位置和可见范围（schemas/ 的 x-file、x-audience）",
        ),
        SCHEMAS,
        lambda readings, source: readings.schemas(source, SCHEMAS),
    ),
    Guard(
        Text(
            "what documents are printed with (templates/: Word templates, letterhead, clauses)",
            "打印单证所用的模板、信头和条款（templates/）",
        ),
        TEMPLATES,
        lambda readings, source: readings.folder(source, TEMPLATES, CATALOGUE),
        roles=("legal", ADMIN),
    ),
)


class Guarded:
    """Tells what is guarded and differs between commits; each content is read once."""

    def __init__(self) -> None:
        self._readings = Readings()

    def changed(
        self, old: CommitSource, new: CommitSource, touched: Mapping[str, object] | None = None
    ) -> tuple[Guard, ...]:
        """What differs, of what stands in the files `touched` (None: in any)."""
        return tuple(
            guard
            for guard in GUARDS
            if touched is None or any(_below(path, guard.path) for path in touched)
            if self.says(guard, old) != self.says(guard, new)
        )

    def says(self, guard: Guard, source: CommitSource) -> str:
        """What the guarded thing says in a commit, to be compared."""
        return guard.read(self._readings, source)


def _below(path: str, home: str) -> bool:
    return path == home or path.startswith(f"{home}/")
