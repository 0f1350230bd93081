"""How far each chain was verified before, by what.

A mark spares work and proves nothing: it counts only where this clone has seen as much, and only
while all that the judgement went by is the same: the version of docpipe, the keys and the last
days in people.yaml, the company's clock, and that main still has what it had then.
"""

import hashlib
import json
from collections.abc import Mapping

from docpipe import __version__
from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository
from docpipe.diagnostics import DocpipeError
from docpipe.trust.accesslog.chain import Mark
from docpipe.trust.invariants.basis import Basis

_FILE = "docpipe.verified"


def kept_marks(repo: Repository, reader: Objects, basis: Basis) -> dict[str, Mark]:
    """The marks by branch that still count; none where anything about them is strange."""
    try:
        told = json.loads((repo.common_dir / _FILE).read_text(encoding="utf-8"))
        rules = _rules(basis)
        if told["rules"] != rules or not rules or not basis.goes_on_from(told["main"]):
            return {}
        marks = {branch: Mark(*row) for branch, row in told["marks"].items()}
        names = {name for mark in marks.values() for name in (mark.tip, mark.late)}
        return marks if all(map(reader.exists, names)) else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, DocpipeError):
        return {}


def keep_marks(repo: Repository, basis: Basis, marks: Mapping[str, Mark]) -> None:
    """Remember them. Raises DocpipeError where that cannot be written."""
    rows = {branch: [mark.tip, mark.late] for branch, mark in marks.items()}
    if rules := _rules(basis):
        told = {"rules": rules, "main": basis.main, "marks": rows}
        git.keep(repo, _FILE, json.dumps(told, indent=0))


def _rules(basis: Basis) -> str:
    """A digest of what is judged by; "" where no keys are known."""
    keys = basis.keys
    if keys is None:
        return ""
    told = [[key.email, key.body, str(key.first), str(key.last)] for key in keys.keys]
    last = [[email, str(day)] for email, day in basis.last_days.items()]
    data = json.dumps([__version__, told, last, keys.zone.key], ensure_ascii=True)
    return hashlib.sha256(data.encode()).hexdigest()
