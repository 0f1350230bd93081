"""What somebody may have meant."""

from collections.abc import Iterable

from docpipe.diagnostics.text import Text


def nearest(word: str, known: Iterable[str]) -> Text | None:
    """ "Did you mean ...?" for the known word that looks most like `word`; None where none does."""
    import difflib

    near = difflib.get_close_matches(word, list(known), 1, 0.6)
    return Text(f"Did you mean {near[0]}?", f"是不是 {near[0]}？") if near else None
