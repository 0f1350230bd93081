"""The parts of a .docx, and the refusal of those that are not read."""

from docpipe.diagnostics import DocpipeError, Text

_REFUSED = Text("The template {file} is refused: {why}", "模板 {file} 被拒绝：{why}")
_SAVE_AGAIN = Text("Save it again from Word as a plain .docx", "请在 Word 中另存为普通 .docx")

Parts = dict[str, bytes]
"""Part name such as "word/document.xml" -> its bytes."""


def refuse(file: str, en: str, zh: str) -> DocpipeError:
    """The error for a package that is not opened."""
    return DocpipeError(_REFUSED, _SAVE_AGAIN, file=file, why=Text(en, zh))
