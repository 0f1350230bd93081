"""Which document a person means: among those that an order's files allow, or those on record."""

from collections.abc import Sequence

from docpipe.adapters.git import CommitSource
from docpipe.diagnostics import DocpipeError, Text, nearest
from docpipe.documents.printer import Document, documents
from docpipe.documents.wording import name_of
from docpipe.trust.formats.issued import Issued, on_record
from docpipe.workspace.order import Order
from docpipe.workspace.workspace import Workspace

_NONE = Text(
    'Order {order} has no document "{wanted}" to issue', "订单 {order} 没有可签发的单证“{wanted}”"
)
_NOT_YET = Text(
    "Order {order} does not have all that the document {wanted} needs",
    "订单 {order} 的资料尚不足以生成单证 {wanted}",
)
_THERE_ARE = Text("It has: {known}", "现有：{known}")
_NEEDS = Text("It needs these kinds of files: {needs}", "需要这些种类的文件：{needs}")
_SEVERAL = Text(
    "Order {order} has several such documents: {known}", "订单 {order} 有多份这种单证：{known}"
)
_NAME = Text("Name one of them", "请指明其中一份")
_NOTHING = Text('No document "{wanted}" of order {order} was issued',
                "订单 {order} 没有签发过单证“{wanted}”")  # fmt: skip
_ISSUE = Text("Issue it: docpipe issue {order} DOC", "签发：docpipe issue {order} 单证")
_NO_REVISION = Text("{wanted} of order {order} has no revision {revision}",
                    "订单 {order} 的 {wanted} 没有第 {revision} 版")  # fmt: skip
_WITHDRAWN = Text("{number} revision {revision} was withdrawn: {reason}",
                  "{number} 第 {revision} 版已撤回：{reason}")  # fmt: skip
_NAME_REVISION = Text(
    "To have it all the same, name it: --revision {revision}",
    "如仍需要，请指明版次：--revision {revision}",
)


def to_issue(workspace: Workspace, order: Order, wanted: str, name: str) -> Document:
    """The order's document that is called so, or the only one of this kind, or the one of `name`.

    Raises DocpipeError where there is none, or several.
    """
    there = list(documents(workspace, order, workspace.documents.values()))
    known = [name_of(document) for document in there]
    fits = [d for d in there if _fits(name_of(d), d.kind.id, d.edition.name, wanted, name)]
    if len(fits) > 1:
        raise DocpipeError(_SEVERAL, _NAME, exit_code=2, order=order.number,
                           known=[name_of(document) for document in fits])  # fmt: skip
    if not fits and wanted in workspace.documents and not name:
        needs = workspace.documents[wanted].needs
        raise DocpipeError(_NOT_YET, _NEEDS, order=order.number, wanted=wanted, needs=needs)
    if not fits:
        hint = nearest(wanted, known) or _THERE_ARE
        raise DocpipeError(_NONE, hint, exit_code=2, order=order.number,
                           wanted=_said(wanted, name), known=known)  # fmt: skip
    return fits[0]


def issued_before(
    source: CommitSource, order: str, wanted: str, name: str, revision: int | None = None
) -> Issued:
    """The issued document that is called so, or has this number; its last revision for None.

    Raises DocpipeError where there is none, several, or the last was withdrawn and none is named.
    """
    there = on_record(source, order)
    fits = [
        r for r in there if wanted == r.number or _fits(r.document, r.kind, r.name, wanted, name)
    ]
    known = list(dict.fromkeys(record.document for record in fits or there))
    if not fits:
        hint = nearest(wanted, known) or (_THERE_ARE if known else _ISSUE)
        raise DocpipeError(_NOTHING, hint, exit_code=2, order=order,
                           wanted=_said(wanted, name), known=known)  # fmt: skip
    if len(known) > 1:
        raise DocpipeError(_SEVERAL, _NAME, exit_code=2, order=order, known=known)
    return _revision(fits, order, revision)


def demand_in_force(issued: Issued) -> None:
    """Raises DocpipeError where the document was withdrawn."""
    if issued.withdrawn:
        raise DocpipeError(_WITHDRAWN, _NAME_REVISION, number=issued.number,
                           revision=issued.revision, reason=issued.withdrawn.reason)  # fmt: skip


def _revision(records: Sequence[Issued], order: str, revision: int | None) -> Issued:
    if revision is None:
        return records[-1]
    for issued in records:
        if issued.revision == revision:
            return issued
    raise DocpipeError(_NO_REVISION, exit_code=2, order=order, revision=revision,
                       wanted=records[0].document)  # fmt: skip


def _fits(document: str, kind: str, about: str, wanted: str, name: str) -> bool:
    """Whether it is the wanted one: by its own name, or kind and subject."""
    if name:
        return kind == wanted and name in (about, about.replace("/", "-"))
    return wanted in (document, kind)


def _said(wanted: str, name: str) -> str:
    return f"{wanted} --name {name}" if name else wanted
