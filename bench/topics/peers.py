"""The same contract by engines for node, in turns with docpipe: warm, CPU of one document."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import naive
from bench.clock import Times, alternately, process
from bench.peers.engines import ENGINES, Engine
from bench.peers.template import translated
from bench.rows import Row, quicker
from bench.run import ROOT, BenchError, Run
from bench.sample import Sample, visible
from docpipe.adapters.word import package

ON_DEMAND = True
_HERE = ROOT / "bench" / "peers"
_FILES = ("package.json", "run.mjs")
_INSTALL = ("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts",
            "--silent")  # fmt: skip
_TURNS = 3


def rows(run: Run) -> Iterator[Row]:
    """Each engine beside docpipe's stored contract, and the quickest of them."""
    folder = _installed(run.scratch / "peers")
    for lines in run.effort.lines:
        ours, theirs = _measured(run, run.sample(lines), folder)
        for name, times in theirs.items():
            yield quicker(f"peers.{lines}.{name}", ours, times, name)
        best = min(theirs, key=lambda name: theirs[name].median)
        yield quicker(f"peers.{lines}.quickest", ours, theirs[best], best)


def _installed(folder: Path) -> Path:
    if not all(map(shutil.which, ("node", "npm"))):
        raise BenchError("node and npm are needed, version 20 or newer")
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copy(_HERE / name, folder / name)
    subprocess.run(_INSTALL, cwd=folder, check=True)
    return folder


def _measured(run: Run, sample: Sample, folder: Path) -> tuple[Times, dict[str, Times]]:
    expected = visible(sample.engine(sample.facts, None))
    ours: tuple[float, ...] = ()
    theirs: dict[str, tuple[float, ...]] = {}
    for engine in ENGINES:
        _write(sample, folder, engine)
    for _ in range(min(_TURNS, run.effort.rounds)):
        for engine in ENGINES:
            work = partial(sample.engine, sample.facts, None)
            ours += alternately([(work, run.effort.batch)], 1)[0].seconds
            taken = _made(run, folder, engine, expected)
            theirs[engine.name] = (*theirs.get(engine.name, ()), *taken)
    return Times(ours), {name: Times(taken) for name, taken in theirs.items()}


def _write(sample: Sample, folder: Path, engine: Engine) -> None:
    """The contract's template and data for one engine."""
    parts = package.unpack(sample.joined.read_bytes())
    template, values = translated(parts, sample.facts, naive.environment(), engine)
    (folder / f"{engine.name}.docx").write_bytes(package.write(template))
    (folder / f"{engine.name}.json").write_text(json.dumps(values), encoding="utf-8")


def _made(run: Run, folder: Path, engine: Engine, expected: list[str]) -> Iterator[float]:
    """CPU seconds of each document. Raises BenchError where it says something else."""
    name, out = engine.name, folder / f"{engine.name}.made.docx"
    command = ["node", "run.mjs", name, f"{name}.docx", f"{name}.json", out.name]
    spent = process([*command, str(run.effort.peer_documents)], {}, folder)
    if visible(out.read_bytes()) != expected:
        raise BenchError(f"{name}'s contract and docpipe's say different things")
    return (milliseconds / 1e3 for milliseconds in json.loads(spent.output))


def versions(run: Run) -> str:
    """Node and the engines, as installed."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    told = [f"node {node.strip().lstrip('v')}"]
    for engine in ENGINES:
        about = run.scratch / "peers" / "node_modules" / engine.name / "package.json"
        told.append(f"{engine.name} {json.loads(about.read_text(encoding='utf-8'))['version']}")
    return ", ".join(told)
