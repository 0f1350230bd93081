"""`docpipe save`, `approve` and `issue` killed at any moment, and many at once: nothing is lost."""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.adapters.git.kit import clone, git, is_sound, on_record, repository
from tests.conftest import copy_workspace
from tests.issuing import ZHOU, given, introduced, issued_files, kept, young_order
from tests.soak.forks import Forks, Moments

CLONES = 4
KILLS = 400 // CLONES  # in each clone, of commands that were not through yet
ORDERS = 130  # for each clone: some are through before, on a machine of any speed
ROUNDS = 5
COMMANDS: dict[str, Callable[[str], list[str]]] = {
    "save": lambda order: ["save", "-m", order, order],
    "approve": lambda order: ["approve", order, "order-facts"],
    "issue": lambda order: ["issue", order, "order-sheet"],
}
FACTS = """facts:
  - id: order-facts
    title: {en: Order, zh: 订单}
    of: [order]
    approvals: [{role: manager, own_work: true}]
"""

pytestmark = pytest.mark.soak


@dataclass
class Told:
    """What commands have acknowledged: commits of saves, numbers and approvals of orders."""

    saves: list[str] = field(default_factory=list)
    approvals: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    kills: int = 0

    def by(self, command: str, order: str, out: str, err: str) -> None:
        """Take down what a command, perhaps killed, had said."""
        if saved := re.search(r"^Saved .* as ([0-9a-f]{10})\. ", err, re.MULTILINE):
            self.saves.append(saved[1])
        if approved := re.search(r"pproved by .*: (\S+\.yaml)\n", err):
            assert self.approvals.setdefault(order, approved[1]) == approved[1]
        if command == "issue" and out.endswith("\n"):
            assert self.numbers.setdefault(order, out.strip()) == out.strip()


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, list[Path]]:
    """A bare repository with many young orders, and clones where the manager is at work."""
    first = copy_workspace(tmp_path / "first")
    for number in range(CLONES * ORDERS):
        young_order(first, _order(number))
    catalogue = first / "templates/catalogue.yaml"
    text = catalogue.read_text(encoding="utf-8").split("\nfacts:\n")[0]
    text = re.sub(r"    facts_approved: .*\n", "", text)
    catalogue.write_text(text + "\n" + FACTS, encoding="utf-8")
    (first / "notes.txt").write_text("1\n")
    kept(first)
    remote = repository(tmp_path / "shared.git", "--bare")
    git(first, "push", "--quiet", remote.as_uri(), "main")
    clones = [introduced(clone(remote, tmp_path / name), ZHOU) for name in "abcd"[:CLONES]]
    for each in clones:
        (each / "notes.txt").write_text("2\n")
        git(each, "add", "notes.txt")
        (each / "notes.txt").write_text("3\n")
    return remote, clones


def _order(number: int) -> str:
    return f"ZF-2026-{1000 + number}"


def _file(folder: Path, order: str) -> Path:
    return folder / "orders/2026/03" / order / "order.yaml"


def _change(folder: Path, order: str) -> None:
    with _file(folder, order).open("a", encoding="utf-8") as file:
        file.write(f"# {folder.name}\n")


def _killed(folder: Path, orders: list[str], told: Told, seed: int) -> None:
    """A command for each order, most of them killed, with or without their gits; then all again."""
    chance, moments = random.Random(seed), Moments()
    forks = Forks(folder, folder.parent / f"forks-{folder.name}")
    done = []
    for turn, order in enumerate(orders):
        if told.kills >= KILLS:
            break
        command = list(COMMANDS)[turn % 3]
        done.append((command, order))
        if command == "save":
            _change(folder, order)
        _one(forks, chance, moments, told, command, order)
    for command, order in done:  # the next command works by itself
        code, out, err = forks.run(*COMMANDS[command](order))
        assert code == 0, err
        told.by(command, order, out, err)
    forks.close()


def _one(
    forks: Forks, chance: random.Random, moments: Moments, told: Told, command: str, order: str
) -> None:
    began = time.monotonic()
    forks.start(*COMMANDS[command](order))
    usual = moments.of(command)
    if usual:
        time.sleep(chance.uniform(0, usual))
        forks.kill(with_git=chance.random() < 0.5)
    code, out, err = forks.end()
    told.by(command, order, out, err)
    assert "Traceback" not in err, err
    if code == -9:
        told.kills += 1
        moments.killed(command)
    else:
        assert code == 0, err
        moments.ended(command, began)


def _at_once(work: list[tuple[Callable[..., None], tuple[object, ...]]]) -> None:
    """Run all, each in a thread; an error of one is the test's."""
    failed: list[BaseException] = []

    def caught(what: Callable[..., None], arguments: tuple[object, ...]) -> None:
        try:
            what(*arguments)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=caught, args=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def _nothing_is_lost(remote: Path, clones: list[Path], told: list[Told]) -> None:
    numbers = {number: order for each in told for order, number in each.numbers.items()}
    assert {number: order for number, (order, _) in given(remote).items()} == numbers
    assert sorted(int(n[-4:]) for n in numbers) == list(range(1, len(numbers) + 1))
    assert issued_files(remote) == {(order, "order-sheet") for order in numbers.values()}
    approvals = {path for each in told for path in each.approvals.values()}
    there = {p for p in on_record(remote) if p.startswith("approvals/") and p.endswith(".yaml")}
    assert there == approvals  # each once, though asked for twice
    for n, each in enumerate(told):
        commits = {commit[:10] for commit in git(clones[n % CLONES], "rev-list", "main").split()}
        assert set(each.saves) <= commits
    for folder in (remote, *clones):
        assert is_sound(folder)
    for folder in clones:
        assert git(folder, "status", "--porcelain") == "MM notes.txt"
        assert git(folder, "show", ":notes.txt") == "2"
        assert (folder / "notes.txt").read_text() == "3\n"
        left = [p.name for p in (folder / ".git").rglob("*.lock") if p.name != "docpipe.lock"]
        assert left == []


def test_commands_killed_at_any_moment_lose_nothing_acknowledged(
    office: tuple[Path, list[Path]],
) -> None:
    remote, clones = office
    told = [Told() for _ in clones]
    orders = [_order(number) for number in range(CLONES * ORDERS)]
    _at_once([(_killed, (each, orders[n::CLONES], told[n], n)) for n, each in enumerate(clones)])
    print(f"{sum(each.kills for each in told)} commands killed before they were through")
    for n, each in enumerate(clones):
        for order in orders[n::CLONES]:
            assert _file(each, order).read_text(encoding="utf-8").count(f"# {each.name}\n") <= 1
    _nothing_is_lost(remote, clones, told)


def _day(folder: Path, forks: Path, orders: list[tuple[str, str]], told: Told) -> None:
    """Change and save orders; approve and issue others, which everybody has."""
    runner = Forks(folder, forks)
    for mine, everybodys in orders:
        _change(folder, mine)
        for command, arguments in COMMANDS.items():
            order = mine if command == "save" else everybodys
            code, out, err = runner.run(*arguments(order))
            assert code == 0, err
            told.by(command, order, out, err)
    runner.close()


def test_eight_people_save_approve_and_issue_in_four_clones_at_once(
    office: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    remote, clones = office
    told = [Told() for _ in range(8)]
    count = 8 * ROUNDS
    orders = [(_order(number), _order(count + number)) for number in range(count)]
    _at_once([
        (_day, (clones[n % 4], tmp_path / f"forks{n}", orders[n::8], told[n])) for n in range(8)
    ])  # fmt: skip
    for each in told:
        assert (len(each.saves), len(each.approvals), len(each.numbers)) == (ROUNDS,) * 3
    _nothing_is_lost(remote, clones, told)
