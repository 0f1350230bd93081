"""Signing a person's saves anew where they are put: by what is asked for there."""

from collections.abc import Callable, Sequence

from docpipe.adapters import git, sshkeys
from docpipe.diagnostics import DocpipeError
from docpipe.trust.judging.company import asks_for_signatures, company_in
from docpipe.trust.judging.keys import Keyring, keyring_at
from docpipe.trust.judging.signatures import flaws_of
from docpipe.trust.judging.signing import demand_key, key_here


class Resigning:
    """What signs a person's saves that are not shared yet, and whether they have to be anew."""

    def __init__(
        self, reader: git.Objects, by: git.Signature, otherwise: Callable[[], git.Sign | None]
    ) -> None:
        """`otherwise` tells what signs where the commit does not ask for it."""
        self._reader, self._repo, self._by, self._otherwise = reader, reader.repo, by, otherwise

    def signing(self) -> git.Signing:
        """As git's part asks."""
        return git.Signing(self.on, self.fits)

    def on(self, onto: str) -> git.Sign | None:
        """What signs saves that are put onto a commit.

        Raises DocpipeError where it asks for signatures, and there is no key.
        """
        if self._asks(onto):
            return sshkeys.signer(demand_key(self._repo))
        return self._otherwise()

    def fits(self, onto: str, commits: Sequence[git.Commit]) -> bool:
        """Whether the saves on top of a commit are signed as it asks for.

        Also where signing anew would not help: the key here does not count there.
        """
        if not self._asks(onto):
            return True
        try:
            keys = keyring_at(self._repo, self._reader, onto)
        except DocpipeError:  # without a sound people.yaml nobody's signature counts
            return True
        return not self._would_help(keys) or not self._flawed(keys, commits)

    def _asks(self, commit: str) -> bool:
        source = git.CommitSource(self._reader, self._reader.root(commit), self._repo.prefix)
        return asks_for_signatures(company_in(source))

    def _would_help(self, keys: Keyring) -> bool:
        """A key that counts; without any key, signing says so."""
        key, day = key_here(self._repo)[0], keys.day(self._by.when)
        mine = keys.by_key.get(key.blob, ()) if key else ()
        return key is None or any(
            each.email.lower() == self._by.email.lower() and each.counts(day) for each in mine
        )

    def _flawed(self, keys: Keyring, commits: Sequence[git.Commit]) -> bool:
        return bool(flaws_of(self._reader, [each.id for each in commits], keys, self._by.when))
