"""The keys of people, by people.yaml: whose a key is, and on which days it counts."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from docpipe.adapters import git, sshkeys, sshsig
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.trust.judging.company import clock_of, company_in
from docpipe.trust.judging.roles import people_in
from docpipe.workspace.people import day_in

_PATTERNS = '"*?!,#'
"""What allowed_signers reads as something else than a letter; no e-mail in people.yaml has any."""


class PersonsKey(Value):
    """A key of a person's, as SSH writes it. It counts from `first` to `last`; None is no limit."""

    email: str
    kind: str
    blob: bytes
    body: str
    first: date | None
    last: date | None

    def counts(self, day: date) -> bool:
        """Whether what is signed on this day counts."""
        return (self.first or day) <= day <= (self.last or day)


class Keyring(Value):
    """All keys in people.yaml, and the company's clock, which tells where a day begins."""

    keys: tuple[PersonsKey, ...]
    zone: ZoneInfo

    @cached_property
    def by_key(self) -> Mapping[bytes, tuple[PersonsKey, ...]]:
        """Whose a key is. Nobody should share one; who does may have signed either way."""
        found: dict[bytes, tuple[PersonsKey, ...]] = {}
        for key in self.keys:
            found[key.blob] = (*found.get(key.blob, ()), key)
        return found

    def day(self, when: datetime) -> date:
        """The day by the company's clock."""
        return when.astimezone(self.zone).date()


def keyring(people: Node, company: Node | None) -> Keyring:
    """The keys in people.yaml; what is no key, or no date, is left out: `check` tells of it."""
    return Keyring(tuple(_keys(people)), clock_of(company))


def keyring_at(repo: git.Repository, reader: git.Objects, commit: str) -> Keyring:
    """The keys as a commit of main has them. Raises DocpipeError without a sound people.yaml."""
    source = git.CommitSource(reader, reader.root(commit), repo.prefix)
    return keyring(people_in(source, commit), company_in(source))


def allowed_signers(keys: Keyring) -> str:
    """The keys in the form that ssh-keygen and `git log --show-signature` read.

    Days become moments by this computer's clock, as ssh-keygen reads them.
    """
    return "".join(f"{line}\n" for line in _signers(keys))


def _signers(keys: Keyring) -> Iterator[str]:
    for key in keys.keys:
        options = [f'namespaces="{sshsig.GIT}"']
        if key.first:
            options.append(f'valid-after="{_local(key.first, time.min, keys.zone)}"')
        if key.last:
            options.append(f'valid-before="{_local(key.last, time(23, 59, 59), keys.zone)}"')
        yield f"{key.email} {','.join(options)} {key.kind} {key.body}"


def _local(day: date, clock: time, zone: ZoneInfo) -> str:
    return datetime.combine(day, clock, zone).astimezone().strftime("%Y%m%d%H%M%S")


def _keys(people: Node) -> Iterator[PersonsKey]:
    for person in people.rows("people"):
        email, left = _text(person, "email"), day_in(person, "until")
        if email.split() != [email] or set(email) & set(_PATTERNS):
            continue
        for row in person.rows("keys"):
            kind, _, rest = _text(row, "key").strip().partition(" ")
            blob = sshkeys.blob_of(f"{kind} {rest}")
            ends = [day for day in (day_in(row, "until"), left) if day]
            if blob:
                body = rest.partition(" ")[0]
                first, last = day_in(row, "from"), min(ends, default=None)
                yield PersonsKey(email, kind, blob, body, first, last)


def _text(node: Node, name: str) -> str:
    found = node.find(name)
    return found.value if found is not None and isinstance(found.value, str) else ""
