"""`docpipe approve`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.steps.approve import approve, withdraw


@click.command(
    help=say(
        "Approve the wording of a document as today's saved facts make it, or named facts "
        "themselves; or withdraw that.\n\n"
        "\b\n"
        '  docpipe approve ZF-2026-0002 sales-contract --comment "Law agreed"\n'
        "  docpipe approve ZF-2026-0002 payment-terms\n"
        '  docpipe approve --withdraw ZF-2026-0002 sales-contract --reason "See mail"\n\n'
        "It counts only from a colleague with the role that the catalogue asks for, and only as "
        "long as the wording, or the facts, stay as they are. It goes on record, and is never "
        "deleted there. Facts are named in templates/catalogue.yaml.",
        "审批由当前已保存内容生成的单证文本，或按名称审批事项；也可撤销审批。\n\n"
        "\b\n"
        '  docpipe approve ZF-2026-0002 sales-contract --comment "条款已商定"\n'
        "  docpipe approve ZF-2026-0002 payment-terms\n"
        '  docpipe approve --withdraw ZF-2026-0002 sales-contract --reason "见邮件"\n\n'
        "须由目录所要求角色的同事审批才有效；文本或事项一旦改动即失效。审批记入记录，不会删除。"
        "可审批的事项见 templates/catalogue.yaml。",
    )
)
@click.argument("order", metavar=say("ORDER", "订单"))
@click.argument("what", metavar=say("WHAT", "单证或事项"))
@click.option("--comment", default="", metavar="TEXT", help=say("A remark", "备注"))
@click.option("--withdraw", "taking", is_flag=True, help=say("Withdraw the approval", "撤销审批"))
@click.option(
    "--reason", default="", metavar="TEXT",
    help=say("Why it is withdrawn", "撤回原因"),
)  # fmt: skip
@click.pass_obj
def command(folder: Path, order: str, what: str, comment: str, taking: bool, reason: str) -> None:
    """Put an approval, or its withdrawal, on record, and say so."""
    if taking != bool(reason.strip()) or (taking and comment):
        raise click.UsageError(
            say(
                "--withdraw takes --reason, and approving takes --comment",
                "撤销（--withdraw）须用 --reason 说明原因；审批用 --comment 备注",
            )
        )
    workspace, now = console.workspace(folder), console.now()
    where = console.one_order(workspace, order, folder)
    if taking:
        for each in withdraw(workspace, where, what, reason, now):
            echo(say(f"Withdrawn: {each.path}", f"已撤销：{each.path}"), err=True)
        return
    given = approve(workspace, where, what, comment, now)
    approval = given.approval
    name, role = approval.by.name, given.role.say(language())
    at = approval.at.isoformat(" ")[:16]
    if given.new:
        number, document = where.rpartition("/")[2], approval.document
        back = f"docpipe approve --withdraw {number} {document} --reason"
        text = say(f"Approved by {name} ({role}), on record as: {approval.path}\n"
                   f'To take it back:\n  {back} "Why"',
                   f"{name}（{role}）已审批，记录为：{approval.path}\n"
                   f'如需撤销：\n  {back} "原因"')  # fmt: skip
    else:
        text = say(f"Already approved by {name} ({role}) at {at}, on record as: {approval.path}",
                   f"{name}（{role}）已于 {at} 审批，记录为：{approval.path}")  # fmt: skip
    echo(text, err=True)
