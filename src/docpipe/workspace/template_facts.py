"""Facts as a template sees them: names for keys, choices with labels, absences that say so."""

from collections.abc import Iterator, Mapping
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


class TemplateFacts:
    """A mapping of a file: `facts.name`, absent fields included; true where the file has it.

    A fact is made when it is first asked for, and is a plain attribute from then on: a document
    prints a part of what its order says.
    """

    __slots__ = ("__dict__", "_to_make")

    def __init__(self, entries: dict[str, Any], to_make: Mapping[str, Any] | None = None) -> None:
        self.__dict__.update(entries)
        self._to_make = entries if to_make is None else to_make

    def __getattr__(self, name: str) -> Any:
        if name not in self._to_make:
            raise AttributeError(name)
        made = self.__dict__[name] = facts(*self._to_make[name])
        return made

    def __getitem__(self, name: str) -> Any:
        if name in self.__dict__:
            return self.__dict__[name]
        if name not in self._to_make:
            raise KeyError(name)
        return self.__getattr__(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._to_make)

    def __len__(self) -> int:
        return len(self._to_make)

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
        entries, known = node.value, schema.get("properties", {})
        return TemplateFacts(
            {},
            {
                key: (entries.get(key), fields.child(schema, key) if key in known else {},
                      f"{name}.{key}")
                for key in (*known, *(key for key in entries if key not in known))
            },
        )  # fmt: skip
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
