"""The records that came since they were seen last: what each commit is, not what it puts there."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository, Tips
from docpipe.trust.accesslog.place import RECORDS
from docpipe.trust.invariants.basis import Basis
from docpipe.trust.invariants.engine import Violation
from docpipe.trust.invariants.kept import holds
from docpipe.trust.invariants.records import RecordsJudge


def records_since(
    repo: Repository, reader: Objects, tips: Tips | None, tip: str | None, basis: Basis
) -> Iterator[Violation]:
    """What is wrong with the commits of `records` that came since they were seen last.

    `docpipe verify` tells what they say. Nothing is told where there is no main to judge them by.
    """
    if tips is None or tip is None or tip == tips.seen or not basis.main:
        return
    since = tips.seen if tips.seen and holds(repo, tip, tips.seen) else ""
    judge = RecordsJudge(repo, reader, basis.policies, basis.now)
    if since:
        judge.begin(since)
    new = git.history(repo, tip, known=since, renames=False, joined=False)[::-1]
    for _, found in judge.judge(new, lambda commit: False):
        for violation in found:
            yield violation._replace(at=violation.at._replace(path=RECORDS))
