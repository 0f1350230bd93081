"""What an amendment changes: every term before and after, the lines, and the totals."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from docpipe.diagnostics import Value
from docpipe.workspace.agreed import agreed, amended
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.agreement import Agreement, Line, agreement
from docpipe.workspace.figures.bilingual import Both
from docpipe.workspace.figures.terms import Term, terms

NEW = Both("added", "新增")
GONE = Both("removed", "取消")
CHANGED = Both("changed", "变更")
_UNSAID = Both("not stated", "未约定")


class Change(Value):
    """One term as it was and as it is to be."""

    title: Both
    before: Both
    after: Both


class LineChange(Value):
    """One line as it was and as it is to be; no `before` for a new one, no `after` for none."""

    id: int
    name: Both
    unit: str
    what: Both
    before: Line | None
    after: Line | None


class Changes(Value):
    """All that an amendment changes in the contract as it stood until then."""

    lines: tuple[LineChange, ...]
    terms: tuple[Change, ...]
    before: Agreement
    after: Agreement

    @property
    def total_changed(self) -> bool:
        """Whether the contract is worth another amount."""
        return self.before.total != self.after.total

    @property
    def difference(self) -> Decimal:
        """By how much; negative where it is worth less."""
        return self.after.total - self.before.total


def changes(view: View, name: str) -> Changes | None:
    """What the amendment changes; None where contract or amendment are not to be seen."""
    contract, amendment = agreed(view, before=name), view.get("amendment", name)
    if contract is None or amendment is None:
        return None
    changed = amended(contract, amendment)
    before = agreement(view, contract, "contract")
    after = agreement(view, changed, "contract")
    if before is None or after is None:
        return None
    said = {term.path: term for term in terms(view, contract, before)}
    rows = _terms(said, terms(view, changed, after))
    return Changes(tuple(_lines(before, after)), tuple(rows), before, after)


def _lines(before: Agreement, after: Agreement) -> Iterator[LineChange]:
    old = {line.id: line for line in before.lines}
    new = {line.id: line for line in after.lines}
    for id_ in sorted(old.keys() | new.keys()):
        was, is_ = old.get(id_), new.get(id_)
        known = is_ or was
        if known is not None and not _same(was, is_):
            what = CHANGED if was and is_ else NEW if is_ else GONE
            yield LineChange(id_, known.name, known.unit, what, was, is_)


def _same(before: Line | None, after: Line | None) -> bool:
    if before is None or after is None:
        return False
    return (before.quantity, before.price) == (after.quantity, after.price)


def _terms(before: Mapping[str, Term], after: list[Term]) -> Iterator[Change]:
    """Terms that read otherwise than before; amounts of instalments move with the total."""
    for term in after:
        was = before.get(term.path)
        if was is None or was.text != term.text:
            yield Change(term.title, was.text if was else _UNSAID, term.text)
