"""What all tests share: copies of the workspace, the command line as a person starts it."""

import contextlib
import io
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import IMPOSSIBLE, impossible

# Noisy machines are slow at times; the same examples every time, or a red run says nothing.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]
WORKSPACE = (
    "orders", "customers", "suppliers", "forwarders", "products", "markets", "surveys",
    "schemas", "templates",
    "company.yaml", "people.yaml",
)  # fmt: skip


NEEDS = {
    "office": (("soffice", "pdftotext"), "needs LibreOffice and poppler"),
    "openssh": (("ssh-keygen",), "needs ssh-keygen (Debian: openssh-client)"),
}


# What the machine and pytest itself need; coverage and hypothesis are told what to do by theirs.
KEPT = re.compile(
    r"PATH|TMPDIR|TEMP|TMP|SYSTEMROOT|CI|BUILD_NUMBER|DOCPIPE_NO_SKIP|(LD|DYLD|PYTEST|PY|COV|COVERAGE"
    r"|HYPOTHESIS)_.*"
)


@pytest.hookimpl(trylast=True)  # pytest itself may be told how to print
def pytest_configure() -> None:
    """Nothing else is taken from outside: what is green here is green in an empty environment."""
    if sys.getfilesystemencoding() != "utf-8":
        raise pytest.UsageError("names of files are Chinese here: export PYTHONUTF8=1")
    for name in [name for name in os.environ if not KEPT.fullmatch(name)]:
        del os.environ[name]
    os.environ |= {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
    }
    os.umask(0o022)
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # begun in the background by a shell
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite expected results for review")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests skip by name where a program that they need is not installed."""
    for marker, (programs, reason) in NEEDS.items():
        if all(map(shutil.which, programs)):
            continue
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With DOCPIPE_NO_SKIP=1 a skipped test fails the run: nothing hides behind a missing tool.

    What the machine itself does not allow is told like any skip, and no failure.
    """
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("DOCPIPE_NO_SKIP") and not all(IMPOSSIBLE in s.longreprtext for s in skipped):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def _far_from_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing reads the user's home or cache, what is made for several tests included."""
    with pytest.MonkeyPatch.context() as patch:
        # of all tests: compiling takes longer
        patch.setenv("DOCPIPE_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
        homes = tmp_path_factory.mktemp("homes")
        _move(homes, patch)
        yield homes


@pytest.fixture(autouse=True)
def _home_of_its_own(_far_from_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another has left at home."""
    _move(Path(tempfile.mkdtemp(dir=_far_from_home)), monkeypatch)


def _move(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("HOME", str(home))
    patch.setenv("XDG_CACHE_HOME", str(home / ".cache"))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of the sample workspace that a test may change."""
    return copy_workspace(tmp_path / "shop")


def copy_workspace(target: Path) -> Path:
    """Copy the sample workspace to `target`."""
    for name in WORKSPACE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)
    return target


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def docpipe() -> Iterator[Run]:
    """`docpipe ARGUMENTS` in a process of its own."""

    def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "docpipe", *arguments],
            cwd=cwd, capture_output=True, text=True, timeout=1200, check=False,
            env={**os.environ, **environment},
        )  # fmt: skip

    yield run


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """How to run something that may mount disks: as root, or as root of a namespace alone."""
    if not all(map(shutil.which, ("unshare", "mount"))):
        pytest.skip("needs unshare and mount (Debian: util-linux, mount)")
    folder = str(tmp_path_factory.mktemp("disk"))
    for words in (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"]):
        tried = [*words, "mount", "-t", "tmpfs", "tmpfs", folder]
        if not subprocess.run(tried, capture_output=True, check=False).returncode:
            return words
    raise impossible("nobody may mount a disk of their own on this machine (unshare --mount)")


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What a terminal receives of `docpipe ARGUMENTS`, however much and in whatever pieces."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "docpipe", *arguments],
        cwd=folder, stdout=slave, stderr=slave, env={**os.environ, **environment},
    ) as process:  # fmt: skip
        os.close(slave)
        shown = b""
        with os.fdopen(master, "rb", buffering=0) as terminal, contextlib.suppress(OSError):
            while piece := terminal.read(65_536):  # OSError: the other end is closed
                shown += piece
    assert process.returncode == 0, shown.decode()
    return shown.decode()


@pytest.fixture
def inside(docpipe: Run) -> Iterator[Run]:
    """The same within this process, which takes a third of the time.

    What a process has for good, its language and its variables, needs one of its own.
    """

    def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        from docpipe.cli.edge import run as at_the_edge

        if environment or "--lang" in arguments:
            return docpipe(*arguments, cwd=cwd, **environment)
        outs = [io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2)]
        with (
            contextlib.redirect_stdout(outs[0]), contextlib.redirect_stderr(outs[1]),
            contextlib.chdir(cwd),
        ):  # fmt: skip
            code = at_the_edge(arguments)
        for out in outs:
            out.seek(0)
        return subprocess.CompletedProcess([*arguments], code, *(out.read() for out in outs))

    yield run
