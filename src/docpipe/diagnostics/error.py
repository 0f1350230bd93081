"""The one exception for "the program cannot go on"."""

from docpipe.diagnostics.text import Param, Text

REFUSED = 1
SURROUNDINGS = 4


class DocpipeError(Exception):
    """One clear sentence and a hint; raised anywhere, caught once at the outer edge.

    `exit_code`: 1 a refusal, 2 wrong usage, 4 the surroundings (no git, no LibreOffice, disk full).
    """

    def __init__(
        self, message: Text, hint: Text | None = None, *, exit_code: int = REFUSED, **params: Param
    ) -> None:
        super().__init__(message.say("en", **params))
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
        self.params = params

    @property
    def text(self) -> Text:
        """The sentence, in both languages."""
        return self.message.filled(**self.params)

    @property
    def whole(self) -> Text:
        """The sentence and the hint, in both languages."""
        return Text(self.say("en"), self.say("zh"))

    def say(self, lang: str) -> str:
        """The sentence, and the hint on a line of its own."""
        parts = [self.message, self.hint] if self.hint else [self.message]
        return "\n".join(part.say(lang, **self.params) for part in parts)
