"""What git says, as a person who has never used it would want to hear it."""

import re

from docpipe.diagnostics import DocpipeError, Param, Text


class Refusal(DocpipeError):
    """Git, or the repository's state, does not allow what was asked for."""


NO_GIT = Text("git is not installed", "本机没有安装 git")
GET = Text(
    "Debian/Ubuntu: apt install git; macOS: xcode-select --install; "
    "Windows: winget install Git.Git",
    "Debian/Ubuntu：apt install git；macOS：xcode-select --install；"
    "Windows：winget install Git.Git",
)
TOO_OLD = Text(
    "git {found} ({program}) is too old: before {least} it cannot tell how a merge was made",
    "git {found}（{program}）版本过旧：{least} 以前的版本无法核对合并的由来",
)
TIMEOUT = Text(
    "git {command} did not finish within {seconds} seconds and was stopped",
    "git {command} 在 {seconds} 秒内没有完成，已终止",
)
OWNER = Text(
    "The repository {path} belongs to another user of this computer, so git does not trust it",
    "仓库 {path} 属于本机另一用户，git 不予信任",
)
TRUST = Text(
    "If you trust it: git config --global --add safe.directory '{path}'",
    "如果可以信任：git config --global --add safe.directory '{path}'",
)
FULL = Text("The disk is full: nothing was recorded", "磁盘已满：没有记入任何内容")
FREE = Text("Free some space, then retry", "请清理磁盘空间后重试")
READ_ONLY = Text(
    "The repository cannot be written ({why}): nothing was recorded",
    "仓库无法写入（{why}）：没有记入任何内容",
)
RIGHTS = Text(
    "Make sure that the disk is not write-protected and that the folder is yours",
    "请检查磁盘是否写保护、文件夹是否归您所有",
)
LOCKED = Text(
    "Another git program is at work in this repository ({path} exists)",
    "另一个 git 程序正在使用本仓库（存在 {path}）",
)
WAIT = Text(
    "Let it finish and try again; if no git program is running any more, delete that file",
    "请等它完成后重试；如果已没有 git 程序在运行，请删除该文件",
)
AGAIN = Text("Retry", "请重试")
SAFE_AGAIN = Text("Nothing is lost. Retry", "没有丢失任何内容，请重试")
BRANCH_MOVED = Text("The branch moved meanwhile", "分支在此期间有变动")
NOBODY = Text("Git does not know who you are", "git 不知道您是谁")
INTRODUCE = Text(
    "Say who you are, with your e-mail as in people.yaml:\n"
    "  docpipe identity --email you@example.com",
    "请设置身份，邮箱与 people.yaml 一致：\n  docpipe identity --email you@example.com",
)
UNSIGNED = Text("The commit could not be signed: {why}", "无法为提交签名：{why}")
KEY = Text(
    "See git config user.signingkey, and that its key is loaded: ssh-add -l",
    "请检查 git config user.signingkey 以及密钥是否已加载：ssh-add -l",
)
DAMAGED = Text("The repository is damaged: {why}", "仓库已损坏：{why}")
FSCK = Text(
    "Check the damage with: git fsck --full; then restore what is missing from another clone",
    "请用 git fsck --full 查看范围，再从其他克隆补回缺失内容",
)
FAILED = Text("git {command} failed: {why}", "git {command} 失败：{why}")

_OTHERS: tuple[tuple[str, Text, Text | None], ...] = (
    (r"dubious ownership in repository at '(?P<path>.+?)'", OWNER, TRUST),
    (r"No space left on device|Out of diskspace|Disk quota exceeded", FULL, FREE),
    (r"Unable to create '(?P<path>.+?\.lock)': File exists", LOCKED, WAIT),
    (
        r"(?P<why>Read-only file system|Permission denied|insufficient permission)",
        READ_ONLY,
        RIGHTS,
    ),
    (r"tell me who you are|auto-detect|empty ident|ident name", NOBODY, INTRODUCE),
    (
        r"(?P<why>bad object \S+|object \S+ is corrupt|loose object \S+|missing blob \S+|"
        r"inflate: .+|unable to read \S+|.*bad signature.*|index file corrupt)",
        DAMAGED,
        FSCK,
    ),
)  # fmt: skip


def explained(command: str, err: str) -> tuple[Text, Text | None, dict[str, Param]]:
    """Message, hint and parameters for what a failed `git COMMAND` wrote in the C locale."""
    for pattern, message, hint in _OTHERS:
        if match := re.search(pattern, err):
            return message, hint, dict(match.groupdict())
    return FAILED, None, {"command": command, "why": last_words(err)}


def last_words(err: str) -> str:
    """The lines of git's errors that say something, on one line."""
    lines = [line.strip() for line in err.splitlines() if line.strip()]
    told = [line for line in lines if re.match(r"(fatal|error|remote): ", line)] or lines
    words = [re.sub(r"^(fatal|error|remote): +", "", line) for line in told]
    return "; ".join(dict.fromkeys(words))[:500] or "?"
