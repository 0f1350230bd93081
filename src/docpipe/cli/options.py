"""How commands say what they do and take, in both languages; and options that several have."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from docpipe.cli.language import say

F = TypeVar("F", bound=Callable[..., Any])


def described(en: str, zh: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with this help page."""
    return click.command(help=say(en, zh))


def below(
    group: click.Group, name: str, short: tuple[str, str], en: str, zh: str
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of a group: its line in the group's list, its help page."""
    return group.command(name, short_help=say(*short), help=say(en, zh))


def option(names: str, en: str, zh: str, **more: Any) -> Callable[[F], F]:
    """An option with this help; its names, and what its parameter is called, apart by spaces."""
    return click.option(*names.split(), help=say(en, zh), **more)


def flag(names: str, en: str, zh: str) -> Callable[[F], F]:
    """An option that says yes."""
    return option(names, en, zh, is_flag=True)


def text(names: str, en: str, zh: str, metavar: str) -> Callable[[F], F]:
    """An option that takes a text, "" where it is not given."""
    return option(names, en, zh, default="", metavar=metavar)


AN_ORDER = click.argument("order", metavar=say("ORDER", "订单"))
ORDERS = click.argument("orders", nargs=-1, metavar=say("[ORDER...]", "[订单...]"))
A_DOCUMENT = click.argument("document", metavar=say("DOC", "单证"))
NAMED = text("--name", "Which shipment or inspection", "批次或检验名", metavar="NAME")
AS_JSON = flag("--json as_json", "As JSON", "以 JSON 输出")
CHECKPOINT = option("--checkpoint", "Compare with this one, too", "同时对照此检查点",
                    metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))  # fmt: skip
WITH_A_REASON = text("--reason", "Why you read it, for the access log", "查阅原因，记入查阅日志",
                     metavar="WHY")  # fmt: skip

_PARAMETERS = (
    AN_ORDER, A_DOCUMENT, NAMED,
    option("--revision", "Which revision [last]", "版次 [最新]", metavar="N",
           type=click.IntRange(0)),
    flag("--pdf", "As PDF, by LibreOffice", "用 LibreOffice 转为 PDF"),
    WITH_A_REASON,
)  # fmt: skip


def of_an_issued_document(command: F) -> F:
    """The arguments ORDER and DOC, and the options --name, --revision, --pdf and --reason."""
    for parameter in reversed(_PARAMETERS):
        command = parameter(command)
    return command
