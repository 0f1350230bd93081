"""By what signatures are judged, and the records that came since they were seen last."""

from collections.abc import Iterator, Sequence

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository, SignedCommit, Tips
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.accesslog import faults
from docpipe.trust.accesslog.chain import Judge
from docpipe.trust.accesslog.descent import RECORDS, holds
from docpipe.trust.accesslog.faults import Fault, fault
from docpipe.trust.judging import signatures
from docpipe.trust.judging.keys import Keyring, keyring_at
from docpipe.trust.judging.signatures import Flaw, Period


class Rules(Value):
    """By what signatures are judged: the keys and the times that main tells."""

    main: str
    keys: Keyring | None
    periods: Sequence[Period]
    why: Text | None

    def judge(self) -> Judge:
        """Judges the entries of one chain, in their order."""
        keys, asked = self.keys, signatures.Watch(self.periods)

        def judged(commit: SignedCommit) -> Flaw | None:
            if keys is None:
                return None
            return signatures.judged(commit, keys, asked=asked(commit), own=True)

        return judged


def rules_at(repo: Repository, reader: Objects, main: str | None) -> Rules:
    """What a commit of main tells; `why` says why it tells nothing."""
    if main is None:
        return Rules("", None, (), Text("there is no main", "没有 main 分支"))
    try:
        keys = keyring_at(repo, reader, main)
        return Rules(main, keys, signatures.periods(repo, reader, main), None)
    except DocpipeError as error:
        return Rules("", None, (), Text(error.say("en"), error.say("zh")))


def records_since(
    repo: Repository, reader: Objects, tips: Tips | None, tip: str | None, rules: Rules
) -> Iterator[Fault]:
    """What is wrong with the records that came since they were seen last.

    Their form and their signatures; `docpipe verify` tells what they say.
    """
    if tips is None or tip is None or tip == tips.seen:
        return
    since = tips.seen if tips.seen and holds(repo, tip, tips.seen) else None
    try:
        git.check_records(repo, tip, since, _where(repo))
    except DocpipeError as error:
        said, mend = (_both(error.message, error), _both(error.hint, error))
        yield fault(faults.RECORDS, RECORDS, tip, what=said, mend=mend)
        return
    if rules.keys is None:
        return
    new = git.reachable(repo, tip, [since] if since else [])
    for flaw in signatures.of_records(repo, reader, rules.main, new):
        what = Text(*(flaw.kind[1].say(lang, **flaw.params) for lang in ("en", "zh")))
        yield fault(faults.SIGNATURE, RECORDS, flaw.commit, what=what)


def _both(text: Text | None, error: DocpipeError) -> Text:
    said = text or Text("", "")
    return Text(*(said.say(lang, **error.params) for lang in ("en", "zh")))


def _where(repo: Repository) -> str:
    remote = git.shared(repo)
    return remote.name if remote else str(repo.folder)
