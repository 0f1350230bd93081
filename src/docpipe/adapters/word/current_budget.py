"""The budget of the document that is being rendered, for what Jinja calls without a context."""

from contextvars import ContextVar

from docpipe.adapters.word.budget import Budget

CURRENT: ContextVar[Budget] = ContextVar("budget")
