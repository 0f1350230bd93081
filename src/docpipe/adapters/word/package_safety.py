"""What a template may hold: plain Word parts in UTF-8 that fetch nothing and run nothing."""

import re
from collections.abc import Iterator
from typing import Any

from docpipe.adapters.word.ooxml import (
    CONTENT_TYPES,
    DOCUMENT,
    RELATIONS,
    VML,
    W,
    is_external,
    kind,
    parse,
    relations_of,
    target,
)
from docpipe.adapters.word.parts import Parts, refuse

MAX_XML = 5_000_000
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_XML = (".xml", ".rels", ".vml", ".svg")
_MARK = b"\xef\xbb\xbf"
_KINDS = frozenset(
    """officeDocument core-properties extended-properties custom-properties thumbnail
    styles stylesWithEffects settings webSettings fontTable font theme numbering
    header footer footnotes endnotes image hyperlink customXml customXmlProps""".split()  # noqa: SIM905
)
_ADDRESS = re.compile(r"(https?|mailto):", re.IGNORECASE)
_FIELDS = frozenset(
    """PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF REF STYLEREF SEQ TOC TC XE HYPERLINK SYMBOL = EQ
    DOCPROPERTY TITLE SUBJECT AUTHOR KEYWORDS NOTEREF LISTNUM QUOTE""".split()  # noqa: SIM905
)
_LINKS = ("href", "src", "althref")  # of VML and SVG, without a relation
_FETCHED_BY_VML = ("imagedata", "fill", "stroke", "image")
_CLICKED = ("hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver")


def inspect(parts: Parts, file: str) -> None:
    """Raises DocpipeError for what a template may not hold."""
    for needed in (DOCUMENT, CONTENT_TYPES, "_rels/.rels"):
        if needed not in parts:
            raise refuse(file, f"no {needed} in it", f"里面没有 {needed}")
    kinds = _content_types(parts, file)
    for name, part in parts.items():
        kind_ = kinds.get("/" + name.lower()) or kinds.get(name.lower().rpartition(".")[2], "")
        if name.lower().endswith("vbaproject.bin") or "macroenabled" in kind_:
            raise refuse(file, "it carries macros", "含有宏")
        if kind_.endswith("xml") or name.lower().endswith(_XML) or _looks_like_xml(part):
            root = _xml(name, part, file)
            if root.tag == f"{{{RELATIONS}}}Relationships":
                _check_relations(name, root, parts, file)
            _check_links(name, root, _outer(name, parts, file), file)
            _check_fields(name, root, file)
    _check_main(parts, file)


def _content_types(parts: Parts, file: str) -> dict[str, str]:
    """What kind each part or each extension is, in small letters."""
    entries = _xml(CONTENT_TYPES, parts[CONTENT_TYPES], file)
    return {
        str(entry.get("PartName") or entry.get("Extension") or "").lower(): str(
            entry.get("ContentType") or ""
        ).lower()
        for entry in entries
        if isinstance(entry.tag, str)
    }


def _looks_like_xml(part: bytes) -> bool:
    return part.removeprefix(_MARK).lstrip()[:1] == b"<" or part[:2] in (b"\xff\xfe", b"\xfe\xff")


def _xml(name: str, part: bytes, file: str) -> Any:
    if len(part) > MAX_XML:
        raise refuse(file, f"{name} is too large", f"{name} 过大")
    declared = _ENCODING.match(part.removeprefix(_MARK))
    encoding = declared[1].lower() if declared else b"utf-8"
    try:
        part.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refuse(file, f"{name} is not UTF-8", f"{name} 不是 UTF-8") from error
    if encoding not in (b"utf-8", b"utf8", b"us-ascii", b"ascii") or b"\0" in part:
        raise refuse(file, f"{name} is not UTF-8", f"{name} 不是 UTF-8")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise refuse(file, f"{name} declares entities", f"{name} 声明了实体")
    try:
        return parse(part)
    except (SyntaxError, ValueError) as error:  # lxml's XMLSyntaxError is a SyntaxError
        raise refuse(file, f"{name} is damaged ({error})", f"{name} 已损坏（{error}）") from error


def _check_relations(name: str, root: Any, parts: Parts, file: str) -> None:
    source = (
        name.replace("_rels/", "", 1) if name.startswith("_rels/") else name.replace("/_rels/", "/")
    )
    source = source.removesuffix(".rels")
    if name != relations_of(source) or (source and source not in parts):
        raise refuse(file, f"{name} stands where it does not belong", f"{name} 位置不对")
    for relation in root.iter(f"{{{RELATIONS}}}Relationship"):
        if kind(relation) not in _KINDS:
            what = kind(relation)
            raise refuse(file, f"it holds a part of the kind {what}", f"含有 {what} 类部件")
        if is_external(relation):
            _check_outside(name, kind(relation), relation.get("Target") or "", file)
        elif target(source, relation) not in parts and kind(relation) != "hyperlink":
            raise refuse(file, f"{name} refers to what is not there", f"{name} 引用了不存在的部件")


def _check_outside(name: str, what: str, address: str, file: str) -> None:
    if what != "hyperlink" or not _ADDRESS.match(address.strip()):
        raise refuse(file, f"{name} fetches something from elsewhere", f"{name} 引用了外部内容")


def _outer(name: str, parts: Parts, file: str) -> set[str]:
    """The ids by which a part names what is outside the document."""
    rels = relations_of(name)
    entries = _xml(rels, parts[rels], file) if rels in parts else ()
    return {str(entry.get("Id")) for entry in entries if is_external(entry)}


def _check_links(name: str, root: Any, outer: set[str], file: str) -> None:
    """What reaches out of a part by itself: mail merge, addresses of VML and SVG."""
    for node in root.iter("*"):
        tag = node.tag.rpartition("}")[2]
        if tag == "mailMerge":
            _check_outside(name, tag, "", file)
        for key, value in node.attrib.items():
            of, _, attribute = key.rpartition("}")
            if of.endswith("/relationships") or attribute == "relid":
                if value in outer and tag not in _CLICKED:
                    _check_outside(name, tag, "", file)
            elif attribute in _LINKS and not value.startswith(("#", "data:")):
                clicked = node.tag.startswith(VML) and not of and tag not in _FETCHED_BY_VML
                _check_outside(name, "hyperlink" if clicked else tag, value, file)


def _check_main(parts: Parts, file: str) -> None:
    """The part that Word opens is the one that docpipe fills in."""
    mains = [r for r in parse(parts["_rels/.rels"]) if kind(r) == "officeDocument"]
    if [target("", main) for main in mains] != [DOCUMENT]:
        raise refuse(file, f"its text is not in {DOCUMENT}", f"正文不在 {DOCUMENT} 中")


def _check_fields(name: str, root: Any, file: str) -> None:
    for code in _field_codes(root):
        words = code.split()
        if words and words[0].upper() not in _FIELDS and not words[0].startswith("="):
            word = words[0][:40]
            raise refuse(file, f"{name} has a field {word}", f"{name} 含有域 {word}")
        if words and words[0].upper() == "HYPERLINK" and words[1:2] != ["\\l"]:
            _check_outside(name, "hyperlink", "".join(words[1:2]).strip('"'), file)


def _field_codes(root: Any) -> Iterator[str]:
    """The codes of Word's fields (PAGE, INCLUDETEXT ...), nested ones apart."""
    open_codes: list[str] = []
    for node in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        step = node.get(f"{W}fldCharType")
        if node.tag == f"{W}fldSimple":
            yield node.get(f"{W}instr") or ""
        elif node.tag == f"{W}instrText":
            if not open_codes:
                open_codes.append("")
            open_codes[-1] += node.text or ""
        elif step == "begin":
            open_codes.append("")
        elif step == "end" and open_codes:
            yield open_codes.pop()
    yield from open_codes
