"""What pushes are tried on: a shared repository, a fresh clone of it, an honest history of records.

Made once; a trial sets its branches, and takes away what it wrote.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from docpipe.adapters import sshkeys
from docpipe.adapters.git import Sign
from tests.adapters.git.kit import clone, git, repository
from tests.agreement.acts import Act, Loose, Put, Writer
from tests.issuing import LIN, ZHOU, introduced
from tests.receiving import named, run
from tests.tampering import history, shop_with_records, shop_with_signed_records, signatures
from tests.tampering.kit import STEP

LEGAL, OTHER = "    roles: [legal]\n", "    roles: [reviewer]\n"


@dataclass(frozen=True)
class Base:
    """A shared repository `bare`; a clone `fresh` that has fetched no records; who pushes: `desk`.

    `acts` are the honest records, `names` their commits. `line` is main's line of first parents,
    of which those from `asks` on ask for signatures, and the honest records name those up to
    `needed`; the last one takes a role away, `side` was joined to it, `apart` never was.
    """

    bare: Path
    fresh: Path
    desk: Path
    acts: Sequence[Act]
    names: Sequence[str]
    line: Sequence[str]
    needed: int
    asks: int
    side: str
    apart: str
    writer: Writer
    objects: Loose
    unsent: Loose

    @property
    def unsigned(self) -> int:
        """How many records honestly came before signatures were asked for, and the rest after."""
        bare = [act.signer is None for act in self.acts]
        return bare.index(False) if False in bare else 0

    def point(self, ref: str, name: str | None) -> None:
        """Let a ref of the shared repository point somewhere, or be none."""
        path = self.bare / ref
        if name is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n", encoding="ascii")


def plain(folder: Path) -> Base:
    """Where nobody signs."""
    return _base(shop_with_records(folder), {})


def signed(folder: Path) -> Base:
    """Where everybody signs."""
    return _signed(shop_with_signed_records(folder), 1)


def asked_meanwhile(folder: Path) -> Base:
    """Where signatures are asked for after the first records; the commit that does is older."""
    times = count(1)

    def become(shop: Path, who: tuple[str, str]) -> None:
        time = next(times)
        if time == 3:  # the second approval
            signatures.keys(shop, 10 * STEP)
            git(shop, "push", "--quiet", "origin", "main")
        (signatures.become if time > 2 else introduced)(shop, who)

    return _signed(shop_with_records(folder, become=become), 2)


def _signed(shop: Path, asks: int) -> Base:
    keys = {
        email: sshkeys.signer(sshkeys.read(shop.parent / "keys" / str(number)))
        for number, (_, email) in enumerate(signatures.PEOPLE)
    }
    return _base(shop, keys, asks)


def every(folder: Path) -> list[Base]:
    """All of them."""
    return [plain(folder / "1"), signed(folder / "2"), asked_meanwhile(folder / "3")]


def _base(shop: Path, keys: Mapping[str, Sign], asks: int = 0) -> Base:
    needed = len(git(shop, "rev-list", "main").split()) - 1
    side, apart = _go_on(shop, signs=bool(keys))
    bare = shop.parent / "shared.git"
    git(shop, "push", "--quiet", bare.as_uri(), "main", "apart")
    line = git(shop, "rev-list", "--first-parent", "--reverse", "main").split()
    names = git(shop, "rev-list", "--reverse", "records").split()
    git(bare, "gc", "--quiet")
    every = ("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    there = frozenset(git(bare, *every).split())
    for branch in ("main", "records", "apart"):  # a trial sets them, by files
        git(bare, "update-ref", "-d", f"refs/heads/{branch}")
    run(shop.parent, "hook", "install", str(bare))
    desk = repository(shop.parent / "desk.git", "--bare")
    base = Base(
        bare, shop.parent / "fresh", desk, _acts(shop, names), names, line, needed, asks,
        side, apart,
        Writer(keys), Loose(bare, there), Loose(desk, there),
    )  # fmt: skip
    base.point("refs/heads/main", line[needed])
    git(introduced(clone(bare, base.fresh)), "config", "core.logAllRefUpdates", "false")
    shutil.rmtree(base.fresh / ".git/logs")
    for folder in (base.fresh / ".git", desk):
        (folder / "objects/info").mkdir(exist_ok=True)
        (folder / "objects/info/alternates").write_text(f"{bare}/objects\n")
    assert base.writer.write(base.acts, base.objects.put) == names
    shutil.copytree(base.fresh / ".git/refs", base.fresh / ".git/refs.kept")
    return base


def _go_on(shop: Path, *, signs: bool) -> tuple[str, str]:
    """Colleagues go on with main: a branch is joined, a role taken away; also one that never is."""
    become = signatures.become if signs else introduced
    become(shop, LIN)
    git(shop, "switch", "--quiet", "--create", "apart", "main~1")
    side = _saved(shop, "company.yaml")
    git(shop, "switch", "--quiet", "--create", "work", "main")
    apart, side = side, _saved(shop, "customers/MFANO.yaml")
    git(shop, "switch", "--quiet", "main")
    git(shop, "merge", "--quiet", "--no-ff", "-m", "Join", "work", **named(LIN))
    _saved(shop, "customers/MUESTRA.yaml")
    become(shop, ZHOU)
    people = shop / "people.yaml"
    text = people.read_text(encoding="utf-8")
    assert LEGAL in text
    people.write_text(text.replace(LEGAL, OTHER), encoding="utf-8")
    git(shop, "commit", "--quiet", "-am", "Gu does something else", **named(ZHOU))
    become(shop, LIN)
    return side, apart


def _saved(shop: Path, file: str) -> str:
    path = shop / file
    path.write_text(path.read_text(encoding="utf-8") + "# noted\n", encoding="utf-8")
    git(shop, "commit", "--quiet", "-am", "Note", **named(LIN))
    return git(shop, "rev-parse", "HEAD")


def _acts(shop: Path, names: Sequence[str]) -> list[Act]:
    raws = (git(shop, "cat-file", "commit", name) for name in names)
    return [
        Act(step.author.encode(), step.committer.encode(), step.message.encode(),
            {path: Put(data) for path, data in step.files.items() if data is not None},
            signer="" if "\ngpgsig " in raw else None)
        for step, raw in zip(history(shop), raws, strict=True)
    ]  # fmt: skip
