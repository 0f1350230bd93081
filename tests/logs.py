"""What the tests of the access log share: an office of clones that sign, and its entries."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from docpipe.adapters.git import Logged
from docpipe.steps.log_verify import verify
from docpipe.trust.accesslog.logged import Reading, logged
from docpipe.trust.invariants.engine import Violation
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import clone, git, repository
from tests.conftest import ROOT
from tests.issuing import LIN, ZHOU, introduced
from tests.signing import enter, key, public

NOON = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
READING = Reading("ZF-2026-0002", "sales-contract", "sales-contract", "SC-2026-0001", "0")
FLOW = "flow: pull-request\n"
BEGUN = "2026-11-01T09:00:00+08:00"


def office(base: Path, *names: str, signed: bool = False) -> tuple[Path, list[Path]]:
    """A bare repository of a small workspace, and clones of it, all of them Lin's at first.

    With `signed` the company asks for signatures, and Lin and Zhou have keys. Made once for all
    tests of a run, and copied.
    """
    kind = "signed" if signed else "plain"
    pattern = base.parent / f"office-{kind}-{os.getpid()}"
    if not pattern.exists():
        _office(pattern, signed=signed)
    remote = Path(shutil.copytree(pattern / "shared.git", base / "shared.git"))
    clones = [Path(shutil.copytree(pattern / "clone", base / name)) for name in names]
    for each in clones:
        config = each / ".git" / "config"
        text = config.read_text("utf-8").replace((pattern / "shared.git").as_uri(), remote.as_uri())
        config.write_text(text, "utf-8")
    return remote, clones


def _office(base: Path, *, signed: bool) -> None:
    first = base / "first"
    for name in ("schemas", "templates/catalogue.yaml", "company.yaml", "people.yaml"):
        (first / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, first / name)
    introduced(repository(first))
    if signed:
        for who in (LIN, ZHOU):
            made = key(base / "keys" / who[1], "-t", "ed25519")
            enter(first, who[1], f"key: {public(made)}")
        company = first / "company.yaml"
        text = company.read_text(encoding="utf-8")
        company.write_text(text.replace(FLOW, f"{FLOW}signing: required\n"), "utf-8")
        sign_with(first, base / "keys" / LIN[1])
    git(first, "add", "--all")
    told = {"NAME": LIN[0], "EMAIL": LIN[1], "DATE": BEGUN}
    roles = ("AUTHOR", "COMMITTER")
    names = {f"GIT_{role}_{what}": value for role in roles for what, value in told.items()}
    git(first, "commit", "--quiet", "-m", "Begin", **names)
    remote = repository(base / "shared.git", "--bare")
    git(first, "push", "--quiet", remote.as_uri(), "main")
    made_by = introduced(clone(remote, base / "clone"))
    if signed:
        sign_with(made_by, base / "keys" / LIN[1])


def key_of(folder: Path, who: tuple[str, str]) -> Path:
    """The private key of Lin or Zhou, in a clone of an office that signs."""
    return Path(git(folder, "config", "user.signingkey")).with_name(who[1])


def signs(folder: Path, who: tuple[str, str] = LIN) -> Path:
    """Let somebody work in a clone and sign what they do."""
    return sign_with(introduced(folder, who), key_of(folder, who))


def sign_with(folder: Path, private: Path) -> Path:
    """Sign with this key in a clone."""
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", f"{private}.pub"),
                        ("commit.gpgsign", "true")):  # fmt: skip
        git(folder, "config", name, value)
    return folder


def read(folder: Path, minute: int = 0, reason: str = "") -> Logged:
    """Somebody opens the contract, so many minutes after noon."""
    return logged(Workspace(folder), READING, reason, "open", NOON + timedelta(minutes=minute))


def chain(folder: Path, entries: int, start: int = 0) -> str:
    """So many entries more, a minute each; the branch."""
    return [read(folder, start + each) for each in range(entries)][-1].branch


def found(folder: Path, *, fetch: bool = True, anew: bool = False) -> list[Violation]:
    """What is wrong, remarks left out."""
    verdict = verify(Workspace(folder), fetch=fetch, anew=anew, now=NOON + timedelta(days=1))
    return [each for each in verdict.faults if not each.remark]


def kinds(folder: Path, *, fetch: bool = True, anew: bool = False) -> list[str]:
    """The same, by kind."""
    return [each.code for each in found(folder, fetch=fetch, anew=anew)]


def access_branches(folder: Path) -> dict[str, str]:
    """The branches of the access log, by plain git, and their tips."""
    out = git(
        folder, "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads/access"
    )
    return dict(line.split(" ") for line in out.splitlines())


def raw_entry(
    folder: Path, parent: str = "", sequence: int = 1, who: tuple[str, str] = LIN,
    minute: int = 0, *, tree: str = "", words: str = "", sign: Path | None = None,
    author: tuple[str, str] | None = None, more: tuple[str, ...] = (), main: str = "",
) -> str:  # fmt: skip
    """An entry forged by plain git."""
    main = main or git(folder, "rev-parse", "main")
    when = f"@{int((NOON + timedelta(minutes=minute)).timestamp())} +0800"
    empty = git(folder, "hash-object", "-t", "tree", "-w", "--stdin")
    by = author or who
    names = {
        "GIT_AUTHOR_NAME": by[0], "GIT_AUTHOR_EMAIL": by[1], "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_NAME": who[0], "GIT_COMMITTER_EMAIL": who[1], "GIT_COMMITTER_DATE": when,
    }  # fmt: skip
    words = words or (
        f"Open ZF-2026-0002\n\nDocpipe-Access: 1\nSequence: {sequence}\nMain: {main}\n"
        "Command: open\n"
        "Order: ZF-2026-0002\n"
    )
    key = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={sign}.pub"] if sign else []
    command = [*key, "commit-tree", *(["-S"] if sign else []), *(["-p", parent] if parent else [])]
    return git(folder, *command, *more, tree or empty, stdin=words.encode(), **names)
