"""What company.yaml, as a commit has it, says of the clock and of signing."""

from zoneinfo import ZoneInfo

from docpipe.adapters import git
from docpipe.adapters.yamlfile import Node, load
from docpipe.adapters.yamlfile.reader import MAX_BYTES
from docpipe.diagnostics import DocpipeError
from docpipe.workspace.workspace import MARKER

_WORLD = "UTC"


def company_in(source: git.CommitSource) -> Node | None:
    """company.yaml as a commit has it; None where there is none that can be read."""
    try:
        return load(source.read_whole(MARKER, MAX_BYTES), MARKER).root
    except (OSError, DocpipeError):
        return None


def clock_of(company: Node | None) -> ZoneInfo:
    """The company's clock, which tells where a day begins; the world's where none is said."""
    try:
        return ZoneInfo(_text(company, "time_zone") or _WORLD)
    except (ValueError, OSError, LookupError):
        return ZoneInfo(_WORLD)


def asks_for_signatures(company: Node | None) -> bool:
    """Whether company.yaml asks that everything is signed."""
    return _text(company, "signing") == "required"


def _text(node: Node | None, name: str) -> str:
    found = node.find(name) if node is not None else None
    return found.value if found is not None and isinstance(found.value, str) else ""
