"""`docpipe identity`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.options import described, flag, option, text
from docpipe.cli.terminal import echo
from docpipe.diagnostics import show
from docpipe.steps.identity import Identity, a_key, identity, introduce, sign_with
from docpipe.workspace.workspace import Workspace


@described(
    "Show who you are here, and the key that you sign with; or set them, in this clone.\n\n"
    "\b\n  docpipe identity                                   who am I?\n"
    "  docpipe identity --email lin.yang@zefan.example    say who you are\n"
    "  docpipe identity --sign                            sign with an SSH key\n",
    "显示您在本工作区的身份和签名密钥；也可设置（只对本克隆有效）。\n\n"
    "\b\n  docpipe identity                                   我是谁？\n"
    "  docpipe identity --email lin.yang@zefan.example    设置身份\n"
    "  docpipe identity --sign                            用 SSH 密钥签名\n",
)
@text("--name", "Your name", "姓名", metavar="NAME")
@text("--email", "As in people.yaml", "与 people.yaml 一致", metavar="EMAIL")
@flag("--sign signing", "Sign what you save and record", "保存和记录时签名")
@option("--key", "Sign with this public key", "用此公钥签名",
        type=click.Path(path_type=Path), metavar="FILE")  # fmt: skip
@click.pass_obj
def command(folder: Path, name: str, email: str, signing: bool, key: Path | None) -> None:
    """Set what is said, then show who it is."""
    workspace = console.workspace(folder)
    if name or email:
        introduce(workspace, name, email)
    if key is not None:
        from docpipe.adapters import sshkeys

        sign_with(workspace, sshkeys.read(key.expanduser()))
    elif signing:
        _sign(workspace)
    _print(identity(workspace))


def _sign(workspace: Workspace) -> None:
    key, new = a_key(Path.home(), identity(workspace).email)
    sign_with(workspace, key)
    if new:
        console.remark(
            f"Made a key: {key.private}. Whoever has this file can sign as you",
            f"已新建密钥：{key.private}。持有此文件者即可以您的名义签名",
        )


def _print(who: Identity) -> None:
    echo(f"{who.name} <{who.email}>")
    if who.entry is None:
        echo(say("not in people.yaml: no role counts", "不在 people.yaml 中：没有任何角色"))
    else:
        roles = show(who.roles, language()) or say("no role", "无角色")
        department = show(who.department, language())
        echo(say(f"people.yaml: {department}; {roles}",
                       f"people.yaml：{department}；{roles}"))  # fmt: skip
    if who.key is None:
        echo(
            say("does not sign, and has to: docpipe identity --sign",
                "不签名，但公司要求签名：docpipe identity --sign")
            if who.must_sign
            else say("does not sign", "不签名")
        )  # fmt: skip
        return
    sign = say("signs with", "签名密钥")
    if not who.signs:
        sign = say("has, but does not use,", "未启用的密钥")
    echo(f"{sign} {who.key.kind} {who.key.fingerprint} ({who.key.path})")
    if not who.listed:
        echo(say("people.yaml does not have this key yet. Your entry there needs:",
                       "people.yaml 中尚无此公钥。请在您的条目中加入："))  # fmt: skip
        if who.entry is None or "keys" not in who.entry:
            echo("    keys:")
        echo(f"      - key: {who.key.line}")
