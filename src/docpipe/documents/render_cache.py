"""What was rendered before: the documents whose inputs did not change are not made again.

The user's cache holds a record for each order and output folder: how the order's files looked, the
state of everything else that its documents were made from, what was found and until when that
holds, and how the documents looked when they were written. A record that is missing, broken or
foreign means that the order is rendered; so it may be deleted at any time. Each is written whole,
by whoever rendered the order, so that a run that is killed loses nothing, and two runs at once do
no harm.
"""

import contextlib
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import docpipe
from docpipe.adapters import fingerprint
from docpipe.adapters.atomic_write import write_whole
from docpipe.adapters.cache import user_folder
from docpipe.adapters.word.compiled.store import tools
from docpipe.diagnostics import DocpipeError, Text
from docpipe.documents.outcome import Made, OrderOutcome, Told
from docpipe.workspace.ledger import LedgerRow
from docpipe.workspace.traced_workspace import TORN, TracedWorkspace

_FORMAT = 1
Record = dict[str, Any]


@lru_cache(maxsize=8)
def records_folder(out: Path) -> Path | None:
    """Where the records of an output folder stand, apart from it: two renders give two equal trees.

    None where nothing is kept.
    """
    found = user_folder(f"renders/{fingerprint.digest(str(out.resolve()).encode())}", out)
    return None if found is None else Path(found)


def record_path(out: Path, folder: str, suffix: str = "json") -> Path | None:
    """Where the record of the order in `folder` stands; of two orders with one number, its own."""
    home, number = records_folder(out), folder.rpartition("/")[2]
    name = f"{number}-{fingerprint.digest(folder.encode())[:8]}.{suffix}"
    return None if home is None else home / name


def read_record(out: Path, folder: str, suffix: str = "json") -> bytes:
    """The order's record, b"" where nothing is kept. Raises OSError where there is none."""
    path = record_path(out, folder, suffix)
    return b"" if path is None else path.read_bytes()


def write_record(out: Path, folder: str, data: bytes, suffix: str = "json") -> None:
    """Put the order on record; without a record the next run is slower, never wrong."""
    path = record_path(out, folder, suffix)
    with contextlib.suppress(DocpipeError):
        if path is not None:
            write_whole(path, data)


class RenderCache:
    """The records in one output folder."""

    def __init__(self, workspace: TracedWorkspace, out: Path) -> None:
        self.workspace = workspace
        workspace.rely_on(self.row)
        self._out = out
        self._same: dict[str, bool] = {}

    @cached_property
    def house(self) -> str:
        """A digest of what every document depends on: schemas, docpipe itself, its libraries."""
        workspace = self.workspace
        kinds = len(workspace.schemas.kinds)  # read first: what is torn by then is known
        paths = workspace.source.files("schemas")
        parts = {path: workspace.state(f"f:{path}") for path in paths}
        itself = fingerprint.look(Path(docpipe.__file__).parent, skip="__pycache__").digest
        parts |= {"": f"{_FORMAT} {kinds} {docpipe.__version__} {itself} {sys.version}"}
        return fingerprint.digest_of(parts | {"tools": tools()})

    def recall(self, folder: str, kinds: Sequence[str], now: datetime) -> OrderOutcome | None:
        """What became of the order, where it would be the same again; else None.

        Nothing is parsed for it. What looks different and is the same is put on record anew.
        """
        record = self._valid(folder)
        if record is None or record["failed"] or not set(kinds) <= set(record["kinds"]):
            return None
        since, until = record["holds"]
        if not since <= now.timestamp() < (until or float("inf")):
            return None
        if not self._is_current(record["depends"]):
            return None
        wanted = [each for each in record["documents"] if each[0] in kinds]
        if not self._stand(folder, record, wanted):
            return None
        return _outcome(folder, record, wanted)

    def row(self, folder: str) -> LedgerRow | None:
        """The order's line in the ledger, where its files are as they were."""
        record = self._valid(folder)
        return LedgerRow(*record["row"]) if record is not None else None

    def keep(self, outcome: OrderOutcome, record: Record) -> None:
        """Put an order on record; documents of other kinds stay there if nothing else changed."""
        before = self._read(outcome.folder)
        if before is not None and self._holds_still(before, record):
            known = set(record["kinds"])
            record["documents"] += [each for each in before["documents"] if each[0] not in known]
            record["kinds"] += [kind for kind in before["kinds"] if kind not in known]
            record["depends"] = {**before["depends"], **record["depends"]}
        self._same.pop(outcome.folder, None)
        self._write(outcome.folder, record)

    def _holds_still(self, before: Record, now: Record) -> bool:
        """Whether what was made earlier was made from the same files."""
        return (
            not before["failed"]
            and before["content"] == now["content"]
            and self._is_current(before["depends"])
        )

    def _is_current(self, depends: dict[str, str]) -> bool:
        """Whether everything else that documents were made from is in the same state."""
        state = self.workspace.state
        return all(was != TORN and state(key) == was for key, was in depends.items())

    def _write(self, folder: str, record: Record) -> None:
        data = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        write_record(self._out, folder, data.encode("utf-8", "surrogatepass"))

    def _valid(self, folder: str) -> Record | None:
        """The record, where house and own files are as they were."""
        if self._same.get(folder) is False:
            return None
        record = self._read(folder)
        if record is not None and folder not in self._same:
            self._same[folder] = self._is_same(folder, record)
        return record if record is not None and self._same[folder] else None

    def _read(self, folder: str) -> Record | None:
        try:
            record = json.loads(read_record(self._out, folder))
            fits = record["house"] == self.house and record["folder"] == folder
            fits = fits and record["root"] == str(self.workspace.root)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return record if fits and _is_whole(record) else None

    def _is_same(self, folder: str, record: Record) -> bool:
        home = self.workspace.root / folder
        started = fingerprint.clock()
        look = fingerprint.look(home)
        if look.digest == record["look"] and record["settled"]:
            return True
        if fingerprint.digest_of(fingerprint.contents(home)) != record["content"]:
            return False
        if fingerprint.look(home) == look:
            record |= {"look": look.digest, "settled": look.settled(started)}
            self._write(folder, record)
        return True

    def _stand(self, folder: str, record: Record, documents: list[Any]) -> bool:
        """Whether the documents are on disk as they were written."""
        home = self._out / folder.rpartition("/")[2]
        moved = False
        there = fingerprint.identities(home)
        for document in documents:
            _, file, digest, identity = document
            if there.get(file) == identity:
                continue
            if file not in there or fingerprint.of_file(home / file) != digest:
                return False
            document[3], moved = there[file], True
        if moved:
            self._write(folder, record)
        return True


def _is_whole(record: Record) -> bool:
    """Whether it has the form that we write: whoever can read it need not have written it."""
    try:
        since, until = record["holds"]
        return (
            all(isinstance(each, int | float | None) for each in (since, until))
            and all(isinstance(kind, str) for kind in record["kinds"])
            and all(isinstance(f"{key}{state}", str) for key, state in record["depends"].items())
            and all(_is_document(*each) for each in record["documents"])
            and isinstance(LedgerRow(*record["row"]).customer, str)
            and isinstance(_outcome("", record, []), OrderOutcome)
            and {"look", "settled", "content", "failed"} <= record.keys()
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def _is_document(kind: str, file: str, digest: str, identity: list[int]) -> bool:
    return "/" not in file and len(identity) == 4 and bool(kind and digest)


def _outcome(folder: str, record: Record, documents: list[Any]) -> OrderOutcome:
    told = tuple(map(_told, record["told"]))
    made = tuple(Made(kind, file, False) for kind, file, _, _ in documents)
    return OrderOutcome(folder, made, int(record["errors"]), bool(record["left_out"]), told)


def _told(each: list[Any]) -> Told:
    file, line, column, code, severity, message, hint = each
    return Told(file, line, column, code, severity, Text(*message), Text(*hint))
