"""A text in both languages, either of which may be missing."""

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Record, Text


class Both(Record):
    """English and Chinese; "" where a language is missing. False where both are."""

    en: str = ""
    zh: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


def both(node: Node | None) -> Both:
    """The text of an `{en, zh}` node; empty for None."""
    if node is None:
        return Both()
    return Both(node.text("en", ""), node.text("zh", ""))


def of_text(text: Text) -> Both:
    """A product text as a document text."""
    return Both(text.en, text.zh)
