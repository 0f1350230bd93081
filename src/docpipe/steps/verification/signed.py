"""Signatures held against the keys in people.yaml, where the company asks for them."""

from collections.abc import Iterable, Iterator

from docpipe.adapters.repository import Commit, Objects, Repository
from docpipe.steps.signatures import Flaw, of_main, of_records, periods
from docpipe.steps.verification.faults import Fault, Kind


def asked(repo: Repository, reader: Objects, main: str) -> bool:
    """Whether company.yaml ever asked for signatures, by `main`; "" for no main."""
    return bool(main) and bool(periods(repo, reader, main))


def signed(
    repo: Repository, reader: Objects, main: str, records: Iterable[Commit], *, whole: bool
) -> Iterator[Fault]:
    """What is wrong with the signatures of these records, the oldest first; with `whole` of main's.

    Raises DocpipeError for a missing or broken people.yaml, and for objects that are missing.
    """
    yield from map(_fault, of_records(repo, reader, main, [record.id for record in records]))
    if whole:
        yield from map(_fault, of_main(repo, reader, main))


def _fault(flaw: Flaw) -> Fault:
    params = {name: value for name, value in flaw.params.items() if name != "commit"}
    return Fault(Kind(*flaw.kind), commit=flaw.commit, params=params)
