"""`docpipe hook`."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.options import below, flag, option
from docpipe.cli.terminal import echo, utf8
from docpipe.diagnostics import DocpipeError, visible


@click.group(
    help=say(
        "Let a shared repository refuse what would break the records.\n\n"
        "\b\n"
        "  docpipe hook install /srv/git/shared.git          install it\n"
        "  docpipe hook install --check /srv/git/shared.git  is it in order?\n\n"
        "For administrators of a bare repository; docs/hosting.md tells more.",
        "让共享仓库拒绝会破坏记录的推送。\n\n"
        "\b\n  docpipe hook install /srv/git/shared.git          安装\n"
        "  docpipe hook install --check /srv/git/shared.git  检查\n\n"
        "供裸仓库的管理员使用；详见 docs/hosting.md。",
    )
)
def command() -> None:
    """The two below."""


@below(
    command,
    "pre-receive",
    ("Judge a push; Git runs it", "审核推送；由 git 运行"),
    "Judge a push. Git runs it, gives it the lines of the push, and refuses where it fails.",
    "审核一次推送。由 git 运行并传入推送内容；退出码非 0 时 git 拒绝该推送。",
)
@click.pass_obj
def pre_receive(folder: Path) -> int:
    """Print why it is refused, in both languages."""
    import os

    from docpipe.reports import refusals
    from docpipe.steps.receive import receive

    try:
        found = receive(folder, sys.stdin.buffer.read(), os.environ, console.now())
    except DocpipeError as error:
        _tell(refusals.of_error(error))
        return 1
    _tell(refusals.lines(found))
    return 1 if found else 0


@below(
    command,
    "install",
    ("Install the hook, or check it", "安装或检查钩子"),
    "Install the hook in the bare repository DIR, and have Git reject damaged objects. A "
    "hook that is not docpipe's is not overwritten.",
    "在裸仓库 DIR 中安装钩子，并让 git 拒收受损内容。不会覆盖其他钩子。",
)
@click.argument("repository", type=click.Path(path_type=Path), default=".", metavar="[DIR]")
@flag("--check checking", "Change nothing, report what is wrong", "只检查，不改动")
@option("--file place", "Where in DIR the hook is", "钩子在 DIR 中的位置",
        default="hooks/pre-receive", metavar="FILE", show_default=True)  # fmt: skip
@click.pass_obj
def install(folder: Path, repository: Path, checking: bool, place: str) -> int:
    """Print the hook's file, or a line for each thing that is wrong."""
    from docpipe.steps import hosting

    home = folder / repository.expanduser()
    if not checking:
        echo(str(hosting.install(home, sys.executable, place)))
    wrong = hosting.check(home, sys.executable, console.now(), place)
    for each in wrong:
        what, mend = (text.say(language()) for text in (each.what, each.mend))
        echo(say(f"{what} ({mend})", f"{what}（{mend}）"), err=not checking)
    if checking and not wrong:
        console.remark("the hook is in order", "钩子正常")
    return 1 if checking and not all(each.remark for each in wrong) else 0


def _tell(lines: Iterable[str]) -> None:
    """As UTF-8, whatever the server's locale is."""
    import os

    from docpipe.reports import refusals

    text = "".join(f"{refusals.to_client(line, os.environ)}\n" for line in lines)
    utf8(visible(text), err=True)
