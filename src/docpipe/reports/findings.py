"""Findings as lines: place, code, what is wrong in trade words, what to do."""

from collections.abc import Iterable, Iterator

from docpipe.diagnostics import SEVERITY, Diagnostic, Severity, Text, one_line

_WAIVED = Text("waived: {reason}", "已豁免：{reason}")
LEFT = Text("{count} more findings are not listed", "另有 {count} 个问题未列出")
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def line(diagnostic: Diagnostic, lang: str) -> str:
    """One finding on one line: `file:line:column: CODE: message. Hint.`"""
    severity = SEVERITY[diagnostic.severity]
    mark = "" if diagnostic.severity == Severity.ERROR else f"{severity.say(lang)}: "
    message, hint = diagnostic.message(lang), diagnostic.hint(lang)
    if diagnostic.waived:
        hint = _WAIVED.say(lang, reason=diagnostic.waived)
    text = ("" if lang == "zh" else " ").join(
        sentence(part, lang) for part in (message, hint) if part
    )
    return f"{diagnostic.place}: {diagnostic.code}: {mark}{one_line(text)}"


def counted(number: int, one: str, zh: str, many: str = "") -> Text:
    """So many of something: "1 order", "2 orders", "2 张订单"; `many` where no s makes a plural."""
    return Text(f"{number:,} {one if number == 1 else many or one + 's'}", f"{number:,} {zh}")


def first(said: Iterable[str], most: int, more: Text, lang: str) -> Iterator[str]:
    """The first lines of what is said, then `more`, which has how many are left ({count})."""
    told = list(said)
    yield from told[:most]
    if len(told) > most:
        yield more.say(lang, count=len(told) - most)


def sentence(text: str, lang: str) -> str:
    """`text` with a full stop, unless it ends with a mark of its own."""
    return text if text[-1] in ".?!。？！…" else text + ("。" if lang == "zh" else ".")


def lines(diagnostics: Iterable[Diagnostic], lang: str) -> list[str]:
    """All findings, a line each."""
    return [line(diagnostic, lang) for diagnostic in diagnostics]
