"""What a document was made from, named by content: only what is committed can be put on record."""

from collections.abc import Iterable

from docpipe.adapters import git
from docpipe.adapters.word.template import LETTERHEAD
from docpipe.diagnostics import DocpipeError, Text
from docpipe.documents.printer import Document
from docpipe.trust.formats.issued import Inputs
from docpipe.workspace.traced import TracedWorkspace
from docpipe.workspace.workspace import CATALOGUE, MARKER

PEOPLE = "people.yaml"
_SHOWN = 5
_UNSAVED = Text(
    "Not saved yet: {files}. A document is issued from what is saved, so that it can be made again",
    "尚未保存：{files}。单证须按已保存的资料签发，日后才能重新生成核对",
)
_SAVE = Text("Save first: docpipe save {order}", "请先保存：docpipe save {order}")
_SAVE_ALL = Text("Save first: docpipe save", "请先保存：docpipe save")
_PEOPLE = Text(
    "people.yaml is not saved as it is; who may issue and withdraw counts only as saved",
    "people.yaml 尚未保存；谁可以签发和撤回，以已保存的内容为准",
)
_MOVED = Text(
    "Somebody saved here while the document was made: nothing was recorded",
    "生成单证期间有人保存了资料：没有记入任何内容",
)
_AGAIN = Text("Do it again", "请重试")


class Moved(DocpipeError):
    """What the document is made from was saved anew while it was made."""

    def __init__(self) -> None:
        super().__init__(_MOVED, _AGAIN)


class CommittedInputs:
    """The repository's last commit, against which files are held. `head` is "" before the first."""

    def __init__(self, repo: git.Repository, reader: git.Objects) -> None:
        self.repo, self._reader = repo, reader
        self.head = _head(repo)
        self.saved = self._files(self.head)

    def inputs(self, workspace: TracedWorkspace, document: Document) -> Inputs:
        """What the document that was just made was made from.

        Raises DocpipeError where one of the files is not saved as it is, and Moved where one was
        saved meanwhile: what somebody saves of other orders does not matter.
        """
        folder = document.order.folder
        shared = _shared(workspace)
        self._demand_saved(document, {*shared, f"templates/{document.kind.template}"})
        template, logo = f"templates/{document.kind.template}", _logo(workspace)
        apart = {template, LETTERHEAD, logo}
        if self._moved({folder, "schemas", *apart, *shared} - {""}):
            raise Moved
        return Inputs(
            order=self._id(folder),
            folder=folder,
            commit=self.head,
            shared={path: self._id(path) for path in sorted(shared - apart)},
            template=self._id(template),
            letterhead=self._id(LETTERHEAD),
            logo=self._id(logo) if logo else "",
            schemas=self._id("schemas"),
        )

    def _demand_saved(self, document: Document, shared: set[str]) -> None:
        own = {file.path for file in document.order.files}
        folder = document.order.folder
        places = [folder, "schemas", *sorted(shared)]
        rows = git.dirty(self.repo, places)
        read = own | shared
        unsaved = {row.path for row in rows if not row.new or row.path in read}
        folders = tuple(f"{path}/" for path in ("schemas", *shared))
        unsaved |= {row.path for row in rows if row.path.startswith(folders) and _counts(row.path)}
        unsaved |= {path for path in read if self.saved.entry(path) is None}
        if unsaved:
            of_order = all(path.startswith(folder + "/") for path in unsaved)
            raise DocpipeError(
                _UNSAVED, _SAVE if of_order else _SAVE_ALL,
                files=_some(sorted(unsaved)), order=document.order.number,
            )  # fmt: skip

    def _files(self, commit: str) -> git.CommitSource:
        root = self._reader.root(commit) if commit else ""
        return git.CommitSource(self._reader, root, self.repo.prefix)

    def _moved(self, paths: Iterable[str]) -> bool:
        """Whether the last commit is another one by now, and has one of the files otherwise."""
        if (head := _head(self.repo)) == self.head:
            return False
        now = self._files(head)
        return any(now.entry(path) != self.saved.entry(path) for path in paths)

    def _id(self, path: str) -> str:
        entry = self.saved.entry(path)
        return entry.id if entry else ""


def demand_people_saved(repo: git.Repository) -> None:
    """Raises DocpipeError where people.yaml is not as it was saved."""
    if git.dirty(repo, [PEOPLE]):
        raise DocpipeError(_PEOPLE, _SAVE_ALL)


def _head(repo: git.Repository) -> str:
    try:
        return repo.resolve("HEAD")
    except git.Refusal:  # nothing was ever saved
        return ""


def _shared(workspace: TracedWorkspace) -> set[str]:
    """The files outside the order, and the other orders, that were read; those that are there.

    Past trade is a figure over all orders: their folder stands for it.
    """
    keys = {key[2:] for key in workspace.touched if key[:2] in ("f:", "o:")}
    keys |= {CATALOGUE, MARKER, PEOPLE}
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
