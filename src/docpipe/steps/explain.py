"""Explain: the manual page of every code that a finding can have."""

import re

from docpipe.adapters.schemas import problems as schema_problems
from docpipe.adapters.yamlfile import problems as yaml_problems
from docpipe.diagnostics import SEVERITY, DocpipeError, Problem, Text, nearest
from docpipe.rules import estate_rules, order_rules
from docpipe.trust.invariants import registry
from docpipe.workspace import problems as file_problems

_UNKNOWN = Text('There is no code "{code}"', "没有代码“{code}”")
_HEAD = Text("{code} ({severity})", "{code}（{severity}）")
_ALL = Text("All of them: docpipe explain", "全部代码：docpipe explain")


def problems() -> dict[str, Problem]:
    """Every problem by its code, sorted."""
    known = [
        *yaml_problems.ALL,
        *schema_problems.ALL,
        *file_problems.ALL,
        *(rule.problem for rule in order_rules()),
        *(rule.problem for rule in estate_rules()),
        *registry.problems(),
    ]
    return {problem.code: problem for problem in sorted(known, key=lambda each: each.code)}


def page(code: str | None, lang: str) -> str:
    """The manual page of `code`, or a line for each code. Raises DocpipeError for an unknown."""
    known = problems()
    if code is None:
        return "\n".join(f"{each.code}  {_shown(each.message, lang)}" for each in known.values())
    problem = known.get(code.upper()) or known.get(code.lower())
    if problem is None:
        near = nearest(code.upper(), known) or nearest(code.lower(), known) or _ALL
        raise DocpipeError(_UNKNOWN, near, exit_code=2, code=code)
    severity = SEVERITY[problem.severity].say(lang)
    manual, hint = problem.manual.say(lang), _shown(problem.hint, lang)
    lines = [
        _HEAD.say(lang, code=problem.code, severity=severity),
        "",
        _shown(problem.message, lang),
        "",
        manual,
    ]
    return "\n".join(lines if hint == "…" else [*lines, "", f"-> {hint}"])


def _shown(text: Text, lang: str) -> str:
    """A pattern with dots where a finding has its figures."""
    return re.sub(r"\{\w+\}", "…", text.say(lang))
