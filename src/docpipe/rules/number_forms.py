"""Rules over the forms that a workspace gives to names and numbers."""

from collections.abc import Iterator

from docpipe.adapters.schemas.patterns import PLAINER, UNUSABLE, PatternError, demand_usable
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Estate
from docpipe.rules.engine import estate_rule
from docpipe.workspace.workspace import CATALOGUE


@estate_rule("CAT06", Severity.ERROR, *UNUSABLE, *PLAINER)
def forms_can_be_judged(estate: Estate) -> Iterator[Finding]:
    """`order_number` of company.yaml and `only` of the catalogue are regular expressions.

    They are read as RE2 does, in a time that no text can draw out; it knows neither looking ahead
    nor references to what matched before.
    ---
    company.yaml 的 order_number 和目录的 only 是正则表达式，按 RE2 语法解释，耗时有限；
    RE2 不支持前瞻、后顾和反向引用。
    """
    for node in _forms(estate):
        try:
            demand_usable(str(node.value))
        except PatternError as error:
            yield found(node.place, **error.params)


def _forms(estate: Estate) -> Iterator[Node]:
    for path, name in (("company.yaml", "order_number"), (CATALOGUE, "")):
        file = estate.workspace.file(path)
        root = file.root if file is not None else None
        if root is not None:
            asked = [root.find(name)] if name else [e.find("only") for e in root.rows("documents")]
            yield from (node for node in asked if node is not None)
