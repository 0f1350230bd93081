"""The papers that an order's file holds: how many, and how many pages."""

from docpipe.diagnostics import Value
from docpipe.workspace.audience_view import View


class Holdings(Value):
    """The register of received papers in figures."""

    papers: int
    pages: int


def holdings(view: View) -> Holdings | None:
    """The figures of papers.yaml; None where it is not to be seen."""
    node = view.get("papers")
    if node is None:
        return None
    rows = node.rows("papers")
    return Holdings(len(rows), sum(row.count("pages", 0) for row in rows))
