"""Hosting: the hook of a shared repository put in, and looked after."""

import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from docpipe.adapters import git, programs
from docpipe.adapters.git import Repository
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.steps import receive
from docpipe.trust.invariants.policy_before import PolicyBefore
from docpipe.trust.judging.roles import ADMIN

PLACE = git.PLACE
SETTINGS = {
    "receive.fsckObjects": "true",  # what is damaged or disguised is not taken in
    "core.logAllRefUpdates": "always",  # what a branch pointed to, and since when
}
"""What goes with the hook."""

_ABSENT = Text("no hook of docpipe at {path}", "{path} 处没有 docpipe 的钩子")
_MUTE = Text("git may not run {path}", "git 无权运行 {path}")
_OLD = Text("{path} calls another docpipe than this one", "{path} 调用的不是当前的 docpipe")
_GONE = Text("{path} calls {program}, which is gone", "{path} 调用的 {program} 已不存在")
_INSTALL = Text("docpipe hook install {folder}", "docpipe hook install {folder}")
_CHMOD = Text("chmod +x {path}", "chmod +x {path}")
_AWAY = Text("git takes hooks from {elsewhere} (core.hooksPath), not from this repository",
             "git 从 {elsewhere}（core.hooksPath）取钩子，不用本仓库的")  # fmt: skip
_BRING = Text("remove the setting, or install there: docpipe hook install --file",
              "请取消该设置，或装到该处：docpipe hook install --file")  # fmt: skip
_UNSET = Text("{name} is not {value}", "{name} 不是 {value}")
_REWRITE = Text("main may be rewritten (docpipe.allowRewrite)",
                "main 可被改写（docpipe.allowRewrite）")  # fmt: skip
_END = Text("git config --unset docpipe.allowRewrite", "git config --unset docpipe.allowRewrite")
_NOBODY = Text("nobody has the role admin: {why}", "没有人有 admin 角色：{why}")
_NO_ADMIN = Text("people.yaml on main gives it to nobody", "main 的 people.yaml 未授予任何人")
_FIRST = Text("share a people.yaml that gives it: git push origin main",
              "请共享授予该角色的 people.yaml：git push origin main")  # fmt: skip
_TRUSTING = Text(
    "names are not verified: the server does not tell who pushes, and company.yaml does not "
    "require signatures",
    "署名未经核实：服务器不说明推送者，company.yaml 也不要求签名",
)
_PROVE = Text(
    "set signing: required in company.yaml, or docpipe.pusher, see docs/hosting.md",
    "在 company.yaml 中设 signing: required，或设 docpipe.pusher，见 docs/hosting.md",
)


class Wrong(Value):
    """Something about the hosting that is not as it should be; a `remark` keeps nothing out."""

    what: Text
    mend: Text
    remark: bool = False


def install(folder: Path, program: str, place: str = PLACE) -> Path:
    """Put the hook into the bare repository `folder`, and set what goes with it; the hook's file.

    `program` is the Python that has this docpipe. Doing it again does no harm. Raises DocpipeError:
    not a bare repository, somebody else's hook is there, the disk cannot be written.
    """
    repo = git.bare(folder)
    path = git.write_hook(repo, place, _command(program))
    git.configure(repo, SETTINGS)
    return path


def check(folder: Path, program: str, now: datetime, place: str = PLACE) -> list[Wrong]:
    """What is wrong with the hosting. Raises DocpipeError where `folder` is no bare repository."""
    repo = git.receiving(folder, {})
    told = git.settings(repo, *SETTINGS, receive.PUSHER, receive.REWRITE)
    unset = [
        _wrong(_UNSET, _INSTALL, folder=str(folder), name=name, value=value)
        for name, value in SETTINGS.items()
        if told[name.lower()].lower() != value
    ]
    rewrite = [_wrong(_REWRITE, _END)] if told[receive.REWRITE].lower() == "true" else []
    return [*_hook(repo, folder, program, place), *unset, *rewrite, *_people(repo, told, now)]


def _command(program: str) -> list[str]:
    return [program, "-P", "-m", "docpipe", "hook", "pre-receive"]


def _hook(repo: Repository, folder: Path, program: str, place: str) -> Iterator[Wrong]:
    path, said = str(repo.git_dir / place), git.hook_at(repo, place)
    if said is None:
        yield _wrong(_ABSENT, _INSTALL, path=path, folder=str(folder))
    elif not git.runs(repo, place):
        yield _wrong(_MUTE, _CHMOD, path=path)
    elif said != git.hook_script(Path(place).name, _command(program)):
        called = next((line.partition(" | ")[2] for line in said.splitlines() if " | " in line), "")
        words = shlex.split(called)[:1] or [""]
        gone = programs.find(words[0]) is None
        why = _GONE if gone else _OLD
        yield _wrong(why, _INSTALL, path=path, program=words[0], folder=str(folder))
    if elsewhere := git.hooks_elsewhere(repo):
        yield _wrong(_AWAY, _BRING, elsewhere=elsewhere)


def _people(repo: Repository, told: dict[str, str], now: datetime) -> Iterator[Wrong]:
    """Whether somebody may change people.yaml, and whether names are proven at all."""
    with git.Objects(repo) as reader:
        before = PolicyBefore(repo, reader, now)
        try:
            if not before.roles.anybody(ADMIN, now):
                yield _wrong(_NOBODY, _FIRST, why=_NO_ADMIN)
        except DocpipeError as error:
            yield _wrong(_NOBODY, _FIRST, why=error.text)
            return
        if not before.asks and not told[receive.PUSHER]:
            yield _wrong(_TRUSTING, _PROVE)._replace(remark=True)


def _wrong(what: Text, mend: Text, **params: object) -> Wrong:
    return Wrong(what.filled(**params), mend.filled(**params))
