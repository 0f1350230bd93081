"""What became of each mutant, on disk as it turns out: a run that is broken off goes on from it."""

import json
from pathlib import Path
from typing import Any


class Verdicts:
    """The test that noticed each mutant: "" for none, None where a limit ended it twice.

    They hold for one `state` of the code and its tests.
    """

    def __init__(self, path: Path, state: str) -> None:
        self._path = path
        self.found: dict[str, str | None] = {}
        head, *rows = self._rows()
        if head == state:
            self.found = dict(rows)
        else:
            self._path.write_text(json.dumps(state) + "\n", "utf-8")

    def add(self, name: str, killer: str | None) -> None:
        """Keep one."""
        self.found[name] = killer
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([name, killer], ensure_ascii=False) + "\n")

    def _rows(self) -> list[Any]:
        try:
            return [json.loads(row) for row in self._path.read_text("utf-8").splitlines()] or [""]
        except (OSError, ValueError):
            return [""]
