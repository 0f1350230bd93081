"""Whether a checkpoint has all that the one before it has."""

from collections.abc import Sequence

from docpipe.adapters import git
from docpipe.adapters.git import Repository
from docpipe.diagnostics import Text
from docpipe.trust.invariants.kept import holds
from docpipe.trust.witness.checkpoint import Checkpoint

_FEW = 8  # pairs that git is asked for one by one
_LEFT_OUT = Text(
    "it leaves out {gone}, which the checkpoint before it names",
    "其中没有 {gone}，而前一个检查点列有该分支",
)
_BACK = Text(
    "it has {gone} at {tip}, which does not go on from {known} in the checkpoint before it",
    "其中 {gone} 为 {tip}，并非接在前一个检查点的 {known} 之后",
)


class Descent:
    """Tells whether a checkpoint goes on from the one before it; the newest are asked for first."""

    def __init__(self, repo: Repository, checkpoints: Sequence[Checkpoint]) -> None:
        self._repo = repo
        names = {tip for each in checkpoints for tip in each.tips.values()}
        self._here = {name for name, kind in git.kinds(repo, names).items() if kind == "commit"}
        self._many = len(checkpoints) > _FEW
        self._places: dict[str, dict[str, int]] = {}

    def fallen(self, before: Checkpoint, after: Checkpoint) -> Text | None:
        """What the later one has less than the earlier one; None where it has all of it."""
        for branch, known in before.tips.items():
            tip = after.tips.get(branch)
            if tip is None:
                return _LEFT_OUT.filled(gone=branch)
            if not self._goes_on(branch, tip, known):
                return _BACK.filled(gone=branch, tip=tip[:12], known=known[:12])
        return None

    def _goes_on(self, branch: str, tip: str, known: str) -> bool:
        """Whether `tip` holds `known`. Of a tip that is not here, the branch as it is will tell."""
        if tip == known or tip not in self._here:
            return True
        if self._many:  # its whole line at once, from the newest that is asked for
            if branch not in self._places:
                line = git.stretch(self._repo, [tip])
                self._places[branch] = {name: place for place, name in enumerate(line)}
            places = self._places[branch]
            if tip in places and known in places:
                return places[known] <= places[tip]
        return holds(self._repo, tip, known)
