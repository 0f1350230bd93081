"""Our sales contract with as many lines as wanted: a workspace, its real context, its template."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import values
from bench.ours import Source, joined, prepare
from docpipe.adapters.word import package, text
from docpipe.workspace.audience_view import View
from docpipe.workspace.context import Edition, context
from docpipe.workspace.workspace import Workspace

if TYPE_CHECKING:
    from bench.ours import Engine

ORDER = "orders/2026/03/ZF-2026-0002"
KIND = "sales-contract"
_SHARED = ("schemas", "templates", "customers", "products", "company.yaml", "people.yaml")
_FILES = {"order.yaml": "id", "contract.yaml": "line"}


@dataclass(frozen=True)
class Sample:
    """One contract: its facts, and the files in `folder` that a process of its own needs.

    `facts.code` has the facts that the template names as light objects, `joined.docx` is the
    template with the letterhead in it; `template.docx`, `letterhead.docx` and `logo.png` are what
    docpipe starts from.
    """

    folder: Path
    facts: dict[str, Any]

    @property
    def joined(self) -> Path:
        """The template that any engine can open."""
        return self.folder / "joined.docx"

    @cached_property
    def source(self) -> Source:
        """What docpipe makes the template ready from."""
        return Source.read(str(self.folder))

    @cached_property
    def engine(self) -> Engine:
        """The template made ready."""
        return prepare(self.source)


def sample(root: Path, folder: Path, lines: int) -> Sample:
    """Write workspace and files into `folder`."""
    workspace = _workspace(root, folder / "workspace", lines)
    kind = workspace.documents[KIND]
    facts = context(View(workspace, workspace.order(ORDER), kind.audience), Edition(kind))
    templates = workspace.root / "templates"
    for source, name in ((kind.template, "template.docx"), ("letterhead.docx", "letterhead.docx"),
                         (Path(workspace.company.text("logo", "")).name, "logo.png")):  # fmt: skip
        shutil.copy(templates / source, folder / name)
    made = Sample(folder, facts)
    parts = joined(made.source)
    made.joined.write_bytes(package.write(parts))
    (folder / "facts.code").write_bytes(values.dumped(_named(facts, parts)))
    return made


def _named(facts: dict[str, Any], template: package.Parts) -> dict[str, Any]:
    """The facts that the template names, and the people, whom a filter looks up."""
    written = b"".join(template.values())
    named = {name for name in facts if re.search(rf"\b{name}\b".encode(), written)}
    return {name: facts[name] for name in facts if name in named | {"people"}}


def _workspace(root: Path, target: Path, lines: int) -> Workspace:
    shutil.rmtree(target, ignore_errors=True)
    (target / ORDER).mkdir(parents=True)
    for name in _SHARED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            shutil.copy(source, target / name)
    for name, key in _FILES.items():
        written = (root / ORDER / name).read_text(encoding="utf-8")
        many = multiplied(written, key, lines)
        (target / ORDER / name).write_text(many, encoding="utf-8")
    return Workspace(target)


def multiplied(written: str, key: str, lines: int) -> str:
    """The YAML with its lines, `  - {id: 1, ...}`, repeated and numbered until there are enough."""
    block = re.search(rf"(?:^  - \{{{key}: \d+, .*\n)+", written, re.MULTILINE)
    assert block is not None, f"no lines with {key}"
    models = block[0].splitlines(keepends=True)
    new = (re.sub(r"\d+", str(n + 1), models[n % len(models)], count=1) for n in range(lines))
    return written[: block.start()] + "".join(new) + written[block.end() :]


def visible(data: bytes) -> list[str]:
    """The lines of text that a reader of the .docx sees, headers and footers included."""
    parts = package.unpack(data)
    shown = f"{text.headers_and_footers(parts)}\n{text.body(parts)}"
    return [line.strip() for line in re.split(r"[\n|]", shown) if line.strip()]
