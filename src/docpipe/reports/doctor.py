"""What the doctor found, as lines and as plain data."""

from collections.abc import Iterator

from docpipe.diagnostics import Text, one_line
from docpipe.steps.doctor import Check, CheckState

COLOURS = {
    CheckState.FINE: "green",
    CheckState.NOTE: "cyan",
    CheckState.MISSING: "red",
    CheckState.FIXED: "yellow",
}
_STATES = {
    CheckState.FINE: Text("fine", "正常"),
    CheckState.NOTE: Text("note", "提示"),
    CheckState.MISSING: Text("missing", "缺失"),
    CheckState.FIXED: Text("fixed", "已修复"),
}
_LINE = Text("{state}: {says}", "{state}：{says}")


def state(check: Check, lang: str) -> str:
    """The word that a line begins with."""
    return _STATES[check.state].say(lang)


def lines(check: Check, lang: str) -> Iterator[str]:
    """How it is; below it why it matters and what to do."""
    yield one_line(_LINE.say(lang, state=state(check, lang), says=_said(check, check.says, lang)))
    if check.state == CheckState.FINE:
        return
    for text in (check.why, None if check.state == CheckState.FIXED else check.how):
        if text is not None:
            yield f"  {one_line(_said(check, text, lang))}"


def data(check: Check, lang: str) -> dict[str, object]:
    """The same for programs."""
    parts = {"says": check.says, "why": check.why, "how": check.how}
    told = {name: _said(check, text, lang) for name, text in parts.items() if text is not None}
    return {"check": check.id, "state": check.state.value, **told, "fixable": check.fix is not None}


def _said(check: Check, text: Text, lang: str) -> str:
    return text.say(lang, **check.params)
