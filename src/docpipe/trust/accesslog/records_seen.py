"""The records that came since they were seen last: their form, and their signatures."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository, Tips
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.accesslog.place import RECORDS
from docpipe.trust.invariants.basis import Basis
from docpipe.trust.invariants.engine import (
    ASK,
    Broken,
    Violation,
    Words,
    broken,
    invariant,
    judged,
)
from docpipe.trust.invariants.kept import holds
from docpipe.trust.invariants.personal import signed
from docpipe.trust.judging import signatures


class Stretch(Value):
    """The records up to `tip` that `since` (None: all) does not hold."""

    repo: Repository
    tip: str
    since: str | None


@invariant("records", Words(Text("{what}", "{what}"), Text("{hint}", "{hint}")))
def as_docpipe_writes(stretch: Stretch) -> Iterator[Broken]:
    """Records are in one line, marked, and only add files.

    This is what `docpipe log verify` asks of records; `docpipe verify` tells what they say.
    ---
    记录首尾相接，带有标记，且只增加文件。
    docpipe log verify 只核对这些；记录的内容由 docpipe verify 核对。
    """
    remote = git.shared(stretch.repo)
    where = remote.name if remote else str(stretch.repo.folder)
    try:
        git.check_records(stretch.repo, stretch.tip, stretch.since, where)
    except DocpipeError as error:
        hint = (error.hint or ASK).filled(**error.params)
        yield broken(RECORDS, stretch.tip, what=error.text, hint=hint)


def records_since(
    repo: Repository, reader: Objects, tips: Tips | None, tip: str | None, basis: Basis
) -> Iterator[Violation]:
    """What is wrong with the records that came since they were seen last.

    `docpipe verify` tells what they say.
    """
    if tips is None or tip is None or tip == tips.seen:
        return
    since = tips.seen if tips.seen and holds(repo, tip, tips.seen) else None
    if wrong := [*judged(Stretch(repo, tip, since), ((as_docpipe_writes,),))]:
        yield from wrong
        return
    if basis.keys is None:
        return
    new = git.reachable(repo, tip, [since] if since else [])
    for flaw in signatures.of_records(repo, reader, basis.main, new, since or ""):
        what = flaw.kind[1].filled(**flaw.params)
        yield Violation(signed.code, signed.words, broken(RECORDS, flaw.commit, what=what))
