"""What a record is made from, named by content: only what the shared `main` has goes on record."""

from collections.abc import Iterable
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.word.template import LETTERHEAD
from docpipe.diagnostics import DocpipeError, Severity, Text
from docpipe.documents.printer import Document
from docpipe.rules.check import check_order
from docpipe.trust.formats.issued import Inputs
from docpipe.trust.judging.roles import PEOPLE
from docpipe.trust.recording import Moved
from docpipe.workspace.traced_workspace import TracedWorkspace
from docpipe.workspace.workspace import CATALOGUE, MARKER, Workspace

_SHOWN = 5
_UNSAVED = Text("Not saved yet: {files}", "尚未保存：{files}")
_SAVE = Text(
    "Records are made from what is saved, so that they can be checked. Save first: docpipe save "
    "{order}",
    "记录须以已保存的资料为依据，日后才能核对。请先保存：docpipe save {order}",
)
_SAVE_ALL = Text(
    "Records are made from what is saved, so that they can be checked. Save first: docpipe save",
    "记录须以已保存的资料为依据，日后才能核对。请先保存：docpipe save",
)
_IGNORED = Text(
    "{path} is used and not saved: .gitignore leaves it out",
    "{path} 被用到却没有保存：.gitignore 将其排除",
)
_UNSHARED = Text(
    "Saved, but not in the shared main yet: {files}", "已保存但尚未进入共享的 main：{files}"
)
_SHARE = Text(
    "Records are made from what everybody has. Share it first: docpipe sync; where changes are "
    "reviewed, wait until your request is merged",
    "记录须以大家都有的资料为依据。请先共享：docpipe sync；需要评审的，请等合并请求通过",
)
_BEHIND = Text(
    "The shared main has other contents of: {files}", "共享的 main 上，这些文件的内容不同：{files}"
)
_SYNC = Text("Take them over: docpipe sync", "请先取回：docpipe sync")
_NO_MAIN = Text("There is no shared main yet", "还没有共享的 main")
_FIRST = Text(
    "Save and share: docpipe save, docpipe sync", "请先保存并共享：docpipe save，docpipe sync"
)
_PEOPLE = Text(
    "people.yaml is not saved as it is; who may issue and withdraw counts only as saved",
    "people.yaml 尚未保存；谁可以签发和撤回，以已保存的内容为准",
)
_ERRORS = Text(
    "The order {order} has errors that leave figures missing: {codes}",
    "订单 {order} 有错误，数据不全：{codes}",
)
_CHECK = Text("See: docpipe check {order}", "请看：docpipe check {order}")


class CommittedInputs:
    """The last commit here and the shared `main`, against which files are held.

    `main` is the commit of the shared `main` that records name. Raises DocpipeError where there is
    none, or the shared repository cannot be reached.
    """

    def __init__(self, repo: git.Repository, reader: git.Objects) -> None:
        self.repo, self._reader = repo, reader
        self.main, self._head = shared_main(repo), _head(repo)
        self._saved, self._shared = self._files(self._head), self._files(self.main)

    def of_document(self, workspace: TracedWorkspace, document: Document) -> Inputs:
        """What the document that was just made was made from. Raises DocpipeError as `demand`."""
        folder = document.order.folder
        template, logo = f"templates/{document.kind.template}", _logo(workspace)
        own = {file.path for file in document.order.files}
        shared = self.demand(workspace, folder, own, {template}) | {PEOPLE}
        apart = {template, LETTERHEAD, logo}
        return Inputs(
            order=self._id(folder),
            folder=folder,
            commit=self.main,
            shared={path: self._id(path) for path in sorted(shared - apart)},
            template=self._id(template),
            letterhead=self._id(LETTERHEAD),
            logo=self._id(logo) if logo else "",
            schemas=self._id("schemas"),
        )

    def demand(
        self, workspace: TracedWorkspace, folder: str, own: set[str], more: Iterable[str] = ()
    ) -> set[str]:
        """The shared files and other orders that were read, once they and the order's are sound.

        Raises DocpipeError where one is not saved as it is, or the shared `main` has it otherwise,
        and Moved where one was saved meanwhile: what somebody saves of other orders is no matter.
        """
        shared = _touched(workspace)
        self._demand_saved(folder, own, {*shared, *more})
        everything = {folder, "schemas", LETTERHEAD, *more, *shared}
        if self._moved(everything):
            raise Moved
        unlike = [p for p in everything if self._saved.entry(p) != self._shared.entry(p)]
        if unlike:
            here = git.holds(
                self.repo, self._head, self.main
            )  # main is known here, and mine is more
            text, hint = (_UNSHARED, _SHARE) if here else (_BEHIND, _SYNC)
            raise DocpipeError(text, hint, files=_some(sorted(unlike)))
        return shared

    def _demand_saved(self, folder: str, own: set[str], shared: set[str]) -> None:
        rows = git.dirty(self.repo, [folder, "schemas", *sorted(shared)])
        read = own | shared
        unsaved = {row.path for row in rows if not row.new or row.path in read}
        folders = tuple(f"{path}/" for path in ("schemas", *shared))
        unsaved |= {row.path for row in rows if row.path.startswith(folders) and _counts(row.path)}
        new = {row.path for row in rows if row.new}
        for path in sorted(read - new):
            if self._saved.entry(path) is None:
                raise DocpipeError(_IGNORED, _SAVE_ALL, path=path)
        if unsaved:
            of_order = all(path.startswith(folder + "/") for path in unsaved)
            raise DocpipeError(
                _UNSAVED, _SAVE if of_order else _SAVE_ALL,
                files=_some(sorted(unsaved)), order=folder.rpartition("/")[2],
            )  # fmt: skip

    def _files(self, commit: str) -> git.CommitSource:
        root = self._reader.root(commit) if commit else ""
        return git.CommitSource(self._reader, root, self.repo.prefix)

    def _moved(self, paths: Iterable[str]) -> bool:
        """Whether the last commit is another one by now, and has one of the files otherwise."""
        if (head := _head(self.repo)) == self._head:
            return False
        now = self._files(head)
        return any(now.entry(path) != self._saved.entry(path) for path in paths)

    def _id(self, path: str) -> str:
        entry = self._shared.entry(path)
        return entry.id if entry else ""


def shared_main(repo: git.Repository) -> str:
    """The last commit of the shared `main`, asked for now. Raises DocpipeError without one."""
    main = git.shared_main(repo)
    if main is None:
        raise DocpipeError(_NO_MAIN, _FIRST)
    return main


def demand_people_saved(repo: git.Repository) -> None:
    """Raises DocpipeError where people.yaml is not as it was saved."""
    if git.dirty(repo, [PEOPLE]):
        raise DocpipeError(_PEOPLE, _SAVE_ALL)


def demand_sound(workspace: Workspace, folder: str, now: datetime) -> None:
    """Raises DocpipeError for an order whose documents would lack figures."""
    checked = check_order(workspace, folder, now)
    if checked.structural:
        grave = [d.code for d in checked.diagnostics if d.severity == Severity.ERROR]
        number = checked.order.number
        raise DocpipeError(_ERRORS, _CHECK, order=number, codes=list(dict.fromkeys(grave)))


def _head(repo: git.Repository) -> str:
    try:
        return repo.resolve("HEAD")
    except git.Refusal:  # nothing was ever saved
        return ""


def _touched(workspace: TracedWorkspace) -> set[str]:
    """The files outside the order, and the other orders, that were read; those that are there.

    Past trade is a figure over all orders: their folder stands for it.
    """
    keys = {key[2:] for key in workspace.touched if key[:2] in ("f:", "o:")}
    keys |= {CATALOGUE, MARKER}
    keys |= {"orders" for key in workspace.touched if key[:2] == "p:"}
    return {path for path in keys if path and (workspace.root / path).exists()}


def _counts(path: str) -> bool:
    """Whether a file below a folder is one that is read, not what an editor leaves about."""
    return path.endswith((".yaml", ".yml", ".json"))


def _logo(workspace: TracedWorkspace) -> str:
    return workspace.company.text("logo", "")


def _some(paths: Iterable[str]) -> list[str]:
    paths = list(paths)
    return paths[:_SHOWN] + ["..."] * (len(paths) > _SHOWN)
