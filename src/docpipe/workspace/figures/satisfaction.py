"""What a survey of a customer comes to."""

from decimal import ROUND_HALF_UP, Decimal

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both, both, choice

LOW = 3
_PLACES = Decimal("0.01")


class Rating(Value):
    """One question and its answer; `score` is None where it was not answered."""

    question: Both
    score: int | None
    comment: Both

    @property
    def low(self) -> bool:
        """Whether something must be done about it."""
        return self.score is not None and self.score <= LOW


class Satisfaction(Value):
    """The questions of a survey; `mean` is None before any is answered."""

    ratings: tuple[Rating, ...]
    mean: Decimal | None

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return len(self.ratings)

    @property
    def answered(self) -> int:
        """How many of them have a score."""
        return sum(rating.score is not None for rating in self.ratings)


def satisfaction(view: View, name: str) -> Satisfaction | None:
    """The figures of one survey such as "2026-H1/MIHON"; None where it is not to be seen."""
    node = view.get("survey", *name.split("/"))
    if node is None:
        return None
    schema = fields.at(view.schema("survey"), ("questions", 0))
    ratings = tuple(_rating(row, schema) for row in node.rows("questions"))
    return Satisfaction(ratings, _mean([r.score for r in ratings if r.score is not None]))


def _rating(row: Node, schema: fields.Field) -> Rating:
    asked = both(row.find("question")) or choice(schema, row, "about")
    score = row.count("score") if "score" in row else None
    return Rating(asked, score, both(row.find("comment")))


def _mean(scores: list[int]) -> Decimal | None:
    if not scores:
        return None
    return (Decimal(sum(scores)) / len(scores)).quantize(_PLACES, ROUND_HALF_UP)
