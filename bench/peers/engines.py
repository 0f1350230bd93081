"""How each engine writes what our tags say."""

from dataclasses import dataclass

from bench.peers.tree import Block, Insert
from docpipe.adapters.word.ooxml import W


@dataclass(frozen=True)
class Engine:
    """A syntax. `own_rows`: a row's loop is written into rows of its own, as ours is."""

    name: str
    own_rows: bool = False

    def takes(self, block: Block, inside: bool) -> bool:
        """Whether the engine can do this condition or loop, or it must be answered beforehand.

        `inside` says that it stands in a condition that is not about whole rows.
        """
        return True

    def insert(self, node: Insert) -> str:
        """A value."""
        return f"{{{node.name}}}"

    def begin(self, block: Block, denied: bool = False) -> str:
        """The start of a loop, or of a condition, or of a condition's contrary."""
        return f"{{#{'not_' if denied else ''}{block.name}}}"

    def end(self, block: Block, denied: bool = False) -> str:
        """The end of it."""
        return f"{{/{'not_' if denied else ''}{block.name}}}"


class _Careful(Engine):
    """easy-template-x: a condition in a paragraph loses the page numbers that stand there too."""

    def takes(self, block: Block, inside: bool) -> bool:
        """Everything where there is no field."""
        return next(block.opened.around("p").iter(f"{W}fldSimple"), None) is None


class _Commands(Engine):
    """docx-templates: commands over JavaScript; no condition in another one of the same row."""

    def takes(self, block: Block, inside: bool) -> bool:
        """Loops, and what does not stand in a condition."""
        return bool(block.each) or not inside

    def insert(self, node: Insert) -> str:
        return f"{{INS {_own(node.loops)}{node.name}}}"

    def begin(self, block: Block, denied: bool = False) -> str:
        name = _own(block.loops) + ("not_" if denied else "") + block.name
        return f"{{FOR {block.name} IN {name}}}" if block.each else f"{{IF {name}}}"

    def end(self, block: Block, denied: bool = False) -> str:
        return f"{{END-FOR {block.name}}}" if block.each else "{END-IF}"


class Marked(Engine):
    """carbone: no start and end, but the next item marked after the first one.

    Its conditions cannot take rows and paragraphs away, so they are answered beforehand.
    """

    def takes(self, block: Block, inside: bool) -> bool:
        """Loops that have items."""
        return bool(block.each) and True in block.outcomes

    def insert(self, node: Insert) -> str:
        """A value, its line breaks kept."""
        return f"{{{self._path(node.loops)}{node.name}:convCRLF}}"

    def next(self, block: Block) -> str:
        """The mark of the next item, by a value of the loop's own."""
        value = next(node for node in block.body if isinstance(node, Insert))
        return f"{{{self._path(block.loops)}{block.name}[i+1].{value.name}}}"

    @staticmethod
    def _path(loops: tuple[str, ...]) -> str:
        return "d." + "".join(f"{loop}[i]." for loop in loops)


def _own(loops: tuple[str, ...]) -> str:
    return f"${loops[-1]}." if loops else ""


ENGINES = (
    Engine("docxtemplater"),
    _Careful("easy-template-x"),
    _Commands("docx-templates", own_rows=True),
    Marked("carbone"),
)
