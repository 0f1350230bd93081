"""`python -m bench [TOPIC...]`: a table on standard output, and build/bench.json."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.machine import machine
from bench.rows import Row, as_json, as_table
from bench.run import QUICK, ROOT, BenchError, Effort, Run
from bench.topics import Topic, topics


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the topics named, or all that do not wait to be asked."""
    known = topics()
    asked = _parser(known).parse_args(arguments)
    wanted = asked.topic or [topic.name for topic in known.values() if topic.by_default]
    run = Run(QUICK if asked.quick else Effort(), asked.out / "bench")
    os.environ |= run.environment  # in this process too: the user's cache is not ours to fill
    run.scratch.mkdir(parents=True, exist_ok=True)
    try:
        rows = list(_measured(run, [known[name] for name in wanted]))
    except (BenchError, subprocess.CalledProcessError) as error:
        sys.exit(f"No figures: {error}")
    text = f"{machine()}{_others(run, wanted)}\n\n{as_table(rows)}"
    (asked.out / "bench.json").write_text(as_json(rows), encoding="utf-8")
    if asked.keep:
        asked.keep.write_text(f"# One run\n\n{text}", encoding="utf-8")
    sys.stdout.write(text)


def _parser(known: dict[str, Topic]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("topic", nargs="*", choices=[*known, []], metavar="TOPIC",
                        help="; ".join(f"{t.name}: {t.says}" for t in known.values()))  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="once each: figures that say nothing")
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="where bench.json goes")
    parser.add_argument("--keep", type=Path, help="a file for the table, such as bench/results.md")
    return parser


def _measured(run: Run, wanted: Sequence[Topic]) -> Iterator[Row]:
    for topic in wanted:
        print(f"{topic.name}: {topic.says}", file=sys.stderr)
        yield from topic.rows(run)


def _others(run: Run, wanted: Sequence[str]) -> str:
    """The engines of the peers are no Python packages."""
    if "peers" not in wanted:
        return ""
    from bench.topics.peers import versions

    return f"; {versions(run)}"


if __name__ == "__main__":
    main()
