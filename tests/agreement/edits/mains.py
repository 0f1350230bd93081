"""By which main a record is judged, and where the push goes."""

from collections.abc import Callable

from tests.agreement.case import Case, Unfit


def name_another_main(case: Case) -> None:
    at, base = case.pick(), case.base
    names = (*base.line, base.side, base.apart, base.names[0], "0" * 40, "", "x", base.line[0][:12])
    new = case.chance.choice(names)
    case.says(at, r"^Main: .*$", f"Main: {new}")
    if case.chance.random() < 0.7:  # what is told names it too, where it does
        path = case.record(at)
        try:
            case.edit(at, path, r'commit: "\w*"', f'commit: "{new}"')
        except Unfit:
            case.told.append("told in the message alone")


def name_none_or_two(case: Case) -> None:
    at = case.pick()
    two = f"\\1Main: {case.chance.choice(case.base.line)}\n"
    case.says(at, r"^(Main: .*\n)", case.chance.choice(("", r"\1\1", two)))


def later_main(case: Case) -> None:
    """Everything from here on is judged by a main that a colleague made meanwhile."""
    at = case.pick()
    new = case.chance.choice(case.base.line[case.base.needed :])
    for each in range(at, len(case.acts)):
        case.says(each, r"^Main: .*$", f"Main: {new}")
        path = case.record(each)
        if b'commit: "' in case.acts[each].files[path].data:  # type: ignore[union-attr]
            case.edit(each, path, r'commit: "\w*"', f'commit: "{new}"')


def main_goes_on(case: Case) -> None:
    """The shared main has gone on, and somebody has lost a role."""
    case.there = case.main = len(case.base.line) - 1


def main_comes_along(case: Case) -> None:
    case.there = case.chance.randrange(len(case.base.line))
    case.main = case.chance.randrange(case.there, len(case.base.line))


def another_branch(case: Case) -> None:
    names = "Records", "record", "records2", "rеcords", "access/x", "work"
    case.ref = f"refs/heads/{case.chance.choice(names)}"


EDITS: tuple[Callable[[Case], object], ...] = (
    name_another_main, name_another_main, name_another_main, name_none_or_two, later_main,
    main_goes_on, main_comes_along, main_comes_along, another_branch,
)  # fmt: skip
