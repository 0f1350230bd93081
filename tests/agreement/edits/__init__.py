"""Everything that somebody may do to a push of records, each a function of a case."""

from collections.abc import Callable

from tests.agreement.case import Case
from tests.agreement.edits import commits, deeds, documents, fields, files, mains

EDITS: tuple[Callable[[Case], object], ...] = (
    *commits.EDITS, *deeds.EDITS, *documents.EDITS, *fields.EDITS, *files.EDITS, *mains.EDITS,
)  # fmt: skip
