"""Views of a sample order as it is, or with a text or two changed."""

from collections.abc import Callable
from pathlib import Path

from docpipe.workspace.audience_view import View
from docpipe.workspace.workspace import Workspace
from tests import casebook

FLASKS = "ZF-2026-0002"
CHAIRS = "ZF-2026-0004"
NAILS = "ZF-2026-0001"
Change = tuple[str, str, str]
Look = Callable[..., View]


def look(target: Path, number: str, *changes: Change, audience: str | None = None) -> View:
    """The order with `changes`: a file, a text that stands in it once, and what is put there.

    For a whole file "" is found; put "" there, and the file is deleted.
    """
    folder = casebook.order_folder(number)
    casebook.lay_out(target, folder)
    for name, find, put in changes:
        path = target / name[1:] if name.startswith("/") else target / folder / name
        if not find and not put:
            path.unlink()
            continue
        text = path.read_text("utf-8") if find else ""
        assert not find or text.count(find) == 1, f"{find!r} stands {text.count(find)} times"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(find, put) if find else put, "utf-8")
    workspace = Workspace(target)
    order = workspace.order(folder)
    assert not order.diagnostics, order.diagnostics
    return View(workspace, order, audience)
