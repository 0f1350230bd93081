"""Signatures held against the keys in people.yaml, where the company asks for them."""

from collections.abc import Iterable, Iterator

from docpipe.adapters.git import Commit, Objects, Repository
from docpipe.diagnostics import DocpipeError
from docpipe.trust.judging.signatures import Flaw, of_main, of_records, periods
from docpipe.trust.verification.faults import DAMAGED, Fault, Kind, fault, said


def asked(repo: Repository, reader: Objects, main: str) -> bool:
    """Whether company.yaml ever asked for signatures, by `main`; "" for no main."""
    return bool(main) and bool(periods(repo, reader, main))


def signed(
    repo: Repository, reader: Objects, main: str, records: Iterable[Commit], *, whole: bool
) -> Iterator[Fault]:
    """What is wrong with the signatures of these records, the oldest first; with `whole` of main's.

    Also that nobody's key can be told: people.yaml is missing or broken.
    """
    try:
        yield from map(_fault, of_records(repo, reader, main, [record.id for record in records]))
        if whole:
            yield from map(_fault, of_main(repo, reader, main))
    except DocpipeError as error:
        yield fault(DAMAGED, why=said(error))


def _fault(flaw: Flaw) -> Fault:
    params = {name: value for name, value in flaw.params.items() if name != "commit"}
    return Fault(Kind(*flaw.kind), commit=flaw.commit, params=params)
