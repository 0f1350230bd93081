"""Who writes: a person's name and e-mail, and the moment."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docpipe.adapters.repository.opening import Repository, open_repository
from docpipe.adapters.repository.program import GitFailed
from docpipe.adapters.repository.refusals import INTRODUCE, NOBODY, Refusal
from docpipe.diagnostics import DocpipeError, Text
from docpipe.diagnostics.error import SURROUNDINGS

_UNFIT = Text(
    '"{name}" cannot be a name or e-mail in a commit', "“{name}”不能用作提交中的姓名或邮箱"
)
_BREAKS = re.compile(r"[<>\x00-\x1f\x7f]")
_IDENT = re.compile(r"(?P<name>.*?) ?<(?P<email>[^<>]*)> -?\d+ [+-]\d{4}\s*", re.DOTALL)


@dataclass(frozen=True)
class Signature:
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
