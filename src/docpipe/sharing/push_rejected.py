"""A push that the shared repository rejects, and what to do about it."""

import shlex

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text
from docpipe.sharing.publish_check import changed_paths
from docpipe.sharing.undo_selection import named_in, names_of

_REFUSED = Text("{where} does not accept {branch}: {why}", "{where} 拒绝接收 {branch}：{why}")
_PROTECTED = Text(
    "What you saved is safe on this computer. If main is protected there, have the repository "
    "administrator let you push, or set flow: pull-request in company.yaml",
    "您保存的内容在本机安全无恙。如果那里的 main 受保护，请管理员授予推送权限，"
    "或在 company.yaml 中设 flow: pull-request",
)
_ASK = Text(
    "What you saved is safe on this computer. Ask the repository administrator",
    "您保存的内容在本机安全无恙。请询问仓库管理员",
)
_MEND = Text(
    "What you saved is safe on this computer. To publish the rest without it (your files stay as\n"
    "they are here):\n"
    "  docpipe undo {names}\n"
    "  docpipe sync",
    "您保存的内容在本机安全无恙。如需先发布其余内容（文件在本机保持原样）：\n"
    "  docpipe undo {names}\n"
    "  docpipe sync",
)
_UNNAMED = Text(
    "What you saved is safe on this computer. Fix it and retry, or take it back (your files stay\n"
    "as they are here); docpipe undo --all --dry-run shows what you saved:\n"
    "  docpipe undo FILE",
    "您保存的内容在本机安全无恙。请改正后重试，或将其撤回（文件在本机保持原样）；\n"
    "docpipe undo --all --dry-run 可查看保存的内容：\n"
    "  docpipe undo 文件",
)


def not_accepted(
    repo: git.Repository, where: str, upstream: str | None, tip: str, answer: git.PushAnswer,
    branch: str,
) -> DocpipeError:  # fmt: skip
    """In the server's words; where docpipe's hook said them, with the way to fix it."""
    why = answer.judged or answer.why
    if answer.judged is None:
        hint = _ASK if branch != "main" else _PROTECTED
        return DocpipeError(_REFUSED, hint, where=where, branch=branch, why=why)
    paths = map(repo.below, changed_paths(repo, upstream, tip))
    names = named_in(answer.judged.en, names_of([*paths]))
    hint = _MEND if names else _UNNAMED
    told = shlex.join(names)
    return DocpipeError(_REFUSED, hint, where=where, branch=branch, why=why, names=told)
