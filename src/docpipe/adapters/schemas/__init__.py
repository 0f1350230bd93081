"""JSON Schemas: which file is what, what its fields mean, and whether a file fits."""

from docpipe.adapters.schemas.fields import Field, bilingual_lines, labels
from docpipe.adapters.schemas.kinds import FileKind
from docpipe.adapters.schemas.store import SchemaStore
from docpipe.adapters.schemas.validate import validate

__all__ = ["Field", "FileKind", "SchemaStore", "bilingual_lines", "labels", "validate"]
