"""The plain objects of `values`: all that a process imports which loads them."""

from __future__ import annotations

import marshal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_NO_VALUE = "{} is not filled in"


class Facts:
    """Named values: `facts.name`; true, however few there are."""

    def __init__(self, entries: dict[str, Any]) -> None:
        self.__dict__ = entries

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dict__)

    def __len__(self) -> int:
        return len(self.__dict__)

    def __bool__(self) -> bool:
        return True


class Absent:
    """Nothing, and nothing below it: false in a condition, refused in print."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __getattr__(self, name: str) -> Absent:
        if name.startswith("__") or name == "name":
            raise AttributeError(name)
        return Absent(f"{self.name}.{name}")

    def __str__(self) -> str:
        raise ValueError(_NO_VALUE.format(self.name))

    __html__ = __str__


class Choice(str):
    """A value with how it is printed in two languages."""

    en: str
    zh: str

    @classmethod
    def of(cls, text: str, en: str, zh: str) -> Choice:
        """The value `text`, printed so."""
        made = cls(text)
        made.en, made.zh = en, zh
        return made


def loaded(path: str) -> dict[str, Any]:
    """Facts that `bench.values.dumped` wrote."""
    names: dict[str, Any] = {}
    with open(path, "rb") as file:  # noqa: PTH123 (pathlib is dearer than the engine)
        exec(marshal.load(file), names)
    made: dict[str, Any] = names["made"]()
    return made
