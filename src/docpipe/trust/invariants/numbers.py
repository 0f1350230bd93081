"""Numbers: each given once, in turn, to the document that bears it, in the company's form."""

from collections.abc import Iterator

from docpipe.diagnostics import Text
from docpipe.trust.formats.issued import Issued
from docpipe.trust.formats.numbers import in_form
from docpipe.trust.formats.places import NUMBER, Place
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import LOOK, Broken, Words, broken, invariant
from docpipe.workspace.catalogue import DocumentKind

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
        if bool(addition.of(NUMBER)) != (issued.revision == 0):
            yield broken(issued.path, addition.commit.id, number=issued.number)


@invariant(
    "number-other",
    Words(
        Text(
            "{number} is given to {holder} here, but {document} of order {order} is issued as "
            "{issued}",
            "此处将 {number} 分配给 {holder}，而订单 {order} 的 {document} 签发编号为 {issued}",
        ),
        LOOK,
        _AGAIN,
    ),
)
def a_number_is_its_documents(addition: Addition) -> Iterator[Broken]:
    """The file that gives a number names the document that bears it.

    ---
    分配编号的文件写明的，就是使用该编号的单证。
    """
    for given in addition.numbers:
        for issued in addition.issued:
            told = given.number, given.order, given.document
            if told != (issued.number, issued.order, issued.document):
                yield broken(given.place.path, addition.commit.id, order=issued.order,
                             document=issued.document, number=given.number,
                             holder=f"{given.order} {given.document}",
                             issued=issued.number)  # fmt: skip


@invariant(
    "number-place",
    Words(
        Text(
            "This is no place for the number of {document} in {year}: it belongs in {folder}",
            "{year} 年 {document} 的编号不应在此处，应在 {folder}",
        ),
        LOOK,
        _AGAIN,
    ),
)
def a_number_stands_with_its_code_and_year(addition: Addition) -> Iterator[Broken]:
    """A number stands in the folder of its kind's code and of the year of issue.

    ---
    编号存放在其单证代码和签发年份的文件夹中。
    """
    for place, issued, kind in _numbered(addition):
        year = issued.issued_at.year
        if (place.code, place.year) != (kind.code, year):
            yield broken(place.path, addition.commit.id, order=issued.order,
                         document=issued.document, year=str(year),
                         folder=f"numbers/{kind.code}/{year}")  # fmt: skip


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
    """A number is written as company.yaml of then says.

    ---
    编号按当时 company.yaml 规定的格式书写。
    """
    for place, issued, _ in _numbered(addition):
        if issued.number != (expected := _formed(addition, place)):
            yield broken(place.path, addition.commit.id, order=issued.order,
                         document=issued.document, number=issued.number,
                         expected=expected)  # fmt: skip


def _numbered(addition: Addition) -> Iterator[tuple[Place, Issued, DocumentKind]]:
    """The number that an addition gives, with its document and the kind, by the main of then."""
    then = addition.then
    for place in addition.of(NUMBER) if then else ():
        for issued in addition.issued:
            kind = then.documents.get(issued.kind) if then else None
            if kind is not None:
                yield place, issued, kind


def _formed(addition: Addition, place: Place) -> str:
    assert addition.then is not None
    try:
        return in_form(addition.then, place.code, place.year, place.count)
    except (LookupError, ValueError, AttributeError):  # a form that no check let pass
        return "?"


TURN = (numbers_come_without_a_gap, numbers_come_in_turn)
CONTENTS = (
    the_first_revision_brings_its_number, a_number_is_its_documents,
    a_number_stands_with_its_code_and_year, a_number_has_the_companys_form,
)  # fmt: skip
