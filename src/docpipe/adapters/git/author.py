"""Who writes: a person's name and e-mail, and the moment."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from docpipe.adapters.git.git_errors import INTRODUCE, NOBODY, Refusal
from docpipe.adapters.git.program import GitFailed
from docpipe.adapters.git.repository import Repository, open_repository
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.diagnostics.error import SURROUNDINGS

_UNFIT = Text(
    '"{name}" cannot be a name or e-mail in a commit', "“{name}”不能用作提交中的姓名或邮箱"
)
_BREAKS = re.compile(r"[<>\x00-\x1f\x7f]")
_LINE = re.compile(r"(?P<name>[^<>\n]*?) ?<(?P<email>[^<>\n]*)> (?P<when>-?[0-9]+ [+-][0-9]{4})")
_WHEN = re.compile(r"(-?[0-9]+) ([+-])([0-9]{2})([0-9]{2})")
_DAY = 24 * 60
_IDENT = re.compile(r"(?P<name>.*?) ?<(?P<email>[^<>]*)> -?[0-9]+ [+-][0-9]{4}\s*", re.DOTALL)


class Signature(Value):
    """Who, and when; `when` knows its offset from UTC."""

    name: str
    email: str
    when: datetime

    def line(self) -> str:
        """As a commit holds it. Raises DocpipeError for a name that would break it."""
        demand_fit(self.name, self.email)
        offset = self.when.utcoffset()
        if offset is None:
            raise ValueError("a moment without offset cannot be recorded")
        minutes = int(offset.total_seconds()) // 60
        sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
        zone = f"{sign}{minutes // 60:02}{minutes % 60:02}"
        return f"{self.name.strip()} <{self.email.strip()}> {int(self.when.timestamp())} {zone}"


def demand_fit(name: str, email: str) -> None:
    """Raises DocpipeError for a name or an e-mail that cannot stand in a commit."""
    for part in (name, email):
        if not part.strip() or _BREAKS.search(part):
            raise Refusal(_UNFIT, name=" ".join(part.split()))


def identity(repo: Repository) -> tuple[str, str]:
    """Name and e-mail that git would sign a commit with here.

    Raises DocpipeError where none is set: git would make one up from the computer's name.
    """
    words = ("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
    done = repo.run(*words)
    match = _IDENT.fullmatch(done.out.decode("utf-8", "replace"))
    if done.code or match is None or not match["name"] or not match["email"]:
        failed = GitFailed(words[2:], done)
        if failed.message in (NOBODY,) or not done.code:
            raise Refusal(NOBODY, INTRODUCE, exit_code=SURROUNDINGS)
        raise failed
    return match["name"], match["email"]


def email(folder: Path) -> str:
    """The e-mail that git would sign a commit with in `folder`; "" where none is set."""
    try:
        return identity(open_repository(folder))[1]
    except DocpipeError:
        return ""


def signature_of(line: str) -> Signature | None:
    """Who and when, from a commit's author or committer line; None for what is none."""
    match = _LINE.fullmatch(line)
    return Signature(match["name"], match["email"], moment(match["when"])) if match else None


def moment(raw: str) -> datetime:
    """ "1700000000 +0800" as a moment; what no calendar holds becomes the epoch."""
    match = _WHEN.match(raw)
    try:
        seconds, sign, hours, rest = match.groups() if match else ("0", "+", "0", "0")
        minutes = int(hours) * 60 + int(rest)
        offset = timedelta(minutes=minutes if sign != "-" else -minutes)
        place = timezone(offset) if match and minutes < _DAY else UTC
        return datetime.fromtimestamp(int(seconds), place)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
