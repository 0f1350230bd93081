"""docxtpl as its manual shows it: open, render, save, all of it for every document."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from docpipe.adapters.word.filters import FILTERS


def environment() -> Environment:
    """Plain Jinja with docpipe's filters, made once: docxtpl's users would do as much."""
    env = Environment(undefined=StrictUndefined, autoescape=True)
    env.filters.update(FILTERS)
    return env


def make(template: str | Path, facts: Mapping[str, Any], env: Environment) -> bytes:
    """The bytes of one document."""
    document = DocxTemplate(template)
    document.render(dict(facts), env, autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
