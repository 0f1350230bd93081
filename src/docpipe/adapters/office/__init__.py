"""LibreOffice: .docx to PDF, many with one start of the program."""

from docpipe.adapters.office.batch import Converted
from docpipe.adapters.office.conversion import convert
from docpipe.adapters.office.program import find, needed, version

__all__ = ["Converted", "convert", "find", "needed", "version"]
