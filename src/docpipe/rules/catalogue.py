"""Rules over the catalogue of documents and the library of clauses."""

from collections.abc import Iterator

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Estate, repeated
from docpipe.rules.engine import estate_rule
from docpipe.workspace.figures.clauses import PLACEHOLDER
from docpipe.workspace.workspace import CATALOGUE

_PER = ("order", "shipment")


def _entries(estate: Estate, group: str = "documents") -> list[Node]:
    file = estate.workspace.file(CATALOGUE)
    return file.root.rows(group) if file is not None and file.root is not None else []


@estate_rule(
    "CAT01",
    Severity.ERROR,
    "The template templates/{template} does not exist",
    "没有模板 templates/{template}",
    "Correct the name, or put the Word file there",
    "请改正名称，或放入该 Word 文件",
)
def templates_are_there(estate: Estate) -> Iterator[Finding]:
    """Each kind of document prints through a Word template of its own.

    ---
    每种单证由一个 Word 模板打印，模板须放在 templates/。
    """
    for entry in _entries(estate):
        path = estate.workspace.root / "templates" / entry.text("template")
        if not path.is_file():
            yield found(entry.at("template"), template=entry.text("template"))


@estate_rule(
    "CAT02",
    Severity.ERROR,
    "There is no kind of file called {kind}",
    "没有名为 {kind} 的文件种类",
    "Correct the name; each kind has a schema in schemas/",
    "请改正名称；每种文件在 schemas/ 中有一份模式",
)
def needed_kinds_are_known(estate: Estate) -> Iterator[Finding]:
    """`needs`, `per` and the beginnings of `of` name kinds of files; a kind is known by its schema.

    A document that needs what cannot exist would never be made, and nobody would be told.
    ---
    needs、per 以及 of 的开头写的是文件种类，种类以模式文件为准。写错了，这种单证就永远出不来，
    也不会有人知道。
    """
    kinds = estate.workspace.schemas.kinds
    for entry in _entries(estate):
        for need in [*entry.rows("needs"), entry["per"]]:
            if need.value not in kinds and need.value not in _PER:
                yield found(need.place, kind=need.value)
    for entry in _entries(estate, "facts"):
        per = entry.find("per")
        for node in [*entry.rows("of"), *entry.rows("when"), *([per] if per else [])]:
            kind = str(node.value).partition(".")[0]
            if kind not in kinds and node.value != "order":
                yield found(node.place, kind=kind)


@estate_rule(
    "CAT03",
    Severity.ERROR,
    'Two entries of the catalogue are called "{name}" (the other at {other})',
    "目录中有两项都叫“{name}”（另一项在 {other}）",
    "Give each its own",
    "请各取各的",
)
def documents_have_their_own_names(estate: Estate) -> Iterator[Finding]:
    """Ids name the files, codes begin the numbers of documents: each must be the only one.

    Facts are approved by their ids, as documents are by theirs.
    ---
    id 是文件名，code 是单证编号的开头，都不能重复。事实与单证一样按 id 审批，也不能与单证重名。
    """
    for name in ("id", "code"):
        facts = _entries(estate, "facts") if name == "id" else []  # they are approved by this name
        for node, other in repeated(entry[name] for entry in [*_entries(estate), *facts]):
            yield found(node.place, name=node.value, other=other.place)


@estate_rule(
    "CAT05",
    Severity.ERROR,
    'The catalogue has no facts called "{name}"',
    "目录的 facts 中没有“{name}”",
    "Correct the name, or enter the facts and who approves them",
    "请改正名称，或在 facts 中列出该事实及批准人",
)
def approved_facts_are_in_the_catalogue(estate: Estate) -> Iterator[Finding]:
    """`facts_approved` names entries of `facts`: what must be approved before issuing.

    What is not there nobody could approve, and the document could not be issued.
    ---
    facts_approved 写的是 facts 中的 id，即签发前须批准的事实。没有列出的事实无人能批，
    单证也就签发不了。
    """
    known = {entry.text("id") for entry in _entries(estate, "facts")}
    for entry in _entries(estate):
        for name in entry.rows("facts_approved"):
            if name.value not in known:
                yield found(name.place, name=name.value)


@estate_rule(
    "CAT04",
    Severity.ERROR,
    '"{name}" names no fact of a contract or an order',
    "“{name}”不是合同或订单中的字段",
    "Correct the name; see the fields in schemas/contract.schema.json",
    "请改正名称；字段见 schemas/contract.schema.json",
)
def placeholders_of_clauses_are_known(estate: Estate) -> Iterator[Finding]:
    """A clause's `{dotted.name}` is filled in from contract.yaml, else from order.yaml.

    A name that neither can have would print in braces in every contract.
    ---
    条款中的 `{字段名}` 取自合同或订单。两者都不可能有的字段，会原样印在每份合同里。
    """
    for file in estate.workspace.shared_files():
        if file.kind.name == "clause" and file.root is not None:
            for node in file.root["text"].fields.values():
                for match in PLACEHOLDER.finditer(str(node.value)):
                    if not _known(estate, match[1]):
                        yield found(node.place, name=match[1])


def _known(estate: Estate, dotted: str) -> bool:
    for kind in ("contract", "order"):
        schema = estate.workspace.schemas.schema(kind)
        for name in dotted.split("."):
            schema = fields.child(schema, name)
        if schema:
            return True
    return False
