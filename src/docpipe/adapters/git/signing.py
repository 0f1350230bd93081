"""How a person's commits are signed when they are put onto others'."""

from collections.abc import Callable, Sequence

from docpipe.adapters.git.log import Commit
from docpipe.adapters.git.objects import Sign
from docpipe.diagnostics import Value


class Signing(Value):
    """How my commits are signed.

    `on` tells what signs those that are put onto a commit; without it git does, where
    `commit.gpgsign` says so. `fits` tells whether mine may stay as they are on top of a commit.
    """

    on: Callable[[str], Sign | None]
    fits: Callable[[str, Sequence[Commit]], bool]


PLAIN = Signing(lambda onto: None, lambda onto, commits: True)
