"""Records behave as frozen dataclasses do, and leave by the same doors."""

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import pytest

from docpipe.diagnostics import Place, Value, replace
from tests.conftest import ROOT


class Pair(Value):
    one: int
    two: str = "2"

    @cached_property
    def both(self) -> str:
        return f"{self.one}{self.two}"


class Triple(Pair):
    three: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if len(self.three) > 3:
            raise ValueError("too many")


class Other(Value):
    one: int
    two: str = "2"


def test_fields_are_given_by_place_or_by_name() -> None:
    assert Pair(1) == Pair(one=1) == Pair(1, "2") == Pair(two="2", one=1)
    assert Triple(1, "b", (3,)) == Triple(1, three=(3,), two="b")
    assert (Triple(1).one, Triple(1).two, Triple(1).three) == (1, "2", ())


@pytest.mark.parametrize(
    "make",
    [
        lambda: Pair(),  # type: ignore[call-arg]
        lambda: Pair(two="2"),  # type: ignore[call-arg]
        lambda: Pair(1, "2", 3),  # type: ignore[call-arg]
        lambda: Pair(1, one=1),  # type: ignore[misc]
        lambda: Pair(1, three=1),  # type: ignore[call-arg]
        lambda: replace(Pair(1), three=1),
    ],
)
def test_what_a_function_would_refuse_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        make()


def test_fields_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        Triple(1, "2", (1, 2, 3, 4))


def test_equality_is_of_class_and_fields() -> None:
    assert Pair(1) != Pair(2)
    assert Pair(1) != Other(1)
    assert len({Pair(1), Pair(1), Pair(2), Other(1)}) == 3
    with_more = Pair(1)
    assert with_more.both == "12"  # kept in the instance, and no field
    assert with_more == Pair(1)
    assert hash(with_more) == hash(Pair(1))


def test_nothing_is_changed() -> None:
    pair = Pair(1)
    with pytest.raises(AttributeError):
        pair.one = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del pair.one
    assert replace(pair, one=2) == Pair(2)
    assert pair == Pair(1)


def test_a_record_is_shown_copied_and_sent_to_another_process() -> None:
    assert repr(Pair(1)) == "Pair(one=1, two='2')"
    assert copy.copy(Pair(1)) == copy.deepcopy(Pair(1)) == pickle.loads(pickle.dumps(Pair(1)))


def test_places_are_sorted_by_file_then_position() -> None:
    places = [Place("b"), Place("a", 10), Place("a", 9, 2), Place("a", 9, 1)]
    assert sorted(places) == places[::-1]


def test_a_thread_that_is_still_at_work_is_waited_for(tmp_path: Path) -> None:
    late = tmp_path / "late"
    code = (
        "import pathlib, sys, threading, time\n"
        "from docpipe.__main__ import main\n"
        f"path = pathlib.Path({str(late)!r})\n"
        "threading.Thread(target=lambda: (time.sleep(1), path.write_text('x'))).start()\n"
        "sys.argv = ['docpipe', '--version']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, late.exists()) == (0, True)


@pytest.mark.parametrize(("command", "code"), [("--version", 0), ("nonsense", 2)])
def test_the_exit_code_is_the_commands_and_all_is_written(command: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docpipe", command],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert done.stdout or done.stderr
