"""Issued documents made again from the contents that their records name."""

import contextlib
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest

from docpipe.adapters import git
from docpipe.adapters.git import FILE, TREE, CommitSource, Entry, MountedSource, Objects
from docpipe.adapters.word import package
from docpipe.adapters.word.template import Template
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.documents.printer import Document
from docpipe.documents.wording import text_of, wording
from docpipe.trust.formats.issued import Inputs, Issued, folder_of
from docpipe.trust.reprint import RecordedPrinter, final
from docpipe.workspace.context import Edition
from docpipe.workspace.lazy import LazyDict, Makers
from docpipe.workspace.recorded import Known, RecordedWorkspace

_MOST_TEMPLATES = 200
_LINE = Text("“{old}” on record, “{new}” when made again", "记录为“{old}”，重新生成为“{new}”")
_PARTS = Text("the text is the same, but not {parts}", "文字相同，但 {parts} 不同")
_PACKING = Text(
    "text and parts are the same, only packed otherwise", "文字和部件相同，仅打包方式不同"
)
_BROKEN = Text("it is no .docx of docpipe's", "不是 docpipe 生成的 .docx")
_SHOWN = 60  # characters of a line


class Remade(Value):
    """A document made again, and its text as a draft prints it."""

    data: bytes
    draft: str


class Reprinter:
    """Makes documents again; schemas, templates and shared files are read once."""

    def __init__(self, reader: Objects) -> None:
        self._reader = reader
        self._known = {strict: Known(strict=strict) for strict in (False, True)}
        self._templates: dict[tuple[str, ...], Template] = {}
        self._kinds: dict[str, str] = {}
        self._commits: dict[str, CommitSource] = {}

    def fetch(self, records: Sequence[Issued]) -> None:
        """Ask for all inputs of these records at once; what was asked for before is forgotten."""
        wanted = {name for record in records for _, name in _named(record.inputs)}
        wanted |= {record.inputs.commit for record in records}
        self._kinds = git.kinds(self._reader.repo, wanted)
        self._commits.clear()
        with contextlib.suppress(DocpipeError):  # told where it is asked for
            self._open({record.inputs.order for record in records})
        if len(self._templates) > _MOST_TEMPLATES:
            self._templates.clear()
        for known in self._known.values():
            known.spare()

    def _open(self, folders: set[str]) -> None:
        """Get these folders and those in them."""
        folders = {name for name in folders if self._kinds.get(name) == "tree"}
        while folders:
            self._reader.prefetch(folders)
            trees = [self._reader.tree(name) for name in folders]
            folders = {e.id for tree in trees for e in tree.values() if e.is_folder}

    def missing(self, inputs: Inputs) -> list[str]:
        """What of the inputs is not in this clone: paths, and names such as "template"."""
        return [path for path, name in _named(inputs) if not self._kinds.get(name)]

    def saved(self, commit: str) -> CommitSource | None:
        """The workspace as a commit has it; None where the commit is not in this clone."""
        if self._kinds.get(commit) != "commit":
            return None
        if commit not in self._commits:
            root = self._reader.root(commit)
            self._commits[commit] = CommitSource(self._reader, root, self._reader.repo.prefix)
        return self._commits[commit]

    def workspace(self, record: Issued, *, strict: bool = False) -> RecordedWorkspace:
        """The workspace of then; with `strict`, only what fits its schema is in it."""
        inputs = record.inputs
        places = {**inputs.shared, "schemas": inputs.schemas, _folder(record): inputs.order}
        entries = {path: self._entry(name) for path, name in places.items()}
        return RecordedWorkspace(MountedSource(self._reader, entries), self._known[strict])

    def _entry(self, name: str) -> Entry:
        return Entry(TREE if self._kinds.get(name) == "tree" else FILE, name)

    def make(self, workspace: RecordedWorkspace, record: Issued) -> Remade:
        """The document as issued. Raises DocpipeError for what the facts do not have, KeyError."""
        edition = Edition(workspace.documents[record.kind], record.name)
        order = workspace.order(_folder(record))
        draft = Document(order, edition, f"{record.document}.docx")
        day = record.issued_at.date().isoformat()
        made = final(workspace, draft, record.number, record.revision, day)
        printer = _Printer(workspace, self._reader, record, self._templates)
        return Remade(printer.make(made), wording(printer, draft))


class _Printer(RecordedPrinter):
    """A printer for one document: templates are kept, draft and final have their figures shared."""

    def __init__(
        self, workspace: RecordedWorkspace, reader: Objects, record: Issued,
        kept: dict[tuple[str, ...], Template],
    ) -> None:  # fmt: skip
        super().__init__(workspace, reader, record.inputs, record.kind)
        self._ids = (record.inputs.template, record.inputs.letterhead, record.inputs.logo)
        self._ready = kept
        self._facts: LazyDict | None = None

    def template(self, file: str) -> Template:
        """As a printer's."""
        key = file, *self._ids
        if key not in self._ready:
            self._ready[key] = super().template(file)
        return self._ready[key]

    def facts(self, document: Document) -> LazyDict:
        """As a printer's: but for `doc`, what was worked out for the one is there for the other."""
        made = super().facts(document)
        if self._facts is None:
            self._facts = made
            return made
        makers: Makers = {name: partial(self._facts.__getitem__, name) for name in made}
        return LazyDict({**makers, "doc": partial(made.__getitem__, "doc")})


def _folder(record: Issued) -> str:
    return record.inputs.folder or folder_of(record.order)


def _named(inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Every input: its path, or what it is, and Git's name of its content."""
    yield from inputs.shared.items()
    for field in ("order", "schemas", "template", "letterhead", "logo"):
        if name := getattr(inputs, field):
            yield field, name


def difference(issued: bytes, remade: bytes) -> Text:
    """Where a document on record differs from the one made again: the first line, or the parts."""
    try:
        before, old = package.unpack(issued), text_of(issued)
    except Exception:  # a damaged .docx: zipfile and lxml raise dozens of kinds
        return _BROKEN
    if old != (new := text_of(remade)):
        one, two = _first(old, new)
        return _said(_LINE, old=one, new=two)
    after = package.unpack(remade)
    parts = sorted(n for n in {*before, *after} if before.get(n) != after.get(n))
    return _said(_PARTS, parts=parts[:3]) if parts else _PACKING


def _first(old: str, new: str) -> tuple[str, str]:
    """The first line that differs, around the place where it does."""
    pairs = zip_longest(old.splitlines(), new.splitlines(), fillvalue="")
    one, two = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    alike = (i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
    start = max(0, next(alike, min(len(one), len(two))) - _SHOWN // 2)
    return one[start : start + _SHOWN], two[start : start + _SHOWN]


def _said(text: Text, **params: object) -> Text:
    return Text(text.say("en", **params), text.say("zh", **params))
