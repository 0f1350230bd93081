"""Forgeries that agree in themselves: record, commit and document tell the same story."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from tests.agreement.acts import Act, Put
from tests.agreement.case import Case, Unfit, by, moment, moved
from tests.agreement.edits.commits import OTHERS, PEOPLE
from tests.issuing import LIN, ZHOU
from tests.tampering.kit import LEGAL

_AT = r'^(at|issued_at): "[^"]*"'


def at_another_time(case: Case) -> None:
    """Commit and record, and perhaps all that follow, at another moment."""
    first = case.pick()
    seconds = case.chance.choice((-540, -660, -300, 60, 599, 601, -86_400, 3600, 40 * 86_400))
    last = first + 1 if case.chance.random() < 0.5 else len(case.acts)
    for at in range(first, last):
        _at(case, at, seconds)


def back_bit_by_bit(case: Case) -> None:
    """Each record a little earlier than the one before it."""
    first = case.pick()
    start, _ = moment(case.acts[first].committer)
    step = case.chance.choice((60, 240, 590))
    for at in range(first, len(case.acts)):
        now, _ = moment(case.acts[at].committer)
        _at(case, at, start - step * (at - first) - now)


def _at(case: Case, at: int, seconds: int) -> None:
    act = case.acts[at]
    line = moved(act.author, seconds)
    case.acts[at] = replace(act, author=line, committer=line)
    when, zone = moment(line)
    if zone[1:] > b"1400":
        raise Unfit
    offset = timezone(timedelta(hours=int(zone[:3]), minutes=int(zone[:1] + zone[3:])))
    told = datetime.fromtimestamp(when, UTC).astimezone(offset).isoformat()
    case.edit(at, case.record(at), _AT, rf'\1: "{told}"')


def by_another_person(case: Case) -> None:
    """Commit and record in somebody else's name, most often a colleague's."""
    at = case.pick()
    who = case.chance.choice(PEOPLE if case.chance.random() < 0.7 else OTHERS)
    _by(case, at, who)


def _by(case: Case, at: int, who: tuple[str, str]) -> None:
    act = case.acts[at]
    case.acts[at] = replace(act, author=by(act.author, who), committer=by(act.committer, who))
    name, email = who[0].strip(), who[1]
    case.edit(at, case.record(at), r'by: \{name: "[^"]*", email: "[^"]*"',
              f'by: {{name: "{name}", email: "{email}"')  # fmt: skip


def approved_by_another(case: Case) -> None:
    """By somebody without the role, in another role, or of their own work."""
    at, path, _ = case.file(r"approvals/.*\d\.yaml")
    who = case.chance.choice((LIN, ZHOU, LEGAL))
    if who != LEGAL:
        _by(case, at, who)
    role = case.chance.choice(("legal", "salesperson", "manager", "admin", "", "x"))
    case.edit(at, path, r'role: "legal"', f'role: "{role}"')


def other_approvals(case: Case) -> None:
    """A document names other approvals than it had."""
    at, path, put = case.file(r"orders/.*/r\d\.yaml")
    there = [p for act in case.base.acts for p in act.files if p.startswith("approvals/")]
    names = case.chance.sample(there, case.chance.randrange(3)) + [""] * (
        case.chance.random() < 0.1
    )
    told = ", ".join(f'"{name}"' for name in names)
    if case.chance.random() < 0.2:
        told = "".join(re.findall(r"approvals: \[(.*)\]", put.data.decode()) * 2)
    case.edit(at, path, r"^approvals: (\[.*\]|\n(  - .*\n)*)", f"approvals: [{told}]")


def other_number(case: Case) -> None:
    """A number given twice, with a gap, or in another form: all told alike."""
    at, path, put = case.file(r"numbers/.*")
    old = re.findall(rb'number: "([^"]*)"', put.data)
    if not old:
        raise Unfit
    head, count = old[0].decode()[:-4], int(path[-9:-5])
    count = max(0, count + case.chance.choice((-1, 1, 2, 0)))
    new = case.chance.choice((f"{head}{count:04}", f"{head}{count}", f"XX-2026-{count:04}"))
    files = {
        (f"{path[:-9]}{count:04}.yaml" if name == path else name):
        replace(each, data=each.data.replace(old[0], new.encode())) if each else None
        for name, each in case.acts[at].files.items()
    }  # fmt: skip
    message = case.acts[at].message.replace(old[0], new.encode())
    case.acts[at] = replace(case.acts[at], files=files, message=message)


def of_another_order(case: Case) -> None:
    """The whole act once more, as another order's or another document's."""
    at = case.pick()
    find, to = case.chance.choice(
        (("ZF-2026-0002", "ZF-2026-0004"), ("ZF-2026-0004", "ZF-2026-0002"),
         ("ZF-2026-00", "ZF-2026-11"),
         ("order-sheet", "quotation"), ("r0", "r1"), ("Revision: 0", "Revision: 1"),
         ("commercial-invoice-2", "commercial-invoice-1"), ("ZF-2026-0001", "ZF-2026-0003"))
    )  # fmt: skip
    case.acts.insert(at + 1, _as(case.acts[at], find, to))
    if case.chance.random() < 0.5:
        del case.acts[at]


def _as(act: Act, find: str, to: str) -> Act:
    old, new = find.encode(), to.encode()
    files: dict[str, Put | None] = {}
    for path, put in act.files.items():
        if put and not path.endswith("docx"):
            put = Put(put.data.replace(old, new))
        files[path.replace(find, to)] = put
    return replace(act, files=files, message=act.message.replace(old, new))


def withdraw(case: Case) -> None:
    """A withdrawal, of what is there, of what was withdrawn, or of nothing; right but for that."""
    at = case.pick()
    stem = "orders/ZF-2026-00xx/{0}/{1}/r{2}"
    order = case.chance.choice(("ZF-2026-0002", "ZF-2026-0004", "ZF-2026-0001", "ZF-2026-0009"))
    kind = case.chance.choice(
        ("order-sheet", "sales-contract", "commercial-invoice-1", "quotation")
    )
    revision = case.chance.choice((0, 0, 0, 1, 7))
    number = case.chance.choice(
        (b"OS-2026-0001", b"OS-2026-0002", b"SC-2026-0001", b"CI-2026-0001")
    )
    for act in case.acts[:at]:  # the right one, most often
        put = act.files.get(f"{stem.format(order, kind, revision)}.yaml")
        if put and case.chance.random() < 0.9:
            number = (re.findall(rb'number: "([^"]*)"', put.data) or [number])[0]
    who = case.chance.choice((*PEOPLE, LIN, LIN))
    _insert(case, at, who, f"{stem.format(order, kind, revision)}-withdrawn.yaml",
            f'document: "{kind}"\norder: "{order}"\nnumber: "{number.decode()}"\n'
            f"revision: {revision}\n", [("Order", order), ("Document", kind),
            ("Number", number.decode()), ("Revision", str(revision))])  # fmt: skip


def take_back(case: Case) -> None:
    """An approval is taken back: by who gave it, by somebody else, or before it was given."""
    at = case.pick()
    count = case.chance.choice((1, 1, 2, 3))
    path = f"approvals/ZF-2026-00xx/ZF-2026-0002/sales-contract/{count}"
    told = f'approval: "{path}.yaml"\n'
    if case.chance.random() < 0.1:
        told = 'approval: "approvals/ZF-2026-00xx/ZF-2026-0002/sales-contract/1.yaml"\n'
    trailers = [("Order", "ZF-2026-0002"), ("Document", "sales-contract")]
    _insert(
        case, at, case.chance.choice((*PEOPLE, LEGAL)), f"{path}-withdrawn.yaml", told, trailers
    )


def _insert(case: Case, at: int, who: tuple[str, str], path: str, said: str,
            trailers: list[tuple[str, str]]) -> None:  # fmt: skip
    line = by(case.acts[at].author, who)
    when, _ = moment(line)
    told = datetime.fromtimestamp(when, timezone(timedelta(hours=8))).isoformat()
    line = f"{who[0]} <{who[1]}> {when} +0800".encode()
    main = re.findall(rb"^Main: (\w+)", case.acts[at].message, re.MULTILINE)
    if not main:
        raise Unfit
    rows = [*trailers, ("Main", main[0].decode()), ("Docpipe-Record", "1")]
    message = "Withdraw\n\n" + "".join(f"{key}: {value}\n" for key, value in rows)
    said += f'at: "{told}"\nby: {{name: "{who[0]}", email: "{who[1]}"}}\nreason: "x"\n'
    case.acts.insert(at, Act(line, line, message.encode(), {path: Put(said.encode())}))


EDITS: tuple[Callable[[Case], object], ...] = (
    at_another_time, at_another_time, back_bit_by_bit, by_another_person, by_another_person,
    approved_by_another, approved_by_another,
    other_approvals, other_approvals, other_number, other_number, of_another_order, withdraw,
    withdraw, take_back, take_back,
)  # fmt: skip
