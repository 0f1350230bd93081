"""Templates and facts that nobody thought of: never different from docxtpl without a word."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from docpipe.adapters.word.budget import Budget
from docpipe.adapters.word.current_budget import CURRENT
from docpipe.adapters.word.environment import environment as ours
from tests.adapters.compiled.against import assert_equal, by_compiled, by_docxtpl
from tests.adapters.kit import escaped, template

CORE = b"docProps/core.xml"
TEXTS = st.text(alphabet="ab <>&\"'{}_%\n\t\u00a0\u3000中\x07", max_size=8)
VALUES: st.SearchStrategy[Any] = st.one_of(
    TEXTS, st.integers(-5, 5), st.none(), st.booleans(), st.floats(allow_nan=False, width=16),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-9, max_value=9),
)  # fmt: skip
ENTRIES = st.fixed_dictionaries({"p": VALUES, "q": VALUES}, optional={"items": VALUES})
FACTS = st.fixed_dictionaries(
    {"a": VALUES, "b": VALUES, "d": ENTRIES, "xs": st.lists(ENTRIES, max_size=3)},
    optional={"m": VALUES},
)
NAMES = st.sampled_from(["a", "b", "d.p", "d.q", "x.p", "x.q", "m", "loop.index", "d", "xs[0].p"])


def expressions() -> st.SearchStrategy[str]:
    """Names, filters, conditions."""
    return st.recursive(
        NAMES,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["upper", "trim", "string", "default('z')", "e"])).map(
                lambda pair: f"({pair[0]}) | {pair[1]}"
            ),
            st.tuples(inner, st.sampled_from(["and", "or", "==", "~"]), inner).map(
                lambda three: f"({three[0]}) {three[1]} ({three[2]})"
            ),
            st.tuples(inner, NAMES, inner).map(lambda t: f"({t[0]}) if {t[1]} else ({t[2]})"),
            inner.map(lambda name: f"({name}) is defined"),
        ),
        max_leaves=3,
    )


def inlines() -> st.SearchStrategy[str]:
    """What stands in the text of a run."""
    plain = st.text(alphabet="ab <&{}_%", max_size=4).map(_harmless)
    return st.recursive(
        st.one_of(plain, expressions().map("{{{{ {} }}}}".format)),
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map("".join),
            st.tuples(expressions(), inner, inner).map(
                lambda t: f"{{% if {t[0]} %}}{t[1]}{{% else %}}{t[2]}{{% endif %}}"
            ),
            inner.map("{{% for x in xs %}}{}{{% endfor %}}".format),
            st.tuples(st.sampled_from(["a", "s", "x"]), expressions(), inner).map(
                lambda t: f"{{% set {t[0]} = {t[1]} %}}{t[2]}"
            ),
        ),
        max_leaves=5,
    )


def _harmless(words: str) -> str:
    """Text that is no tag of Jinja's by accident."""
    for opening in ("{{", "{%", "{#", "}}", "%}", "#}"):
        words = words.replace(opening, " ")
    return words


def _run(words: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escaped(words)}</w:t></w:r></w:p>'


def _wrapped(pair: tuple[str, str]) -> str:
    tag, inner = pair
    return _run("{%p " + tag + " %}") + inner + _run("{%p end" + tag.split()[0] + " %}")


def _table(rows: list[str]) -> str:
    grid = '<w:tblGrid><w:gridCol w:w="5"/><w:gridCol w:w="5"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"


CELLS = inlines().map(lambda words: f"<w:tc>{_run(words)}</w:tc>")
ROWS = st.one_of(
    st.tuples(CELLS, CELLS).map(lambda two: f"<w:tr>{''.join(two)}</w:tr>"),
    st.tuples(CELLS, CELLS).map(
        lambda two: "<w:tr><w:tc>" + _run("{%tr for x in xs %}") + "</w:tc></w:tr>"
        f"<w:tr>{''.join(two)}</w:tr><w:tr><w:tc>" + _run("{%tr endfor %}") + "</w:tc></w:tr>"
    ),
)  # fmt: skip
BLOCKS = st.recursive(
    st.one_of(inlines().map(_run), st.lists(ROWS, min_size=1, max_size=3).map(_table)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.tuples(st.sampled_from(["for x in xs", "if a", "if d.q"]), inner).map(_wrapped),
    ),
    max_leaves=4,
)


def compare(body: str, facts: dict[str, Any], env: Any = None) -> None:
    parts = template(body=body)
    try:
        wanted = by_docxtpl(parts, facts, env)
    except Exception:  # whatever a template provokes
        wanted = None
    try:
        made = by_compiled(parts, facts, env)
    except Exception:  # a template that Jinja cannot read, or that fails amid the page
        assert wanted is None, "compiled code fails where docxtpl prints"
        return
    if made is not None:
        assert wanted is not None, "docxtpl refuses what compiled code prints"
        assert_equal(_undated(made), _undated(wanted))


def _undated(parts: dict[str, bytes]) -> dict[str, bytes]:
    """python-docx dates the properties that it makes itself."""
    return {name: data for name, data in parts.items() if name.encode() != CORE}


@given(BLOCKS, FACTS)
@settings(max_examples=150)
def test_compiled_code_prints_what_docxtpl_prints(body: str, facts: dict[str, Any]) -> None:
    compare(body, facts)


@given(BLOCKS, FACTS)
@settings(max_examples=80)
def test_the_sandbox_of_documents_prints_the_same_compiled(
    body: str, facts: dict[str, Any]
) -> None:
    CURRENT.set(budget := Budget())
    compare(body, {**facts, **budget.names, "people": {}}, ours())


def test_figures_are_decimals_to_the_page() -> None:
    body = _run("{{ a | money('USD') }} {{ b | number }}")
    made = by_compiled(template(body=body), {"a": Decimal("1234.5"), "b": Decimal("24936")}, ours())
    assert made is not None and b"1,234.50 24,936" in made["word/document.xml"]
