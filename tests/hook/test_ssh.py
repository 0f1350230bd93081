"""The hook behind a real SSH server on this machine, where each key says who pushes."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from docpipe.adapters import sshkeys
from tests.adapters.git.kit import git
from tests.conftest import Run
from tests.issuing import FOLDER, ORDER
from tests.receiving import (
    CHAIN,
    DOCUMENT,
    GU,
    LIN,
    ZHOU,
    Server,
    accepted,
    change,
    entry,
    give_lin_legal,
    refused,
    run,
)

_FOLDERS = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
SSHD = shutil.which("sshd", path=_FOLDERS)
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(SSHD is None, reason="needs sshd (Debian: openssh-server)"),
]
_CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {base}/host
PidFile none
AuthorizedKeysFile {base}/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
SetEnv {variables}
"""
_LOGIN = (
    'command="DOCPIPE_PUSHER={email} git-shell -c \\"$SSH_ORIGINAL_COMMAND\\"",restrict {key}\n'
)


@dataclass(frozen=True)
class Reached:
    """The server by SSH, and how each person logs in."""

    server: Server
    base: Path

    def by(self, who: tuple[str, str]) -> dict[str, str]:
        """The variable by which git logs in with somebody's key."""
        options = "-o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=no"
        key = f"-i {self.base / who[1]} -o UserKnownHostsFile={os.devnull}"
        return {"GIT_SSH_COMMAND": f"ssh -F none {options} {key}"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def reached(server: Server, tmp_path: Path) -> Iterator[Reached]:
    """A shared repository with the hook behind an SSH server of its own, ended with the test."""
    assert SSHD is not None
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where sshd locks itself in; boot makes it
    port = _free_port()
    sshkeys.make(tmp_path / "host", "host")
    logins = [_LOGIN.format(email=email, key=sshkeys.make(tmp_path / email, email).line)
              for _, email in (LIN, ZHOU, GU)]  # fmt: skip
    (tmp_path / "authorized_keys").write_text("".join(logins), encoding="utf-8")
    names = [n for n in os.environ if n == "PATH" or n.startswith(("PYTHON", "GIT_CONFIG", "XDG"))]
    variables = " ".join(f'"{name}={os.environ[name]}"' for name in names)
    config = tmp_path / "sshd_config"
    config.write_text(_CONFIG.format(port=port, base=tmp_path, variables=variables), "utf-8")
    git(server.bare, "config", "docpipe.pusher", "DOCPIPE_PUSHER")
    url = f"ssh://{getpass.getuser()}@127.0.0.1:{port}{server.bare}"
    git(server.clone, "remote", "set-url", "origin", url)
    words = [SSHD, "-D", "-e", "-f", str(config)]
    with (tmp_path / "sshd.log").open("wb") as log, subprocess.Popen(words, stderr=log) as sshd:
        try:
            until = time.monotonic() + 30
            while not _listens(port) and sshd.poll() is None and time.monotonic() < until:
                time.sleep(0.05)
            assert sshd.poll() is None, (tmp_path / "sshd.log").read_text("utf-8")
            yield Reached(server.at(url), tmp_path)
        finally:
            sshd.terminate()


def test_the_hook_judges_what_comes_by_ssh(docpipe: Run, reached: Reached) -> None:
    server = reached.server
    lin, zhou, gu = (reached.by(who) for who in (LIN, ZHOU, GU))
    withdraw = ("withdraw", ORDER, DOCUMENT, "--reason", "Wrong date")
    done = docpipe(*withdraw, cwd=server.clone, **gu)
    assert done.returncode == 1
    assert "in the name of Lin Yang" in done.stderr
    assert "gu.fa@zefan.example pushes it" in done.stderr
    run(server.clone, *withdraw, **lin)
    change(server.clone, f"{FOLDER}/order.yaml", lambda old: old + "# a remark\n", LIN)
    accepted(server.push("main", **lin))
    assert server.tip("records") == git(server.clone, "rev-parse", "records")

    refused(server.push(":records", **lin), "never deleted")
    ref = f"{entry(server, 1)}:refs/heads/{CHAIN}"
    refused(server.push(ref, **zhou), "zhou.mo@zefan.example pushes it")
    accepted(server.push(ref, **lin))

    change(server.clone, "people.yaml", give_lin_legal, ZHOU)
    refused(server.push("main", **lin), "who pushes, did not have the role for it")
    accepted(server.push("main", **zhou))
