"""Thousands of generated templates: compiled code never differs from docxtpl without a word."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings

from docpipe.adapters.word.budget import Budget
from docpipe.adapters.word.current_budget import CURRENT
from docpipe.adapters.word.environment import environment
from tests.adapters.compiled.test_generated import BLOCKS, FACTS, compare

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("turn", range(4))
def test_generated_templates_print_the_same(turn: int) -> None:
    @seed(turn)
    @given(BLOCKS, FACTS)
    @settings(max_examples=700, derandomize=False, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    def holds(body: str, facts: dict[str, Any]) -> None:
        if turn % 2:
            compare(body, facts)
            return
        CURRENT.set(budget := Budget())
        compare(body, {**facts, **budget.names, "people": {}}, environment())

    holds()
