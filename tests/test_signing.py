"""Signing: asked for by company.yaml, done by docpipe, seen by stock git, held to by a check."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from docpipe.adapters import sshkeys
from docpipe.adapters.git import Objects, Record, Records, Signature, history, open_repository
from docpipe.trust.invariants.main import of_main
from docpipe.trust.invariants.records import RecordsJudge
from docpipe.trust.invariants.signatures import SIGNATURES
from docpipe.trust.judging import signatures
from docpipe.trust.judging.main_history import MainHistory
from docpipe.trust.judging.policy import Policies
from tests.adapters.git.kit import NOON, clone, git, is_sound, one, repository
from tests.conftest import Run
from tests.issuing import LIN, ORDER, ZHOU, edit, introduced, kept
from tests.signing import agent, enter, key, public
from tests.tampering.signatures import stripped

pytestmark = pytest.mark.openssh

LINE = "flow: pull-request\n"
ASKED = f"{LINE}signing: required\n"


@pytest.fixture
def home() -> Path:
    return Path(os.environ["HOME"])


@pytest.fixture
def trade(shop: Path) -> Path:
    """The sample workspace, saved, where Lin is admin; nobody signs yet."""
    edit(shop, "people.yaml", "roles: [salesperson]", "roles: [salesperson, admin]")
    return kept(shop)


def signing(folder: Path, private: Path) -> None:
    """Tell git which key is used here, and whose keys it may trust."""
    for name, value in (
        ("gpg.format", "ssh"), ("user.signingkey", f"{private}.pub"), ("commit.gpgsign", "true"),
        ("gpg.ssh.allowedSignersFile", str(folder / ".git" / "docpipe.signers")),
    ):  # fmt: skip
        git(folder, "config", name, value)


@pytest.fixture
def desk(trade: Path, home: Path) -> Path:
    """The same where Lin and Zhou have keys, signatures are asked for, and Lin works."""
    for who in (LIN, ZHOU):
        enter(trade, who[1], f"key: {public(key(home / who[1], '-t', 'ed25519'))}")
    edit(trade, "company.yaml", LINE, ASKED)
    signing(trade, home / LIN[1])
    by_git(trade, "Ask for signatures")
    return trade


def by_git(folder: Path, text: str = "x", who: tuple[str, str] = LIN, *words: str) -> str:
    """A commit by plain git of everything there is, signed as the repository's settings say."""
    git(folder, "add", "--all")
    names = {"GIT_COMMITTER_NAME": who[0], "GIT_COMMITTER_EMAIL": who[1]}
    names |= {"GIT_AUTHOR_NAME": who[0], "GIT_AUTHOR_EMAIL": who[1]}
    git(folder, "commit", "--quiet", "--allow-empty", "-m", text, *words, **names)
    return git(folder, "rev-parse", "HEAD")


def unsigned(folder: Path, text: str = "x", who: tuple[str, str] = LIN) -> str:
    return by_git(folder, text, who, "--no-gpg-sign")


def flaws(folder: Path, main: str = "main") -> list[tuple[str, str]]:
    """What does not hold of main: the commit and the code."""
    repo = open_repository(folder)
    with Objects(repo, verify=True) as reader:
        found = list(of_main(MainHistory(repo, reader, git(folder, "rev-parse", main))))
    return [(each.at.commit, each.code) for each in found]


def faults(folder: Path, since: int = 0) -> list[tuple[str, str]]:
    """The same of the records, but for so many that were looked at before."""
    repo, codes = open_repository(folder), {"main-back", *(each.code for each in SIGNATURES)}
    commits = history(repo, "records", renames=False, joined=False)[::-1]
    with Objects(repo, verify=True) as reader:
        policies = Policies(repo, reader, git(folder, "rev-parse", "main"))
        judge = RecordsJudge(repo, reader, policies, datetime.now(UTC))
        if since:
            judge.begin(commits[since - 1].id)
        judged = judge.judge(commits[since:], lambda commit: False, all_told=True)
        told = [each for _, found in judged for each in found]
    return [(each.at.commit, each.code) for each in told if each.code in codes]


def good(folder: Path, ref: str) -> list[str]:
    """Whom stock git shows for each commit, the newest first: "G lin@..." for a good signature."""
    return git(folder, "log", "--format=%G? %GS", ref).splitlines()


def test_from_a_key_to_signed_records(inside: Run, trade: Path) -> None:
    assert inside("identity", "--sign", cwd=trade).returncode == 0
    line = inside("identity", cwd=trade).stdout.splitlines()[-1].strip().removeprefix("- ")
    enter(trade, LIN[1], line)
    edit(trade, "company.yaml", LINE, ASKED)
    done = inside("save", "-m", "Ask for signatures", cwd=trade)
    assert (done.returncode, "your signature" in done.stderr) == (0, False)
    for words in (
        ("issue", ORDER, "sales-contract"),
        ("withdraw", ORDER, "sales-contract", "--reason", "typo"),
        ("issue", ORDER, "sales-contract"),
    ):
        done = inside(*words, cwd=trade)
        assert done.returncode == 0, done.stderr
    assert good(trade, "main") == [f"G {LIN[1]}", "N "]
    assert good(trade, "records") == [f"G {LIN[1]}"] * 3
    told = git(trade, "log", "--show-signature", "-1", "records")
    assert f'Good "git" signature for {LIN[1]} with ED25519 key SHA256:' in told
    assert (flaws(trade), faults(trade)) == ([], [])
    assert is_sound(trade)
    done = inside("--lang", "en", "verify", cwd=trade)
    assert (done.returncode, "no signatures" in done.stdout) == (0, False), done.stdout
    assert "signatures" in done.stdout
    stripped(trade)
    done = inside("--lang", "en", "verify", cwd=trade)
    assert done.returncode == 1
    assert "is not signed, and company.yaml asked for it" in done.stdout


def test_saves_put_onto_those_of_others_are_signed_again(
    inside: Run, desk: Path, home: Path, tmp_path: Path
) -> None:
    edit(desk, "company.yaml", LINE, "flow: direct\n")
    by_git(desk, "Publish directly")
    remote = repository(tmp_path / "shared.git", "--bare")
    git(desk, "remote", "add", "origin", remote.as_uri())
    git(desk, "push", "--quiet", "origin", "main")
    zhou = introduced(clone(remote, tmp_path / "zhou"), ZHOU)
    signing(zhou, home / ZHOU[1])
    for folder, file, find, put in (
        (zhou, "order.yaml", "id: 1,", "id: 1 ,"), (desk, "contract.yaml", "line: 1,", "line: 1 ,")
    ):  # fmt: skip
        edit(folder, file, find, put)
        for words in (("save",), ("sync",)):
            done = inside(*words, cwd=folder)
            assert done.returncode == 0, done.stderr
    assert good(desk, "main")[:3] == [f"G {LIN[1]}", f"G {ZHOU[1]}", f"G {LIN[1]}"]
    assert git(remote, "rev-parse", "main") == git(desk, "rev-parse", "main")
    assert flaws(desk) == []
    git(zhou, "config", "--unset", "user.signingkey")
    assert inside("sync", cwd=zhou).returncode == 0, "who takes over needs no key"


def test_an_approval_is_signed_by_who_gives_it(inside: Run, shop: Path, home: Path) -> None:
    legal = ("顾法", "gu.fa@zefan.example")
    enter(shop, legal[1], f"key: {public(key(home / 'gu', '-t', 'ed25519'))}")
    edit(shop, "company.yaml", LINE, ASKED)
    signing(introduced(kept(shop, approvals=True), legal), home / "gu")
    assert inside("approve", ORDER, "sales-contract", cwd=shop).returncode == 0
    take_back = ("approve", ORDER, "sales-contract", "--withdraw", "--reason", "x")
    assert inside(*take_back, cwd=shop).returncode == 0
    assert inside("identity", "--email", legal[1], cwd=shop).returncode == 0
    assert good(shop, "records") == [f"G {legal[1]}"] * 2
    assert faults(shop) == []


def test_where_nobody_asks_nothing_is_signed(inside: Run, trade: Path) -> None:
    edit(trade, "company.yaml", LINE, f"{LINE}signing: none\n")
    assert inside("save", cwd=trade).returncode == 0
    assert inside("issue", ORDER, "sales-contract", cwd=trade).returncode == 0
    for ref in ("main", "records"):
        assert "gpgsig" not in git(trade, "cat-file", "-p", ref)
    assert (flaws(trade), faults(trade)) == ([], [])


def test_who_signs_anyway_signs_records_too(inside: Run, trade: Path, home: Path) -> None:
    signing(trade, key(home / "k", "-t", "ed25519"))
    assert inside("issue", ORDER, "sales-contract", cwd=trade).returncode == 0
    assert "gpgsig" in git(trade, "cat-file", "-p", "records")
    assert faults(trade) == []


@pytest.mark.parametrize(
    "words",
    [("save",), ("issue", ORDER, "sales-contract"),
     ("withdraw", ORDER, "sales-contract", "--reason", "x")],
)  # fmt: skip
def test_without_a_key_nothing_is_done_and_the_way_is_told(
    words: tuple[str, ...], inside: Run, desk: Path
) -> None:
    git(desk, "config", "--unset", "user.signingkey")
    before = git(desk, "for-each-ref", "--format=%(refname) %(objectname)")
    if words == ("save",):
        (desk / "note.txt").write_text("x")
    done = inside(*words, cwd=desk)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no signing key is set up" in done.stderr
    assert "docpipe identity --sign" in done.stderr
    assert "尚未设置签名密钥" in inside("--lang", "zh", *words, cwd=desk).stderr
    assert git(desk, "for-each-ref", "--format=%(refname) %(objectname)") == before
    told = inside("identity", cwd=desk).stdout
    assert "does not sign, and has to: docpipe identity --sign" in told


def test_who_leaves_off_signing_signs_that(inside: Run, desk: Path) -> None:
    edit(desk, "company.yaml", "signing: required\n", "")
    git(desk, "config", "--unset", "user.signingkey")
    assert inside("save", cwd=desk).returncode == 1
    assert inside("identity", "--key", str(Path.home() / LIN[1]), cwd=desk).returncode == 0
    assert inside("save", "-m", "Leave off", cwd=desk).returncode == 0
    assert good(desk, "main")[0] == f"G {LIN[1]}"
    unsigned(desk, "nobody asks now")
    assert flaws(desk) == []


def test_a_record_takes_a_key_that_others_can_check(inside: Run, desk: Path, home: Path) -> None:
    """A person's files may be signed with a new key, or nobody could add their own."""
    signing(desk, key(home / "new", "-t", "ed25519"))
    (desk / "note.txt").write_text("x")
    done = inside("save", cwd=desk)
    assert done.returncode == 0
    assert "nobody can check your signature yet" in done.stderr
    done = inside("issue", ORDER, "sales-contract", cwd=desk)
    assert done.returncode == 1
    assert f"lacks your key {sshkeys.read(home / 'new').fingerprint}" in done.stderr
    assert "docpipe identity prints" in done.stderr
    assert git(desk, "for-each-ref", "refs/heads/records") == ""


def test_a_key_past_its_last_day_makes_no_record(inside: Run, desk: Path) -> None:
    path = desk / "people.yaml"
    path.write_text(path.read_text().replace("}]\n", ", until: 2026-01-31}]\n", 1))
    assert inside("save", cwd=desk).returncode == 0
    done = inside("--lang", "zh", "issue", ORDER, "sales-contract", cwd=desk)
    assert done.returncode == 1
    assert "无效" in done.stderr


def test_a_locked_key_signs_by_the_agent_or_not_at_all(
    inside: Run, desk: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = key(home / "locked", "-t", "ed25519", passphrase="secret")
    path = desk / "people.yaml"
    path.write_text(path.read_text().replace(public(home / LIN[1]), public(locked)))
    signing(desk, locked)
    done = inside("save", cwd=desk)
    assert done.returncode == 1
    assert f"ssh-add {locked}" in done.stderr
    with agent(home, locked, "secret") as address:
        monkeypatch.setenv("SSH_AUTH_SOCK", address)
        assert inside("save", cwd=desk).returncode == 0
        done = inside("issue", ORDER, "sales-contract", cwd=desk)
        assert done.returncode == 0, done.stderr
    assert good(desk, "main")[0] == good(desk, "records")[0] == f"G {LIN[1]}"
    done = inside("withdraw", ORDER, "sales-contract", "--reason", "x", cwd=desk)
    assert done.returncode == 1
    assert "does not sign" in done.stderr
    assert len(good(desk, "records")) == 1
    assert faults(desk) == []


@pytest.mark.parametrize("options", [("rsa", "-b", "2048"), ("ecdsa", "-b", "384")])
def test_other_kinds_of_keys_sign_by_ssh_keygen(
    options: tuple[str, ...], inside: Run, desk: Path, home: Path
) -> None:
    path = desk / "people.yaml"
    other = key(home / "other", "-t", *options)
    path.write_text(path.read_text().replace(public(home / LIN[1]), public(other)))
    signing(desk, other)
    assert inside("save", cwd=desk).returncode == 0
    assert inside("issue", ORDER, "sales-contract", cwd=desk).returncode == 0
    assert good(desk, "main")[0] == good(desk, "records")[0] == f"G {LIN[1]}"
    assert faults(desk) == []


def test_with_other_digests_too(tmp_path: Path, home: Path) -> None:
    shop = repository(tmp_path / "shop", "--object-format=sha256")
    private = key(home / "k", "-t", "ed25519")
    signing(shop, private)
    (home / "signers").write_text(f"{LIN[1]} {public(private)}\n")
    git(shop, "config", "gpg.ssh.allowedSignersFile", str(home / "signers"))
    sign = sshkeys.signer(sshkeys.read(private))
    Records(open_repository(shop)).append(lambda _: one("a"), Signature(*LIN, NOON), sign)
    assert good(shop, "records") == [f"G {LIN[1]}"]
    assert is_sound(shop)


def test_what_is_not_signed_is_told_from_the_first_that_had_to_be(desk: Path) -> None:
    assert flaws(desk) == []
    bad = unsigned(desk, "by plain git")
    by_git(desk, "fine again")
    assert flaws(desk) == [(bad, "unsigned")]


def test_somebody_elses_key_and_one_that_nobody_has(desk: Path, home: Path) -> None:
    forged = by_git(desk, "in Zhou's name", ZHOU)
    signing(desk, key(home / "stranger", "-t", "ed25519"))
    strange = by_git(desk, "by a stranger")
    assert flaws(desk) == [(forged, "signed-by-another"), (strange, "signed-by-unknown")]
    repo = open_repository(desk)
    with Objects(repo) as reader:
        first, second = of_main(MainHistory(repo, reader, git(desk, "rev-parse", "main")))
    assert first.message("en").endswith(
        f"in the name of {ZHOU[0]} <{ZHOU[1]}>, and signed with the key of {LIN[1]}"
    )
    assert sshkeys.read(home / "stranger").fingerprint in second.message("zh")


@pytest.mark.parametrize(
    ("find", "put"),
    [("fine", "fake"), ("lin.yang", "lin.yung"), ("\nauthor", "\nparent {old}\nauthor"),
     ("committer ", "encoding x\ncommitter "), ("gpgsig -", "gpgsig-sha256 x\ngpgsig -"),
     ("gpgsig -", "gpgsig x\ngpgsig -"), (" +0", " -0"), ("tree ", "tree {tree}\ntree ")],
)  # fmt: skip
def test_what_is_altered_after_signing_is_told(find: str, put: str, desk: Path) -> None:
    old, tree = git(desk, "rev-parse", "HEAD^"), git(desk, "rev-parse", "HEAD^{tree}")
    name = by_git(desk, "all fine")
    text = git(desk, "cat-file", "commit", name) + "\n"
    assert find in text
    bad = text.replace(find, put.format(old=old, tree=tree), 1).encode()
    made = git(desk, "hash-object", "-t", "commit", "--literally", "-w", "--stdin", stdin=bad)
    git(desk, "update-ref", "refs/heads/main", made)
    ((commit, kind),) = [flaw for flaw in flaws(desk) if flaw[0] == made]
    assert (commit, kind in ("signature-broken", "signature-unreadable")) == (made, True)
    git(desk, "update-ref", "refs/heads/main", name)
    assert flaws(desk) == []


def test_a_key_counts_on_its_days(desk: Path, home: Path) -> None:
    """A retired key's old signatures stay valid; its owner's last day ends it too."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    path, mine = desk / "people.yaml", f"key: {public(home / LIN[1])}"
    text = path.read_text()
    second = key(home / "second", "-t", "ed25519")
    both = f"{mine}, until: {today}}}, {{key: {public(second)}, from: {today}"
    path.write_text(text.replace(mine, both))
    by_git(desk, "retired today")
    signing(desk, second)
    by_git(desk, "the new one")
    assert flaws(desk) == []
    for put in (f"{mine}, until: 2026-01-01", f"{mine}, from: 2126-01-01"):
        path.write_text(text.replace(mine, f"{put}}}, {{key: {public(second)}"))
        by_git(desk, "never valid")
        assert {kind for _, kind in flaws(desk)} == {"signed-out-of-date"}
    path.write_text(text.replace(f"email: {LIN[1]}\n", f"email: {LIN[1]}\n    until: 2026-01-01\n"))
    by_git(desk, "left long ago")
    assert {kind for _, kind in flaws(desk)} == {"signed-out-of-date", "signed-by-unknown"}


def test_git_is_told_of_a_keys_days_too(inside: Run, desk: Path) -> None:
    path = desk / "people.yaml"
    path.write_text(
        path.read_text().replace("}]\n", ", from: 2026-01-01, until: 2026-01-31}]\n", 1)
    )
    assert inside("save", cwd=desk).returncode == 0
    line = (desk / ".git" / "docpipe.signers").read_text().splitlines()[0]
    assert line.startswith(f'{LIN[1]} namespaces="git",valid-after="202')
    assert good(desk, "main")[0].split() != ["G", LIN[1]]
    path.write_text(path.read_text().replace("2026-01-31", "2126-01-31"))
    assert inside("save", cwd=desk).returncode == 0
    assert good(desk, "main")[0] == f"G {LIN[1]}"


def test_a_merge_by_the_server_needs_no_key_unless_it_brings_something(desk: Path) -> None:
    server = ("Server", "noreply@server.example")
    git(desk, "switch", "--quiet", "--create", "work")
    (desk / "a.txt").write_text("a")
    by_git(desk, "a")
    git(desk, "switch", "--quiet", "main")
    (desk / "b.txt").write_text("b")
    by_git(desk, "b")
    git(desk, "merge", "--quiet", "--no-ff", "--no-gpg-sign", "-m", "Merge", "work")
    assert flaws(desk) == []
    (desk / "c.txt").write_text("nobody's")
    evil = by_git(desk, "Merge", server, "--amend", "--no-gpg-sign")
    assert flaws(desk) == [(evil, "unsigned")]


def test_a_branch_from_before_is_no_way_around(desk: Path) -> None:
    git(desk, "switch", "--quiet", "--create", "old", "main^")
    (desk / "a.txt").write_text("a")
    bad = unsigned(desk, "begun before it was asked for")
    git(desk, "switch", "--quiet", "main")
    git(desk, "merge", "--quiet", "--no-ff", "--no-gpg-sign", "-m", "Merge", "old")
    assert flaws(desk) == [(bad, "unsigned")]


def test_it_is_asked_for_from_where_main_has_it(trade: Path, home: Path) -> None:
    """What came to main while the request for it was under review had not to be signed.

    The admin who joins the request signs that.
    """
    git(trade, "switch", "--quiet", "--create", "work")
    enter(trade, LIN[1], f"key: {public(key(home / LIN[1], '-t', 'ed25519'))}")
    edit(trade, "company.yaml", LINE, ASKED)
    signing(trade, home / LIN[1])
    by_git(trade, "Ask for signatures")
    git(trade, "switch", "--quiet", "main")
    (trade / "a.txt").write_text("a")
    unsigned(trade, "meanwhile")
    git(trade, "merge", "--quiet", "--no-ff", "--no-gpg-sign", "-m", "Merge", "work",
        GIT_COMMITTER_NAME=LIN[0], GIT_COMMITTER_EMAIL=LIN[1])  # fmt: skip
    assert flaws(trade) == [(git(trade, "rev-parse", "HEAD"), "guard-unsigned")]
    by_git(trade, "Merge", LIN, "--amend", "-S")
    assert flaws(trade) == []
    bad = unsigned(trade, "from now on")
    assert flaws(trade) == [(bad, "unsigned")]


def test_it_may_be_asked_for_left_off_and_asked_for_again(desk: Path) -> None:
    edit(desk, "company.yaml", "signing: required\n", "signing: none\n")
    by_git(desk, "left off")
    unsigned(desk, "free")
    edit(desk, "company.yaml", "signing: none\n", "signing: required\n")
    on = unsigned(desk, "asked for again, unsigned")
    last = unsigned(desk, "asked for still")
    assert flaws(desk) == [(on, "unsigned"), (last, "unsigned")]


def test_who_leaves_off_without_signing_leaves_nothing_off(desk: Path) -> None:
    edit(desk, "company.yaml", "signing: required\n", "signing: none\n")
    off = unsigned(desk, "left off, unsigned")
    bad = unsigned(desk, "not free")
    assert flaws(desk) == [(off, "unsigned"), (bad, "unsigned")]


def put(
    folder: Path, path: str, when: Signature, private: Path | None = None, main: str = "main"
) -> str:
    """A record by that main, signed if there is a key."""
    sign = sshkeys.signer(sshkeys.read(private)) if private else None
    record = one(path)
    told = Record(record.files, record.subject, trailers=[("Main", git(folder, "rev-parse", main))])
    made = Records(open_repository(folder)).append(lambda _: told, when, sign)
    assert made is not None
    return made


def test_records_have_to_be_signed_by_the_main_that_they_name(desk: Path, home: Path) -> None:
    begins = datetime.fromisoformat(git(desk, "log", "-1", "--format=%cI", "main"))
    earlier, later = (begins + timedelta(hours=hours) for hours in (-1, 1))
    private = home / LIN[1]
    put(desk, "a", Signature(*LIN, later), main="main~1")  # main asked for it by then, unpushed
    put(desk, "b", Signature(*LIN, later), private)
    backdated = put(desk, "c", Signature(*LIN, earlier))
    bare = put(desk, "d", Signature(*LIN, later), main="main~1")
    other = put(desk, "e", Signature(*ZHOU, later), private)
    assert faults(desk) == [
        (backdated, "unsigned"), (bare, "main-back"), (other, "signed-by-another"),
    ]  # fmt: skip
    assert faults(desk, since=3) == [(bare, "main-back"), (other, "signed-by-another")]


def test_what_git_does_not_show_of_a_record_names_no_main(desk: Path) -> None:
    when = datetime.fromisoformat(git(desk, "log", "-1", "--format=%cI", "main"))
    made = put(desk, "a", Signature(*LIN, when), main="main~1")
    more = f"\0\n\nMain: {git(desk, 'rev-parse', 'main')}\n"
    text = (git(desk, "cat-file", "commit", made) + "\n" + more).encode()
    name = git(desk, "hash-object", "-t", "commit", "--literally", "-w", "--stdin", stdin=text)
    git(desk, "update-ref", "refs/heads/records", name)
    assert faults(desk) == []


def test_a_record_in_an_authors_name_who_did_not_sign_it(desk: Path, home: Path) -> None:
    made = put(desk, "a", Signature(*LIN, NOON), home / LIN[1])
    tree = git(desk, "rev-parse", f"{made}^{{tree}}")
    names = {"GIT_COMMITTER_NAME": LIN[0], "GIT_COMMITTER_EMAIL": LIN[1]}
    names |= {"GIT_AUTHOR_NAME": ZHOU[0], "GIT_AUTHOR_EMAIL": ZHOU[1]}
    told = f"x\n\nMain: {git(desk, 'rev-parse', 'main')}\nDocpipe-Record: 1"
    words = ("commit-tree", "-S", "-p", made, "-m", told, tree)
    forged = git(desk, *words, **names)
    git(desk, "update-ref", "refs/heads/records", forged)
    assert faults(desk) == [(forged, "signed-by-another")]


def test_a_committer_that_cannot_be_read_has_no_clock_to_hide_behind(
    desk: Path, home: Path
) -> None:
    made = put(desk, "a", Signature(*LIN, NOON), home / LIN[1])
    text = git(desk, "cat-file", "commit", made).partition("gpgsig")[0]
    told = f"\nx\n\nMain: {git(desk, 'rev-parse', 'main')}\n"
    bad = (text.replace("committer 林样 <", "committer <<") + told).encode()
    name = git(desk, "hash-object", "-t", "commit", "--literally", "-w", "--stdin", stdin=bad)
    git(desk, "update-ref", "refs/heads/records", name)
    assert faults(desk) == [(name, "unsigned")]


def test_every_kind_of_flaw_reads_well() -> None:
    shown = {"commit": "0123456789ab", "who": "x", "why": "y", "key": "k", "owner": "o", "day": "d"}
    kinds = [value for value in vars(signatures).values() if type(value) is tuple]
    assert len({kind[0] for kind in kinds}) == len(kinds) == 6
    for _, message, hint in kinds:
        for language in ("en", "zh"):
            assert "{" not in message.say(language, **shown) + hint.say(language, **shown)


def test_clones_know_the_companys_keys_once_somebody_says_who_they_are(
    inside: Run, desk: Path, tmp_path: Path
) -> None:
    remote = repository(tmp_path / "shared.git", "--bare")
    git(desk, "push", "--quiet", remote.as_uri(), "main")
    other = introduced(clone(remote, tmp_path / "other"), ZHOU)
    assert inside("identity", "--email", ZHOU[1], cwd=other).returncode == 0
    assert good(other, "main")[0] == f"G {LIN[1]}"
    git(other, "config", "gpg.ssh.allowedSignersFile", "/elsewhere")
    assert inside("identity", "--email", ZHOU[1], cwd=other).returncode == 0
    assert git(other, "config", "gpg.ssh.allowedSignersFile") == "/elsewhere"
