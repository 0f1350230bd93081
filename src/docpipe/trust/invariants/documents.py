"""Issued documents: each is the one that its record describes, revision after revision."""

from collections.abc import Iterator
from hashlib import sha256

from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.formats.issued import document_of, record_at
from docpipe.trust.formats.places import RECORD, WITHDRAWAL, Place
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import LOOK, Broken, Words, broken, invariant

_MOST = 1_000  # revisions of a document that are told as missing
_SHARE = Text(
    "Share main first (docpipe sync, or git push origin main), then issue again",
    "请先共享 main（docpipe sync 或 git push origin main），再重新签发",
)


@invariant(
    "document-altered",
    Words(
        Text(
            "This is not the document that was issued: its SHA-256 is {found}, on record is {told}",
            "这不是当时签发的单证：其 SHA-256 为 {found}，记录为 {told}",
        )
    ),
)
def a_document_is_the_one_on_record(addition: Addition) -> Iterator[Broken]:
    """A document has the SHA-256 that its record names.

    ---
    单证的 SHA-256 与其记录所载一致。
    """
    for issued in addition.issued:
        if issued.file in addition.added:
            found = sha256(document_of(addition.source, issued)).hexdigest()
            if found != issued.sha256:
                yield broken(issued.file, addition.commit.id, found=found[:12],
                             told=issued.sha256[:12])  # fmt: skip


@invariant(
    "revision-gap",
    Words(Text("Revision {revision} of {document} is missing",
               "缺少 {document} 的第 {revision} 版")),
)  # fmt: skip
def revisions_come_without_a_gap(addition: Addition) -> Iterator[Broken]:
    """Revisions of a document count from 0, and none is left out.

    ---
    单证的版次从 0 起连续，不缺号。
    """
    for place in addition.of(RECORD):
        last = addition.before.last.get(place.folder, -1)
        for gone in range(last + 1, min(place.count, last + _MOST)):
            yield broken(place.sibling(RECORD, gone), addition.commit.id, revision=gone)


@invariant(
    "revision-order",
    Words(
        Text("This revision is out of turn: {last} is the last one on record",
             "此版不在应有的次序：记录中的最后一版为 {last}")
    ),
)  # fmt: skip
def revisions_come_in_turn(addition: Addition) -> Iterator[Broken]:
    """A revision is put on record after the one before it.

    ---
    各版按次序记入。
    """
    for place in addition.of(RECORD):
        last = addition.before.last.get(place.folder, -1)
        if place.count <= last:
            yield broken(place.path, addition.commit.id, last=last)


@invariant(
    "number-changed",
    Words(
        Text("The number here is {number}, but {document} was issued as {first} before",
             "此处编号为 {number}，而 {document} 此前签发的编号为 {first}")
    ),
)  # fmt: skip
def a_document_keeps_its_number(addition: Addition) -> Iterator[Broken]:
    """All revisions of a document bear the number of its first.

    ---
    单证的各版沿用首次签发的编号。
    """
    for issued in addition.issued:
        before = issued.place._replace(count=issued.revision - 1)
        if issued.revision and addition.source.is_file(before.path):
            try:
                first = record_at(addition.source, before).number
            except DocpipeError:  # told where it was put on record
                continue
            if issued.number != first:
                yield broken(issued.path, addition.commit.id, number=issued.number, first=first)


@invariant(
    "kind-unknown",
    Words(
        Text(
            "This is of the kind {kind}, and by the main that it names ({main}) order {order} has "
            "no such document",
            "此单证种类为 {kind}，而按其所依据的 main（{main}），订单 {order} 没有这份单证",
        ),
        LOOK,
        _SHARE,
    ),
)
def the_order_has_such_a_document(addition: Addition) -> Iterator[Broken]:
    """The catalogue of the main that a record names has its kind, and the order's facts make it.

    ---
    记录所依据的 main 的单据目录中有该种单证，且订单资料能生成它。
    """
    for issued in addition.issued if addition.policy else ():
        try:
            there = addition.document(issued) is not None
        except (DocpipeError, LookupError, TypeError, ValueError, AttributeError, OSError):
            there = False
        if not there:
            yield broken(issued.path, addition.commit.id, kind=issued.kind, main=addition.main[:12])


@invariant(
    "withdrawal-of-nothing",
    Words(Text("This withdraws what is not on record here", "所撤回的内容并不在记录中")),
)
def what_is_withdrawn_is_on_record(addition: Addition) -> Iterator[Broken]:
    """A withdrawal is of a document or an approval that is on record, and stands beside it.

    ---
    撤回的对象须在记录中，且与其并列存放。
    """
    for place, _, told in addition.withdrawals:
        if place.sort == WITHDRAWAL:
            revision = told["Revision"]
            named = Place(RECORD, int(revision), told["Order"], told["Document"])
            right = named == place._replace(sort=RECORD)
            path = named.path
        else:
            path = place.path.replace("-withdrawn.yaml", ".yaml")
            right = told["Approval"] == path
        if not right or not addition.source.is_file(path):
            yield broken(place.path, addition.commit.id)


TURN = (revisions_come_without_a_gap, revisions_come_in_turn)
CONTENTS = (
    a_document_is_the_one_on_record, a_document_keeps_its_number, the_order_has_such_a_document,
    what_is_withdrawn_is_on_record,
)  # fmt: skip
