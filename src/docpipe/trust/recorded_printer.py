"""Printing an issued document again: today's facts through the template that was used then."""

from docpipe.adapters.git import Objects
from docpipe.adapters.word.template import LETTERHEAD
from docpipe.diagnostics import replace
from docpipe.documents.printer import Document, Printer
from docpipe.documents.wording import text_of
from docpipe.trust.formats.issued import Inputs, Issued
from docpipe.workspace.audience_view import View
from docpipe.workspace.company_time import local_time
from docpipe.workspace.context import Edition
from docpipe.workspace.workspace import Workspace


class RecordedPrinter(Printer):
    """A printer that takes template, letterhead and logo from what is on record."""

    def __init__(self, workspace: Workspace, reader: Objects, inputs: Inputs, kind: str) -> None:
        super().__init__(workspace)
        self._reader = reader
        template = workspace.documents[kind].template
        self._recorded = {f"templates/{template}": inputs.template, LETTERHEAD: inputs.letterhead}
        if inputs.logo:
            self._recorded[workspace.company.text("logo", "")] = inputs.logo

    def _read(self, path: str) -> bytes:
        name = self._recorded.get(path, "")
        return self._reader.blob(name) if name else super()._read(path)


def final(
    workspace: Workspace, document: Document, number: str, revision: int, day: str
) -> Document:
    """The document as issued. `day` dates it unless its own facts do."""
    dated = document.kind.date and View(workspace, document.order).fact(
        document.kind.date, *document.edition.name.split("/")
    )
    kind, name = document.kind, document.edition.name
    edition = Edition(kind, name, number, None if dated else day, revision)
    return replace(document, edition=edition)


def today(workspace: Workspace, reader: Objects, issued: Issued, document: Document) -> str:
    """The text that the issued document would have if it were made of today's facts.

    Raises DocpipeError where they do not make it, or the recorded template is not in this clone.
    """
    printer = RecordedPrinter(workspace, reader, issued.inputs, issued.kind)
    day = local_time(workspace, issued.issued_at).date().isoformat()
    same = final(workspace, document, issued.number, issued.revision, day)
    return text_of(printer.make(same))
