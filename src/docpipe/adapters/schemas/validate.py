"""A file against its schema."""

from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from docpipe.adapters.schemas import explain
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Diagnostic

_validators: dict[int, tuple[Field, Draft202012Validator]] = {}


def validate(root: Node, schema: Field) -> list[Diagnostic]:
    """Everything in `root` that does not fit `schema`, each at its line and column."""
    errors = _validator(schema).iter_errors(root.plain())
    return [diagnostic for error in errors for diagnostic in _explained(error, root)]


def _validator(schema: Field) -> Draft202012Validator:
    """Compiled once per schema object; the schema is kept alive so that its id stays its own."""
    if id(schema) not in _validators:
        _validators[id(schema)] = (schema, Draft202012Validator(dict(schema)))
    return _validators[id(schema)][1]


def _explained(error: ValidationError, root: Node) -> list[Diagnostic]:
    if error.validator in ("anyOf", "oneOf") and error.context:
        # the branch that fits best says more than "none of them fits"
        deepest = max(error.context, key=lambda e: len(e.absolute_path))
        if len(deepest.absolute_path) > len(error.absolute_path):
            return _explained(deepest, root)
    node: Any = root
    for name in error.absolute_path:
        node = node[name]
    return explain.diagnostics(error, node)
