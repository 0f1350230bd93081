"""Make the documents of one order after the other, in one process."""

import traceback
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from docpipe.adapters import fingerprint
from docpipe.adapters.atomic_write import sweep, write_whole
from docpipe.adapters.word.template import LETTERHEAD
from docpipe.diagnostics import DocpipeError, Severity, Text, Value
from docpipe.documents.outcome import Made, OrderOutcome, told
from docpipe.documents.printer import Document, Printer, choose_kinds, documents
from docpipe.documents.render_cache import RenderCache
from docpipe.rules.check import CheckedOrder, check_order
from docpipe.workspace.clock import Clock
from docpipe.workspace.ledger import row_of
from docpipe.workspace.traced_workspace import TracedWorkspace
from docpipe.workspace.workspace import CATALOGUE, MARKER

_DIED = Text(
    "The worker crashed on this order ({how}); the rest continue",
    "处理此订单的进程意外终止（{how}），其余订单继续处理",
)
_SIGNAL = Text("signal {number}", "信号 {number}")
_CODE = Text("exit code {number}", "退出码 {number}")


class Job(Value):
    """What to render: `kinds` of documents by id, into `out`, at the moment `now`.

    With `force` every document is written, also where it stands there already.
    """

    root: Path
    kinds: tuple[str, ...]
    out: Path
    now: datetime
    force: bool = False


class OrderRenderer:
    """Checks orders and makes their documents; what it needs for all of them it reads once."""

    def __init__(self, job: Job, workspace: TracedWorkspace | None = None) -> None:
        self.job = job
        self.workspace = workspace or TracedWorkspace(job.root)
        self.memory = RenderCache(self.workspace, job.out)
        self.printer = Printer(self.workspace)

    def __call__(self, folder: str) -> OrderOutcome:
        """Make the documents of the order in `folder`. Never raises."""
        try:
            return self._made(folder)
        except DocpipeError as error:
            return OrderOutcome(folder, failures=(error.whole,), exit_code=error.exit_code)
        except Exception:  # one order's misfortune is not the others'
            return OrderOutcome(folder, fault=traceback.format_exc())
        finally:
            self.workspace.forget()

    def _made(self, folder: str) -> OrderOutcome:
        home = self.job.root / folder
        started, look = fingerprint.clock(), fingerprint.look(home)
        content = fingerprint.contents(home)
        self.workspace.begin(folder)
        self.workspace.touch(f"f:{CATALOGUE}")
        checked, until = self._checked(folder)
        outcome, written = self._outcome(checked)
        sweep(self.job.out / outcome.number)
        if fingerprint.look(home) == look:  # else it changed meanwhile: made again next time
            read = {path: it for path, it in content.items() if self.workspace.ledger.is_read(path)}
            record = {
                "root": str(self.job.root), "folder": folder, "house": self.memory.house,
                "look": look.digest, "settled": look.settled(started),
                "content": fingerprint.digest_of(content),
                "holds": [self.job.now.timestamp(), until.timestamp() if until else None],
                "depends": self.workspace.dependencies(),
                "row": row_of(checked.order, fingerprint.digest_of(read)),
                "kinds": list(self.job.kinds), "documents": written,
                "errors": outcome.errors, "left_out": outcome.left_out, "told": outcome.told,
                "failed": not outcome.sound,
            }  # fmt: skip
            self.memory.keep(outcome, record)
        return outcome

    def _checked(self, folder: str) -> tuple[CheckedOrder, datetime | None]:
        """The order as checked, and until when that holds; None for as long as nothing changes."""
        clock = Clock(self.job.now)
        try:
            return check_order(self.workspace, folder, cast(datetime, clock)), clock.until
        except (TypeError, AttributeError):  # a rule that does more with the clock than compare it
            return check_order(self.workspace, folder, self.job.now), self.job.now

    def _outcome(self, checked: CheckedOrder) -> tuple[OrderOutcome, list[Any]]:
        folder = checked.order.folder
        grave = [d for d in checked.diagnostics if d.severity == Severity.ERROR]
        if checked.structural:
            return OrderOutcome(folder, left_out=True, told=told(grave)), []
        made: list[Made] = []
        written: list[Any] = []
        failures: list[DocpipeError] = []
        kinds = choose_kinds(self.workspace, self.job.kinds)
        for document in documents(self.workspace, checked.order, kinds):
            try:
                new, record = self._document(document)
            except DocpipeError as error:
                failures.append(error)
                continue
            made.append(Made(document.kind.id, document.file, new))
            written.append(record)
        outcome = OrderOutcome(
            folder, tuple(made), len(grave),
            failures=tuple(error.whole for error in failures),
            exit_code=max((error.exit_code for error in failures), default=0),
        )  # fmt: skip
        return outcome, written

    def _document(self, document: Document) -> tuple[bool, list[Any]]:
        """Make a document and write it unless it stands there already; its record."""
        data = self.printer.make(document)
        self._note_template(document)
        path = self.job.out / document.order.number / document.file
        new = self.job.force or not _holds(path, data)
        if new:
            write_whole(path, data)
        identity = fingerprint.identity(path.lstat())
        return new, [document.kind.id, document.file, fingerprint.digest(data), identity]

    def _note_template(self, document: Document) -> None:
        """The printer reads templates once: every order that uses one depends on it."""
        logo = self.workspace.company.text("logo", "")
        for path in (f"templates/{document.kind.template}", LETTERHEAD, MARKER, logo):
            if path:
                self.workspace.touch(f"f:{path}")


def died(folder: str, code: int) -> OrderOutcome:
    """The outcome of an order on which a worker crashed."""
    how = (_SIGNAL if code < 0 else _CODE).filled(number=abs(code))
    text = _DIED.filled(how=how)
    return OrderOutcome(folder, failures=(text,), exit_code=1)


def _holds(path: Path, data: bytes) -> bool:
    """Whether exactly this document stands there."""
    try:
        return (
            not path.is_symlink()
            and path.stat().st_size == len(data)
            and (path.read_bytes() == data)
        )
    except OSError:
        return False
