"""The tags of a template, looked at before docxtpl expands them.

docxtpl repairs broken tags with regular expressions that take minutes over a stray brace, drops
whatever stands beside a paragraph's tag, and prints nothing for kinds of tags that need its own
objects. Here each of them is told by its paragraph.
"""

import re
from collections.abc import Iterator
from typing import Any

from docpipe.adapters.word.ooxml import W, parse
from docpipe.adapters.word.parts import Parts
from docpipe.diagnostics import DocpipeError, Text

_RENDERED = re.compile(
    r"word/(document|header[0-9]*|footer[0-9]*|footnotes|letterhead-[^/]+)\.xml|docProps/core\.xml"
)
_TOKEN = re.compile(r"\{[{%#]|[}%#]\}")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_ALONE = re.compile(r"\{[%#](p|tr)\s")
_STRANGE = re.compile(r"\{\{(p|r|tr|tc)\s|\{[%#](r|tc)\s|\{%-?\s*(cellbg|colspan|hm|vm)\b")
_MAX_TAG = 400
_MAX_BRACES = 200

WRONG = Text(
    'The template {template} cannot be filled in: {what}, in the paragraph "{paragraph}"',
    "模板 {template} 无法填写：{what}，位于段落“{paragraph}”",
)
_NOT_CLOSED = Text("a tag is opened and not closed", "标签没有闭合")
_NOT_OPENED = Text("a tag is closed and not opened", "标签只有结尾，没有开头")
_TOO_LONG = Text("a tag is too long", "标签过长")
_NOT_ALONE = Text(
    "a {%p ... %} or {%tr ... %} tag does not stand alone in its paragraph or row",
    "{%p ... %} 或 {%tr ... %} 标签没有独占一段或一行",
)
_NOT_USED = Text("this kind of tag is not used here", "此处不使用这种标签")
_BRACES = Text("there are too many single braces", "单个花括号过多")
_ELSEWHERE = Text("a tag stands outside the text", "标签出现在正文之外")
_READ = Text("docs/templates.md lists the tags that there are", "可用的标签见 docs/templates.md")


def check(template: Parts, name: str) -> None:
    """Raises DocpipeError for a tag that is broken or not used in templates."""
    for part, data in template.items():
        if not _RENDERED.fullmatch(part):
            continue
        root = parse(data)
        if what := _outside(root):
            raise _error(name, what, part)
        for paragraph, alone in _paragraphs(root):
            if what := _broken(paragraph, alone):
                raise _error(name, what, paragraph)


def _error(name: str, what: Text, paragraph: str) -> DocpipeError:
    short = paragraph if len(paragraph) <= 80 else paragraph[:77] + "..."
    return DocpipeError(WRONG, _READ, template=name, what=what, paragraph=short)


def _paragraphs(root: Any) -> Iterator[tuple[str, str]]:
    """Each paragraph's text, and the text of all that its tag would remove with it."""
    for paragraph in root.iter(f"{W}p"):
        text = _text(paragraph)
        if "{" not in text and "}" not in text:
            continue
        around: Any = paragraph
        if "{%tr " in text or "{#tr " in text:
            around = next(paragraph.iterancestors(f"{W}tr"), paragraph)
        yield text, _text(around)
    if root.tag.rpartition("}")[2] == "coreProperties":
        for field in root:
            yield field.text or "", field.text or ""


def _text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def _broken(text: str, around: str) -> Text | None:
    opened, start = "", 0
    for token in _TOKEN.finditer(text):
        if not opened:
            if token[0] not in _CLOSE:
                return _NOT_OPENED
            opened, start = token[0], token.start()
        elif token[0] != _CLOSE[opened]:
            return _NOT_CLOSED
        else:
            if token.end() - start > _MAX_TAG:
                return _TOO_LONG
            opened = ""
    if opened:
        return _NOT_CLOSED
    if _STRANGE.search(text):
        return _NOT_USED
    if _ALONE.search(text) and len(_TOKEN.findall(around)) + len(_rest(around)) > 2:
        return _NOT_ALONE
    return _BRACES if text.count("{") + text.count("}") > _MAX_BRACES else None


def _rest(text: str) -> str:
    """What is left of a paragraph without its tags."""
    return re.sub(r"\{[%#].*?[%#]\}", "", text).strip()


def _outside(root: Any) -> Text | None:
    """Tags in attributes, field codes and the like; comments, which hide half a tag."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            return _ELSEWHERE
        texts = [*node.attrib.values(), node.tail or ""]
        if node.tag != f"{W}t" and not node.tag.startswith("{http://purl.org/dc/"):
            texts.append(node.text or "")
        if any(_TOKEN.search(text) for text in texts):
            return _ELSEWHERE
    return None
