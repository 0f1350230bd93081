"""Signing: what a person signs with here, and where they have to."""

from datetime import date, datetime
from pathlib import Path

from docpipe.adapters import git, sshkeys
from docpipe.adapters.sshkeys import PublicKey
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.judging.company import asks_for_signatures, company_in
from docpipe.trust.judging.keys import Keyring, PersonsKey, allowed_signers, keyring, keyring_at
from docpipe.trust.judging.policy import Policy
from docpipe.workspace.changes import saved_files
from docpipe.workspace.workspace import Workspace

SIGNERS = "docpipe.signers"
"""Beside Git's own files: the keys in people.yaml, as `git log --show-signature` reads them."""

_FORMAT, _KEY, _SIGN = "gpg.format", "user.signingkey", "commit.gpgsign"
_FILE = "gpg.ssh.allowedSignersFile"
_TRUE = ("true", "yes", "on", "1")

_NO_KEY = Text(
    "Signatures are required (company.yaml: signing), but no signing key is set up",
    "公司要求签名（company.yaml 的 signing），而您尚未设置签名密钥",
)
_GET_ONE = Text(
    "Nothing was recorded. Create or choose a key: docpipe identity --sign",
    "没有记入任何内容。请新建或选用密钥：docpipe identity --sign",
)
_UNKNOWN = Text(
    "Signatures are required (company.yaml: signing), but people.yaml lacks your key {key} for "
    "{email}, so nobody could verify it",
    "公司要求签名（company.yaml 的 signing），而 people.yaml 中没有 {email} 的公钥 {key}，"
    "他人无法核验",
)
_LIST = Text(
    "Nothing was recorded. Add the line that docpipe identity prints to people.yaml, save and "
    "share it",
    "没有记入任何内容。请将 docpipe identity 给出的内容填入 people.yaml，保存并共享",
)
_OVER = Text(
    "According to people.yaml, your key {key} is not valid on {day}",
    "按 people.yaml，您的公钥 {key} 在 {day} 无效",
)
_NEW = Text(
    "Nothing was recorded. Choose another key: docpipe identity --key FILE.pub",
    "没有记入任何内容。请换用其他密钥：docpipe identity --key FILE.pub",
)


def must_sign(workspace: Workspace) -> bool:
    """Whether company.yaml here asks that everything is signed; a broken one asks nothing."""
    try:
        return asks_for_signatures(workspace.company)
    except DocpipeError:  # `check` tells of it, and saving goes on
        return False


def key_here(repo: git.Repository) -> tuple[PublicKey | None, bool]:
    """The SSH key that Git is told to sign with, if any, and whether it signs every commit."""
    found = git.settings(repo, _FORMAT, _KEY, _SIGN)
    signs = found[_SIGN].lower() in _TRUE
    if found[_FORMAT] != "ssh" or not found[_KEY]:
        return None, signs
    return sshkeys.at(found[_KEY]), signs


def for_saves(workspace: Workspace, repo: git.Repository, reader: git.Objects) -> git.Sign | None:
    """What signs a person's files where the company asks for it; else None: Git does as it is told.

    It is asked for by company.yaml as it is, or as it was saved last: who leaves off signs that.
    Raises DocpipeError where there is no key.
    """
    saved = company_in(saved_files(repo, reader))
    if not asks_for_signatures(saved) and not must_sign(workspace):
        return None
    return sshkeys.signer(demand_key(repo))


def demand_key(repo: git.Repository) -> PublicKey:
    """The SSH key to sign with, where signatures are asked for. Raises DocpipeError without one."""
    key, _ = key_here(repo)
    if key is None:
        raise DocpipeError(_NO_KEY, _GET_ONE)
    return key


def for_records(repo: git.Repository, by: git.Signature, main: str | None) -> git.Sign | None:
    """What signs a record: where the shared `main`, at this commit, asks for it, or the person
    signs all they do.

    A record is for ever. So, where it is asked for, DocpipeError without a key, or with one that
    people.yaml does not have for the person today.
    """
    with git.Objects(repo) as reader:
        policy = Policy(repo, reader, main) if main else None
        if policy is not None and policy.asks:
            key = demand_key(repo)
            _demand_known(policy.keys, key, by.email, by.when)
            return sshkeys.signer(key)
    own, signs = key_here(repo)
    return sshkeys.signer(own) if own is not None and signs else None


def others_can_check(
    workspace: Workspace, repo: git.Repository, email: str, when: datetime
) -> bool:
    """Whether people.yaml has the key used here for the person today; a broken one may."""
    key, _ = key_here(repo)
    try:
        return key is not None and any(
            each.counts(day) for each, day in _mine(_keys(workspace), key, email, when)
        )
    except DocpipeError:
        return True


def settings_for(repo: git.Repository, key: PublicKey | None = None) -> dict[str, str]:
    """What Git is told so that it knows the company's keys, and signs with one; others' stay."""
    told = {_FORMAT: "ssh", _KEY: str(key.path), _SIGN: "true"} if key else {}
    if Path(git.setting(repo, _FILE)).name in ("", SIGNERS):  # ours may have been moved
        told[_FILE] = str(repo.common_dir / SIGNERS)
    return told


def write_signers(repo: git.Repository) -> None:
    """Write the keys of main's people.yaml out for stock Git; without a sound one it stays."""
    try:
        commit = git.known_main(repo)
        with git.Objects(repo) as reader:
            keys = keyring_at(repo, reader, commit) if commit else None
    except DocpipeError:  # no people.yaml yet, or a broken one: `check` tells of it
        return
    if keys is not None:
        git.keep(repo, SIGNERS, allowed_signers(keys))


def _demand_known(keys: Keyring, key: PublicKey, email: str, when: datetime) -> None:
    mine = _mine(keys, key, email, when)
    if not mine:
        raise DocpipeError(_UNKNOWN, _LIST, key=key.fingerprint, email=email)
    if not any(each.counts(day) for each, day in mine):
        raise DocpipeError(_OVER, _NEW, key=key.fingerprint, day=mine[0][1])


def _keys(workspace: Workspace) -> Keyring:
    return keyring(workspace.needed("people.yaml"), workspace.company)


def _mine(
    keys: Keyring, key: PublicKey, email: str, when: datetime
) -> list[tuple[PersonsKey, date]]:
    """What people.yaml has of the key for the person, each with the day by the company's clock."""
    found = keys.by_key.get(key.blob, ())
    return [(each, keys.day(when)) for each in found if each.email == email]
