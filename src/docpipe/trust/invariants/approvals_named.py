"""Approvals that an issued document names: each counts, and none lacks that is asked for."""

from collections.abc import Iterator, Sequence

from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.documents.printer import Printer
from docpipe.trust.formats.approval import Approval, readable
from docpipe.trust.formats.issued import Issued
from docpipe.trust.formats.places import APPROVAL, TAKEN, place_of
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import LOOK, Broken, Words, broken, invariant
from docpipe.trust.judging import approvals as judging
from docpipe.trust.judging.approvals import Needed, needed, state
from docpipe.trust.judging.subjects import of_document, text_of, wanted_facts

_AGAIN = Text(
    "Have it approved (docpipe approvals {order}), then issue it again",
    "请先完成审批（docpipe approvals {order}），再重新签发",
)


class _Behind(Value):
    """A document's record, an approval that it names, and what has become of it by then."""

    record: Issued
    name: str
    state: str
    who: str


_NOT_THERE = "not there"


def _behind(addition: Addition) -> Sequence[_Behind]:
    """What has become of each approval that the issued documents name, once for all that ask."""
    known = addition.__dict__.get("behind")
    if known is None:
        known = addition.__dict__["behind"] = [*_judged(addition)]
    return known


def _judged(addition: Addition) -> Iterator[_Behind]:
    policy = addition.policy
    for record in addition.issued if policy else ():
        assert policy is not None
        needs = {need.folder: need for need in _needs(addition, record)}
        for name in record.approvals:
            approval = _approval(addition, name)
            need = needs.get(name.rpartition("/")[0])
            if approval is None:
                yield _Behind(record, name, _NOT_THERE, "")
            else:
                unasked = need is None
                what = judging.UNASKED if need is None else state(
                    approval, need, policy.roles, record.issued_at
                )  # fmt: skip
                yield _Behind(record, name, judging.UNASKED if unasked else what, str(approval.by))


def _approval(addition: Addition, name: str) -> Approval | None:
    place = place_of(name)
    if place is None or place.sort != APPROVAL or not addition.source.is_file(name):
        return None
    taken = place.sibling(TAKEN)
    there = {taken} if addition.source.is_file(taken) else set[str]()
    return next(iter(readable(addition.source, [place], there)), None)


def _needs(addition: Addition, record: Issued) -> list[Needed]:
    """What of a document must be approved: its text, and the facts that its kind names."""
    known = addition.__dict__.setdefault("needs", {})
    if record.path not in known:
        known[record.path] = _needed(addition, record)
    found: list[Needed] = known[record.path]
    return found


def _needed(addition: Addition, record: Issued) -> list[Needed]:
    try:
        document = addition.document(record)
    except (DocpipeError, LookupError, TypeError, ValueError, AttributeError, OSError):
        return []  # told by the_order_has_such_a_document
    if document is None or addition.then is None:
        return []
    subject = of_document(document)
    own = Needed(subject.folder, subject.wanted, record.text_sha256, subject.salesperson)
    try:
        printer = Printer(addition.then)
        facts = [needed(each, text_of(printer, each))
                 for each in wanted_facts(addition.then, document)]  # fmt: skip
    except DocpipeError:
        facts = []
    return [own, *facts]


def _told(addition: Addition, *states: str) -> Iterator[Broken]:
    for each in _behind(addition):
        if each.state in states:
            yield broken(each.record.path, addition.commit.id, approval=each.name, who=each.who)


@invariant(
    "approval-not-there",
    Words(Text("This names the approval {approval}, which is not on record, or which nobody asks "
               "for", "所列审批 {approval} 不在记录中，或无人要求")),
)  # fmt: skip
def named_approvals_are_on_record(addition: Addition) -> Iterator[Broken]:
    """Each approval that a document's record names was on record before it, and is asked for.

    ---
    单证记录所列的每项审批，均在其之前已记入，且为目录所要求。
    """
    yield from _told(addition, _NOT_THERE, judging.UNASKED, judging.AHEAD)


@invariant(
    "approval-other-text",
    Words(
        Text("This names {approval}, which approves another text than was issued",
             "所列 {approval} 批准的不是签发的文本"),
        LOOK,
        _AGAIN,
    ),
)  # fmt: skip
def named_approvals_are_of_this_text(addition: Addition) -> Iterator[Broken]:
    """An approval that a document's record names is of exactly the text, or the facts, issued.

    ---
    单证记录所列的审批，批准的正是所签发的文本或资料。
    """
    yield from _told(addition, judging.LAPSED)


@invariant(
    "approval-withdrawn",
    Words(
        Text(
            "This names {approval}, which had been withdrawn by then", "所列 {approval} 当时已撤回"
        ),
        LOOK,
        _AGAIN,
    ),
)
def named_approvals_were_not_withdrawn(addition: Addition) -> Iterator[Broken]:
    """An approval that a document's record names had not been taken back.

    ---
    单证记录所列的审批，当时未被撤回。
    """
    yield from _told(addition, judging.WITHDRAWN)


@invariant(
    "approval-lapsed-role",
    Words(
        Text("This names {approval} by {who}, who no longer had the role when this was issued",
             "所列 {approval} 由 {who} 作出，签发时其已无该角色"),
        LOOK,
        _AGAIN,
    ),
)  # fmt: skip
def approvers_still_have_the_role(addition: Addition) -> Iterator[Broken]:
    """Whoever gave an approval has the role on the day of issue too, and it is not their own work.

    ---
    审批人在签发当日仍有该角色，且所批不是本人经办的事项。
    """
    yield from _told(addition, judging.NO_ROLE, judging.OWN)


@invariant(
    "approval-lacking",
    Words(
        Text(
            "The catalogue of then asks for an approval as {role}, and none that counts is named",
            "当时的单据目录要求 {role} 审批，而所列审批无一有效",
        ),
        LOOK,
        _AGAIN,
    ),
)
def every_approval_that_is_asked_for_counts(addition: Addition) -> Iterator[Broken]:
    """A document is issued with an approval that counts in each role that its catalogue asks for,
    of its text and of the facts that it needs.

    ---
    签发单证须有单据目录所要求的每个角色的有效审批，包括其文本和所需资料。
    """
    counts = {each.name for each in _behind(addition) if each.state == judging.COUNTS}
    for record in addition.issued if addition.policy else ():
        for need in _needs(addition, record):
            given = {
                approval.by.role
                for name in counts
                if name.startswith(f"{need.folder}/") and (approval := _approval(addition, name))
            }
            for wanted in need.wanted:
                if wanted.role not in given:
                    yield broken(record.path, addition.commit.id, role=wanted.role)


NAMED = (
    named_approvals_are_on_record, named_approvals_are_of_this_text,
    named_approvals_were_not_withdrawn, approvers_still_have_the_role,
    every_approval_that_is_asked_for_counts,
)  # fmt: skip
