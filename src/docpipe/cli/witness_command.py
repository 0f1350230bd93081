"""`docpipe witness`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.log_output import kept, tell
from docpipe.cli.options import AS_JSON, CHECKPOINT, described, flag, text
from docpipe.cli.terminal import echo
from docpipe.reports import access_verified as report
from docpipe.steps.witness import witness


@described(
    "Witness the shared repository from a second machine or a scheduled job: fetch, verify "
    "the access log and the records, compare main, records and every chain with what was "
    "seen before, and write a checkpoint as a signed commit.\n\n"
    "\b\n"
    "  docpipe witness\n"
    "  docpipe witness --name nightly --push     for a job in a new clone each time\n\n"
    "Exit code 1 where anything is wrong; no checkpoint is written then. With stock git: "
    "git show witness/NAME:checkpoint.txt, git log --show-signature witness/NAME.",
    "在另一台机器或定时任务中见证共享仓库：获取并核验查阅日志和记录，"
    "将 main、records 及每条链与此前所见对照，并以签名提交写入检查点。\n\n"
    "\b\n  docpipe witness\n"
    "  docpipe witness --name nightly --push     供每次新建克隆的任务使用\n\n"
    "发现问题时退出码为 1，且不写入检查点。也可直接用 git："
    "git show witness/名称:checkpoint.txt；"
    "git log --show-signature witness/名称。",
)
@text("--name", "The witness's name [this clone's]", "见证名 [本克隆名]",
      metavar=say("NAME", "名称"))  # fmt: skip
@CHECKPOINT
@flag("--push", "Share the checkpoint", "上传检查点")
@AS_JSON
@click.pass_obj
def command(folder: Path, name: str, checkpoint: Path | None, push: bool, as_json: bool) -> int:
    """What was checked against what, what is wrong, and where the checkpoint is."""
    workspace = console.workspace(folder)
    found = witness(workspace, name, kept(folder, checkpoint), console.now(), push=push)
    tell(found.verdict, as_json=as_json)
    echo(report.witnessed(found, language()), err=as_json)
    return 0 if found.verdict.sound else 1
