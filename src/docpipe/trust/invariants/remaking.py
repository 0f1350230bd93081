"""Issued documents made again from the main that they name, and whole packages compared."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from hashlib import sha256

from docpipe.adapters.git import CommitSource
from docpipe.adapters.word.compare import same_content
from docpipe.adapters.word.template import LETTERHEAD
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.documents.engines import COUNTED, KNOWN, engines, older
from docpipe.trust.formats.issued import Issued, document_of
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import ASK, LOOK, Broken, Words, broken, invariant, said
from docpipe.trust.judging.roles import PEOPLE
from docpipe.trust.reprinter import Remade, difference
from docpipe.workspace.workspace import CATALOGUE, MARKER

_ALWAYS = (CATALOGUE, MARKER, PEOPLE)
"""What every document is made with."""

_UPDATE = Text(
    "Update docpipe on this computer, then issue it again", "请更新本机的 docpipe，再重新签发"
)


class Outcome(StrEnum):
    """How a document compares with the one made again: whole, in content alone, or not."""

    BYTES = "bytes"
    CONTENT = "content"
    NOT = "not"


class Compared(Value):
    """How a document compares; `made` is the one made again, or why it cannot be."""

    record: Issued
    outcome: Outcome
    made: Remade | Text
    data: bytes


def compared(addition: Addition) -> list[Compared]:
    """Each issued document against the one made again, once for all that ask."""
    known = addition.__dict__.get("compared")
    if known is None:
        there = [r for r in addition.issued if r.file in addition.added and addition.policy]
        known = addition.__dict__["compared"] = [_compared(addition, each) for each in there]
    return known


def _compared(addition: Addition, record: Issued) -> Compared:
    data = document_of(addition.source, record)
    made = _made(addition, record, strict=False)
    if isinstance(made, Text) or made.data != data or not _is_worded(record, made):
        # a shared file that did not fit its schema then was not there for the document
        made = _made(addition, record, strict=True)
    if isinstance(made, Text):
        return Compared(record, Outcome.NOT, made, data)
    if made.data == data:
        return Compared(record, Outcome.BYTES, made, data)
    other = {name: record.engines.get(name) for name in COUNTED} != {
        name: engines()[name] for name in COUNTED
    }
    alike = other and same_content(data, made.data)
    return Compared(record, Outcome.CONTENT if alike else Outcome.NOT, made, data)


def _made(addition: Addition, record: Issued, *, strict: bool) -> Remade | Text:
    try:
        return addition.reprinter.make(
            record._replace(inputs=record.inputs._replace(commit=addition.main)), strict=strict
        )
    except DocpipeError as error:
        return said(error)
    except (LookupError, TypeError, ValueError, AttributeError, OSError) as error:
        told = f"{type(error).__name__}: {error}"
        return Text(told, told)


def _is_worded(record: Issued, made: Remade) -> bool:
    return sha256(made.draft.encode()).hexdigest() == record.text_sha256


def inputs_of(addition: Addition, record: Issued) -> dict[str, str]:
    """What a record names as what its document was made from: Git's names by path."""
    then, inputs = addition.then, record.inputs
    named = {**inputs.shared, "schemas": inputs.schemas, LETTERHEAD: inputs.letterhead}
    named[inputs.folder] = inputs.order
    if then and (kind := then.documents.get(record.kind)):
        named[f"templates/{kind.template}"] = inputs.template
    if then and (logo := then.company.text("logo", "")):
        named[logo] = inputs.logo
    return named


def differing(named: Mapping[str, str], source: CommitSource) -> list[str]:
    """The paths at which a commit has other contents than are named, or none."""
    entries = {path: source.entry(path) for path in named}
    return [p for p, name in named.items() if (e := entries[p]) is None or e.id != name]


@invariant(
    "inputs-other",
    Words(
        Text(
            "This names other contents than the shared main {commit} has, for {what}",
            "所列内容与共享的 main {commit} 不一致：{what}",
        )
    ),
)
def the_shared_main_has_every_input(addition: Addition) -> Iterator[Broken]:
    """Everything that a document's record names as what it was made from is in the commit of the
    shared main that it names.

    ---
    单证记录所列的全部资料，都在其写明的共享 main 的提交中。
    """
    policy = addition.policy
    for record in addition.issued if policy else ():
        assert policy is not None
        inputs = record.inputs
        others = differing(inputs_of(addition, record), policy.source)
        others += [path for path in _ALWAYS if path not in inputs.shared]
        others += [] if inputs.commit == addition.main else ["commit"]
        if others:
            yield broken(record.path, addition.main, what=others[:3])


@invariant(
    "document-unmade",
    Words(
        Text(
            "This cannot be made again from the main that its record names: {why}",
            "无法按记录所依据的 main 重新生成该单证：{why}",
        ),
        ASK,
    ),
)
def every_document_can_be_made_again(addition: Addition) -> Iterator[Broken]:
    """The facts, schemas and template of the main that a record names make the document.

    ---
    记录所依据的 main 中的资料、模式和模板能生成该单证。
    """
    for each in compared(addition):
        if isinstance(each.made, Text):
            yield broken(each.record.file, addition.commit.id, why=each.made)


@invariant(
    "document-other",
    Words(
        Text(
            "This is not what comes of the facts that it was made from: {where}",
            "单证与据以生成的资料不符：{where}",
        ),
        ASK,
    ),
)
def a_document_is_what_its_facts_make(addition: Addition) -> Iterator[Broken]:
    """A document on record is the one that its facts make again: the whole file, byte for byte.

    So nothing else is in it: no other header or footer, no hidden text, property or link. Where
    docpipe, docxtpl or jinja2 are not those of then, bytes may differ in how XML is written and
    nothing else: the same parts, in them the same elements, attributes and text.
    ---
    记录中的单证就是其资料重新生成的文件，逐字节一致。
    因此其中没有别的页眉页脚、隐藏文字、属性或链接。docpipe、docxtpl 或 jinja2 版本与当时不同的，
    只允许 XML 写法不同：部件相同，元素、属性和文字相同。
    """
    for each in compared(addition):
        if each.outcome == Outcome.NOT and isinstance(each.made, Remade):
            where = difference(each.data, each.made.data)
            yield broken(each.record.file, addition.commit.id, where=where)


@invariant(
    "wording-altered",
    Words(
        Text(
            "The fingerprint of the wording (text_sha256) is not the one that comes of the facts",
            "文本的指纹（text_sha256）与资料得出的不符",
        )
    ),
)
def the_wording_is_what_the_facts_make(addition: Addition) -> Iterator[Broken]:
    """The fingerprint of the wording in a record, by which approvals count, comes of the facts.

    ---
    记录中的文本指纹（审批以此为准）与资料得出的一致。
    """
    for each in compared(addition):
        if isinstance(each.made, Remade) and not _is_worded(each.record, each.made):
            yield broken(each.record.path, addition.commit.id)


@invariant(
    "engine-unknown",
    Words(
        Text(
            "This says that it was made by {engine} {version}, which never existed, or is newer "
            "than this docpipe knows",
            "此处写明由 {engine} {version} 生成，而该版本从未存在，或晚于本 docpipe 所知",
        ),
        Text(
            "If it is newer, update docpipe and verify again; else find out who did it: "
            "git log records -- {path}",
            "若确为更新的版本，请更新 docpipe 后再核验；否则请查明是谁所为："
            "git log records -- {path}",
        ),
        Text(
            "The repository administrator updates docpipe on the server first; issue it again then",
            "请仓库管理员先更新服务器上的 docpipe，然后重新签发",
        ),
    ),
)
def engines_existed(addition: Addition) -> Iterator[Broken]:
    """A record names versions of docpipe, docxtpl and jinja2 that existed.

    Who could make a version up could have a document compared less strictly.
    ---
    记录所列的 docpipe、docxtpl、jinja2 版本确实存在过。
    若可杜撰版本，单证的比对就会放宽。
    """
    for record in addition.issued:
        for name in COUNTED:
            version = record.engines.get(name, "-")
            if version not in KNOWN[name] and version != engines()[name]:
                yield broken(record.path, addition.commit.id, engine=name, version=version)


@invariant(
    "engine-back",
    Words(
        Text(
            "This was made by {engine} {version}, after a document that was made by {before}",
            "此单证由 {engine} {version} 生成，而此前的单证已由 {before} 生成",
        ),
        LOOK,
        _UPDATE,
    ),
)
def engines_do_not_go_back(addition: Addition) -> Iterator[Broken]:
    """Versions of docpipe, docxtpl and jinja2 never go back along the records.

    ---
    记录中 docpipe、docxtpl、jinja2 的版本只增不减。
    """
    for record in addition.issued:
        for name in COUNTED:
            version, before = record.engines.get(name, ""), addition.before.engines.get(name, "")
            if older(version, before):
                yield broken(record.path, addition.commit.id, engine=name, version=version,
                             before=before)  # fmt: skip


CONTENTS = (engines_existed, engines_do_not_go_back, the_shared_main_has_every_input)
MADE_AGAIN = (
    every_document_can_be_made_again, a_document_is_what_its_facts_make,
    the_wording_is_what_the_facts_make,
)  # fmt: skip
