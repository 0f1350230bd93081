"""Numbers of issued documents: per code and year, without a gap, none given twice."""

import re

from docpipe.adapters.git import CommitSource
from docpipe.adapters.yamlfile.writing import written
from docpipe.diagnostics import Value
from docpipe.workspace.workspace import Workspace

_PATTERN = "{code}-{year}-{sequence:04}"
_FILE = re.compile(r"(\d{4,12})\.yaml\Z")


class Given(Value):
    """A number, and the file that puts on record that it is given."""

    number: str
    path: str
    content: bytes


def next_number(
    workspace: Workspace, records: CommitSource, code: str, year: int, order: str, document: str
) -> Given:
    """The next free number of a code in a year, in the company's form.

    Its file is new on `records`: of two who give the same number at once one must begin again.
    Files there are never removed, so the last one tells the next.
    """
    folder = f"numbers/{code}/{year}"
    taken = [_FILE.search(path) for path in records.files(folder)]
    sequence = max((int(match[1]) for match in taken if match), default=0) + 1
    number = in_form(workspace, code, year, sequence)
    content = written({"number": number, "order": order, "document": document})
    return Given(number, f"{folder}/{sequence:04}.yaml", content)


def in_form(workspace: Workspace, code: str, year: int, sequence: int) -> str:
    """A number as the company writes it."""
    pattern = workspace.company.text("document_number", _PATTERN)
    return pattern.format(code=code, year=year, sequence=sequence)
