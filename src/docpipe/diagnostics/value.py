"""Frozen value types that cost next to nothing to define.

A dataclass writes and compiles methods of its own when its module is imported: a millisecond each,
and a command imports a hundred. Here all share theirs.
"""

from typing import Any, Self, TypeVar, dataclass_transform


@dataclass_transform(frozen_default=True)
class Value:
    """The base of a value type: `class Line(Value)` with annotated fields, defaults last.

    Equal where class and fields are equal, and not to be changed; a default is shared, so it is a
    constant too. `__post_init__` may refuse what the fields say together.
    """

    _fields: tuple[str, ...] = ()
    _defaults: dict[str, Any] = {}  # noqa: RUF012 (each class gets its own)

    _checks = False

    def __init_subclass__(cls) -> None:
        cls._checks = cls.__post_init__ is not Value.__post_init__
        own = tuple(cls.__annotations__)
        cls._fields = tuple(dict.fromkeys((*cls._fields, *own)))
        cls._defaults = cls._defaults | {
            name: cls.__dict__[name] for name in own if name in cls.__dict__
        }

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = self._fields
        if named or len(values) != len(fields):
            values = self._bound(values, named)
        held = self.__dict__  # filled by a loop: the fastest of the ways that were measured
        for name, value in zip(fields, values, strict=False):
            held[name] = value
        if self._checks:
            self.__post_init__()

    def __post_init__(self) -> None:
        """Raise ValueError for fields that do not go together."""

    @classmethod
    def _bound(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """One value for each field, as a call of a function with these parameters would bind."""
        given = dict(zip(cls._fields, values, strict=False))
        doubtful = [name for name in named if name in given or name not in cls._fields]
        given = cls._defaults | given | named
        missing = [name for name in cls._fields if name not in given]
        if doubtful or missing or len(values) > len(cls._fields):
            raise TypeError(f"{cls.__name__} cannot be made: {doubtful or missing or values}")
        return tuple(given[name] for name in cls._fields)

    def _replace(self, **changes: Any) -> Self:
        return type(self)(**{**{name: getattr(self, name) for name in self._fields}, **changes})

    def _values(self) -> tuple[Any, ...]:
        held = self.__dict__
        return tuple([held[name] for name in self._fields])

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is not changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is not removed")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        pairs = zip(self._fields, self._values(), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"


_R = TypeVar("_R", bound=Value)


def replace(record: _R, **changes: Any) -> _R:
    """A copy of the record with other values for some fields. TypeError for an unknown field."""
    return record._replace(**changes)
