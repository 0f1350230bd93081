"""The workspace and its repository: found, whole, by whom, shared with whom."""

from collections.abc import Iterator
from functools import partial

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text, replace
from docpipe.steps.doctor.check import Check, failed, fine, missing, note
from docpipe.steps.identity import Identity, identity
from docpipe.workspace.file_names import faults
from docpipe.workspace.workspace import Workspace

_SHOWN = 3
_GIT_WHY = Text("Saving, approving and issuing go through it", "保存、审批、签发都要通过它")
_REPOSITORY = Text("repository {path} ({digest})", "仓库 {path}（{digest}）")
_REPOSITORY_WHY = Text("Without it nothing is saved or issued", "没有它就无法保存和签发")
_SHALLOW = Text("the clone is shallow: it has the last commits only", "这是浅克隆，只含最近的提交")
_SHALLOW_WHY = Text(
    "It may save, but puts nothing on record; history and verify see a part only",
    "可以保存，但不能记录；history 和 verify 只能看到一部分",
)
_SHALLOW_HOW = Text("git fetch --unshallow", "git fetch --unshallow")
_WHOLE = Text("the whole history is here", "历史完整")
_PERSON = Text("you are {name} <{email}>", "您是 {name} <{email}>")
_STRANGER = Text("people.yaml does not know {email}", "people.yaml 中没有 {email}")
_PERSON_WHY = Text(
    "What you save carries it, and your roles depend on it",
    "保存的内容以此署名，您的角色也以此为准",
)
_STRANGER_HOW = Text(
    "Use the e-mail of your entry: docpipe identity --email YOU@..., or have an admin add you",
    "请使用您条目中的邮箱：docpipe identity --email 邮箱；或请管理员（admin）登记",
)
_SIGNS = Text("you sign with {kind} {fingerprint}", "您的签名密钥：{kind} {fingerprint}")
_NO_KEY = Text("company.yaml asks for signatures, and you do not sign",
               "company.yaml 要求签名，而您尚未启用签名")  # fmt: skip
_UNLISTED = Text("people.yaml does not have your key {fingerprint}",
                 "people.yaml 中没有您的公钥 {fingerprint}")  # fmt: skip
_SIGN_WHY = Text("What is not signed does not count here", "未签名的内容在此不算数")
_SIGN_HOW = Text("docpipe identity --sign", "docpipe identity --sign")
_LIST_HOW = Text("Enter the line that docpipe identity prints",
                 "请把 docpipe identity 给出的一行填入")  # fmt: skip
_HOOKS = Text("hooks that docpipe does not run: {names}", "docpipe 不运行的钩子：{names}")
_HOOKS_WHY = Text(
    "Hooks may come with a copied repository, so docpipe runs none: what it saves was not "
    "checked by them",
    "钩子可能随复制的仓库而来，docpipe 一概不运行：它保存的内容未经这些钩子检查",
)
_HOOKS_HOW = Text("What must be checked belongs on the server, or into docpipe check",
                  "必须执行的检查应放在服务器端，或用 docpipe check")  # fmt: skip
_ALONE = Text("no shared repository", "没有共享仓库")
_ALONE_WHY = Text(
    "Everything, numbers given included, is on this computer alone",
    "所有内容（包括已分配的编号）只在本机上",
)
_ALONE_HOW = Text("git remote add origin ADDRESS", "git remote add origin 地址")
_WHICH = Text("several remotes, and none is called origin: {names}",
              "有多个远程仓库，但没有名为 origin 的：{names}")  # fmt: skip
_WHICH_WHY = Text("docpipe does not know which of them is the shared one",
                  "docpipe 不知道哪一个是共享仓库")  # fmt: skip
_WHICH_HOW = Text("git remote rename NAME origin", "git remote rename 名称 origin")
_REACHED = Text("shared repository {name} answers", "共享仓库 {name} 可以访问")
_REMOTE_WHY = Text(
    "Without it nothing can be approved or issued; drafts work",
    "无法访问时不能审批和签发；草稿不受影响",
)
_REMOTE_HOW = Text(
    "Check the network, or ask the repository administrator; git ls-remote {name} tries it",
    "请检查网络，或询问共享仓库的管理员；可用 git ls-remote {name} 再试",
)
_RECORDS = Text("records can be used", "records 分支可用")
_RECORDS_WHY = Text("Approving and issuing write there", "审批和签发都要写入该分支")
_AHEAD = Text("{count} records here are not docpipe's, and the shared repository never had them",
              "本克隆有 {count} 条记录并非 docpipe 写入，共享仓库从未有过")  # fmt: skip
_AHEAD_WHY = Text("It rejects them, and with them everything recorded here",
                  "共享仓库会拒收它们，本机因此无法再记入任何内容")  # fmt: skip
_AHEAD_HOW = Text(
    "docpipe doctor --fix goes back to the shared ones, and keeps these in {ref}",
    "docpipe doctor --fix 恢复为共享的记录，这些内容保存在 {ref}",
)
_LOST = Text("the shared repository lacks {count} records that this clone has",
             "共享仓库缺少本克隆已有的 {count} 条记录")  # fmt: skip
_LOST_WHY = Text("They may have been lost there, and this clone is the evidence",
                 "可能是在那里丢失的，本克隆是证据")  # fmt: skip
_LOST_HOW = Text(
    "docpipe sync restores them where it can; otherwise tell the repository administrator",
    "docpipe sync 会尽量补回；不行时请告知仓库管理员",
)
_OVER = Text("git fetch overwrites the branch records ({spec})",
             "git fetch 会覆盖 records 分支（{spec}）")  # fmt: skip
_OVER_WHY = Text(
    "What the remote has then takes the place of what this clone knows, unchecked",
    "届时远程的内容会未经核对就取代本克隆已有的记录",
)
_OVER_HOW = Text(
    "git config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'",
    "git config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'",
)
_NAMES = Text("names that do not work on every computer: {names}",
              "并非在所有电脑上都能用的名称：{names}")  # fmt: skip
_NAMES_WHY = Text(
    "Windows refuses some names, and there and on macOS one of two files takes the other's place",
    "Windows 会拒绝某些名称；在 Windows 和 macOS 上，两个文件中的一个会顶替另一个",
)
_NAMES_HOW = Text("Rename it: git mv", "请改名：git mv")
_NAMES_WORK = Text("names that work on every computer", "名称在所有电脑上都能用")


def program() -> Check:
    """The program."""
    try:
        path, version = git.git_version()
    except DocpipeError as error:
        return failed("git", error, _GIT_WHY)
    return fine("git", Text("git {version} ({path})", "git {version}（{path}）"),
                version=version, path=path)  # fmt: skip


def found(repo: git.Repository) -> Iterator[Check]:
    """The repository and how much of its history it has."""
    yield fine("repository", _REPOSITORY, path=str(repo.folder), digest=repo.digest)
    if repo.shallow:
        yield missing("shallow", _SHALLOW, _SHALLOW_WHY, _SHALLOW_HOW)
    else:
        yield fine("shallow", _WHOLE)


def not_found(error: DocpipeError) -> Check:
    """No repository here, or one that git does not trust."""
    return failed("repository", error, _REPOSITORY_WHY)


def people(workspace: Workspace) -> Iterator[Check]:
    """Who works here, and what they sign with where the company requires it."""
    try:
        who = identity(workspace)
    except DocpipeError as error:
        yield failed("identity", error, _PERSON_WHY)
        return
    if who.entry is None:
        yield missing("identity", _STRANGER, _PERSON_WHY, _STRANGER_HOW, email=who.email)
    else:
        yield fine("identity", _PERSON, name=who.name, email=who.email)
    if who.must_sign or who.signs:
        yield _key(who)


def _key(who: Identity) -> Check:
    if who.key is None or not who.signs:
        return missing("key", _NO_KEY, _SIGN_WHY, _SIGN_HOW)
    about = {"kind": who.key.kind, "fingerprint": who.key.fingerprint}
    if not who.listed:
        return missing("key", _UNLISTED, _SIGN_WHY, _LIST_HOW, **about)
    return fine("key", _SIGNS, **about)


def shared(repo: git.Repository) -> Check:
    """The shared repository, asked now."""
    remote = git.shared(repo)
    if remote is None and repo.remotes:
        return missing("remote", _WHICH, _WHICH_WHY, _WHICH_HOW, names=list(repo.remotes))
    if remote is None:
        return note("remote", _ALONE, _ALONE_WHY, _ALONE_HOW)
    try:
        git.demand_reachable(repo, remote)
    except DocpipeError as error:
        return failed("remote", error, _REMOTE_WHY, _REMOTE_HOW)
    return fine("remote", _REACHED, name=remote.name)


def records(repo: git.Repository) -> Iterator[Check]:
    """The branch `records`, and what `git fetch` would do to it."""
    try:
        git.demand_records(repo)
        yield fine("records", _RECORDS)
    except DocpipeError as error:
        yield failed("records", error, _RECORDS_WHY)
    yield from _ahead(repo)
    if specs := git.overwrites_records(repo):
        yield missing("refspec", _OVER, _OVER_WHY, _OVER_HOW, spec=specs[0])


def _ahead(repo: git.Repository) -> Iterator[Check]:
    """Records that the shared repository lacks, where it can be asked."""
    remote = git.shared(repo)
    try:
        ahead = git.records_ahead(repo, remote) if remote and not repo.shallow else None
    except DocpipeError:  # told already
        return
    if remote is None or ahead is None:
        return
    if ahead.lost or ahead.theirs is None:
        yield missing("ahead", _LOST, _LOST_WHY, _LOST_HOW, count=ahead.count)
        return
    ref = git.aside("records", ahead.ours)
    found = missing("ahead", _AHEAD, _AHEAD_WHY, _AHEAD_HOW, count=ahead.count, ref=ref)
    yield replace(found, fix=partial(git.leave_records, repo, remote, ahead))


def hooks(repo: git.Repository) -> Iterator[Check]:
    """Hooks, if there are any."""
    if names := git.hooks_not_run(repo):
        yield note("hooks", _HOOKS, _HOOKS_WHY, _HOOKS_HOW, names=names)


def names(repo: git.Repository, tip: str) -> Check:
    """Names that some systems refuse, or take for one."""
    paths = git.files(repo, tip)
    found = [
        Text(f"{place} ({why.en})", f"{place}（{why.zh}）") for place, why in faults(paths, ())
    ]
    if not found:
        return fine("names", _NAMES_WORK)
    more = ["…"] if len(found) > _SHOWN else []
    return missing("names", _NAMES, _NAMES_WHY, _NAMES_HOW, names=[*found[:_SHOWN], *more])
