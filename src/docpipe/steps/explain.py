"""Explain: the manual page of every code that a finding can have."""

import difflib

from docpipe.adapters.schemas import problems as schema_problems
from docpipe.adapters.yamlfile import problems as yaml_problems
from docpipe.diagnostics import DocpipeError, Problem, Text
from docpipe.rules import estate_rules, order_rules
from docpipe.workspace import problems as file_problems

_UNKNOWN = Text('There is no code "{code}"', "没有代码“{code}”")
_NEAR = Text(
    "Codes like it: {near}; all of them: docpipe explain", "相近代码：{near}；全部：docpipe explain"
)


def problems() -> dict[str, Problem]:
    """Every problem by its code, sorted."""
    known = [
        *yaml_problems.ALL,
        *schema_problems.ALL,
        *file_problems.ALL,
        *(rule.problem for rule in order_rules()),
        *(rule.problem for rule in estate_rules()),
    ]
    return {problem.code: problem for problem in sorted(known, key=lambda each: each.code)}


def page(code: str | None, lang: str) -> str:
    """The manual page of `code`, or a line for each code. Raises DocpipeError for an unknown."""
    known = problems()
    if code is None:
        return "\n".join(f"{each.code}  {_pattern(each, lang)}" for each in known.values())
    problem = known.get(code.upper())
    if problem is None:
        near = difflib.get_close_matches(code.upper(), known, 3, 0.4)
        raise DocpipeError(_UNKNOWN, _NEAR, exit_code=2, code=code, near=near)
    manual = problem.manual.zh if lang == "zh" else problem.manual.en
    hint = problem.hint.zh if lang == "zh" else problem.hint.en
    lines = [f"{problem.code} ({problem.severity})", "", _pattern(problem, lang), "", manual]
    return "\n".join(lines if hint.startswith("{") else [*lines, "", f"-> {hint}"])


def _pattern(problem: Problem, lang: str) -> str:
    return problem.message.zh if lang == "zh" else problem.message.en
