"""Where signatures are asked for, told by what follows what."""

from collections.abc import Collection

from docpipe.trust.judging.demand import Asking, Demand, demand


def told(
    history: str, tip: str, *, asks: Collection[str], lifts: Collection[str] = (),
    raises: Collection[str] = (),
) -> Demand:  # fmt: skip
    """Of a history such as "a b:a m:b,c", the oldest first."""
    rows = (row.partition(":") for row in history.split())
    ancestry = {name: tuple(filter(None, parents.split(","))) for name, _, parents in rows}
    line, at = [], tip
    while at in ancestry:
        line.append(at)
        at = next(iter(ancestry[at]), "")
    asking = Asking(lambda c: c in asks, lambda c: c in raises, lambda c, _: c in lifts)
    return demand(ancestry, line, asking)


def asked(history: str, tip: str, **words: Collection[str]) -> str:
    return "".join(sorted(told(history, tip, **words).asked))


def test_nothing_is_asked_where_nobody_asks() -> None:
    assert told("a b:a", "b", asks="") == Demand()


def test_it_is_asked_from_the_commit_that_asks() -> None:
    assert asked("a b:a c:b d:c", "d", asks="bcd") == "bcd"


def test_it_is_asked_on_until_it_is_lifted() -> None:
    line = "a b:a c:b d:c e:d"
    assert asked(line, "e", asks="b") == "bcde"
    assert asked(line, "e", asks="b", lifts="c") == "bc"
    assert asked(line, "e", asks="be", lifts="c") == "bce"


def test_a_branch_from_before_that_comes_after_is_no_way_around() -> None:
    assert asked("a x:a y:x b:a m:b,y n:m", "n", asks="bmn") == "bmnxy"


def test_what_came_before_it_was_asked_for_is_free() -> None:
    """The request was on a branch under review: w asks, m joins it."""
    assert asked("a w:a b:a m:b,w n:m", "n", asks="wmn") == "mn"


def test_only_main_lifts() -> None:
    assert asked("a b:a x:b m:b,x n:m", "n", asks="b", lifts="x") == "bmnx"
    assert asked("a b:a x:b m:b,x n:m", "n", asks="b", lifts="xm") == "bmx"


def test_a_branch_begun_while_it_was_asked_for_does_not_bring_it_back() -> None:
    line = "a b:a x:b c:b m:c,x n:m"
    assert asked(line, "n", asks="bx", lifts="c") == "bcx"
    assert asked(line, "n", asks="bxmn", lifts="c") == "bcmnx"


def test_a_line_that_goes_past_main_escapes_nothing() -> None:
    """b asked on the real main, as an admin; x is somebody's line from before."""
    away = "a b:a x:a m:x,b n:m"
    assert asked(away, "n", asks="b", raises="b") == "bmn"
    assert told(away, "n", asks="b", raises="b").dropped == {"m"}
    assert told(away, "n", asks="bmn", raises="b").dropped == frozenset()
    assert told(away, "n", asks="b", raises="b", lifts="m").dropped == frozenset()
    assert asked(away, "n", asks="b", raises="b", lifts="m") == "b"


def test_what_somebody_proposes_and_takes_back_asks_nobody() -> None:
    assert asked("a x:a y:x m:a,y n:m", "n", asks="x") == ""
