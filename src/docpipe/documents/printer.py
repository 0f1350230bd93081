"""Render: an order's facts through Word templates to drafts on disk."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from docpipe.adapters.cache import Cache, user_cache
from docpipe.adapters.schemas.patterns import fits
from docpipe.adapters.word.template import LETTERHEAD, Template
from docpipe.diagnostics import DocpipeError, Text, Value, nearest
from docpipe.workspace.audience_view import View
from docpipe.workspace.catalogue import DocumentKind
from docpipe.workspace.context import Edition, context
from docpipe.workspace.file_names import natural
from docpipe.workspace.lazy import LazyDict
from docpipe.workspace.order import Order
from docpipe.workspace.workspace import Workspace

_MAX_TEMPLATE = 20_000_000
_NO_KIND = Text('There is no document kind "{wanted}"', "没有名为“{wanted}”的单证种类")
_KINDS = Text("Kinds: {known}", "现有种类：{known}")
_NO_TEMPLATE = Text("The template {path} does not exist", "找不到模板 {path}")


class Document(Value):
    """One document that an order's stage allows, and the file name that it gets."""

    order: Order
    edition: Edition
    file: str

    @property
    def kind(self) -> DocumentKind:
        """Its kind."""
        return self.edition.kind


def documents(
    workspace: Workspace, order: Order, kinds: Iterable[DocumentKind]
) -> Iterator[Document]:
    """The documents for which the order has all files and facts that they need."""
    view = View(workspace, order)
    for kind in kinds:
        for name in _names(view, kind):
            if _allowed(view, kind, name):
                suffix = f"-{name.replace('/', '-')}" if name else ""
                yield Document(order, Edition(kind, name), f"{kind.id}{suffix}.docx")


def _names(view: View, kind: DocumentKind) -> Sequence[str]:
    """One empty name for a document of the whole order, else one per file or shipment."""
    if kind.per == "order":
        return [""]
    if kind.per == "shipment":
        files = [file for file in view.order.files if "{shipment}" in file.kind.path]
        return sorted({file.names[0] for file in files}, key=lambda name: natural([name]))
    names = ["/".join(names) for names in view.every(kind.per)]
    return [name for name in names if fits(kind.only, name)]


def _allowed(view: View, kind: DocumentKind, name: str) -> bool:
    return all(_has(view, need, name) for need in kind.needs) and all(
        (node := view.node(dotted, *name.split("/"))) is not None
        and node.value not in ([], {}, None)
        for dotted in kind.when
    )


def _has(view: View, need: str, name: str) -> bool:
    """Whether the file is there: the only one, this document's own, or any of several."""
    there = view.every(need)
    of_a_shipment = "{shipment}" in view.workspace.schemas.kinds[need].path
    return tuple(name.split("/")) in there if of_a_shipment else bool(there)


def choose_kinds(workspace: Workspace, wanted: Sequence[str]) -> list[DocumentKind]:
    """The kinds named, or all. Raises DocpipeError for an unknown name."""
    known = workspace.documents
    for name in wanted:
        if name not in known:
            hint = nearest(name, known) or _KINDS
            raise DocpipeError(_NO_KIND, hint, exit_code=2, wanted=name, known=list(known))
    return [kind for kind in known.values() if not wanted or kind.id in wanted]


class Printer:
    """Makes documents of one workspace; reads each template and the letterhead once."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._templates: dict[str, Template] = {}

    def make(self, document: Document) -> bytes:
        """The bytes of the .docx. Raises DocpipeError for a missing fact."""
        return self.template(document.kind.template).render(self.facts(document))

    def facts(self, document: Document) -> LazyDict:
        """What the document's template may print, as its readers may see it."""
        view = View(self.workspace, document.order, document.kind.audience)
        return context(view, document.edition)

    def template(self, file: str) -> Template:
        """The template of this file name. Raises DocpipeError where it does not exist."""
        if file not in self._templates:
            path = posixpath.join("templates", file)
            self._templates[file] = Template(
                path, self._read(path), self._letterhead, self._logo, self._kept
            )
        return self._templates[file]

    @cached_property
    def _kept(self) -> Cache:
        return user_cache("templates", self.workspace.root)

    @cached_property
    def _letterhead(self) -> bytes:
        return self._read(LETTERHEAD)

    @cached_property
    def _logo(self) -> bytes | None:
        logo = self.workspace.company.text("logo", "")
        return self._read(logo) if logo else None

    def _read(self, path: str) -> bytes:
        try:
            return self.workspace.source.read_whole(path, _MAX_TEMPLATE)
        except FileNotFoundError as error:
            raise DocpipeError(_NO_TEMPLATE, path=path) from error
