"""Numbers: each given once, in turn, to the document that bears it, in the company's form."""

from collections.abc import Iterator

from docpipe.diagnostics import Text
from docpipe.trust.formats.numbers import in_form
from docpipe.trust.formats.places import NUMBER, Place
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import LOOK, Broken, Words, broken, invariant

_MOST = 1_000  # of a gap that are told
_AGAIN = Text(
    "Do it again with docpipe issue: it takes the next free number",
    "请用 docpipe issue 重做：它会取下一个编号",
)


@invariant(
    "number-gap",
    Words(
        Text("This number is missing: the next one is given by the commit {commit}",
             "缺少此编号：其后的编号已由提交 {commit} 分配"),
        LOOK,
        _AGAIN,
    ),
)  # fmt: skip
def numbers_come_without_a_gap(addition: Addition) -> Iterator[Broken]:
    """Numbers of a code and year count from 1, and none is left out.

    A gap is a document that somebody took off the record.
    ---
    每种单证每年的编号从 1 起连续，不留空号。
    空号意味着有单证从记录中被拿走。
    """
    for place in addition.of(NUMBER):
        last = max(addition.before.last.get(place.folder, 0), 0)
        for gone in range(last + 1, min(place.count, last + _MOST)):
            yield broken(place.sibling(NUMBER, gone), addition.commit.id)


@invariant(
    "number-order",
    Words(
        Text("This number is out of turn: {last} is the last that was given",
             "此编号不在应有的次序：已分配的最后一号为 {last}"),
        LOOK,
        _AGAIN,
    ),
)  # fmt: skip
def numbers_come_in_turn(addition: Addition) -> Iterator[Broken]:
    """A number is given after the one before it.

    ---
    编号按次序分配。
    """
    for place in addition.of(NUMBER):
        last = addition.before.last.get(place.folder, 0)
        if place.count <= last:
            yield broken(place.path, addition.commit.id, last=f"{last:04}")


@invariant(
    "number-missing",
    Words(
        Text(
            "The number {number} of {document} was not given: numbers/ got no file with it",
            "{document} 的编号 {number} 并未分配：numbers/ 中没有随之记入的文件",
        ),
        LOOK,
        _AGAIN,
    ),
)
def the_first_revision_brings_its_number(addition: Addition) -> Iterator[Broken]:
    """A document's first revision comes with the file that gives its number; later ones do not.

    ---
    单证首次签发时一并记入分配编号的文件；以后各版沿用，不再分配。
    """
    for issued in addition.issued:
        given = {(each.number, each.order, each.document) for each in addition.numbers}
        wanted = {(issued.number, issued.order, issued.document)} if not issued.revision else set()
        if given != wanted:
            yield broken(issued.path, addition.commit.id, number=issued.number)


@invariant(
    "number-form",
    Words(
        Text(
            "The number given here is {number}; in the company's form it is {expected}",
            "此处分配的编号为 {number}，按公司编号格式应为 {expected}",
        ),
        LOOK,
        _AGAIN,
    ),
)
def a_number_has_the_companys_form(addition: Addition) -> Iterator[Broken]:
    """A number is written as company.yaml says, by the code of its kind and the year of issue.

    ---
    编号按 company.yaml 规定的格式，由单证代码和签发年份组成。
    """
    then = addition.then
    if then is None:
        return
    for given in addition.numbers:
        place = given.place
        for issued in addition.issued:
            kind = then.documents.get(issued.kind)
            year = issued.issued_at.year
            right = kind is None or (place.code, place.year) == (kind.code, year)
            expected = _formed(addition, place) if right else f"numbers/{kind.code}/{year}"  # type: ignore[union-attr]
            if given.number != expected:
                yield broken(place.path, addition.commit.id, order=given.order,
                             document=given.document, number=given.number,
                             expected=expected)  # fmt: skip


def _formed(addition: Addition, place: Place) -> str:
    assert addition.then is not None
    try:
        return in_form(addition.then, place.code, place.year, place.count)
    except (LookupError, ValueError, AttributeError):  # a form that no check let pass
        return "?"


TURN = (numbers_come_without_a_gap, numbers_come_in_turn)
CONTENTS = (the_first_revision_brings_its_number, a_number_has_the_companys_form)
