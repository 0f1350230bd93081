"""A text in both languages, either of which may be missing."""

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Text, Value


class Both(Value):
    """English and Chinese; "" where a language is missing. False where both are."""

    en: str = ""
    zh: str = ""

    def __new__(cls, en: str = "", zh: str = "") -> "Both":
        """One without any text is `_Neither`: what has text is true without being asked."""
        return object.__new__(cls if en or zh else _Neither)

    def __getnewargs__(self) -> tuple[str, str]:
        """What a copy or a pickle is made with."""
        return self.en, self.zh


class _Neither(Both):
    """No text in either language."""

    def __bool__(self) -> bool:
        return False


def both(node: Node | None) -> Both:
    """The text of an `{en, zh}` node; empty for None."""
    if node is None:
        return Both()
    return Both(node.text("en", ""), node.text("zh", ""))


def choice(schema: fields.Field, row: Node | None, name: str) -> Both:
    """One of a field's choices as documents print it; empty where the row does not choose."""
    if row is None or name not in row:
        return Both()
    return of_text(fields.labels(fields.child(schema, name), row.text(name)))


def of_text(text: Text) -> Both:
    """A product text as a document text."""
    return Both(text.en, text.zh)
