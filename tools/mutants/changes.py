"""The ways in which one node of a syntax tree may be written wrong."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

COMPARISONS: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Lt: ("<=", ">="),
    ast.LtE: ("<", ">"),
    ast.Gt: (">=", "<="),
    ast.GtE: (">", "<"),
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
}
SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*",
}  # fmt: skip
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "ceil": "floor",
    "floor": "ceil",
    "ERROR": "WARNING",
    "WARNING": "ERROR",
    "ROUND_HALF_UP": "ROUND_DOWN",
    "ROUND_CEILING": "ROUND_FLOOR",
    "ROUND_FLOOR": "ROUND_CEILING",
    "ROUND_DOWN": "ROUND_UP",
    "ROUND_UP": "ROUND_DOWN",
}
NUMBERS = frozenset({"Decimal", "Fraction"})


class Change(NamedTuple):
    """The text of `node` becomes `text`; `sort` says what kind of slip that is."""

    node: ast.AST
    text: str
    sort: str


def changes(node: ast.AST) -> Iterator[Change]:
    """Every slip that is made at this very node, not below it."""
    if isinstance(node, ast.Compare):
        yield from _comparison(node)
    elif isinstance(node, ast.BinOp):
        if sign := ARITHMETIC.get(type(node.op)):
            text = f"({_text(node.left)} {sign} {_text(node.right)})"
            yield Change(node, text, "arithmetic")
    elif isinstance(node, ast.BoolOp):
        sign = "or" if isinstance(node.op, ast.And) else "and"
        yield Change(node, "(" + f" {sign} ".join(map(_text, node.values)) + ")", "and/or")
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Change(node, f"({_text(node.operand)})", "not")
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Name | ast.Attribute):
        yield from _name(node)
    elif isinstance(node, ast.Call):
        yield from _number(node)
    elif isinstance(node, ast.stmt):
        yield from _statement(node)
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield Change(node.test, f"(not ({_text(node.test)}))", "not")
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield Change(test, f"(not ({_text(test)}))", "not")


def is_number(node: ast.AST) -> bool:
    """Whether it is written like Decimal("1.1"), which is a number as well."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
        return node.func.id in NUMBERS and isinstance(node.args[0], ast.Constant)
    return False


def _text(node: ast.AST) -> str:
    simple = isinstance(node, ast.Name | ast.Constant | ast.Call | ast.Attribute | ast.Subscript)
    return ast.unparse(node) if simple else f"({ast.unparse(node)})"


def _comparison(node: ast.Compare) -> Iterator[Change]:
    for at, op in enumerate(node.ops):
        for sign in COMPARISONS[type(op)]:
            signs = [SIGNS[type(each)] for each in node.ops]
            signs[at] = sign
            pairs = zip(signs, map(_text, node.comparators), strict=True)
            text = f"{_text(node.left)} " + " ".join(f"{each} {right}" for each, right in pairs)
            near = sign.rstrip("=") == SIGNS[type(op)].rstrip("=") != ""
            yield Change(node, f"({text})", "boundary" if near else "comparison")


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield Change(node, str(not value), "constant")
    elif isinstance(value, int):
        yield Change(node, str(value + 1), "constant")
    elif isinstance(value, str) and value:
        yield Change(node, repr(value + "X"), "text")


def _name(node: ast.Name | ast.Attribute) -> Iterator[Change]:
    if isinstance(node.ctx, ast.Load):
        name = node.id if isinstance(node, ast.Name) else node.attr
        if name in NAMES:
            before = "" if isinstance(node, ast.Name) else f"{_text(node.value)}."
            yield Change(node, before + NAMES[name], "name")


def _number(node: ast.Call) -> Iterator[Change]:
    if is_number(node):
        yield Change(node, f"({ast.unparse(node)} + 1)", "constant")


def _statement(node: ast.stmt) -> Iterator[Change]:
    if isinstance(node, ast.Continue | ast.Break | ast.Raise | ast.AugAssign):
        yield Change(node, "pass", "dropped")
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield Change(node, "(yield from ())", "dropped")
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield Change(node, "pass", "dropped")
    elif isinstance(node, ast.Return):
        nothing = node.value is None or ast.unparse(node.value) == "None"
        yield Change(node, "pass" if nothing else "return None", "return")
