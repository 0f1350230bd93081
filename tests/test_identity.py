"""Who works here: by Git, by people.yaml, and by the key that signs."""

import os
import subprocess
from pathlib import Path

import pytest

from docpipe.adapters import sshkeys
from docpipe.diagnostics import DocpipeError
from tests.adapters.git.kit import git
from tests.conftest import Run
from tests.signing import agent, key

LIN = "lin.yang@zefan.example"


@pytest.fixture
def kept(shop: Path) -> Path:
    git(shop, "init", "--quiet", "--initial-branch=main")
    return shop


@pytest.fixture
def home() -> Path:
    return Path(os.environ["HOME"])


def settings(folder: Path) -> str:
    return (folder / ".git" / "config").read_text(encoding="utf-8")


def test_somebody_unknown_is_told_what_to_do(docpipe: Run, kept: Path) -> None:
    done = docpipe("identity", cwd=kept)
    assert done.returncode == 4
    assert "does not know who you are" in done.stderr


def test_the_name_comes_from_people_yaml(docpipe: Run, kept: Path) -> None:
    done = docpipe("identity", "--email", LIN, cwd=kept)
    assert done.stdout.splitlines() == [
        f"林样 <{LIN}>", "people.yaml: Sales; salesperson", "does not sign",
    ]  # fmt: skip
    assert git(kept, "config", "--local", "user.email") == LIN
    chinese = docpipe("--lang", "zh", "identity", cwd=kept).stdout.splitlines()
    assert chinese[1:] == ["people.yaml：业务部；业务员", "不签名"]


def test_a_name_of_ones_own_and_a_stranger(docpipe: Run, kept: Path) -> None:
    done = docpipe("identity", "--email", "guest@elsewhere.example", cwd=kept)
    assert (done.returncode, settings(kept).count("[user]")) == (2, 0)
    assert "people.yaml does not know guest@elsewhere.example" in done.stderr
    done = docpipe("identity", "--email", "g@e.example", "--name", "-Guest -x", cwd=kept)
    assert done.stdout.splitlines()[:2] == [
        "-Guest -x <g@e.example>",
        "not in people.yaml: no role counts",
    ]


@pytest.mark.parametrize("name", ["a\nb", "a<b", " "])
def test_a_name_that_breaks_commits_is_refused(name: str, docpipe: Run, kept: Path) -> None:
    done = docpipe("identity", "--email", LIN, "--name", name, cwd=kept)
    assert done.returncode == 1
    assert "[user]" not in settings(kept)


@pytest.mark.openssh
def test_signing_makes_a_key_and_what_is_saved_is_signed(
    docpipe: Run, kept: Path, home: Path
) -> None:
    docpipe("identity", "--email", LIN, cwd=kept)
    done = docpipe("identity", "--sign", cwd=kept)
    assert done.returncode == 0, done.stderr
    assert f"Made a key: {home}/.ssh/docpipe_ed25519" in done.stderr
    assert (home / ".ssh" / "docpipe_ed25519").stat().st_mode & 0o077 == 0
    line = "keys: [{" + done.stdout.splitlines()[-1].strip(" -") + "}]"
    assert line.startswith("keys: [{key: ssh-ed25519 AAAA")
    people = (kept / "people.yaml").read_text(encoding="utf-8")
    entry = f"email: {LIN}\n"
    (kept / "people.yaml").write_text(people.replace(entry, f"{entry}    {line}\n"))
    assert docpipe("save", "-m", "Signed", cwd=kept).returncode == 0
    (home / "signers").write_text(f"{LIN} {line[13:-2]}\n")
    git(kept, "-c", f"gpg.ssh.allowedSignersFile={home / 'signers'}", "verify-commit", "HEAD")
    again = docpipe("identity", "--sign", cwd=kept)
    assert "Made a key" not in again.stderr
    assert "Your entry there" not in again.stdout
    assert "signs with ssh-ed25519 SHA256:" in again.stdout


@pytest.mark.openssh
def test_a_key_that_is_there_is_taken_and_one_with_a_passphrase_is_passed_by(
    docpipe: Run, kept: Path, home: Path
) -> None:
    docpipe("identity", "--email", LIN, cwd=kept)
    key(home / ".ssh" / "id_ed25519", "-t", "ed25519", passphrase="secret")
    key(home / ".ssh" / "work", "-t", "ed25519")
    key(home / ".ssh" / "id_rsa", "-t", "rsa", "-b", "2048")
    (home / ".ssh" / "junk.pub").write_text("ssh-ed25519 nonsense")
    assert "/.ssh/work.pub" in docpipe("identity", "--sign", cwd=kept).stdout
    assert [k.path.name for k in sshkeys.found(home)] == [
        "id_ed25519.pub",
        "work.pub",
        "id_rsa.pub",
    ]


@pytest.mark.soak
@pytest.mark.openssh
def test_a_key_with_a_passphrase_signs_once_it_is_loaded(
    docpipe: Run, kept: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docpipe("identity", "--email", LIN, cwd=kept)
    locked = key(home / ".ssh" / "locked", "-t", "ed25519", passphrase="secret")
    done = docpipe("identity", "--key", str(locked), cwd=kept)
    assert done.returncode == 1
    assert f"ssh-add {locked}" in done.stderr
    assert "gpgsign" not in settings(kept)
    with agent(home, locked, "secret") as address:
        monkeypatch.setenv("SSH_AUTH_SOCK", address)
        done = docpipe("identity", "--key", f"{locked}.pub", cwd=kept)
        assert done.returncode == 0, done.stderr
        assert docpipe("save", cwd=kept).returncode == 0
        assert "gpgsig" in git(kept, "cat-file", "-p", "HEAD")
    (kept / "x").write_text("1")
    done = docpipe("save", cwd=kept, SSH_AUTH_SOCK="")
    assert done.returncode == 4
    assert "could not be signed" in done.stderr


@pytest.mark.soak
@pytest.mark.openssh
def test_an_rsa_key_signs_too(docpipe: Run, kept: Path, home: Path) -> None:
    docpipe("identity", "--email", LIN, cwd=kept)
    rsa = key(home / ".ssh" / "id_rsa", "-t", "rsa", "-b", "2048")
    done = docpipe("identity", "--key", str(rsa), cwd=kept)
    assert "signs with ssh-rsa SHA256:" in done.stdout
    fingerprint = subprocess.run(["ssh-keygen", "-lf", str(rsa)], capture_output=True, check=True)
    assert sshkeys.read(rsa).fingerprint in fingerprint.stdout.decode()
    assert docpipe("save", cwd=kept).returncode == 0


@pytest.mark.parametrize(
    "text",
    ["", "ssh-ed25519", "ssh-ed25519 !!!", "ssh-dss AAAAB3NzaC1kc3MAAAA=", "-----BEGIN OPENSSH"],
)
def test_what_is_no_public_key_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.pub").write_text(text)
    with pytest.raises(DocpipeError, match="is not a public SSH key"):
        sshkeys.read(tmp_path / "x")


@pytest.mark.openssh
def test_a_kind_that_is_not_the_bodys_is_refused(tmp_path: Path) -> None:
    genuine = sshkeys.read(key(tmp_path / "k", "-t", "ed25519"))
    (tmp_path / "x.pub").write_text(f"ssh-rsa {genuine.body}\n")
    with pytest.raises(DocpipeError, match="is not a public SSH key"):
        sshkeys.read(tmp_path / "x.pub")


@pytest.mark.openssh
def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    first = sshkeys.make(tmp_path / "k", "x")
    with pytest.raises(DocpipeError, match="is not overwritten"):
        sshkeys.make(tmp_path / "k", "x")
    assert sshkeys.read(tmp_path / "k") == first


def test_without_ssh_keygen_the_way_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocpipeError) as refusal:
        sshkeys.make(tmp_path / "k", "x")
    assert "apt install openssh-client" in refusal.value.say("zh")


@pytest.mark.openssh
def test_a_private_key_that_others_may_read_is_left_to_ssh_keygen(tmp_path: Path) -> None:
    found = sshkeys.read(key(tmp_path / "k", "-t", "ed25519"))
    assert sshkeys.signer(found)(b"x").startswith(b"-----BEGIN SSH SIGNATURE-----")
    found.private.chmod(0o644)
    with pytest.raises(DocpipeError, match="UNPROTECTED PRIVATE KEY FILE"):
        sshkeys.signer(found)(b"x")


@pytest.mark.openssh
def test_a_private_key_under_anothers_public_one_signs_nothing(tmp_path: Path) -> None:
    found = sshkeys.read(key(tmp_path / "k", "-t", "ed25519"))
    key(tmp_path / "other", "-t", "ed25519").replace(found.private)
    with pytest.raises(DocpipeError, match="does not sign"):
        sshkeys.signer(found)(b"x")
