"""Files on `main` that are everybody's: with an error in them nobody could go on with any order."""

from collections.abc import Collection, Iterator
from datetime import datetime

from docpipe.adapters.git import CommitSource
from docpipe.diagnostics import Diagnostic, DocpipeError, Text, Value
from docpipe.rules.check import check_shared
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.main_orders import Touched, codes_of_errors
from docpipe.trust.judging.guards import SCHEMAS
from docpipe.trust.judging.roles import PEOPLE
from docpipe.workspace.recorded_inputs import Known, RecordedWorkspace
from docpipe.workspace.workspace import CATALOGUE, MARKER, Workspace

_NEEDED = (MARKER, PEOPLE, CATALOGUE)
_ENDINGS = (".yaml", ".yml")
_MEND = Text(
    "Mend what docpipe check finds, save, and push again",
    "请改正 docpipe check 指出的问题，保存后再推送",
)


class Shared(Value):
    """The shared files of a workspace; of interest are those at `paths`, and its schemas if so.

    They are judged each as a file; where there is a workspace `before`, by the rules over all of
    them too, at the moment `now`: what they find in these files and did not find before.
    """

    workspace: Workspace
    paths: Collection[str]
    schemas: bool
    before: Workspace | None = None
    now: datetime = datetime.min

    @property
    def found(self) -> list[Diagnostic]:
        """What is wrong with them."""
        files = (self.workspace.file(path) for path in sorted(self.paths))
        own = [each for file in files if file for each in file.diagnostics]
        if own or self.before is None:
            return own
        new = [d for d in check_shared(self.workspace, self.now) if d.place.file in self.paths]
        try:
            old = check_shared(self.before, self.now) if new else []
            needed = (self.before.file(path) for path in _NEEDED)
            judged = not any(file.diagnostics for file in needed if file)
        except DocpipeError:  # it could not be judged, and is mended
            return []
        known = {(each.place.file, each.code) for each in old}
        return [each for each in new if judged and (each.place.file, each.code) not in known]


def shared_touched(push: Touched) -> Shared:
    """What a push touches of them: with a schema also those without which nothing works."""
    now, source = push.before.now, push.workspace.source
    schemas = any(path.startswith(f"{SCHEMAS}/") for path in push.changed)
    mine = {p for p in push.changed if p.endswith(_ENDINGS) and not p.startswith("orders/")}
    mine = {path for path in mine if source.is_file(path) or path in _NEEDED}
    mine |= {path for path in _NEEDED if schemas and source.is_file(path)}
    old = Workspace(push.workspace.root, push.before.source(push.old)) if push.old else None
    return Shared(push.workspace, mine, schemas, old, now)


def shared_at(source: CommitSource) -> Shared:
    """Those of a commit without which nothing works."""
    there = [path for path in _NEEDED if source.is_file(path)]
    return Shared(RecordedWorkspace(source, Known(strict=True)), there, schemas=True)


@invariant(
    "shared-errors",
    Words(Text("{file} has errors: {what}", "{file} 有错误：{what}"), _MEND, _MEND),
)
def shared_files_have_no_errors(shared: Shared) -> Iterator[Broken]:
    """The schemas can be used, and company.yaml, people.yaml and the catalogue have no errors.

    Otherwise nobody could check, approve or issue any order. At a push each shared file that it
    changes is judged besides, as `docpipe check` does; what was wrong before keeps nothing out.
    ---
    模式文件须能使用，company.yaml、people.yaml 和单据目录不得有错误，
    否则谁也无法检查、审批或签发任何订单。推送时，所改动的其他共用文件也按 docpipe check 判断；
    原有的问题不妨碍推送。
    """
    if not shared.schemas and not shared.paths:
        return
    try:
        schemas = shared.workspace.schemas
        for kind in schemas.kinds:
            schemas.schema(kind)
    except DocpipeError as error:
        if shared.schemas:
            yield broken(file=f"{SCHEMAS}/", what=error.text)
        return
    found: dict[str, list[Diagnostic]] = {}
    for each in shared.found:
        found.setdefault(each.place.file, []).append(each)
    for path in sorted(found):
        if codes := codes_of_errors(found[path]):
            yield broken(file=path, what=codes)
