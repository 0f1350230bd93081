"""What the customer asked, beside what we answered or when the answer follows."""

from collections.abc import Iterator, Mapping

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both, both, choice
from docpipe.workspace.figures.goods import Goods, goods


class Question(Value):
    """One point of the inquiry; `goods` is empty where it is about no single line."""

    id: int
    about: Both
    asked: Both
    goods: Both


class Answer(Value):
    """Points that share an answer: `text` with `at` and `by`, or else when it `follows`."""

    points: tuple[Question, ...]
    text: Both = Both()
    at: str | None = None
    by: str | None = None
    follows: str | None = None


def answers(view: View) -> tuple[Answer, ...]:
    """Replies as they were sent, then points promised, then points still open."""
    node = view.get("inquiry")
    if node is None:
        return ()
    points = _points(view, node)
    given = [_given(reply, points) for reply in node.rows("replies")]
    done = {point.id for answer in given for point in answer.points}
    waiting = {id_: point for id_, point in points.items() if id_ not in done}
    return (*given, *_waiting(waiting, _promises(node)))


def _points(view: View, node: Node) -> Mapping[int, Question]:
    schema, known = fields.at(view.schema("inquiry"), ("points", 0)), goods(view)
    return {row.count("id"): _asked(row, schema, known) for row in node.rows("points")}


def _asked(row: Node, schema: fields.Field, known: Mapping[int, Goods]) -> Question:
    line = known.get(row.count("line", 0))
    about, asked = choice(schema, row, "about"), both(row.find("asked"))
    return Question(row.count("id"), about, asked, line.name if line else Both())


def _given(reply: Node, points: Mapping[int, Question]) -> Answer:
    numbers = [int(str(node.value)) for node in reply.rows("answers")]
    return Answer(
        points=tuple(points[number] for number in numbers if number in points),
        text=both(reply.find("text")),
        at=reply.text("at"),
        by=reply.text("by", "") or None,
    )


def _promises(node: Node) -> Mapping[int, str]:
    """The day last promised for each point."""
    return {
        int(str(point.value)): reply.text("follows.by")
        for reply in node.rows("replies")
        for point in reply.rows("follows.points")
    }


def _waiting(points: Mapping[int, Question], promised: Mapping[int, str]) -> Iterator[Answer]:
    for day in sorted({promised[id_] for id_ in points if id_ in promised}):
        yield Answer(tuple(p for i, p in points.items() if promised.get(i) == day), follows=day)
    if left := tuple(point for id_, point in points.items() if id_ not in promised):
        yield Answer(left)
