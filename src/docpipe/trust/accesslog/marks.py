"""How far each chain was verified before, by which keys.

A mark spares work and proves nothing: it counts only where this clone has seen as much, and only
while people.yaml and company.yaml on main say the same.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository
from docpipe.diagnostics import DocpipeError
from docpipe.trust.accesslog.chain import Mark
from docpipe.trust.judging.keys import Keyring
from docpipe.trust.judging.signatures import Period

_FILE = "docpipe.verified"


def rules_of(keys: Keyring | None, periods: Sequence[Period]) -> str:
    """A digest of what signatures are held against; "" where they are not checked."""
    if keys is None:
        return ""
    told = [[key.email, key.body, str(key.first), str(key.last)] for key in keys.keys]
    asked = [[period.first, period.last] for period in periods]
    data = json.dumps([told, keys.zone.key, asked], ensure_ascii=True)
    return hashlib.sha256(data.encode()).hexdigest()


def kept_marks(repo: Repository, reader: Objects, rules: str) -> dict[str, Mark]:
    """The marks by branch that still count; none where anything about them is strange."""
    try:
        told = json.loads((repo.common_dir / _FILE).read_text(encoding="utf-8"))
        if told["rules"] != rules or not rules:
            return {}
        marks = {branch: Mark(*row) for branch, row in told["marks"].items()}
        names = {name for mark in marks.values() for name in (mark.tip, mark.late)}
        return marks if all(map(reader.exists, names)) else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, DocpipeError):
        return {}


def keep_marks(repo: Repository, rules: str, marks: Mapping[str, Mark]) -> None:
    """Remember them. Raises DocpipeError where that cannot be written."""
    rows = {branch: [mark.tip, mark.late] for branch, mark in marks.items()}
    told = {"rules": rules, "marks": rows}
    git.keep(repo, _FILE, json.dumps(told, indent=0))
