"""The value types that everything speaks: texts, places, diagnostics, the one exception."""

from docpipe.diagnostics.diagnostic import SEVERITY, Diagnostic, Finding, Problem, Severity, found
from docpipe.diagnostics.error import DocpipeError
from docpipe.diagnostics.nearest import nearest
from docpipe.diagnostics.place import Place
from docpipe.diagnostics.text import LANGUAGES, Param, Text, one_line, show, visible
from docpipe.diagnostics.value import Value, replace
