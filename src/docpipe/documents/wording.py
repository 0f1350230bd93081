"""The wording of a document: what an approval is about, and what an issued document is held to.

It is the text of the body as the facts make it today, without what issuing adds (number, date of
issue, the mark of a draft) and without the letterhead. Two files that differ in layout or comments
have the same wording.
"""

from difflib import SequenceMatcher

from docpipe.adapters.word import package, text
from docpipe.adapters.word.ooxml import DOCUMENT
from docpipe.diagnostics import Value, replace
from docpipe.documents.printer import Document, Printer
from docpipe.workspace.context import Edition


class Passage(Value):
    """Lines of a wording that are not as they were; either side may be empty."""

    old: tuple[str, ...]
    new: tuple[str, ...]


def wording(printer: Printer, document: Document) -> str:
    """The document's text today. Raises DocpipeError for a missing fact that its template needs."""
    draft = Edition(document.kind, document.edition.name)
    return text_of(printer.make(replace(document, edition=draft)))


def text_of(data: bytes) -> str:
    """The body's text of a .docx of ours."""
    return text.body(package.unpack(data, DOCUMENT))


def name_of(document: Document) -> str:
    """What people call it, also on record: its file name without the ending."""
    return document.file.removesuffix(".docx")


def passages(old: str, new: str) -> list[Passage]:
    """Where two wordings differ, line by line, in the order of the document."""
    before, after = old.split("\n"), new.split("\n")
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Passage] = []
    for what, i, j, k, n in matcher.get_opcodes():
        if what != "equal" and j - i == n - k:  # each line became another: told one by one
            pairs = zip(before[i:j], after[k:n], strict=True)
            found += [Passage((one,), (other,)) for one, other in pairs]
        elif what != "equal":
            found.append(Passage(tuple(before[i:j]), tuple(after[k:n])))
    return found
