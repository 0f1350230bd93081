"""What is around a repository and may surprise: remotes, refspecs, hooks, branches checked out."""

import os
from pathlib import Path

from docpipe.adapters.git import program, records_check
from docpipe.adapters.git.hooks import hooks_elsewhere
from docpipe.adapters.git.records_sync import REF, demand_usable
from docpipe.adapters.git.remote import cut_off
from docpipe.adapters.git.repository import Remote, Repository

_ASKING = 20.0  # seconds; somebody waits for the answer
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-push",
          "reference-transaction", "post-rewrite", "pre-rebase",
          "post-merge", "post-checkout")  # fmt: skip


def git_version() -> tuple[str, str]:
    """The git program and its version. Raises DocpipeError where it is absent or too old."""
    found = program.find()
    return found, ".".join(map(str, program.version(found)))


def demand_reachable(repo: Repository, remote: Remote) -> None:
    """Raises DocpipeError where a remote does not answer."""
    words = ("ls-remote", "--heads", "--", remote.url, "HEAD")
    done = repo.run(*words, seconds=_ASKING)
    if done.code:
        raise cut_off(remote, done.err)


def demand_records(repo: Repository) -> None:
    """Raises DocpipeError where the records of this clone cannot be used."""
    demand_usable(repo)
    if tip := repo.tip(REF):
        records_check.check_last(repo, tip, str(repo.folder))


def overwrites_records(repo: Repository) -> list[str]:
    """Refspecs of remotes by which `git fetch` would put their branches over this clone's."""
    out = repo.run("config", "-z", "--get-regexp", r"^remote\..*\.fetch$").out
    rows = out.decode("utf-8", "replace").split("\0")
    specs = [row.partition("\n")[2] for row in rows if row]
    return [spec for spec in specs if _covers(spec.partition(":")[2])]


def _covers(pattern: str) -> bool:
    """Whether what a refspec writes to takes in the branch records."""
    before, star, after = pattern.partition("*")
    fits = REF.startswith(before) and REF.endswith(after) and len(before + after) <= len(REF)
    return fits if star else pattern == REF


def hooks_not_run(repo: Repository) -> list[str]:
    """Hooks that git itself would run around a commit; they do not run on what docpipe writes."""
    elsewhere = hooks_elsewhere(repo)
    folder = repo.folder / elsewhere if elsewhere else repo.common_dir / "hooks"
    return [name for name in _HOOKS if _runs(folder / name)]


def _runs(path: Path) -> bool:
    return path.is_file() and (os.name == "nt" or os.access(path, os.X_OK))
