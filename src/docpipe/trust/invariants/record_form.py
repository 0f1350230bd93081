"""The form of a record: its files and its commit are what docpipe writes, and nothing beside."""

from collections.abc import Iterator, Mapping

from docpipe.adapters import git
from docpipe.adapters.yamlfile.dump import written
from docpipe.diagnostics import Text
from docpipe.trust.formats.approval import approval_files
from docpipe.trust.formats.issued import written_record
from docpipe.trust.formats.numbers import number_file
from docpipe.trust.formats.places import (
    APPROVAL,
    DOCUMENT,
    NUMBER,
    RECORD,
    TAKEN,
    TEXT,
    WITHDRAWAL,
    Place,
)
from docpipe.trust.formats.reading import data_at
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.recording import message_of

_KEYS = {
    WITHDRAWAL: ("document", "order", "number", "revision", "at", "by", "reason"),
    TAKEN: ("approval", "by", "at", "reason"),
}
_PERSON = ("name", "email")
_MOST = 10_000_000


@invariant(
    "record-form",
    Words(
        Text(
            "{what} is not in the one form in which docpipe writes it",
            "{what} 与 docpipe 写入的唯一形式不符",
        )
    ),
)
def everything_is_as_docpipe_writes_it(addition: Addition) -> Iterator[Broken]:
    """A record's files and its commit hold what docpipe writes, and nothing beside it.

    So no comment, further key, line of a message, header or time zone tells a reader who has
    plain Git alone something that was judged by nobody.
    ---
    记录的文件及其提交只含 docpipe 写入的内容，别无其他。
    因此没有注释、多余的键、提交说明中的行、提交头或时区，能向只用 Git 的读者另作表示。
    """
    for path, data in _files(addition).items():
        if addition.source.read(path, _MOST) != data:
            yield broken(path, addition.commit.id, what=path)
    if addition.said and not addition.troubles:
        signed, what = addition.signed, Text("the commit", "提交")
        if not git.is_written(signed, signed.tree, _message(addition)):
            yield broken("", addition.commit.id, what=what)


def _files(addition: Addition) -> dict[str, bytes]:
    """What its files that can be read would be, were they written now."""
    found = {each.path: written_record(each) for each in addition.issued}
    for given in addition.numbers:
        found |= number_file(given)
    for approval in addition.approvals:
        found |= approval_files(approval)
    for place, _, _ in addition.withdrawals:
        found[place.path] = _again(addition, place)
    return found


def _again(addition: Addition, place: Place) -> bytes:
    """A withdrawal written again: its own keys, in their order."""
    told = data_at(addition.source, place.path).plain()
    by = told["by"]
    ours: Mapping[str, object] = {**told, "by": {key: by[key] for key in _PERSON}}
    return written({key: ours[key] for key in _KEYS[place.sort]})


def _message(addition: Addition) -> str:
    sorts = [place.sort for place in addition.places if place.sort != NUMBER]
    sort = {DOCUMENT: RECORD, TEXT: APPROVAL}.get(sorts[0], sorts[0])
    return message_of(sort, addition.main, addition.said[0].trailers)


FORM = (everything_is_as_docpipe_writes_it,)
