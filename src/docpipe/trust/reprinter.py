"""Issued documents made again from the main that their records name."""

from functools import partial
from itertools import zip_longest

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource, Objects, Repository
from docpipe.adapters.word import package
from docpipe.adapters.word.template import Template
from docpipe.diagnostics import Text, Value
from docpipe.documents.printer import Document
from docpipe.documents.wording import text_of, wording
from docpipe.trust.formats.issued import Issued
from docpipe.trust.recorded_printer import RecordedPrinter, final
from docpipe.workspace.context import Edition
from docpipe.workspace.lazy import LazyDict, Makers
from docpipe.workspace.recorded_inputs import Known, RecordedWorkspace

_MOST_TEMPLATES, _MOST_WORKSPACES = 200, 20
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
    """Makes documents again from the commit of `main` that their records name.

    Schemas, templates and shared files are read once for each content.
    """

    def __init__(self, repo: Repository, reader: Objects) -> None:
        self.repo, self._reader = repo, reader
        self._known = {strict: Known(strict=strict) for strict in (False, True)}
        self._templates: dict[tuple[str, ...], Template] = {}
        self._workspaces: dict[tuple[str, bool], RecordedWorkspace] = {}
        self._changed: dict[str, set[str]] | None = None
        self._joined: set[str] = set()

    def spare(self) -> None:
        """Let go of what was read once that is very much."""
        if len(self._templates) > _MOST_TEMPLATES:
            self._templates.clear()
        for known in self._known.values():
            known.spare()

    def at(self, commit: str, *, strict: bool = False) -> RecordedWorkspace:
        """The workspace as a commit of main has it; with `strict`, only what fits its schema."""
        key = commit, strict
        if key not in self._workspaces:
            if len(self._workspaces) > _MOST_WORKSPACES:
                self._workspaces.clear()
            root = self._reader.root(commit)
            source = CommitSource(self._reader, root, self.repo.prefix)
            self._workspaces[key] = RecordedWorkspace(source, self._known[strict])
        return self._workspaces[key]

    def know_authors(self, main: str) -> None:
        """Read once who ever changed which order, for whoever asks about very many."""
        found: dict[str, set[str]] = {}
        for commit in git.history(self.repo, main, "orders", renames=False, pruned=False):
            if len(commit.parents) > 1:  # what a merge changes itself is not told
                self._joined |= _people(commit)
            for change in commit.changes:
                parts = self.repo.below(change.path).split("/")
                for count in range(2, len(parts)):
                    found.setdefault("/".join(parts[:count]), set()).update(_people(commit))
        self._changed = found

    def ever_changed(self, email: str, folder: str) -> bool:
        """Whether the person may have changed an order's files: surely not, if this is false."""
        me = email.lower()
        if self._changed is None or me in self._joined:
            return True
        return me in self._changed.get(folder, ())

    def make(self, record: Issued, *, strict: bool = False) -> Remade:
        """The document as issued. Raises DocpipeError for what the facts do not have, KeyError."""
        workspace = self.at(record.inputs.commit, strict=strict)
        edition = Edition(workspace.documents[record.kind], record.name)
        order = workspace.order(record.inputs.folder)
        draft = Document(order, edition, f"{record.document}.docx")
        day = record.issued_at.date().isoformat()
        made = final(workspace, draft, record.number, record.revision, day)
        printer = _Printer(workspace, self._reader, record, self._templates)
        return Remade(printer.make(made), wording(printer, draft))


def _people(commit: git.Commit) -> set[str]:
    """Who had a hand in a commit, by e-mail."""
    return {commit.author.email.lower(), commit.committer.email.lower()}


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


def difference(issued: bytes, remade: bytes) -> Text:
    """Where a document on record differs from the one made again: the first line, or the parts."""
    try:
        before, old = package.unpack(issued), text_of(issued)
    except Exception:  # a damaged .docx: zipfile and lxml raise dozens of kinds
        return _BROKEN
    if old != (new := text_of(remade)):
        one, two = _first(old, new)
        return _LINE.filled(old=one, new=two)
    after = package.unpack(remade)
    parts = sorted(n for n in {*before, *after} if before.get(n) != after.get(n))
    return _PARTS.filled(parts=parts[:3]) if parts else _PACKING


def _first(old: str, new: str) -> tuple[str, str]:
    """The first line that differs, around the place where it does."""
    pairs = zip_longest(old.splitlines(), new.splitlines(), fillvalue="")
    one, two = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    alike = (i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
    start = max(0, next(alike, min(len(one), len(two))) - _SHOWN // 2)
    return one[start : start + _SHOWN], two[start : start + _SHOWN]
