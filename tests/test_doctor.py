"""What the doctor finds in real repositories, and what it fixes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docpipe.adapters.git import Objects, Tuning, open_repository
from docpipe.steps.doctor import CheckState, size
from tests.adapters.git.kit import GIT, clone, fake_git, git, hook, is_sound, put, repository
from tests.conftest import ROOT, Run, copy_workspace
from tests.issuing import FOLDER, introduced, kept

TEXT = "* text=auto"


@pytest.fixture
def trade(shop: Path) -> Path:
    return kept(shop)


def found(
    docpipe: Run, folder: Path, *options: str, **environment: str
) -> dict[str, dict[str, str]]:
    """What it tells by JSON, by check; the exit code agrees with it."""
    done = docpipe("doctor", "--json", *options, cwd=folder, **environment)
    assert done.stderr == ""
    told = {check["check"]: check for check in json.loads(done.stdout)}
    assert done.returncode == int(any(c["state"] == "missing" for c in told.values()))
    return told


def states(told: dict[str, dict[str, str]], *names: str) -> list[str | None]:
    return [told[name]["state"] if name in told else None for name in names]


def test_a_sound_workspace_is_fine(docpipe: Run, trade: Path) -> None:
    told = found(docpipe, trade)
    machine = ("libreoffice", "fonts")
    bad = {name for name, check in told.items() if check["state"] == "missing"}
    assert bad <= set(machine)
    assert states(told, "python", "cache", "git", "attributes", "repository", "shallow",
                  "identity", "records", "names", "objects") == ["fine"] * 10  # fmt: skip
    assert told["remote"]["state"] == "note"
    lines = docpipe("--lang", "zh", "doctor", cwd=trade).stdout.splitlines()
    assert "正常：您是 林样 <lin.yang@zefan.example>" in lines
    assert "提示：没有共享仓库" in lines


def test_whoever_git_does_not_know_is_told(docpipe: Run, trade: Path) -> None:
    introduced(trade, ("Guest", "guest@elsewhere.example"))
    told = found(docpipe, trade)["identity"]
    assert (told["state"], told["says"]) == (
        "missing", "people.yaml does not know guest@elsewhere.example"
    )  # fmt: skip
    git(trade, "config", "--unset", "user.email")
    told = found(docpipe, trade)["identity"]
    assert (told["state"], told["says"]) == ("missing", "Git does not know who you are")
    assert "docpipe identity --email" in told["how"]


def test_a_key_is_asked_for_where_the_company_requires_it(docpipe: Run, trade: Path) -> None:
    company = trade / "company.yaml"
    text = company.read_text(encoding="utf-8").rstrip("\n")
    company.write_text(f"{text}\nsigning: none\n", encoding="utf-8")
    assert "key" not in found(docpipe, trade)
    company.write_text(f"{text}\nsigning: required\n", encoding="utf-8")
    told = found(docpipe, trade)["key"]
    assert told["says"] == "company.yaml asks for signatures, and you do not sign"


@pytest.mark.openssh
def test_a_key_that_people_yaml_lacks_is_told(docpipe: Run, trade: Path) -> None:
    assert "key" not in found(docpipe, trade)
    assert docpipe("identity", "--sign", cwd=trade).returncode == 0
    told = found(docpipe, trade)["key"]
    assert told["state"] == "missing"
    assert "people.yaml does not have your key SHA256:" in told["says"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, f"{TEXT}\n"),
        ("", f"{TEXT}\n"),
        ("*.docx binary\n", f"{TEXT}\n*.docx binary\n"),
        ("*.docx binary", f"{TEXT}\n*.docx binary"),
        ("*.docx binary\r\n", f"{TEXT}\r\n*.docx binary\r\n"),
        ("*.docx binary\n* text=auto\n*.png binary\n", f"{TEXT}\n*.docx binary\n*.png binary\n"),
        ("\ufeff*.x -text\n", f"{TEXT}\n*.x -text\n"),
        ("*.x -text\n* text=auto eol=lf\n", f"{TEXT} eol=lf\n*.x -text\n"),
        ("# ours\n\n* text=auto eol=lf\n", None),
        ("*\ttext=auto\n", None),
    ],
)
def test_text_auto_comes_first_and_all_else_stays(
    docpipe: Run, trade: Path, before: str | None, after: str | None
) -> None:
    path = trade / ".gitattributes"
    path.unlink()
    if before is not None:
        path.write_bytes(before.encode())
    told = found(docpipe, trade)["attributes"]
    assert told["state"] == ("fine" if after is None else "missing")
    assert path.exists() == (before is not None)
    assert before is None or path.read_bytes() == before.encode()
    told = found(docpipe, trade, "--fix")["attributes"]
    assert told["state"] == ("fine" if after is None else "fixed")
    assert path.read_bytes() == (after or before or "").encode()
    assert states(found(docpipe, trade), "attributes") == ["fine"]


def test_attributes_that_are_a_link_are_left_alone(
    docpipe: Run, trade: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_text("x")
    (trade / ".gitattributes").unlink()
    (trade / ".gitattributes").symlink_to(other)
    assert states(found(docpipe, trade, "--fix"), "attributes") == ["missing"]
    assert other.read_text() == "x"


def test_hooks_that_do_not_run_are_told(docpipe: Run, trade: Path, tmp_path: Path) -> None:
    hook(trade, "pre-commit", "exit 0")
    hook(trade, "update", "exit 0")
    hook(trade, "commit-msg", "exit 0")
    (trade / ".git" / "hooks" / "commit-msg").chmod(0o644)
    told = found(docpipe, trade)["hooks"]
    assert (told["state"], told["says"]) == ("note", "hooks that docpipe does not run: pre-commit")
    (tmp_path / "mine" / "hooks").mkdir(parents=True)
    git(trade, "config", "core.hooksPath", str(tmp_path / "mine" / "hooks"))
    assert "hooks" not in found(docpipe, trade)
    script = tmp_path / "mine" / "hooks" / "post-commit"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    assert found(docpipe, trade)["hooks"]["says"].endswith(": post-commit")


def test_remotes_are_asked(docpipe: Run, trade: Path, tmp_path: Path) -> None:
    remote = repository(tmp_path / "shared.git", "--bare")
    git(trade, "remote", "add", "origin", remote.as_uri())
    assert states(found(docpipe, trade), "remote") == ["fine"]
    shutil.rmtree(remote)
    told = found(docpipe, trade)["remote"]
    assert told["state"] == "missing"
    assert "cannot be reached" in told["says"]
    assert "git ls-remote origin tries it" in told["how"]
    git(trade, "remote", "rename", "origin", "one")
    git(trade, "remote", "add", "two", remote.as_uri())
    assert "none is called origin: one, two" in found(docpipe, trade)["remote"]["says"]


def test_records_in_danger_are_told(docpipe: Run, trade: Path, tmp_path: Path) -> None:
    remote = repository(tmp_path / "shared.git", "--bare")
    git(trade, "remote", "add", "origin", remote.as_uri())
    assert "refspec" not in found(docpipe, trade)
    for spec in ("+refs/heads/*:refs/heads/*", "refs/heads/records:refs/heads/records"):
        git(trade, "config", "remote.origin.fetch", spec)
        assert found(docpipe, trade)["refspec"]["state"] == "missing"
    git(trade, "remote", "remove", "origin")
    put(trade, "numbers/SC/2026/0001.yaml")
    assert states(found(docpipe, trade), "records") == ["fine"]
    git(trade, "switch", "--quiet", "records")
    git(trade, "commit", "--quiet", "--allow-empty", "-m", "rubbish")
    git(trade, "switch", "--quiet", "main")
    told = found(docpipe, trade)["records"]
    assert told["state"] == "missing"
    assert "is not as docpipe writes it" in told["says"]


def test_names_that_windows_takes_for_one_are_told(docpipe: Run, trade: Path) -> None:
    (trade / FOLDER / "papers" / "SCAN.pdf").write_bytes(b"a")
    (trade / FOLDER / "papers" / "scan.pdf").write_bytes(b"b")
    if len({each.name for each in (trade / FOLDER / "papers").glob("[sS]*.pdf")}) < 2:
        pytest.skip("this disk takes them for one")
    git(trade, "add", "--all")
    git(trade, "commit", "--quiet", "-m", "Twins")
    told = found(docpipe, trade)["names"]
    assert told["state"] == "missing"
    assert "scan.pdf (the same as " in told["says"]


def test_a_cache_that_cannot_be_used_is_told(docpipe: Run, trade: Path, tmp_path: Path) -> None:
    assert states(found(docpipe, trade, DOCPIPE_CACHE=""), "cache") == ["note"]
    (tmp_path / "file").write_text("x")
    told = found(docpipe, trade, DOCPIPE_CACHE=str(tmp_path / "file"))
    assert states(told, "cache") == ["missing"]


def test_a_terminal_without_chinese_is_told(trade: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docpipe", "doctor", "--json"], cwd=trade, capture_output=True,
        check=False, env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )  # fmt: skip
    rows = json.loads(done.stdout.decode("gbk"))
    assert [row["state"] for row in rows if row["check"] == "python"] == ["missing"]


def test_what_this_computer_lacks_is_told(docpipe: Run, trade: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    (bare / "git").symlink_to(GIT)
    told = found(docpipe, trade, PATH=str(bare))
    assert states(told, "git", "libreoffice", "fonts") == ["fine", "missing", None]
    for name, script in (("soffice", "exit 1"), ("fc-list", "exit 0")):
        (bare / name).write_text(f"#!/bin/sh\n{script}\n")
        (bare / name).chmod(0o755)
    told = found(docpipe, trade, PATH=str(bare))
    assert states(told, "libreoffice", "fonts") == ["missing", "missing"]
    assert "does not start" in told["libreoffice"]["says"]


def test_no_git_and_one_too_old_are_told(docpipe: Run, trade: Path, tmp_path: Path) -> None:
    told = found(docpipe, trade, PATH=str(tmp_path))
    assert (told["git"]["says"], told["git"]["state"]) == ("git is not installed", "missing")
    assert "repository" not in told
    assert states(told, "attributes") == ["fine"]
    old = fake_git(tmp_path / "old", 'case "$*" in version|--version) echo "git version 2.35.9";; '
                   '*) exec "$GIT" "$@";; esac')  # fmt: skip
    told = found(docpipe, trade, PATH=f"{old}{os.pathsep}{os.environ['PATH']}")
    assert told["git"]["state"] == "missing"
    assert told["git"]["says"].startswith("git 2.35.9 (")


def test_a_folder_that_is_no_workspace_or_no_repository(
    docpipe: Run, shop: Path, tmp_path: Path
) -> None:
    told = found(docpipe, tmp_path)
    assert states(told, "git", "workspace", "repository") == ["fine", "missing", None]
    told = found(docpipe, shop)
    assert told["repository"]["state"] == "missing"
    assert f"git init {shop}" in told["repository"]["how"]
    git(shop, "init", "--quiet", "--initial-branch=main")  # nothing is committed yet
    assert states(found(docpipe, shop), "repository", "names", "objects") == ["fine", None, None]


@pytest.mark.soak
def test_a_repository_of_somebody_else_is_told(docpipe: Run, trade: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        for path in (trade, trade / ".git"):
            os.chown(path, 12345, 12345)
        told = found(docpipe, trade)["repository"]
    else:  # only root can give a folder away; git takes it for somebody else's when told to
        other = fake_git(tmp_path / "bin", 'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "$GIT" "$@"')
        told = found(docpipe, trade, PATH=f"{other}{os.pathsep}{os.environ['PATH']}")["repository"]
    assert told["state"] == "missing"
    assert "belongs to another user" in told["says"]
    assert "safe.directory" in told["how"]


def test_a_shallow_clone_is_told(docpipe: Run, trade: Path, tmp_path: Path) -> None:
    git(trade, "commit", "--quiet", "--allow-empty", "-m", "more")
    short = introduced(clone(trade, tmp_path / "short", "--depth", "1"))
    told = found(docpipe, short)
    assert states(told, "shallow", "records", "remote") == ["missing", "missing", "fine"]


def test_sha256_submodules_and_linked_work_trees_are_repositories_too(
    docpipe: Run, trade: Path, tmp_path: Path
) -> None:
    git(trade, "worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "linked")
    top = repository(tmp_path / "top")
    git(top, "submodule", "--quiet", "add", trade.as_uri(), "trade")
    introduced(top / "trade")
    other = copy_workspace(tmp_path / "sha256")
    git(other, "init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    kept_names = (ROOT / ".gitattributes").read_bytes()
    (other / ".gitattributes").write_bytes(kept_names)
    introduced(other)
    git(other, "add", "--all")
    git(other, "commit", "--quiet", "-m", "Begin")
    for folder in (tmp_path / "linked", top / "trade", other):
        told = found(docpipe, folder, "--fix")
        assert states(told, "repository", "identity", "records", "names", "objects") == [
            "fine"
        ] * 5, folder  # fmt: skip
    assert told["repository"]["says"].endswith("(sha256)")


# --- a large repository: the limits are lowered, all else is real


@pytest.fixture
def large(trade: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(size, "LARGE", 3)
    return trade


def _looked_at(folder: Path, *, fix: bool) -> dict[str, CheckState]:
    """What a large repository is told to lack, and has after its fixes."""
    repo = open_repository(folder)
    with Objects(repo) as reader:
        told = list(size.checks(Tuning(reader, repo.resolve("HEAD"))))
        for check in told if fix else ():
            if check.fix:
                check.fix()
    return {check.id: check.state for check in told}


@pytest.mark.soak
def test_a_large_repository_gets_what_it_needs(large: Path) -> None:
    status = git(large, "status", "--porcelain")
    before = {path: path.read_bytes() for path in large.rglob("*.yaml")}
    told = _looked_at(large, fix=True)
    assert told == {
        "objects": CheckState.FINE,
        "commit-graph": CheckState.MISSING,
        "untracked-cache": CheckState.MISSING,
        "sparse-checkout": CheckState.MISSING,
    }
    assert _looked_at(large, fix=False) == {
        "objects": CheckState.FINE,
        "commit-graph": CheckState.FINE,
        "untracked-cache": CheckState.FINE,
        "sparse-checkout": CheckState.MISSING,
    }
    assert git(large, "commit-graph", "verify") == ""
    assert git(large, "config", "core.untrackedCache") == "true"
    assert git(large, "status", "--porcelain") == status
    assert {path: path.read_bytes() for path in large.rglob("*.yaml")} == before
    assert not list(large.glob("mtime-test*"))
    assert not (large / ".git" / "docpipe.trial").exists()


def test_a_graph_without_changed_paths_or_cut_off_does_not_serve(large: Path) -> None:
    git(large, "commit-graph", "write", "--reachable")
    assert _looked_at(large, fix=False)["commit-graph"] == CheckState.MISSING
    git(large, "commit-graph", "write", "--reachable", "--changed-paths", "--split=replace")
    (large / ".git/objects/info/commit-graph").unlink(missing_ok=True)
    assert _looked_at(large, fix=False)["commit-graph"] == CheckState.FINE
    (graph,) = (large / ".git/objects/info/commit-graphs").glob("*.graph")
    graph.chmod(0o644)
    graph.write_bytes(graph.read_bytes()[:30])
    assert _looked_at(large, fix=False)["commit-graph"] == CheckState.MISSING


@pytest.mark.soak
def test_a_sparse_checkout_is_offered_as_a_command_that_works(large: Path) -> None:
    repo = open_repository(large)
    with Objects(repo) as reader:
        *_, check = size.checks(Tuning(reader, repo.resolve("HEAD")))
        assert check.fix is None
        assert check.how is not None
        command = check.how.say("en", **check.params).partition(": ")[2]
    subprocess.run(command.split(), cwd=large, check=True, capture_output=True)
    assert (large / FOLDER / "order.yaml").exists()
    assert (large / "templates" / "catalogue.yaml").exists()
    assert _looked_at(large, fix=False)["sparse-checkout"] == CheckState.FINE
    git(large, "config", "--worktree", "index.sparse", "false")
    assert _looked_at(large, fix=True)["sparse-checkout"] == CheckState.MISSING
    assert _looked_at(large, fix=False)["sparse-checkout"] == CheckState.FINE


@pytest.mark.soak
def test_loose_objects_are_packed_and_none_is_lost(docpipe: Run, trade: Path) -> None:
    for number in range(3):
        put(trade, f"numbers/SC/2026/{number:04}.yaml", str(number).encode())
    stray = git(trade, "hash-object", "-w", "--stdin", stdin=b"wanted by nobody")
    data = b"".join(b"blob\nmark :%d\ndata 6\n%06d\n" % (n + 1, n) for n in range(6_800))
    git(trade, "-c", "fastimport.unpackLimit=10000", "fast-import", "--quiet", stdin=data)
    told = found(docpipe, trade, "--fix")["objects"]
    assert told["state"] == "fixed"
    counted = git(trade, "count-objects", "-v").splitlines()
    assert counted[0] == "count: 0"
    assert git(trade, "cat-file", "-p", stray) == "wanted by nobody"
    assert is_sound(trade)
    assert states(found(docpipe, trade), "objects") == ["fine"]


def test_what_cannot_be_put_right_is_told(docpipe: Run, trade: Path) -> None:
    (trade / ".gitattributes").unlink()
    (trade / ".gitattributes").mkdir()
    told = found(docpipe, trade, "--fix")["attributes"]
    assert told["state"] == "missing"
    assert told["how"].startswith("Tried, and it did not work: ")
