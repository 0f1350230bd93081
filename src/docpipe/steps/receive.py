"""Receive: what a push would do to a shared repository, and why it is refused."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Update
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.accesslog import chain
from docpipe.trust.invariants.main import of_push
from docpipe.trust.invariants.policy_before import MAIN, RECORDS, PolicyBefore
from docpipe.trust.invariants.records_push import of_records
from docpipe.trust.invariants.ref_names import of_ref
from docpipe.trust.refusals import Refused, from_error, from_violation
from docpipe.trust.witness import line

FOLDER, PUSHER, REWRITE = "docpipe.folder", "docpipe.pusher", "docpipe.allowrewrite"
"""Settings of the shared repository: the workspace's folder in it, the variable that tells who
pushes, and whether `main` may be rewritten."""

_SILENT = Text(
    "The server does not tell who pushes: {variable} is empty, and docpipe.pusher names it",
    "服务器没有说明推送者：docpipe.pusher 指定的 {variable} 为空",
)
_TELL = Text(
    "The server administrator sets it for every login, or removes the setting",
    "请服务器管理员为每个登录设置该变量，或取消该设置",
)


def receive(
    folder: Path, lines: bytes, variables: Mapping[str, str], now: datetime
) -> list[Refused]:
    """Every reason to refuse the push that git announces by these `lines`; none for a good one.

    `variables` are those that git and the server gave the hook. Raises DocpipeError where that
    cannot be told: then nothing is to be accepted either.
    """
    repo = git.receiving(folder, variables)
    told = git.settings(repo, FOLDER, PUSHER, REWRITE)
    prefix = f"{told[FOLDER].strip('/')}/" if told[FOLDER].strip("/") else ""
    repo = git.receiving(folder, variables, prefix) if prefix else repo
    pusher = _pusher(told[PUSHER], variables)
    pushed = git.updates(lines, repo)
    with Objects(repo) as reader:
        before = PolicyBefore(repo, reader, now, pusher)
        found: list[Refused] = []
        for update in pushed:
            found += _judged(before, update, pushed, now, rewrite=told[REWRITE].lower() == "true")
    return found


def _pusher(setting: str, variables: Mapping[str, str]) -> str:
    """The e-mail of who pushes; "" where the server is not said to tell.

    `GL_USER` names a variable that holds the e-mail; `GL_USER@company.example` what to put behind
    a name that has no "@".
    """
    name, at, domain = setting.strip().partition("@")
    if not name:
        return ""
    told = variables.get(name, "").strip()
    if not told:
        raise DocpipeError(_SILENT, _TELL, variable=name)
    return told if "@" in told or not at else f"{told}@{domain}"


def _judged(
    before: PolicyBefore, update: Update, pushed: Sequence[Update], now: datetime, *, rewrite: bool
) -> Iterator[Refused]:
    refuse = partial(from_violation, update.ref)
    try:
        if update.ref == RECORDS:
            yield from map(refuse, of_records(before, update))
        elif update.ref == MAIN:
            new = (each.new for each in pushed if each.ref == RECORDS)  # as they will be
            found = of_push(before, update, next(new, before.records), rewrite=rewrite)
            yield from map(refuse, found)
        elif update.ref.startswith("refs/heads/access/"):
            yield from map(refuse, chain.pushed(before, update))
        elif update.ref.startswith("refs/heads/witness/"):
            yield from map(refuse, line.pushed(before, update))
        else:
            yield from map(refuse, of_ref(before.repo, update))
    except DocpipeError as error:
        yield from_error(update.ref, "unjudged", error)
