"""One sync under way: how both sides fit together, taken over, published; a lost race again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text, replace
from docpipe.diagnostics.error import SURROUNDINGS
from docpipe.sharing.conflicts import Conflict, Sides, Teller
from docpipe.sharing.incoming import changed_between
from docpipe.sharing.merge_fields import FieldMerger
from docpipe.sharing.publish_check import changed_paths, verdict
from docpipe.sharing.pull_request import own_branch, request_page
from docpipe.sharing.push_rejected import not_accepted
from docpipe.sharing.sync_result import Synced, Wishes
from docpipe.trust.judging.resigning import Resigning
from docpipe.trust.judging.signing import for_saves
from docpipe.workspace.changes import schemas_of
from docpipe.workspace.workspace import Workspace

_ATTEMPTS = 10
_EMPTY = Text("Nothing has been saved yet, here or there", "本地和共享仓库都还没有保存过内容")
_SAVE = Text("Save first: docpipe save", "请先保存：docpipe save")
_SAFE = Text(
    "What you saved is safe on this computer, and nobody has it yet.\n"
    "Check the network and your access with docpipe doctor; then sync again",
    "您保存的内容在本机安全无恙，他人尚未取得。\n请用 docpipe doctor 检查网络和权限，然后再同步",
)
_CROWDED = Text(
    "Others published all the time; yours is not published yet",
    "一直有人抢先发布；您的内容尚未发布",
)
_AGAIN = Text("Sync again", "请再同步")
_ALIKE = Text(
    "{path} and {other} have names that Windows and macOS treat as the same",
    "{path} 与 {other} 的名称在 Windows 和 macOS 上会被视为同一个",
)
_RENAME = Text(
    "Nothing was changed. Rename yours, save, and sync again",
    "没有任何改动。请把您的文件改名，保存后再同步",
)
_NO_CONFLICT = Text("{file} is not in conflict", "{file} 没有冲突")
_SEVERAL = Text("Several files in conflict are called {file}", "有多个冲突文件名为 {file}")
_THERE_ARE = Text("In conflict: {known}", "有冲突的文件：{known}")
_SYNC = Text("Nothing was changed. Sync without it", "没有任何改动。请不带此选项再同步")


class SyncRun:
    """One sync, from asking what is there to the push; all of it again after a lost race."""

    def __init__(
        self, workspace: Workspace, repo: git.Repository, remote: git.Remote,
        by: git.Signature, wishes: Wishes,
    ) -> None:  # fmt: skip
        self.workspace, self.repo, self.remote = workspace, repo, remote
        self.by, self.wishes = by, wishes
        self.flow = workspace.company.text("flow")
        self.own = own_branch(by.email) if self.flow == "pull-request" else ""

    def run(self, now: datetime) -> Synced:
        """What came of it. Raises DocpipeError as `sync` does."""
        done = Synced(self.flow, self.repo.tip(git.MAIN))
        for _ in range(_ATTEMPTS):
            with git.Objects(self.repo) as reader:
                course = self._course(reader)
                if course.woven.clashes:
                    return replace(done, conflicts=self._conflicts(reader, course))
                done = self._taken_over(reader, course, done)
                published = self._published(reader, course, done, now)
            if published is not None:
                return published
        return replace(done, trouble=DocpipeError(_CROWDED, _AGAIN))

    def _course(self, reader: git.Objects) -> git.SyncPlan:
        """How things stand, with what the person decided."""
        resigning = Resigning(reader, self.by, lambda: for_saves(self.workspace, self.repo, reader))
        weaver = git.Rebaser(reader, FieldMerger(self.repo), self.by, resigning.signing())
        own = f"refs/heads/{self.own}" if self.own else ""
        wishes = self.wishes
        try:
            course = git.plan_sync(weaver, self.remote, {}, own=own, accept=wishes.accept)
            if choices := self._choices(course):
                course = git.plan_sync(weaver, self.remote, choices, own=own, accept=wishes.accept)
        except git.Unreachable as error:
            raise self._cut_off(error) from error
        return course

    def _choices(self, course: git.SyncPlan) -> Mapping[str, str]:
        """Whose version of the files in conflict counts. Raises DocpipeError for any other."""
        paths = [clash.path for clash in course.woven.clashes]
        known = [self.repo.below(path) for path in paths]
        choices: dict[str, str] = {}
        for side, wanted in (("mine", self.wishes.mine), ("theirs", self.wishes.theirs)):
            for name in wanted:
                hits = _called(name, paths)
                if len(hits) != 1:
                    text = _SEVERAL if hits else _NO_CONFLICT
                    hint = _THERE_ARE if paths else _SYNC
                    raise DocpipeError(text, hint, exit_code=2, file=name, known=known)
                choices[hits[0]] = side
        return choices

    def _conflicts(self, reader: git.Objects, course: git.SyncPlan) -> tuple[Conflict, ...]:
        sides = Sides(course.woven.base, course.before or "", course.woven.onto)
        teller = Teller(reader, schemas_of(self.workspace), sides, self.by.email)
        return teller.tell(course.woven.clashes)

    def _taken_over(self, reader: git.Objects, course: git.SyncPlan, done: Synced) -> Synced:
        """Move main, index and files to where everything is together."""
        tip, before = course.woven.tip, course.before
        if tip is None:
            raise DocpipeError(_EMPTY, _SAVE)
        new = changed_paths(self.repo, course.upstream, tip, "A")
        if pair := git.alike(reader, tip, new):
            path, other = map(self.repo.below, pair)
            raise DocpipeError(_ALIKE, _RENAME, path=path, other=other)
        if tip != before:
            git.advance(self.repo, before, tip, "docpipe: sync")
        if course.upstream:
            self._remember(course.upstream)
        changed = changed_between(self.workspace, reader, done.before, tip) if done.before else ()
        return replace(
            done, brought=(*done.brought, *_saves(course.theirs)), changes=changed,
            joined=done.joined or course.woven.joined,
        )  # fmt: skip

    def _remember(self, upstream: str) -> None:
        tracking = f"refs/remotes/{self.remote.name}/main"
        git.remember(self.repo, upstream, git.SEEN, tracking, git.SEEN_MAIN)

    def _published(
        self, reader: git.Objects, course: git.SyncPlan, done: Synced, now: datetime
    ) -> Synced | None:
        """Publish mine; None for a lost race."""
        tip = course.woven.tip
        assert tip is not None
        if tip == course.upstream:
            return done
        done = replace(done, saves=git.count(self.repo, tip, course.upstream))
        try:
            judged = verdict(self.workspace.root, reader, course.upstream, tip, now)
            done = replace(done, verdict=judged)
            if self.flow == "direct" and judged.refused:
                return done
            return self._pushed(course, tip, done)
        except git.Unreachable as error:
            return replace(done, trouble=self._cut_off(error))
        except DocpipeError as error:
            return replace(done, trouble=error)

    def _pushed(self, course: git.SyncPlan, tip: str, done: Synced) -> Synced | None:
        own = self.own if course.upstream else ""  # the first main of all is nobody's to review
        branch = own or "main"
        ref, theirs = f"refs/heads/{branch}", course.own if own else course.upstream
        answer: git.PushAnswer | None = git.PushAnswer(True, "")
        if theirs != tip:
            answer = git.offer(self.repo, self.remote, tip, ref, theirs, replacing=bool(own))
        if answer is None:
            return None
        if not answer.accepted:
            raise not_accepted(self.repo, self.remote.name, course.upstream, tip, answer, branch)
        if not own:
            self._remember(tip)
            return replace(done, branch=branch)
        git.remember(self.repo, tip, git.OWN)
        return replace(
            done, branch=branch, page=request_page(self.remote.push_url, own, answer.why)
        )

    def _cut_off(self, error: DocpipeError) -> DocpipeError:
        return DocpipeError(error.message, _SAFE, exit_code=SURROUNDINGS, **error.params)


def _saves(commits: Sequence[git.Commit]) -> list[git.Commit]:
    """Without the merges, which a host makes."""
    return [commit for commit in commits if len(commit.parents) < 2]


def _called(name: str, paths: Sequence[str]) -> list[str]:
    """The paths that are meant: by their end, or the one that is exactly so."""
    wanted = name.replace("\\", "/").removeprefix("./").strip("/")
    hits = [path for path in paths if ("/" + path).endswith("/" + wanted)]
    return [path for path in hits if path == wanted] or hits
