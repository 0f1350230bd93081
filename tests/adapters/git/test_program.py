"""The git program: found or told, run so that nothing around it takes part, nothing left behind."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from docpipe.adapters.git import Objects, Records, Refusal, open_repository, program
from docpipe.diagnostics import DocpipeError
from tests.adapters.git.kit import (
    WANG,
    fake_git,
    git,
    hook,
    on_record,
    one,
    opened,
    put,
    repository,
    with_files,
)  # fmt: skip
from tests.support import ends


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return with_files(repository(tmp_path / "shop"), a="1\n")


def test_without_git_we_say_how_to_get_it(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo / "nothing"))
    with pytest.raises(DocpipeError) as refusal:
        opened(repo)
    assert refusal.value.exit_code == 4
    assert "git is not installed" in refusal.value.say("en")
    assert "apt install git" in refusal.value.say("zh")


def test_without_git_the_command_line_says_so_too(repo: Path) -> None:
    code = (
        "from docpipe.adapters.git import create; from pathlib import Path\n"
        "from docpipe.diagnostics import DocpipeError\n"
        f"try: create(Path({str(repo)!r}))\n"
        "except DocpipeError as error: print(error.say('en'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PATH": ""},
        capture_output=True,
        check=True,
    )
    assert b"git is not installed" in done.stdout


@pytest.mark.parametrize("words", ["git version 2.38.9", "git version 1.9", "no version at all"])
def test_a_git_that_is_too_old_is_told_with_the_reason(
    words: str, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(fake_git(tmp_path / "bin", f"echo '{words}'")))
    with pytest.raises(DocpipeError, match=r"too old: before 2\.39 it cannot tell"):
        opened(repo)


@pytest.mark.parametrize(
    "words", ["2.39.0", "2.39.5 (Apple Git-154)", "2.45.1.windows.1", "3.0.rc1"]
)
def test_versions_are_read_as_vendors_write_them(words: str, tmp_path: Path) -> None:
    folder = fake_git(tmp_path / "bin", f"echo 'git version {words}'")
    assert program.version(str(folder / "git")) >= program.MINIMUM


def test_a_git_in_the_current_folder_is_not_taken(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_git(repo / "bin", f"touch {tmp_path}/run")
    monkeypatch.chdir(repo)
    monkeypatch.setenv("PATH", f"bin{os.pathsep}.{os.pathsep}{os.environ['PATH']}")
    opened(repo)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    "name",
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR",
     "GIT_NAMESPACE", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_TRACE", "GIT_EXTERNAL_DIFF",
     "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_GLOB_PATHSPECS"],
)  # fmt: skip
def test_variables_that_point_git_elsewhere_do_not_count(
    name: str, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    assert put(repo, "one") == opened(repo).tip("refs/heads/records")
    assert name not in program.environment({})


def test_settings_from_the_command_line_of_a_calling_git_do_not_count(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    assert opened(repo).git("rev-parse", "--is-bare-repository") == b"false\n"


def test_no_hook_of_a_repository_runs(repo: Path, tmp_path: Path) -> None:
    for name in ("reference-transaction", "pre-commit", "commit-msg", "post-index-change"):
        hook(repo, name, f"touch {tmp_path}/{name}; exit 1")
    assert put(repo, "one")
    (repo / "a").write_text("2\n")
    from docpipe.adapters.git import commit_files

    assert commit_files(opened(repo), ["a"], WANG, "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop"]


@pytest.mark.parametrize("setting", ["core.fsmonitor", "core.hooksPath", "core.pager"])
def test_no_program_named_in_its_settings_runs(setting: str, repo: Path, tmp_path: Path) -> None:
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path}/run\n")
    script.chmod(0o755)
    git(repo, "config", setting, str(script))
    put(repo, "one")
    opened(repo).git("status")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    "address", ["ext::sh -c touch% {run}", "fd::17", "--upload-pack=touch {run}"]
)
def test_an_address_never_runs_a_program(address: str, repo: Path, tmp_path: Path) -> None:
    git(repo, "config", "remote.origin.url", address.format(run=tmp_path / "run"))
    for name in ("protocol.allow", "protocol.ext.allow", "protocol.fd.allow"):
        git(repo, "config", name, "always")
    with pytest.raises(Refusal, match="cannot be reached"):
        put(repo, "one")
    assert not (tmp_path / "run").exists()
    assert on_record(repo) == []


def test_git_never_asks_on_the_terminal(repo: Path, tmp_path: Path) -> None:
    reader = tmp_path / "ssh"
    reader.write_text("#!/bin/sh\nread answer < /dev/tty && echo asked >&2\nexit 1\n")
    reader.chmod(0o755)
    git(repo, "config", "remote.origin.url", "someone@server.example:shop.git")
    git(repo, "config", "core.sshCommand", str(reader))
    code = (
        "import os, pty, sys, time\n"
        "pid, terminal = pty.fork()\n"
        "if pid == 0:\n"
        "    from pathlib import Path\n"
        "    from docpipe.adapters.git import Refusal\n"
        "    from tests.adapters.git.kit import put\n"
        f"    try: put(Path({str(repo)!r}), 'one')\n"
        "    except Refusal as refusal: print(refusal.say('en'))\n"
        "    sys.exit()\n"  # which writes what it said; os._exit would drop it
        "shown = b''\n"
        "try:\n"
        "    while piece := os.read(terminal, 9999): shown += piece\n"
        "except OSError: pass\n"
        "sys.stdout.buffer.write(shown)\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, timeout=600, check=True
    )
    assert b"cannot be reached" in done.stdout
    assert b"asked" not in done.stdout


def test_messages_are_read_in_one_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de:fr")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    seen = program.environment({})
    assert (seen["LC_ALL"], seen["LANGUAGE"]) == ("C", "")


def test_a_server_that_does_not_answer_is_given_up_with_all_that_was_started(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "ssh"
    silent.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nsleep 600\n")
    silent.chmod(0o755)
    git(repo, "config", "remote.origin.url", "someone@server.example:shop.git")
    monkeypatch.setenv("GIT_SSH_COMMAND", str(silent))
    for patience in (1, 10, 100):  # a busy machine may not even have started it by then
        monkeypatch.setattr(program, "NETWORK", float(patience))
        with pytest.raises(Refusal, match=f"did not finish within {patience} seconds"):
            put(repo, "one")
        if (tmp_path / "pid").exists():
            break
    assert ends(int((tmp_path / "pid").read_text()))


def test_a_long_run_keeps_no_descriptors_processes_or_threads(repo: Path) -> None:
    def held() -> tuple[int, int, int]:
        children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
        return len(list(Path("/proc/self/fd").iterdir())), len(children), threading.active_count()

    put(repo, "0")
    before = held()
    for number in range(1, 25):
        put(repo, str(number))
        with Objects(opened(repo)) as reader:
            Records(opened(repo)).source(reader).files("")
        with pytest.raises(DocpipeError):
            opened(repo).resolve("nothing")
    assert held() == before


def test_a_reader_that_is_not_read_to_its_end_leaves_nothing_running(repo: Path) -> None:
    handle = opened(repo)
    with Objects(handle) as reader:
        tip, blob = handle.resolve("HEAD"), git(repo, "rev-parse", "HEAD:a")
        pieces = reader.many([blob] * 1000)
        next(pieces)
        pieces.close()
        assert reader.commit(tip).startswith(b"tree ")
        process = reader._process
        assert process is not None
    assert process.returncode is not None


def test_no_argument_of_a_user_becomes_an_option(repo: Path) -> None:
    handle = opened(repo)
    for text in ("--output=/tmp/x", "-h", "", "HEAD:a", "a..b", "HEAD^{/x}", "a b", "a\nb", "*"):
        with pytest.raises(Refusal):
            handle.resolve(text)
    for path in ("../a", "/a", "a/../../b", ".git/config", "a/.GIT/x", "", "a//b", "a\0b", "./a"):
        with pytest.raises(Refusal):
            handle.inside(path)
    for ref in ("records", "refs/heads/-x/../y", "refs/heads/a b", "refs/heads/x.lock"):
        with pytest.raises(Refusal):
            handle.tip(ref)


def test_names_that_people_use_are_taken(repo: Path) -> None:
    git(repo, "branch", "功能/报价")
    git(repo, "tag", "v1.0")
    tip = git(repo, "rev-parse", "HEAD")
    for text in ("HEAD", "main", "功能/报价", "v1.0", tip[:7], tip, "HEAD~0", "main@{0}"):
        assert opened(repo).resolve(text) == tip


def test_a_file_named_like_an_option_or_a_pattern_is_a_file(repo: Path) -> None:
    from docpipe.adapters.git import commit_files, dirty, history

    handle = opened(repo)
    for name in ("--all", "-f", ":(top)x", "*", "a?", "[a]"):
        (repo / name).write_text("x\n")
        assert commit_files(handle, [name], WANG, "one file") is not None
        assert [c.path for c in history(handle, handle.resolve("HEAD"), name)[0].changes] == [name]
        assert dirty(handle, [name]) == []
    assert len(history(handle, handle.resolve("HEAD"), "*")) == 1


def test_a_record_is_written_with_one(repo: Path) -> None:
    assert Records(open_repository(repo)).append(lambda _: one("x"), WANG)
