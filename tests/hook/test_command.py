"""The command: installed, told who pushes, fed with rubbish."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.git.kit import git, repository
from tests.conftest import Run
from tests.issuing import ORDER, introduced
from tests.receiving import (
    APPROVAL,
    CHAIN,
    CJK,
    DOCUMENT,
    LIN,
    ZHOU,
    Server,
    accepted,
    change,
    committed,
    entry,
    give_lin_legal,
    refused,
    run,
)


def test_the_server_may_tell_who_pushes(server: Server) -> None:
    git(server.bare, "config", "docpipe.pusher", "GL_USER@zefan.example")
    made = entry(server, 1)
    ref = f"{made}:refs/heads/{CHAIN}"
    refused(server.push(ref), "does not tell who pushes")
    refused(server.push(ref, GL_USER="zhou.mo"), "zhou.mo@zefan.example pushes it")
    accepted(server.push(ref, GL_USER="lin.yang"))
    change(server.clone, "people.yaml", give_lin_legal, ZHOU)  # says Lin, who is not Zhou
    refused(server.push("main", GL_USER="lin.yang"), "who pushes, did not have the role for it")
    accepted(server.push("main", GL_USER="Zhou.Mo@zefan.example"))


def test_docpipe_passes_on_what_the_server_says_in_one_s_own_language(
    docpipe: Run, server: Server
) -> None:
    git(server.bare, "config", "docpipe.pusher", "GL_USER")
    words = ("withdraw", ORDER, DOCUMENT, "--reason", "Wrong date")
    done = docpipe(*words, cwd=server.clone, GL_USER=ZHOU[1])
    assert done.returncode == 1
    assert "is in the name of Lin Yang" in done.stderr
    assert done.stderr.splitlines()[-1] == "Nothing was recorded"
    assert not CJK.search(done.stderr)
    done = docpipe("--lang", "zh", *words, cwd=server.clone, GL_USER=ZHOU[1])
    assert "署名 Lin Yang" in done.stderr
    assert "in the name of" not in done.stderr
    assert server.tip("records") == git(server.clone, "rev-parse", "records")


@pytest.mark.parametrize("name", ["GL_ID", "GL_REPOSITORY"])
def test_gitlab_s_pages_show_why_and_so_does_docpipe(
    docpipe: Run, server: Server, name: str
) -> None:
    pushed = server.push(":main", **{name: "1"})
    assert not pushed.accepted
    told = [line.strip() for line in pushed.said.splitlines() if "docpipe" in line]
    assert len(told) == 2
    assert told[0].startswith("remote: GL-HOOK-ERR: docpipe：拒绝 main：")
    assert told[1].startswith("remote: GL-HOOK-ERR: docpipe: main refused: ")
    git(server.bare, "config", "docpipe.pusher", "GL_USER")
    said = server.push("main:refs/heads/x", **{name: "1"}).said
    assert "remote: GL-HOOK-ERR: docpipe: push refused: The server does not tell" in said
    words = ("withdraw", ORDER, DOCUMENT, "--reason", "Wrong date")
    done = docpipe(*words, cwd=server.clone, GL_USER=ZHOU[1], **{name: "1"})
    assert done.returncode == 1
    assert "is in the name of Lin Yang" in done.stderr
    assert "GL-HOOK-ERR" not in done.stderr
    assert not CJK.search(done.stderr)


def test_a_hook_s_words_are_read_without_gitlab_s_mark(docpipe: Run, server: Server) -> None:
    path = server.bare / "hooks/pre-receive"
    path.write_text("#!/bin/sh\necho 'GL-HOOK-ERR: closed today' >&2; exit 1\n", encoding="utf-8")
    done = docpipe("withdraw", ORDER, DOCUMENT, "--reason", "Wrong date", cwd=server.clone)
    assert done.returncode == 1
    assert "closed today" in done.stderr
    assert "GL-HOOK-ERR" not in done.stderr


def test_sync_passes_on_what_the_server_says(docpipe: Run, server: Server) -> None:
    edit = (server.clone / "company.yaml").read_text(encoding="utf-8")
    direct = edit.replace("flow: pull-request", "flow: direct")
    (server.clone / "company.yaml").write_text(direct, encoding="utf-8")
    committed(server.clone, ZHOU)
    accepted(server.push("main"))
    git(server.clone, "fetch", "--quiet", "origin")
    change(server.clone, "people.yaml", give_lin_legal, LIN)
    done = docpipe("sync", cwd=server.clone)
    assert done.returncode == 1
    assert "changes people.yaml" in done.stderr
    assert "docpipe undo people.yaml" in done.stderr
    assert not CJK.search(done.stderr)


def test_without_people_nothing_goes_on_record(tmp_path: Path) -> None:
    bare = repository(tmp_path / "bare.git", "--bare")
    run(tmp_path, "hook", "install", str(bare))
    here = introduced(repository(tmp_path / "here"), LIN)
    server = Server(bare, here, bare.as_uri())
    server.record({f"{APPROVAL}/1.txt": b"x"})
    refused(server.push("records"), "no main with a people.yaml", "Share main first")


def test_the_hook_is_installed_looked_after_and_kept_apart(
    docpipe: Run, server: Server, tmp_path: Path
) -> None:
    path = server.bare / "hooks/pre-receive"
    fine = docpipe("hook", "install", "--check", str(server.bare), cwd=tmp_path)
    assert fine.returncode == 0
    assert "names are not verified" in fine.stdout
    path.chmod(0o644)
    git(server.bare, "config", "core.hooksPath", "/elsewhere")
    git(server.bare, "config", "receive.fsckObjects", "false")
    wrong = docpipe("--lang", "zh", "hook", "install", "--check", str(server.bare), cwd=tmp_path)
    assert wrong.returncode == 1
    assert len(wrong.stdout.splitlines()) == 4
    assert all(CJK.search(line) for line in wrong.stdout.splitlines())
    path.write_text("#!/bin/sh\necho mine >&2; cat >&2\n", encoding="utf-8")
    path.chmod(0o755)
    done = docpipe("hook", "install", str(server.bare), cwd=tmp_path)
    assert done.returncode == 1
    assert f"mv {path} {path}.local" in done.stderr
    path.rename(f"{path}.local")
    git(server.bare, "config", "--unset", "core.hooksPath")
    docpipe("hook", "install", str(server.bare), cwd=tmp_path)
    pushed = server.push("main:refs/heads/x")
    accepted(pushed)
    assert "remote: mine" in pushed.said
    assert "refs/heads/x" in pushed.said


def test_a_hook_is_only_for_bare_repositories(docpipe: Run, server: Server) -> None:
    done = docpipe("hook", "install", ".", cwd=server.clone)
    assert done.returncode == 1
    assert "is not a bare repository" in done.stderr


def test_where_docpipe_is_gone_nothing_is_accepted(server: Server) -> None:
    path = server.bare / "hooks/pre-receive"
    path.write_text(path.read_text(encoding="utf-8").replace(sys.executable, "/no/python"))
    assert not server.push("main:refs/heads/x").accepted


RUBBISH = [
    b"x", b"\0", b"\xff\xfe", b"a b c\n", b"0" * 40 + b" " + b"1" * 40 + b" HEAD\n",
    b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/../x\n", b"\n\n", b"0" * 64 + b" " + b"1" * 64
    + b" refs/heads/main\n", b"1" * 40 + b" " + b"2" * 40 + b" refs/heads/main\n",
    b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/records\n", b"-" * 100_000,
    b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/access/\xff/\xfe\n",
]  # fmt: skip


@pytest.mark.parametrize("lines", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_is_refused_in_words(server: Server, lines: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docpipe", "hook", "pre-receive"],
        cwd=server.bare, input=lines, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("docpipe：".encode())
    assert b"\ndocpipe: " in done.stderr


def test_an_empty_push_is_none(server: Server) -> None:
    words = [sys.executable, "-m", "docpipe", "hook", "pre-receive"]
    assert subprocess.run(words, cwd=server.bare, input=b"", check=False).returncode == 0
