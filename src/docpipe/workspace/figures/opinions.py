"""The review by departments: every opinion, and what they come to."""

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both, both, choice, of_text

CHECKS = (
    "feasible",
    "technically_met",
    "quality_standard_clear",
    "delivery_reasonable",
    "logistics_feasible",
)
PENDING = Both("Opinions outstanding", "待评审")
REJECTED = Both("Not accepted", "评审不通过")
CONDITIONAL = Both("Accepted with conditions", "有条件通过")
APPROVED = Both("Accepted", "评审通过")


class ReviewAnswer(Value):
    """One question that a department answered."""

    en: str
    zh: str
    ok: bool


class Condition(Value):
    """What a department asks for before the order goes on."""

    text: Both
    owner: Both
    due: str | None
    met: str | None


class Opinion(Value):
    """One department's opinion; unanswered ones have no `answered`."""

    department: Both
    asked: str | None
    due: str | None
    answered: str | None
    promised: str | None
    by: Both
    opinion: Both
    checks: tuple[ReviewAnswer, ...]
    conditions: tuple[Condition, ...]
    comment: str | None


def opinions(view: View) -> tuple[Opinion, ...]:
    """Opinions in the order of the required departments, then any others."""
    given, names = view.every("review"), required(view)
    names += [name for (name,) in given if name not in names]
    return tuple(_opinion(view, name, given.get((name,))) for name in names) if given else ()


def required(view: View) -> list[str]:
    """The departments whose opinion every order needs."""
    return [str(node.value) for node in view.company.rows("policy.review_departments")]


def conclusion(view: View) -> Both:
    """What the opinions come to: any rejection rejects, any open question waits."""
    given = {name: node.text("opinion", "") for (name,), node in view.every("review").items()}
    said = [given.get(name, "") for name in {*required(view), *given}]
    if "reject" in said:
        return REJECTED
    if not said or "" in said:
        return PENDING
    return CONDITIONAL if "conditional" in said else APPROVED


def _opinion(view: View, name: str, node: Node | None) -> Opinion:
    # people.yaml owns the list of departments and their names
    known = fields.at(view.schema("people"), ("people", 0, "department"))
    department = of_text(fields.labels(known, name))
    if node is None:
        return Opinion(department, None, None, None, None, Both(), PENDING, (), (), None)
    schema = view.schema("review")
    return Opinion(
        department=department,
        asked=node.text("asked", "") or None,
        due=node.text("due", "") or None,
        answered=node.text("answered", "") or None,
        promised=node.text("promised_date", "") or None,
        by=person(view, node.text("by", "")),
        opinion=choice(schema, node, "opinion") or PENDING,
        checks=tuple(_check(node, schema, each) for each in CHECKS if each in node),
        conditions=tuple(_condition(view, each) for each in node.rows("conditions")),
        comment=node.text("comment", "") or None,
    )


def _check(node: Node, schema: fields.Field, name: str) -> ReviewAnswer:
    title = fields.title(fields.child(schema, name))
    return ReviewAnswer(title.en, title.zh, node[name].value is True)


def _condition(view: View, node: Node) -> Condition:
    return Condition(
        text=both(node.find("text")),
        owner=person(view, node.text("owner", "")),
        due=node.text("due", "") or None,
        met=node.text("met", "") or None,
    )


def person(view: View, email: str) -> Both:
    """A person's name; the e-mail itself for somebody who is not in people.yaml."""
    node = view.people.get(email)
    return both(node.find("name")) if node is not None else Both(email, email)
