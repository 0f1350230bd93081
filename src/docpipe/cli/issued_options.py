"""How commands say which issued document they are about."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from docpipe.cli.language import say

F = TypeVar("F", bound=Callable[..., Any])

_REASON = click.option(
    "--reason", default="", metavar="WHY",
    help=say("Why you read it, for the access log", "查阅原因，记入查阅日志"),
)  # fmt: skip

_PARAMETERS = (
    click.argument("order", metavar=say("ORDER", "订单")),
    click.argument("document", metavar=say("DOC", "单证")),
    click.option(
        "--name",
        default="",
        metavar="NAME",
        help=say("Which shipment or inspection", "批次或检验名"),
    ),
    click.option(
        "--revision",
        type=click.IntRange(0),
        metavar="N",
        help=say("Which revision [last]", "版次 [最新]"),
    ),
    click.option(
        "--pdf", is_flag=True, help=say("As PDF, by LibreOffice", "用 LibreOffice 转为 PDF")
    ),
    _REASON,
)


def of_an_issued_document(command: F) -> F:
    """The arguments ORDER and DOC, and the options --name, --revision, --pdf and --reason."""
    for parameter in reversed(_PARAMETERS):
        command = parameter(command)
    return command


def with_a_reason(command: F) -> F:
    """The option --reason."""
    return _REASON(command)
