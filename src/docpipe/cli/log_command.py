"""`docpipe log`."""

from datetime import datetime
from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.options import AS_JSON, CHECKPOINT, below, flag, option, text
from docpipe.cli.terminal import echo, utf8

_FETCH = flag("--fetch", "Fetch what others shared first", "先获取他人已共享的内容")


@click.group(
    invoke_without_command=True,
    help=say(
        "Show who read what: every reading through docpipe, of everybody whose log is here.\n\n"
        "\b\n  docpipe log --order ZF-2026-0002\n"
        "  docpipe log --person lin --since 2026-03-01 --csv > log.csv\n"
        "  docpipe log verify               is anything altered or missing?\n\n"
        "The oldest comes first.",
        "查看谁查阅了什么：本机已有的全部人员经 docpipe 的查阅记录。\n\n"
        "\b\n  docpipe log --order ZF-2026-0002\n"
        "  docpipe log --person 林 --since 2026-03-01 --csv > log.csv\n"
        "  docpipe log verify               是否有改动或缺失？\n\n"
        "按时间先后排列。",
    ),
)
@text("--order", "Of this order", "仅此订单", metavar=say("ORDER", "订单"))
@text("--person", "Of this e-mail, or name", "仅此邮箱或姓名", metavar=say("PERSON", "人员"))
@option("--since", "From this day on", "自此日起",
        type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD")  # fmt: skip
@_FETCH
@AS_JSON
@flag("--csv as_csv", "For spreadsheets", "供电子表格使用")
@click.pass_context
def command(
    context: click.Context, order: str, person: str, since: datetime | None, fetch: bool,
    as_json: bool, as_csv: bool,
) -> None:  # fmt: skip
    """A row for each entry; what to know of it on standard error."""
    if context.invoked_subcommand:
        return
    if as_json and as_csv:
        raise click.UsageError(say("Either --json or --csv", "--json 与 --csv 只能选一个"))
    from docpipe.reports import access_log as report
    from docpipe.steps.log import LogQuery, log

    wanted = LogQuery(order, person, since.date() if since else None)
    found = log(console.workspace(context.obj), wanted, fetch=fetch, now=console.now())
    if as_json or as_csv:
        utf8(report.as_json(found.entries) if as_json else report.as_csv(found.entries))
    elif found.entries:
        head = [title.say(language()) for title in report.HEAD]
        console.print_table(head, [*report.rows(found.entries, language())], flexible=4)
    console.print_lines(report.notes(found, language()), err=True)


@below(
    command,
    "verify",
    ("Verify that nothing is altered or missing", "核验有无改动或缺失"),
    "Verify the access log: each chain in one line and numbered, each entry its person's and "
    "signed where that is asked for, nothing missing that this clone or a checkpoint has "
    "seen; and that main and records hold what was seen of them.\n\n"
    "\b\n  docpipe log verify --fetch\n"
    "  docpipe log verify --checkpoint checkpoint.txt",
    "核验查阅日志：每条链首尾相接、序号连续；每个条目属于本人，要求签名的已签名；"
    "本克隆或检查点见过的内容无一缺失；main 和 records 仍含此前见过的内容。\n\n"
    "\b\n  docpipe log verify --fetch\n"
    "  docpipe log verify --checkpoint checkpoint.txt",
)
@_FETCH
@CHECKPOINT
@flag("--all anew", "Also what was verified before", "包括此前已核验的内容")
@AS_JSON
@click.pass_obj
def verify(folder: Path, fetch: bool, checkpoint: Path | None, anew: bool, as_json: bool) -> int:
    """What was checked against what, then what is wrong."""
    from docpipe.cli.log_output import kept, tell
    from docpipe.steps.log_verify import verify as verified

    workspace = console.workspace(folder)
    verdict = verified(workspace, fetch=fetch, anew=anew, kept=kept(folder, checkpoint),
                       now=console.now())  # fmt: skip
    tell(verdict, as_json=as_json)
    return 0 if verdict.sound else 1


@below(
    command,
    "checkpoint",
    ("Print where all branches end, to keep elsewhere", "输出各分支末端，供另行保存"),
    "Print where every chain, records and main end, a line each with a digest below. Keep it "
    "where whoever could change the repository cannot.\n\n"
    "\b\n  docpipe log checkpoint > checkpoint.txt",
    "输出每条链以及 records、main 的末端，每行一个，末行为摘要。"
    "请保存在能改动仓库的人接触不到的地方。\n\n"
    "\b\n  docpipe log checkpoint > checkpoint.txt",
)
@_FETCH
@click.pass_obj
def checkpoint(folder: Path, fetch: bool) -> int:
    """Verified first: what is not sound is not worth keeping."""
    from docpipe.cli.log_output import tell
    from docpipe.steps.log_verify import verify as verified
    from docpipe.trust.witness.checkpoint import written

    workspace = console.workspace(folder)
    verdict = verified(workspace, fetch=fetch, now=console.now())
    if not verdict.sound:
        tell(verdict, err=True)
        return 1
    echo(written(verdict.tips, console.now()), nl=False)
    return 0


@below(
    command,
    "repair",
    ("Repair this clone's own log", "修复本机的查阅日志"),
    "Repair this clone's own log where nothing can be read or shared for it: entries that "
    "docpipe did not write are set aside, and a log that the shared repository refuses "
    "makes room for a new one, whose first entry says so. Nothing is deleted.\n\n"
    "\b\n"
    "  docpipe log verify      what is wrong?\n"
    "  docpipe log repair",
    "查阅日志无法继续写入或上传时修复本机的日志：搁置并非 docpipe 写入的条目；"
    "共享仓库拒收的日志则另起一条，首条注明缘由。不删除任何内容。\n\n"
    "\b\n  docpipe log verify      有何问题？\n  docpipe log repair",
)
@click.pass_obj
def repair(folder: Path) -> int:
    """What was set aside, where it is kept, and whether all is shared now."""
    from docpipe.reports.access_repaired import lines
    from docpipe.steps.log_repair import repair as repaired

    done = repaired(console.workspace(folder), console.now())
    console.print_lines(lines(done, language()))
    return 1 if done.refused else 0
