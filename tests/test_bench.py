"""The benchmarks work. What they measure is read by people: no figure is tested here."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import naive
from bench.clock import Times
from bench.peers.engines import ENGINES, Engine
from bench.peers.template import translated
from bench.rows import Row, as_json, as_table, quicker
from bench.sample import Sample, multiplied, sample, visible
from bench.values import light
from bench.variants import variants
from docpipe.adapters.word import ooxml, package
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sales contract with three lines."""
    return sample(ROOT, tmp_path_factory.mktemp("contract"), 3)


def _bench(out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", "--quick", "--out", str(out), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.soak
def test_every_topic_that_needs_nothing_installed_gives_figures(tmp_path: Path) -> None:
    topics = ("cold", "contract", "hook", "linear", "log", "many", "people", "process",
              "unchanged")  # fmt: skip
    done = _bench(tmp_path, *topics)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert {name.partition(".")[0] for name in told} == set(topics)
    for name, entry in told.items():
        assert list(entry) == ["value", "unit", "baseline", "ratio"], name
        assert entry["value"] >= 0, name  # a clock may be too coarse for what is done once
        assert entry["unit"] in ("ms", "us", "MiB", "1/s"), name
        assert (entry["baseline"] is None) == (entry["ratio"] is None), name
        assert name.endswith(".least") or f"| {name} " in done.stdout


def test_an_unknown_topic_is_refused(tmp_path: Path) -> None:
    done = _bench(tmp_path, "speed")
    assert done.returncode == 2
    assert "speed" in done.stderr


def test_the_table_tells_no_path(tmp_path: Path) -> None:
    kept = tmp_path / "kept.md"
    done = _bench(tmp_path, "linear", "--keep", str(kept))
    text = kept.read_text(encoding="utf-8")
    assert text.endswith(done.stdout)
    assert str(ROOT) not in text
    assert str(tmp_path) not in text


def test_a_ratio_says_how_many_times_quicker_or_how_many_times_as_much() -> None:
    rows = [
        quicker("fast", Times((0.004, 0.001, 0.002)), Times((0.5, 0.5)), "other"),
        Row("dear", 30.0, "ms", 10.0, "floor"),
        Row("alone", 1234.5, "1/s"),
    ]
    told = json.loads(as_json(rows))
    assert told["fast"] == {"value": 2.0, "unit": "ms", "baseline": 500.0, "ratio": 250.0}
    assert told["fast.least"] == {"value": 1.0, "unit": "ms", "baseline": None, "ratio": None}
    assert told["dear"]["ratio"] == 3.0
    assert told["alone"] == {"value": 1234.5, "unit": "1/s", "baseline": None, "ratio": None}
    lines = as_table(rows).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert re.sub(" +", " ", lines[2]) == "| fast | 2.00 | 1.00 | ms | other | 500 | 250x |"


def test_lines_are_repeated_and_numbered() -> None:
    written = "date: 1\nlines:\n  - {id: 1, q: 24}\n  - {id: 2, q: 12}\nafter: 2\n"
    many = multiplied(written, "id", 5)
    assert re.findall(r"id: (\d), q: (\d+)", many) == [
        ("1", "24"), ("2", "12"), ("3", "24"), ("4", "12"), ("5", "24")
    ]  # fmt: skip
    assert many.startswith("date: 1\nlines:\n")
    assert many.endswith("}\nafter: 2\n")


def test_docxtpl_and_docpipe_say_the_same(contract: Sample) -> None:
    theirs = visible(naive.make(contract.joined, contract.facts, naive.environment()))
    assert visible(contract.engine(contract.facts, None)) == theirs
    assert visible(contract.engine(contract.facts, 1)) == theirs
    assert [line for line in theirs if line in ("1", "2", "3")] == ["1", "2", "3"]


def test_light_facts_make_the_same_document(contract: Sample) -> None:
    made = contract.engine(contract.facts, None)
    assert contract.engine(light(contract.facts), None) == made


def test_variants_make_different_documents(contract: Sample) -> None:
    made = [contract.engine(each, None) for each in variants(light(contract.facts), 7, 3)]
    assert len(set(made)) == 3
    assert "ZF-2026-000008" in "\n".join(visible(made[1]))


@pytest.mark.parametrize("engine", ENGINES, ids=[engine.name for engine in ENGINES])
def test_no_tag_of_ours_is_left_to_another_engine(contract: Sample, engine: Engine) -> None:
    made, values = _translated(contract, engine)
    text = "\n".join(made[name].decode() for name in made if name.endswith(".xml"))
    assert not re.search(r"\{\{|\{%", text)
    assert len(re.findall(r"\b[fcl]\d+\b", text)) > 50
    assert json.loads(json.dumps(values)) == values


@pytest.mark.parametrize("engine", ENGINES[:2], ids=[engine.name for engine in ENGINES[:2]])
def test_a_translated_template_says_what_ours_says(contract: Sample, engine: Engine) -> None:
    made, values = _translated(contract, engine)
    ours = package.unpack(contract.engine(contract.facts, None))
    filled = _filled(_words(made), [values])
    assert re.sub(r"\s", "", filled) == re.sub(r"\s", "", _words(ours))


def _translated(contract: Sample, engine: Engine) -> tuple[package.Parts, dict[str, Any]]:
    parts = package.unpack(contract.joined.read_bytes())
    return translated(parts, contract.facts, naive.environment(), engine)


def _words(parts: package.Parts) -> str:
    """The text of all parts, the tags in it."""
    shown = sorted(name for name in parts if re.search(r"(document|header|footer)\d*\.xml$", name))
    roots = [ooxml.parse(parts[name]) for name in shown]
    return "".join(t.text or "" for root in roots for t in root.iter(f"{ooxml.W}t"))


def _filled(text: str, scopes: list[dict[str, Any]]) -> str:
    """`{#name}...{/name}` and `{name}` as their manuals explain them, over plain text."""
    if (begin := re.search(r"\{#(\w+)\}", text)) is None:
        return re.sub(r"\{(\w+)\}", lambda tag: str(_found(tag[1], scopes)), text)
    before, rest = text[: begin.start()], text[begin.end() :]
    within, closed, after = rest.partition(f"{{/{begin[1]}}}")
    assert closed
    value = _found(begin[1], scopes)
    turns = value if isinstance(value, list) else [{}] * bool(value)
    middle = "".join(_filled(within, [turn, *scopes]) for turn in turns)
    return _filled(before, scopes) + middle + _filled(after, scopes)


def _found(name: str, scopes: list[dict[str, Any]]) -> Any:
    return next(scope[name] for scope in scopes if name in scope)
