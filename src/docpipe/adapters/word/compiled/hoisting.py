"""Attributes that the code has read already, and holds in a name of its own.

Facts do not change while a document is printed, so an attribute is read once along each way
through a template. What a branch read is not known after it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import nodes

from docpipe.adapters.word.budget import COUNTED

TEXT_METHODS = frozenset(
    """capitalize endswith isdigit lower lstrip removeprefix removesuffix rstrip split splitlines
    startswith strip title upper""".split()  # noqa: SIM905
)
"""Methods of text that a template may call; they change nothing."""


def steady(tree: nodes.Template) -> bool:
    """Whether nothing that the template does can change what an attribute gives."""
    calm = {COUNTED, "range", *(macro.name for macro in tree.find_all(nodes.Macro))}
    calls = (call.node for call in tree.find_all(nodes.Call))
    return tree.find(nodes.NSRef) is None and all(
        call.name in calm if isinstance(call, nodes.Name)
        else isinstance(call, nodes.Getattr) and call.attr in TEXT_METHODS
        for call in calls
    )  # fmt: skip


class Hoisted:
    """Paths such as `l_1_line.name`, and the names that hold what they gave."""

    def __init__(self, steady: bool) -> None:
        self._steady = steady
        self._names: dict[str, str] = {}

    def find(self, path: str) -> str | None:
        """The name that holds it, or None."""
        return self._names.get(path)

    def keep(self, path: str, name: str) -> None:
        """From here on `name` holds it; a path of "" is held by nobody."""
        if path and self._steady:
            self._names[path] = name

    def forget(self) -> None:
        """A name was set anew: nothing is known any more."""
        self._names.clear()

    @contextmanager
    def branch(self) -> Iterator[None]:
        """A way that may not be taken: what it reads is known within it only."""
        before = dict(self._names)
        yield
        self._names = {path: name for path, name in before.items() if path in self._names}

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Code that runs elsewhere: it knows nothing of what was read here."""
        before, self._names = self._names, {}
        yield
        self._names = before
