"""The access log for people, spreadsheets and programs."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from docpipe.diagnostics import Text, visible
from docpipe.steps.log import Listed
from docpipe.trust.accesslog.entries import Entry

COLUMNS = (
    "when", "name", "email", "command", "order", "document", "number", "revision", "reason",
    "sequence", "branch", "commit",
)  # fmt: skip
_FORMULA = tuple("=+-@＝＋－＠\t\n")
"""What a spreadsheet takes for the beginning of a formula."""


HEAD = (
    Text("when", "时间"), Text("who", "人员"), Text("command", "命令"), Text("what", "内容"),
    Text("reason", "原因"),
)  # fmt: skip
_STRANGE = Text(
    "{count} commits on access/ are not entries of that person and are not listed: docpipe log "
    "verify",
    "access/ 上有 {count} 个提交不是该人员的条目，未列出：docpipe log verify",
)
_FETCHED = Text(
    "As this clone knows it; others' logs were fetched last {when} (docpipe log --fetch)",
    "以上为本克隆已知的内容；上次获取他人日志：{when}（docpipe log --fetch）",
)
_NEVER = Text(
    "As this clone knows it; others' logs were not fetched yet (docpipe log --fetch)",
    "以上为本克隆已知的内容；尚未获取他人日志（docpipe log --fetch）",
)
_NONE = Text("No entries", "没有条目")


def rows(found: Iterable[Entry], lang: str) -> Iterator[tuple[str, ...]]:
    """A row for each entry, in the columns of `HEAD`."""
    for each in found:
        revision = each.revision[:10] if len(each.revision) >= 40 else each.revision
        what = " ".join(filter(None, (each.order, each.document)))
        what += Text(" r{n}", " 第{n}版").say(lang, n=revision) if each.document else ""
        what += f"@{revision}" if revision and not each.document else ""
        when = each.when.strftime("%Y-%m-%d %H:%M")
        yield when, each.name, each.command, what, each.reason


def notes(listed: Listed, lang: str) -> Iterator[str]:
    """What to know of the list."""
    if not listed.entries:
        yield _NONE.say(lang)
    if listed.strange:
        yield _STRANGE.say(lang, count=listed.strange)
    if not listed.alone:
        when = listed.fetched
        yield _FETCHED.say(lang, when=f"{when:%Y-%m-%d %H:%M}") if when else _NEVER.say(lang)


def as_json(found: Iterable[Entry]) -> str:
    """A list of objects, one a line."""
    rows = [visible(json.dumps(_row(each), ensure_ascii=False)) for each in found]
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


def as_csv(found: Iterable[Entry]) -> str:
    """For spreadsheets: with a byte order mark, and no cell that is taken for a formula."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for each in found:
        table.writerow([harmless(value) for value in _row(each).values()])
    return out.getvalue()


def harmless(value: str | int) -> str:
    """A cell's text; what a spreadsheet would calculate gets an apostrophe in front."""
    text = visible(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(each: Entry) -> dict[str, str | int]:
    told = {name: getattr(each, name) for name in COLUMNS}
    return {**told, "when": each.when.isoformat(timespec="seconds")}
