"""What company.yaml, as a commit has it, says of the clock, of signing and of reading."""

from zoneinfo import ZoneInfo

from docpipe.adapters import git
from docpipe.adapters.yamlfile import Node, load
from docpipe.adapters.yamlfile.decoding import MAX_BYTES
from docpipe.diagnostics import DocpipeError
from docpipe.workspace.workspace import MARKER

_WORLD = "UTC"


def file_in(source: git.CommitSource, path: str) -> Node | None:
    """A file as a commit has it; None where there is none that can be read."""
    try:
        return load(source.read_whole(path, MAX_BYTES), path).root
    except (OSError, DocpipeError):
        return None


def company_in(source: git.CommitSource) -> Node | None:
    """company.yaml as a commit has it; None where there is none that can be read."""
    return file_in(source, MARKER)


def clock_of(company: Node | None) -> ZoneInfo:
    """The company's clock, which tells where a day begins; the world's where none is said."""
    try:
        return ZoneInfo(_text(company, "time_zone") or _WORLD)
    except (ValueError, OSError, LookupError):
        return ZoneInfo(_WORLD)


def asks_for_signatures(company: Node | None) -> bool:
    """Whether company.yaml asks that everything is signed."""
    return _text(company, "signing") == "required"


def asks_for_reasons(company: Node | None, catalogue: Node | None, kind: str) -> bool:
    """Whether a kind of document, "" for facts, is read only with a reason: by the catalogue, else
    by company.yaml.
    """
    entries = catalogue.rows("documents") if catalogue is not None else []
    told = [_text(each, "reading_reason") for each in entries if kind and _text(each, "id") == kind]
    return (next(iter(told), "") or _text(company, "reading_reason")) == "required"


def _text(node: Node | None, name: str) -> str:
    found = node.find(name) if node is not None else None
    return found.value if found is not None and isinstance(found.value, str) else ""
