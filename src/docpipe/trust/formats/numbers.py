"""Numbers of issued documents: per code and year, without a gap, none given twice."""

from docpipe.adapters.git import CommitSource
from docpipe.adapters.yamlfile.dump import written
from docpipe.diagnostics import Value
from docpipe.trust.formats.places import NUMBER, Place, place_of
from docpipe.trust.formats.reading import data_at, strange
from docpipe.workspace.workspace import Workspace

_PATTERN = "{code}-{year}-{sequence:04}"


class Given(Value):
    """A number, the place that puts on record that it is given, and what it is given to."""

    place: Place
    number: str
    order: str
    document: str


def next_number(
    workspace: Workspace, records: CommitSource, code: str, year: int, order: str, document: str
) -> Given:
    """The next free number of a code in a year, in the company's form.

    Its file is new on `records`: of two who give the same number at once one must begin again.
    Files there are never removed, so the last one tells the next.
    """
    first = Place(NUMBER, 1, code=code, year=year)
    there = (place_of(path) for path in records.files(first.folder))
    sequence = max((place.count for place in there if place), default=0) + 1
    number = in_form(workspace, code, year, sequence)
    return Given(first._replace(count=sequence), number, order, document)


def number_file(given: Given) -> dict[str, bytes]:
    """That a number is given, as a file."""
    said = {"number": given.number, "order": given.order, "document": given.document}
    return {given.place.path: written(said)}


def given_at(records: CommitSource, place: Place) -> Given:
    """The number given at a place. Raises DocpipeError for what docpipe does not write."""
    try:
        root = data_at(records, place.path)
        told = (root.text(key) for key in ("number", "order", "document"))
        return Given(place, *told)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise strange(place.path) from error


def in_form(workspace: Workspace, code: str, year: int, sequence: int) -> str:
    """A number as the company writes it."""
    pattern = workspace.company.text("document_number", _PATTERN)
    return pattern.format(code=code, year=year, sequence=sequence)
