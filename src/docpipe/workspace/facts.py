"""Facts as a template sees them: names for keys, choices with labels, absences that say so."""

from collections.abc import Iterator
from typing import Any

from docpipe.adapters.schemas import fields
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.yamlfile import Node


class AbsentFactError(Exception):
    """A template prints a fact that this order does not have."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Absent:
    """A fact that the schema knows and the file does not have.

    False in a condition, empty in a loop; its own fields are absent too; printing it raises
    AbsentFactError. An unknown name raises AttributeError as everywhere else.
    """

    __slots__ = ("_field", "_schema")

    def __init__(self, field: str, schema: Field) -> None:
        self._field = field
        self._schema = schema

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __getattr__(self, name: str) -> "Absent":
        schema = fields.child(self._schema, name)
        if not schema:
            raise AttributeError(name)
        return Absent(f"{self._field}.{name}", schema)

    def __str__(self) -> str:
        raise AbsentFactError(self._field)

    __html__ = __str__


class Facts:
    """A mapping of a file: `facts.name`, absent fields included; true where the file has it."""

    __slots__ = ("_fields",)

    def __init__(self, entries: dict[str, Any]) -> None:
        self._fields = entries

    def __getattr__(self, name: str) -> Any:
        try:
            return self._fields[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Any:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __bool__(self) -> bool:
        return True


class Choice(str):
    """One of a field's choices: its value, and how documents print it."""

    __slots__ = ("en", "zh")
    en: str
    zh: str


def facts(node: Node | None, schema: Field, name: str) -> Any:
    """`node` for templates; `name` is its dotted name in messages."""
    if node is None or node.value is None:
        return Absent(name, schema)
    if isinstance(node.value, dict):
        known = {key: fields.child(schema, key) for key in schema.get("properties", {})}
        names = dict.fromkeys([*known, *node.value])
        return Facts(
            {key: facts(node.value.get(key), known.get(key, {}), f"{name}.{key}") for key in names}
        )
    if isinstance(node.value, list):
        items = enumerate(node.value, 1)
        return [facts(item, fields.child(schema, 0), f"{name}[{n}]") for n, item in items]
    return _choice(node.value, schema) if isinstance(node.value, str) else node.value


def _choice(value: str, schema: Field) -> str:
    if "enum" not in schema:
        return value
    choice = Choice(value)
    choice.en, choice.zh = fields.labels(schema, value)
    return choice
