"""Names in a template: those that it sets, and those of which it asks whether they are there."""

from collections.abc import Iterator

from jinja2 import nodes

from docpipe.adapters.word.compiled.expressions import MAYBE


def names_asked_for(tree: nodes.Node) -> Iterator[str]:
    """The names in tests and filters that ask whether something is there."""
    for node in tree.find_all((nodes.Test, nodes.Filter)):
        if node.name in MAYBE:
            yield from (name.name for name in node.find_all(nodes.Name))


def names_set(tree: nodes.Node) -> Iterator[str]:
    """The names that assignments and macros set."""
    targets: list[nodes.Node] = [node.target for node in tree.find_all(nodes.Assign)]
    targets += [node.target for node in tree.find_all(nodes.AssignBlock)]
    for target in targets:
        names = [target, *target.find_all(nodes.Name)]
        yield from (name.name for name in names if isinstance(name, nodes.Name))
    yield from (macro.name for macro in tree.find_all(nodes.Macro))
