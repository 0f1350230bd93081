"""The kinds of documents: data in templates/catalogue.yaml."""

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Text, Value


class Wanted(Value):
    """An approval that a kind of document takes before it is issued.

    Somebody with the `role` gives it; for their own work only where `own_work` says so.
    """

    role: str
    own_work: bool


class DocumentKind(Value):
    """A kind of document that an order can have.

    `per` is "order", or the kind of which each file makes one document ("inspection"), or
    "shipment" for one per shipment; `only` narrows these by a regular expression for the file's
    name; `needs` are the kinds of files and `when` the dotted facts that must be there; `date` is
    the dotted fact that dates it (""), `code` the start of its number; `approvals` are all those
    that it takes, `facts_approved` the ids of the facts that must be approved besides;
    `reading_reason` is "required", "none", or "" where company.yaml decides.
    """

    id: str
    title: Text
    audience: str
    stage: str
    template: str
    per: str
    only: str
    needs: tuple[str, ...]
    when: tuple[str, ...]
    date: str
    code: str
    approvals: tuple[Wanted, ...] = ()
    facts_approved: tuple[str, ...] = ()
    reading_reason: str = ""


class FactsKind(Value):
    """Facts of an order that are approved by name: `of` are files ("costing") or fields of them.

    `per` is "order", or the kind of which each file is approved by itself; `when` are the dotted
    facts without which there is nothing to approve.
    """

    id: str
    title: Text
    per: str
    of: tuple[str, ...]
    when: tuple[str, ...]
    approvals: tuple[Wanted, ...]


def facts_kinds(catalogue: Node) -> dict[str, FactsKind]:
    """The facts that can be approved, by id, in the catalogue's order."""
    kinds = [
        FactsKind(
            id=entry.text("id"),
            title=Text(entry.text("title.en"), entry.text("title.zh")),
            per=entry.text("per", "order"),
            of=_texts(entry, "of"),
            when=_texts(entry, "when"),
            approvals=tuple(map(_wanted, entry.rows("approvals"))),
        )
        for entry in catalogue.rows("facts")
    ]
    return {kind.id: kind for kind in kinds}


def document_kinds(catalogue: Node) -> dict[str, DocumentKind]:
    """The catalogue's entries by id, in its order."""
    kinds = [_kind(entry) for entry in catalogue.rows("documents")]
    return {kind.id: kind for kind in kinds}


def _kind(entry: Node) -> DocumentKind:
    return DocumentKind(
        id=entry.text("id"),
        title=Text(entry.text("title.en"), entry.text("title.zh")),
        audience=entry.text("audience"),
        stage=entry.text("stage"),
        template=entry.text("template"),
        per=entry.text("per", "order"),
        only=entry.text("only", ""),
        needs=_texts(entry, "needs"),
        when=_texts(entry, "when"),
        date=entry.text("date", ""),
        code=entry.text("code"),
        approvals=tuple(map(_wanted, entry.rows("approvals"))),
        facts_approved=_texts(entry, "facts_approved"),
        reading_reason=entry.text("reading_reason", ""),
    )


def _texts(entry: Node, name: str) -> tuple[str, ...]:
    return tuple(str(node.value) for node in entry.rows(name))


def _wanted(entry: Node) -> Wanted:
    own_work = entry.find("own_work")
    return Wanted(entry.text("role"), own_work is not None and own_work.value is True)
