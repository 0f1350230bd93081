"""A file against its schema. jsonschema is imported for files that are not known to be sound."""

from typing import TYPE_CHECKING, Any

from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Diagnostic, DocpipeError, Text

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_BROKEN = Text(
    "The schema of {file} is not a valid JSON Schema: {why}",
    "{file} 的模式不是有效的 JSON Schema：{why}",
)
_validators: dict[int, tuple[Field, Any]] = {}


def validate(root: Node, schema: Field) -> list[Diagnostic]:
    """Everything in `root` that does not fit `schema`, each at its line and column.

    Raises DocpipeError where the schema itself is none.
    """
    from docpipe.adapters.schemas import patterns, problems

    try:
        with patterns.bounded():
            errors = _telling(list(_validator(schema).iter_errors(root.plain())))
        return [diagnostic for error in errors for diagnostic in _explained(error, root)]
    except patterns.TooDearError:
        return [Diagnostic(root.place, problems.TOO_DEAR)]
    except Exception:  # whatever a broken schema provokes is the schema's; else it is ours
        _judge_schema(schema, root.file)
        raise


def _telling(errors: "list[ValidationError]") -> "list[ValidationError]":
    """Without the wrong length of a text whose form is wrong anyway: 2026/4/5 is one slip."""
    misshapen = {tuple(e.absolute_path) for e in errors if e.validator == "pattern"}
    return [
        error
        for error in errors
        if error.validator not in ("minLength", "maxLength")
        or tuple(error.absolute_path) not in misshapen
    ]


def _validator(schema: Field) -> Any:
    """Compiled once per schema object; the schema is kept alive so that its id stays its own."""
    from docpipe.adapters.schemas.keywords import Validator

    if id(schema) not in _validators:
        _validators[id(schema)] = (schema, Validator(dict(schema)))
    return _validators[id(schema)][1]


def _judge_schema(schema: Field, file: str) -> None:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(dict(schema))
    except SchemaError as error:
        where = "/".join(str(step) for step in error.absolute_path)
        raise DocpipeError(_BROKEN, file=file, why=f"{where}: {error.message}") from error


def _explained(error: "ValidationError", root: Node) -> list[Diagnostic]:
    from docpipe.adapters.schemas import explain

    if error.validator in ("anyOf", "oneOf") and error.context:
        # the branch that fits best says more than "none of them fits"
        deepest = max(error.context, key=lambda e: len(e.absolute_path))
        if len(deepest.absolute_path) > len(error.absolute_path):
            return _explained(deepest, root)
    node: Any = root
    for name in error.absolute_path:
        node = node[name]
    return explain.diagnostics(error, node)
