"""What approvals are about: the wording of a document, or facts that the catalogue names.

Both have a name on record, a text that is approved, and roles that approve it. The text of facts
is the facts themselves as data, a line for each field, so that no layout and no title of a field
is part of it.
"""

from collections.abc import Iterable, Iterator, Sequence

from docpipe.adapters.schemas import fields
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.yamlfile import Node, load
from docpipe.adapters.yamlfile.dump import written
from docpipe.diagnostics import DocpipeError, Text, Value, nearest
from docpipe.documents.printer import Document, Printer, documents
from docpipe.documents.wording import Passage, name_of, passages, wording
from docpipe.trust.formats.places import approvals_of
from docpipe.workspace.audience_view import View
from docpipe.workspace.catalogue import FactsKind, Wanted
from docpipe.workspace.differences import Difference, differences_of
from docpipe.workspace.order import Order
from docpipe.workspace.workspace import Workspace

_NONE = Text(
    'The order {order} has nothing called "{wanted}" to approve yet',
    "订单 {order} 尚无可审批的“{wanted}”",
)
_SEVERAL = Text('The order {order} has several called "{wanted}"', "订单 {order} 有多份“{wanted}”")
_THERE = Text("There are: {known}", "现有：{known}")
_UNKNOWN = Text(
    'The catalogue wants "{facts}" approved, and names no such facts',
    "目录要求审批“{facts}”，却没有列出该事实",
)
_SEE = Text("Mend facts_approved in templates/catalogue.yaml",
            "请改正 templates/catalogue.yaml 的 facts_approved")  # fmt: skip


class Facts(Value):
    """Facts of an order: their kind, the file that they are of ("" for the order's), what is there.

    `there` are the facts by file and field, such as "costing.yaml:lines".
    """

    kind: FactsKind
    about: str
    there: dict[str, Node]


class Subject(Value):
    """What an approval is about."""

    order: Order
    name: str
    title: Text
    wanted: tuple[Wanted, ...]
    about: Document | Facts

    @property
    def folder(self) -> str:
        """Where its approvals are on record."""
        return approvals_of(self.order.number, self.name)

    @property
    def salesperson(self) -> str:
        """The e-mail of the order's salesperson; "" where it is not told."""
        order = self.order.by_kind.get("order", {}).get(())
        return order.text("salesperson", "") if order is not None else ""

    @property
    def paths(self) -> list[str]:
        """The files whose last author would approve their own work."""
        if isinstance(self.about, Document):
            return [self.order.folder]
        return paths_of_facts(self.order.folder, self.about.there)

    def is_needed(self, workspace: Workspace) -> bool:
        """Whether a document needs it: each its own wording, and facts where its kind says so."""
        if isinstance(self.about, Document):
            return True
        kinds = workspace.documents.values()
        return any(self.about.kind.id in kind.facts_approved for kind in kinds)


def paths_of_facts(folder: str, there: Iterable[str]) -> list[str]:
    """The files of an order in `folder` that have facts such as "costing.yaml:lines"."""
    return sorted({f"{folder}/{place.partition(':')[0]}" for place in there})


def wanted_by_name(workspace: Workspace, name: str) -> tuple[Wanted, ...]:
    """Who approves a document or facts of this name on record, by the catalogue; none for nobody.

    Names begin with that of their kind: "inspection-report-final-1".
    """
    facts = {kind.id: kind.approvals for kind in workspace.approvable.values()}
    wanted = facts | {kind.id: kind.approvals for kind in workspace.documents.values()}
    fit = [kind for kind in wanted if f"{name}-".startswith(f"{kind}-")]
    return wanted[max(fit, key=len)] if fit else ()


def of_document(document: Document) -> Subject:
    """A document as what is approved."""
    kind = document.kind
    return Subject(document.order, name_of(document), kind.title, kind.approvals, document)


def subjects(workspace: Workspace, order: Order) -> Iterator[Subject]:
    """All that takes an approval: the order's documents, then its facts."""
    kinds = [kind for kind in workspace.documents.values() if kind.approvals]
    yield from map(of_document, documents(workspace, order, kinds))
    for facts in workspace.approvable.values():
        yield from _facts(workspace, order, facts)


def wanted_facts(workspace: Workspace, document: Document) -> Iterator[Subject]:
    """The facts that must be approved before the document is issued, as far as there are any.

    Of facts of a file each, a document of one such file needs its own. Raises DocpipeError for
    facts that the catalogue does not name.
    """
    known = workspace.approvable
    for name in document.kind.facts_approved:
        if name not in known:
            raise DocpipeError(_UNKNOWN, _SEE, facts=name)
        for subject in _facts(workspace, document.order, known[name]):
            assert isinstance(subject.about, Facts)
            if known[name].per != document.kind.per or subject.about.about == document.edition.name:
                yield subject


def subject_called(workspace: Workspace, order: Order, wanted: str) -> Subject:
    """The order's document or facts of this name, or of this kind where there is one of it.

    Facts are also called by what they are of: "contract.payment", "contract:payment". Raises
    DocpipeError for a name that fits none or several.
    """
    there = list(documents(workspace, order, workspace.documents.values()))
    every = [*map(of_document, there)]
    every += [s for kind in workspace.approvable.values() for s in _facts(workspace, order, kind)]
    fit = [each for each in every if each.name == wanted]
    fit = fit or [each for each in every if wanted.replace(":", ".") in _called(each)]
    if len(fit) == 1:
        return fit[0]
    known = [each.name for each in fit or every]
    hint = (None if fit else nearest(wanted, known)) or _THERE
    params: dict[str, object] = {"order": order.number, "wanted": wanted, "known": known}
    raise DocpipeError(_SEVERAL if fit else _NONE, hint, exit_code=2, **params)


def text_of(printer: Printer, subject: Subject) -> str:
    """What is approved, as it is today. Raises DocpipeError for what a template asks in vain."""
    if isinstance(subject.about, Document):
        return wording(printer, subject.about)
    return written({place: _plain(node) for place, node in subject.about.there.items()}).decode()


def changed(
    workspace: Workspace, subject: Subject, old: str, new: str
) -> tuple[tuple[Passage, ...], tuple[Difference, ...]]:
    """Where two texts of it differ: passages of a document, or fields."""
    if isinstance(subject.about, Document):
        return tuple(passages(old, new)), ()
    before, after = (load(text.encode(), subject.folder).root for text in (old, new))
    if before is None or after is None:
        return tuple(passages(old, new)), ()
    places = dict.fromkeys([*after.fields, *before.fields])
    return (), tuple(_different(workspace, places, before, after))


def _different(
    workspace: Workspace, places: Iterable[str], before: Node, after: Node
) -> Iterator[Difference]:
    for place in places:
        file, _, dotted = place.partition(":")
        hit = workspace.schemas.match(file, "order")
        schema: Field = workspace.schemas.schema(hit[0].name) if hit else {}
        schema = fields.at(schema, dotted.split("."))
        name = fields.title(schema) if schema.get("title") else Text(dotted, dotted)
        yield from differences_of(schema, name, before.fields.get(place), after.fields.get(place))


def _called(subject: Subject) -> Sequence[str]:
    about = subject.about
    return (about.kind.id,) if isinstance(about, Document) else (about.kind.id, *about.kind.of)


def _facts(workspace: Workspace, order: Order, kind: FactsKind) -> Iterator[Subject]:
    """The order's facts of a kind: one, or one for each file."""
    view = View(workspace, order)
    each = [()] if kind.per == "order" else list(order.by_kind.get(kind.per, {}))
    for names in each:
        there = dict(_there(order, kind, names))
        if there and all(_says(view, dotted, names) for dotted in kind.when):
            suffix = "".join(f"-{name}" for name in names)
            facts = Facts(kind, "/".join(names), there)
            yield Subject(order, f"{kind.id}{suffix}", kind.title, kind.approvals, facts)


def _says(view: View, dotted: str, names: tuple[str, ...]) -> bool:
    node = view.node(dotted, *names)
    return node is not None and node.value not in ([], {}, None)


def _there(order: Order, kind: FactsKind, names: tuple[str, ...]) -> Iterator[tuple[str, Node]]:
    """The facts by file and field: of the file with these names, or of all of its kind."""
    for dotted in kind.of:
        file_kind, _, field = dotted.partition(".")
        for of, root in order.by_kind.get(file_kind, {}).items():
            if kind.per != file_kind or of == names:
                path = root.file.removeprefix(order.folder + "/")
                found = {field: root.find(field)} if field else root.fields
                yield from ((f"{path}:{f}", node) for f, node in found.items() if node is not None)


def _plain(node: Node) -> object:
    """The data; a number as it is written."""
    if node.fields:
        return {name: _plain(entry) for name, entry in node.fields.items()}
    return [_plain(item) for item in node.items] if node.items else node.value
