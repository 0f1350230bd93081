"""Where each value of a template will stand, proven for every way its conditions may turn out.

The Jinja tree is walked as if each branch were taken and each loop run. A branch must leave the
XML as it found it; then every rendering is well-formed, and whether a value stands in the text of
a run (where docxtpl turns a line feed into a break) is known beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jinja2 import nodes

from docpipe.adapters.word.compiled.bail import NotCoveredError
from docpipe.adapters.word.compiled.tables import TableMark, Tables
from docpipe.adapters.word.compiled.xmltext import Cursor, XmlPlace, XmlState, joined

_ASIDE = (nodes.Macro, nodes.Assign, nodes.AssignBlock, nodes.ExprStmt)
"""What prints nothing where it stands."""


@dataclass  # filled while the template is walked; only compiling imports it
class Shape:
    """What the walk found, by the identity of the tree's nodes."""

    places: dict[int, XmlPlace] = field(default_factory=dict)
    """Expression -> where its value stands."""
    texts: dict[int, list[str | TableMark]] = field(default_factory=dict)
    """Template data -> its text as docxtpl would leave it, with what is to be watched."""


def shape(tree: nodes.Template, root: str, mend: bool) -> Shape:
    """Walk a part's tree, which stands within the element `root` ("" for a property).

    `mend` asks for a paragraph at the end of every cell. Raises NotCoveredError.
    """
    walker = _Walker(mend)
    before = XmlState.within(root)
    after = walker.body(tree.body, before, 0)
    if not after.fits(before):
        raise NotCoveredError("the part does not end where it began")
    walker.tables.settle(walker.found.texts)
    return walker.found


class _Walker:
    """One walk over a tree."""

    def __init__(self, mend: bool) -> None:
        self.found = Shape()
        self.tables = Tables(mend)

    def body(self, body: Sequence[nodes.Node], state: XmlState, depth: int) -> XmlState:
        """The state after these statements, at a depth of so many conditions and loops."""
        for node in body:
            state = self._statement(node, state, depth)
        return state

    def _statement(self, node: nodes.Node, state: XmlState, depth: int) -> XmlState:
        match node:
            case nodes.Output():
                return self._output(node, state, depth)
            case nodes.If():
                return self._if(node, state, depth)
            case nodes.For() if not node.recursive:
                once = self.body(node.body, state, depth + 1)
                without = self.body(node.else_, state, depth + 1) if node.else_ else state
                return joined([state, once, without])
            case nodes.With():
                return self.body(node.body, state, depth)
            case _ if isinstance(node, _ASIDE):
                return state
            case _:
                raise NotCoveredError(type(node).__name__)

    def _if(self, node: nodes.If, state: XmlState, depth: int) -> XmlState:
        branches = [node.body, *(elif_.body for elif_ in node.elif_), node.else_]
        return joined([self.body(branch, state, depth + 1) for branch in branches])

    def _output(self, node: nodes.Output, state: XmlState, depth: int) -> XmlState:
        cursor = Cursor(state, depth, self.tables)
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.found.texts[id(child)] = cursor.feed(child.data)
            else:
                self.found.places[id(child)] = cursor.value()
        return cursor.state
