"""Doctor: what is missing here, why it matters, how to get it; and getting what is safe to get."""

from collections.abc import Iterator
from pathlib import Path

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text, replace
from docpipe.steps.doctor import attributes, machine, repository, size
from docpipe.steps.doctor.check import Check, CheckState, failed
from docpipe.workspace.workspace import Workspace, find_root

__all__ = ["Check", "CheckState", "doctor"]

_WORKSPACE_WHY = Text("docpipe works on the files of one", "docpipe 处理的是工作区中的文件")
_TRIED = Text("Tried, and it did not work: {said}", "已尝试，未成功：{said}")


def doctor(folder: Path, encoding: str, *, fix: bool = False) -> Iterator[Check]:
    """Look at everything, one after the other; `encoding` is the terminal's.

    With `fix`, what is missing and safe to get is got. Nobody's files are touched but
    `.gitattributes`. Nothing is raised: what goes wrong is one of the things told.
    """
    for check in _checks(folder, encoding):
        yield _mended(check) if fix and check.fix else check


def _mended(check: Check) -> Check:
    assert check.fix is not None
    try:
        check.fix()
    except DocpipeError as error:
        return replace(check, how=_TRIED, params={**check.params, "said": error.text})
    return replace(check, state=CheckState.FIXED)


def _checks(folder: Path, encoding: str) -> Iterator[Check]:
    yield from machine.checks(encoding, folder)
    program = repository.program()
    yield program
    try:
        workspace = Workspace(find_root(folder))
    except DocpipeError as error:
        yield failed("workspace", error, _WORKSPACE_WHY)
        return
    yield attributes.check(workspace)
    if program.state == CheckState.FINE:
        yield from _guarded(_in_repository(workspace))


def _guarded(checks: Iterator[Check]) -> Iterator[Check]:
    """The checks, and what stopped them, if anything did."""
    try:
        yield from checks
    except DocpipeError as error:
        yield repository.not_found(error)


def _in_repository(workspace: Workspace) -> Iterator[Check]:
    repo = git.open_repository(workspace.root)
    yield from repository.found(repo)
    yield from repository.people(workspace)
    yield repository.shared(repo)
    yield from repository.records(repo)
    yield from repository.hooks(repo)
    tip = repo.head()
    if tip is None:
        return
    yield repository.names(repo, tip)
    with git.Objects(repo) as reader:
        yield from size.checks(git.Tuning(reader, tip))
