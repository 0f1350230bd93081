"""Findings of which there may be very many: the gravest are held, the others are counted."""

from collections import Counter
from collections.abc import Iterable
from typing import cast

from docpipe.diagnostics import Diagnostic, Place, Severity, Text
from docpipe.workspace.problems import MORE

OF_A_FILE, MOST = 100, 2_000
_ALL = "…"  # stands below the files in every list
_HERE = Text("in this file", "此文件")
_WHERE = {_ALL: Text("in all files", "各文件")}
_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class Held:
    """At most `OF_A_FILE` findings of a file and `MOST` in all, the gravest first."""

    def __init__(self, found: Iterable[Diagnostic] = ()) -> None:
        self._found: list[Diagnostic] = []
        self._left: Counter[str] = Counter()
        self.add(found)

    def add(self, found: Iterable[Diagnostic]) -> None:
        """Hold these, too; those that say how many more there are count on."""
        for each in found:
            if each.problem is MORE:
                self._left[each.place.file] += cast(int, each.params["count"])
                continue
            self._found.append(each)
            if len(self._found) > 2 * MOST:
                self._cut()

    def told(self) -> list[Diagnostic]:
        """Those held, by place, and how many more there are of each file and in all."""
        self._cut()
        more = [
            Diagnostic(Place(file), MORE, {"count": left, "where": _WHERE.get(file, _HERE)})
            for file, left in self._left.items()
        ]
        return sorted([*self._found, *more], key=Diagnostic.sort_key)

    def _cut(self) -> None:
        if len(self._found) > OF_A_FILE:
            self._found.sort(key=lambda each: (_RANK[each.severity], each.sort_key()))
        found, self._found = self._found, []
        of_file: Counter[str] = Counter()
        for each in found:
            file = each.place.file
            if of_file[file] == OF_A_FILE:
                self._left[file] += 1
            elif len(self._found) == MOST:
                self._left[_ALL] += 1
            else:
                of_file[file] += 1
                self._found.append(each)
        for file in self._left.keys() - of_file.keys() - {_ALL}:
            self._left[_ALL] += self._left.pop(file)
