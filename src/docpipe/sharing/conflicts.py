"""Conflicts between two people's versions of a file: field by field, who and when."""

from collections.abc import Mapping, Sequence

from docpipe.adapters import git
from docpipe.adapters.schemas import SchemaStore
from docpipe.diagnostics import Text, Value
from docpipe.workspace.changes import order_of, schema_of, told_contents
from docpipe.workspace.differences import NOTHING, Difference


class Version(Value):
    """What one side says, who said so and when; `value` is empty for what it removed."""

    value: Text
    by: git.Signature
    own: bool
    """Whether it is the person at this computer."""


class Disputed(Value):
    """A field that the two sides made different."""

    what: Text
    mine: Version
    theirs: Version


class Conflict(Value):
    """A file that both sides changed so that one has to be chosen.

    `gone` says which side removed it ("mine", "theirs", "" for none). Without `fields` (no data
    file, or only comments meet) it is the file as a whole: `mine` and `theirs` say who changed it.
    """

    path: str
    order: str
    gone: str
    fields: tuple[Disputed, ...]
    mine: Version
    theirs: Version


class Sides(Value):
    """The two states that could not be joined, and where they began."""

    base: str
    mine: str
    theirs: str


class _Edit(Value):
    """A commit's change of one file: what it says now that it did not say before."""

    by: git.Signature
    told: Mapping[Text, Difference]


class Teller:
    """Tells clashes in trade words; `email` is the person's own."""

    def __init__(
        self, reader: git.Objects, schemas: SchemaStore | None, sides: Sides, email: str
    ) -> None:
        self._reader, self._schemas, self._sides, self._email = reader, schemas, sides, email
        self._repo = reader.repo

    def tell(self, clashes: Sequence[git.Clash]) -> tuple[Conflict, ...]:
        """The clashes, sorted by order and path."""
        by_path = {clash.path: clash for clash in clashes}
        told = [self._conflict(clash) for clash in by_path.values()]
        return tuple(sorted(told, key=lambda conflict: (conflict.order, conflict.path)))

    def _conflict(self, clash: git.Clash) -> Conflict:
        path = self._repo.below(clash.path)
        mine = self._edits(clash.path, self._sides.mine)
        theirs = self._edits(clash.path, self._sides.theirs)
        gone = "mine" if clash.mine is None else "theirs" if clash.theirs is None else ""
        fields = () if gone else self._fields(clash, path, mine, theirs)
        whole = [self._version(NOTHING, edits, None) for edits in (mine, theirs)]
        return Conflict(path, order_of(path), gone, fields, whole[0], whole[1])

    def _fields(
        self, clash: git.Clash, path: str, mine: list[_Edit], theirs: list[_Edit]
    ) -> tuple[Disputed, ...]:
        """What is different now, as far as both sides changed it."""
        now = self._told(path, clash.mine, clash.theirs)
        since = [self._told(path, clash.base, entry) for entry in (clash.mine, clash.theirs)]
        both = {w: d for w, d in now.items() if all(w in told for told in since)} or now
        return tuple(
            Disputed(
                what,
                self._version(difference.old, mine, what),
                self._version(difference.new, theirs, what),
            )
            for what, difference in both.items()
        )

    def _told(
        self, path: str, old: git.Entry | None, new: git.Entry | None
    ) -> dict[Text, Difference]:
        if old is None or new is None or old.is_folder or new.is_folder:
            return {}
        schema = schema_of(self._schemas, path, order_of(path))
        if schema is None:
            return {}
        contents = [self._reader.blob(entry.id) for entry in (old, new)]
        told = told_contents(schema, path, contents[0], contents[1])
        return {difference.what: difference for difference in told or ()}

    def _edits(self, path: str, tip: str) -> list[_Edit]:
        """Who changed the file on this side, the last first."""
        below = self._repo.below(path)
        commits = git.history(
            self._repo, tip, below, known=self._sides.base, renames=False
        )  # fmt: skip
        return [_Edit(commit.author, self._change(below, path, commit)) for commit in commits]

    def _change(self, below: str, path: str, commit: git.Commit) -> dict[Text, Difference]:
        change = next((c for c in commit.changes if c.path == path and c.status == "M"), None)
        return {} if change is None else self._told(below, change.old, change.new)

    def _version(self, value: Text, edits: list[_Edit], what: Text | None) -> Version:
        """The value with who said so last; of the whole file, who changed it last."""
        edit = next((e for e in edits if what is None or what in e.told), None)
        by = (edit or edits[0]).by if edits else None
        if by is None:  # a folder in the way of a file: nobody changed the file itself
            by = git.history(self._repo, self._sides.theirs, limit=1)[0].author
        return Version(value, by, by.email == self._email)
