"""Who may do what, by people.yaml."""

from datetime import date

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.workspace.audience_view import View


class Member(Value):
    """A person in people.yaml: their roles, and the last day on which these count."""

    roles: frozenset[str]
    until: date | None

    def has(self, role: str, day: date) -> bool:
        """Whether the person has the role on a day."""
        return role in self.roles and self.is_there(day)

    def is_there(self, day: date) -> bool:
        """Whether the person has not left before this day."""
        return self.until is None or day <= self.until


def member(person: Node) -> Member:
    """A person's entry in people.yaml; a day that is none is no limit: `check` tells of it."""
    roles = frozenset(str(role.value) for role in person.rows("roles"))
    return Member(roles, day_in(person, "until"))


def day_in(node: Node, name: str) -> date | None:
    """A day in a file; None for none, or what is no date."""
    found = node.find(name)
    try:
        return date.fromisoformat(found.value) if found and isinstance(found.value, str) else None
    except ValueError:
        return None


def may(view: View, email: str, role: str, day: str = "") -> bool:
    """Whether the person has the role on a day ("" for no matter which); nobody unknown has any."""
    person = view.people.get(email)
    if person is None:
        return False
    known = member(person)
    return known.has(role, date.fromisoformat(day[:10])) if day else role in known.roles


def department(view: View, email: str) -> str:
    """The person's department; "" for somebody unknown."""
    person = view.people.get(email)
    return person.text("department") if person is not None else ""
