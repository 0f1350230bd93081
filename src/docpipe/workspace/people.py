"""Who may do what, by people.yaml."""

from docpipe.workspace.view import View


def may(view: View, email: str, role: str) -> bool:
    """Whether the person has the role; nobody unknown has any."""
    person = view.people.get(email)
    return person is not None and any(node.value == role for node in person.rows("roles"))


def department(view: View, email: str) -> str:
    """The person's department; "" for somebody unknown."""
    person = view.people.get(email)
    return person.text("department") if person is not None else ""
