"""The access log over the steps: written first, listed, verified, held against what was seen."""

import csv
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from docpipe.adapters.git import Record, Records, Signature, open_repository
from docpipe.diagnostics import DocpipeError
from docpipe.reports import access_log, access_verified
from docpipe.steps.log import LogQuery, log
from docpipe.steps.log_verify import Verdict, verify
from docpipe.steps.witness import witness
from docpipe.trust.accesslog import entries
from docpipe.trust.accesslog import logged as access
from docpipe.trust.accesslog.logged import Reading, logged
from docpipe.trust.witness import checkpoint
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import clone, git, hook
from tests.issuing import LIN, ZHOU, introduced
from tests.logs import (
    NOON,
    READING,
    access_branches,
    chain,
    found,
    key_of,
    kinds,
    office,
    raw_entry,
    read,
    signs,
)

LATER = NOON + timedelta(days=1)


def listed(folder: Path, wanted: LogQuery = LogQuery(), *, fetch: bool = False) -> list[str]:  # noqa: B008
    entries = log(Workspace(folder), wanted, fetch=fetch, now=LATER).entries
    return [f"{each.when:%H:%M} {each.email.partition('@')[0]} {each.reason}" for each in entries]


def share(folder: Path, minute: int) -> str:
    told = access.share(Workspace(folder), NOON + timedelta(minutes=minute))
    return told.en if told else ""


def verdict(folder: Path, *, fetch: bool = False) -> Verdict:
    return verify(Workspace(folder), fetch=fetch, now=LATER)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A remote, Lin's clone, Zhou's clone; Lin has shared three entries."""
    remote, (a, b) = office(tmp_path, "a", "b")
    introduced(b, ZHOU)
    chain(a, 3)
    assert share(a, 4) == ""
    return remote, a, b


# Writing


@pytest.mark.parametrize(
    ("file", "find", "put"),
    [
        ("company.yaml", "flow:", "reading_reason: required\nflow:"),
        (
            "templates/catalogue.yaml",
            "    code: SC\n",
            "    code: SC\n    reading_reason: required\n",
        ),
    ],
)
def test_where_a_reason_is_demanded_nothing_is_read_without(
    file: str, find: str, put: str, tmp_path: Path
) -> None:
    _, (a,) = office(tmp_path, "a")
    path = a / file
    path.write_text(path.read_text("utf-8").replace(find, put, 1), "utf-8")
    with pytest.raises(DocpipeError, match="only with a reason") as caught:
        read(a, reason=" \t\n")
    assert caught.value.exit_code == 2
    assert access_branches(a) == {}
    assert read(a, reason="to the bank").sequence == 1
    other = Reading("ZF-2026-0002", "packing-list", "packing-list", "PL-2026-0001", "0")
    if file == "company.yaml":
        with pytest.raises(DocpipeError):
            logged(Workspace(a), other, "", "open", NOON)
    else:
        assert logged(Workspace(a), other, "", "open", NOON).sequence == 2


def test_a_kind_of_document_may_be_read_freely_where_the_company_demands_reasons(
    tmp_path: Path,
) -> None:
    _, (a,) = office(tmp_path, "a")
    for file, find, put in (
        ("company.yaml", "flow:", "reading_reason: required\nflow:"),
        ("templates/catalogue.yaml", "    code: SC\n", "    code: SC\n    reading_reason: none\n"),
    ):
        path = a / file
        path.write_text(path.read_text("utf-8").replace(find, put, 1), "utf-8")
    assert read(a).sequence == 1


def test_a_reason_cannot_forge_a_line_nor_a_terminal(tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a")
    bad = "x\nSequence: 9\r\u2028Docpipe-Access: 1\x1b[2J\0\x85" + "长" * 3000
    entry = read(a, reason=bad)
    (line,) = [row for row in git(a, "show", "-s", "--format=%B", entry.commit).split("\n")
               if row.startswith("Reason: ")]  # fmt: skip
    assert line.startswith("Reason: x Sequence: 9 Docpipe-Access: 1 [2J 长长")
    assert len(line) == len("Reason: ") + entries.LONGEST
    assert read(a).sequence == 2
    assert kinds(a) == []


def test_whom_git_does_not_know_reads_nothing(tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a")
    git(a, "config", "--unset", "user.email")
    with pytest.raises(DocpipeError, match="does not know who you are"):
        read(a)


@pytest.mark.openssh
def test_an_entry_is_signed_where_the_company_asks_and_stock_git_says_so(tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a", signed=True)
    entry = read(a)
    signers = tmp_path / "signers"
    key = git(a, "config", "user.signingkey")
    signers.write_text(f"{LIN[1]} {Path(key).read_text()}")
    told = git(a, "-c", f"gpg.ssh.allowedSignersFile={signers}", "log", "-1",
               "--format=%G? %GS", entry.commit)  # fmt: skip
    assert told == f"G {LIN[1]}"
    git(a, "config", "--unset", "user.signingkey")
    with pytest.raises(DocpipeError, match="no signing key is set up"):
        read(a, 1)
    assert git(a, "rev-list", "--count", entry.branch) == "1"


# Sharing


def test_the_log_is_pushed_once_a_minute(tmp_path: Path) -> None:
    remote, (a,) = office(tmp_path, "a")
    branch = read(a).branch
    assert share(a, 0) == ""
    read(a)
    share(a, 0)
    assert git(remote, "rev-list", "--count", branch) == "1"
    share(a, 1)
    assert git(remote, "rev-list", "--count", branch) == "2"
    read(a)
    share(a, -60)  # the clock was set back
    assert git(remote, "rev-list", "--count", branch) == "3"


def test_a_sync_shares_the_log_at_once_and_brings_the_others(tmp_path: Path) -> None:
    remote, (a, b) = office(tmp_path, "a", "b")
    introduced(b, ZHOU)
    for folder in (a, b):
        read(folder)
        share(folder, 0)
        read(folder, 1)
    assert access.share(Workspace(a), NOON, at_once=True) is None
    (mine,) = access_branches(a)
    assert git(remote, "rev-list", "--count", mine) == "2"
    assert len(listed(a)) == 3  # two own ones, and what Zhou had shared


def test_a_push_that_fails_keeps_nobody_from_reading_and_is_told_after_a_day(
    tmp_path: Path,
) -> None:
    remote, (a,) = office(tmp_path, "a")
    aside = remote.rename(tmp_path / "gone.git")
    for minute in (0, 5, 24 * 60):
        read(a, minute)
        assert share(a, minute) == ""
    read(a, 1500)
    assert "not been shared since 2026-11-25" in share(a, 1500)
    aside.rename(remote)
    hook(remote, "pre-receive", "echo the hook says no; exit 1")
    assert "the hook says no" in share(a, 1600)
    (remote / "hooks" / "pre-receive").unlink()
    assert share(a, 1700) == ""
    assert list(access_branches(remote).values()) == list(access_branches(a).values())
    read(a, 1800)
    hook(remote, "pre-receive", "exit 1")
    assert share(a, 1800) == ""


def test_a_person_who_is_called_otherwise_has_a_new_chain_and_both_are_shared(
    tmp_path: Path,
) -> None:
    remote, (a,) = office(tmp_path, "a")
    read(a)
    introduced(a, ("林新", "lin.xin@zefan.example"))
    read(a, 1)
    share(a, 2)
    assert access_branches(remote) == access_branches(a)
    assert len(access_branches(a)) == 2
    assert kinds(a) == []


# Listing


def test_all_chains_are_listed_in_order_of_time(pair: tuple[Path, Path, Path]) -> None:
    _, a, b = pair
    read(b, 1, "=1+1")
    share(b, 1)
    assert listed(b) == ["12:01 zhou.mo =1+1"]
    everything = [f"12:0{n}" for n in (0, 1, 1, 2)]
    assert [row[:5] for row in listed(b, fetch=True)] == everything
    assert [row[:5] for row in listed(a, fetch=True)] == everything
    assert listed(a, LogQuery(person="ZHOU.MO@zefan.example")) == ["12:01 zhou.mo =1+1"]
    assert listed(a, LogQuery(person="周")) == ["12:01 zhou.mo =1+1"]
    assert listed(a, LogQuery(order="ZF-2026-0003")) == []
    assert listed(a, LogQuery(since=date(2026, 11, 26))) == []
    assert len(listed(a, LogQuery(since=date(2026, 11, 25)))) == 4


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(sign: str) -> None:
    assert access_log.harmless(f"{sign}cmd|' /C calc'!A0").startswith("'")
    assert access_log.harmless("a=b") == "a=b"
    assert access_log.harmless(3) == "3"


def test_csv_and_json_hold_every_entry(pair: tuple[Path, Path, Path]) -> None:
    _, a, _ = pair
    read(a, 9, '=HYPERLINK("x")')
    entries = log(Workspace(a), LogQuery(), fetch=False, now=LATER).entries
    text = access_log.as_csv(entries)
    assert text.startswith("\ufeffwhen,name,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[-1]["reason"] == '\'=HYPERLINK("x")'
    told = json.loads(access_log.as_json(entries))
    assert told[-1]["reason"] == '=HYPERLINK("x")'
    assert [row["sequence"] for row in told] == [1, 2, 3, 4]
    assert told[0]["when"] == "2026-11-25T12:00:00+08:00"
    assert json.loads(access_log.as_json([])) == []


# Verifying


def test_a_sound_log_says_what_was_held_against_what(pair: tuple[Path, Path, Path]) -> None:
    _, a, b = pair
    first = verdict(b, fetch=True)
    assert (first.sound, first.chains, first.entries, first.fresh) == (True, 1, 3, 3)
    assert first.against == 0
    again = verdict(b)
    assert (again.entries, again.fresh, again.against) == (3, 0, 2)
    read(a, 9)
    share(a, 9)
    more = verdict(b, fetch=True)
    assert (more.entries, more.fresh) == (4, 1)
    for lang, word in (("en", "against"), ("zh", "对照")):
        assert word in "\n".join(access_verified.summary(again, lang))
    assert "nothing before" in "\n".join(access_verified.summary(first, "en"))


def test_a_clock_that_was_set_back_is_told_and_not_refused(tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a")
    for minute in (0, 30, 21, 5, 40):  # 9 minutes back is the network's
        read(a, minute)
    told = verdict(a)
    assert told.sound
    (remark,) = told.faults
    assert (remark.code, "25 minutes" in remark.message("en")) == ("clock", True)


def test_entries_that_each_go_back_nine_minutes_are_told(tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a")
    for minute in (27, 18, 9, 0):
        read(a, minute)
    told = verdict(a)
    assert [each.code for each in told.faults] == ["clock", "clock"]
    assert "27 minutes" in told.faults[-1].message("en")
    read(a, 1)  # from where it was verified before: the latest so far still counts
    assert "26 minutes" in verdict(a).faults[-1].message("en")


def test_an_entry_that_is_dated_in_the_future_is_named_until_then(tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a")
    read(a, 25 * 60)
    assert kinds(a) == ["ahead"]
    assert verify(Workspace(a), now=LATER + timedelta(hours=2)).sound


def test_an_entry_after_a_person_s_last_day_is_named_without_signatures_too(
    tmp_path: Path,
) -> None:
    _, (a,) = office(tmp_path, "a")
    introduced(a, ("Lin Yang", LIN[1].upper()))
    read(a)
    leaves(a, LIN, "2026-11-25")
    assert kinds(a) == []
    read(a, 13 * 60)
    assert [each.code for each in verify(Workspace(a), now=LATER + timedelta(1)).faults] == ["left"]


def leaves(folder: Path, who: tuple[str, str], day: str) -> None:
    """Somebody's last day, on the shared main."""
    people = folder / "people.yaml"
    entry = f"email: {who[1]}\n"
    text = people.read_text("utf-8")
    assert entry in text
    people.write_text(text.replace(entry, f"{entry}    until: {day}\n"), "utf-8")
    git(folder, "commit", "-qam", "Somebody has left")
    git(folder, "push", "-q", "origin", "main")


def test_an_entry_names_the_main_that_counted_and_goes_no_way_back(tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a")
    read(a)
    first = git(a, "rev-parse", "origin/main")
    git(a, "commit", "-q", "--allow-empty", "-m", "x")
    read(a, 1)  # not shared yet
    git(a, "push", "-q", "origin", "main")
    read(a, 2)
    git(a, "update-ref", "refs/remotes/origin/main", first)  # put back to an old state
    entry = read(a, 3)
    second = git(a, "rev-parse", "main")
    told = git(a, "log", "--reverse", "--format=%(trailers:key=Main,valueonly)", entry.branch)
    assert told.split() == [first, first, second, second]
    assert kinds(a) == []
    tip = raw_entry(a, entry.commit, 5, minute=9, main=first)
    for main, kind in ((first, "entry-main-back"), ("5" * 40, "entry-main")):
        tip = raw_entry(a, entry.commit, 5, minute=9, main=main)
        git(a, "update-ref", f"refs/heads/{entry.branch}", tip)
        assert kinds(a) == [kind]


@pytest.mark.openssh
def test_a_person_who_has_left_still_has_a_log_that_verifies(tmp_path: Path) -> None:
    _, (a, b) = office(tmp_path, "a", "b", signed=True)
    signs(b, ZHOU)
    chain(b, 2)
    share(b, 3)
    leaves(a, ZHOU, "2026-11-25")
    assert kinds(a) == []
    assert len(listed(a, LogQuery(person="周"))) == 2
    git(b, "pull", "-q", "origin", "main")
    with pytest.raises(DocpipeError, match="is not valid"):
        read(b, 24 * 60)


@pytest.mark.parametrize("away", ["~0", "~1", ""])
def test_a_log_that_was_deleted_or_set_back_here_is_named(away: str, tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a")
    branch = f"refs/heads/{chain(a, 3)}"
    assert kinds(a) == []
    git(a, "update-ref", *([branch, f"{branch}{away}"] if away else ["-d", branch]))
    assert kinds(a) == {"~0": [], "~1": ["rewritten"], "": ["gone"]}[away]
    read(a, 9)
    assert kinds(a) == []
    assert git(a, "rev-list", "--count", branch) == "4"


def test_what_the_remote_took_and_lost_is_named(pair: tuple[Path, Path, Path]) -> None:
    remote, a, b = pair
    (branch,) = access_branches(remote)
    assert kinds(b) == []
    git(remote, "update-ref", f"refs/heads/{branch}", f"{branch}~1")
    for each in (a, b):
        (fault,) = found(each)
        assert (fault.code, fault.at.path) == ("rewritten", branch)
        assert "at origin" in fault.message("en")
    git(remote, "update-ref", "-d", f"refs/heads/{branch}")
    assert [kinds(each) for each in (a, b)] == [["gone"], ["gone"]]
    assert kinds(b, fetch=False) == ["gone"]


def rubbish(folder: Path, what: str, tip: str) -> str:
    """Something that was pushed into the access refs by plain git."""
    tree = git(folder, "rev-parse", "main^{tree}")
    return {
        "a branch of files": git(folder, "commit-tree", "-p", tip, "-m", "x", tree),
        "files": raw_entry(folder, tip, 4, tree=tree),
        "no mark": raw_entry(folder, tip, words="Open\n\nSequence: 4\n"),
        "a merge": raw_entry(folder, tip, 4, more=("-p", git(folder, "rev-parse", "main"))),
        "a gap": raw_entry(folder, tip, 5, minute=9),
        "twice": raw_entry(folder, tip, 3, minute=9),
        "a new beginning": raw_entry(folder, "", 2),
        "another": raw_entry(folder, tip, 4, ZHOU),
        "another author": raw_entry(folder, tip, 4, author=ZHOU),
        "no number": raw_entry(folder, tip, words="Open\n\nDocpipe-Access: 1\nSequence: 04\n"),
    }[what]


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("a branch of files", "not-an-entry"), ("files", "not-an-entry"),
        ("no mark", "not-an-entry"), ("a merge", "line"), ("no number", "not-an-entry"),
        ("a gap", "sequence"), ("twice", "sequence"), ("a new beginning", "sequence"),
        ("another", "another-person"), ("another author", "another-person"),
    ],
)  # fmt: skip
def test_rubbish_in_the_access_refs_is_named_and_never_seen(
    what: str, kind: str, pair: tuple[Path, Path, Path]
) -> None:
    remote, _, b = pair
    ((branch, tip),) = access_branches(remote).items()
    bad = rubbish(remote, what, tip)
    assert kinds(b) == []
    git(remote, "update-ref", f"refs/heads/{branch}", bad)
    for _ in range(2):
        assert kinds(b)[-1] == kind
        assert kinds(b)[:-1] in ([], ["rewritten"])
    assert set(listed(b)) >= ({f"12:0{n} lin.yang " for n in range(3)})
    git(remote, "update-ref", f"refs/heads/{branch}", tip)  # its administrator removed it
    assert kinds(b) == []


@pytest.mark.parametrize("name", ["access/x", "access/LIN@x/pc-000000", "access/a/b/c"])
def test_a_name_that_is_nobodys_is_named(name: str, pair: tuple[Path, Path, Path]) -> None:
    remote, a, _ = pair
    git(remote, "update-ref", f"refs/heads/{name}", raw_entry(remote))
    (fault,) = found(a)
    assert (fault.code, fault.at.path) == ("name", name)


@pytest.mark.openssh
def test_an_entry_signed_by_another_or_not_at_all_is_named(tmp_path: Path) -> None:
    remote, (a, b) = office(tmp_path, "a", "b", signed=True)
    signs(b, ZHOU)
    chain(a, 2)
    share(a, 2)
    ((branch, tip),) = access_branches(remote).items()
    zhous = key_of(b, ZHOU)
    for forged, words in (
        (raw_entry(a, tip, 3, minute=9), "not signed"),
        (raw_entry(a, tip, 3, minute=9, sign=zhous), "signed with the key of"),
    ):
        git(a, "push", "-q", "-f", "origin", f"{forged}:refs/heads/{branch}")
        (fault,) = found(b)
        assert (fault.code, words in fault.message("en")) == ("signature", True)
        assert fault.at.commit == forged


@pytest.mark.openssh
def test_what_was_verified_is_verified_again_when_the_keys_change(tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a", signed=True)
    chain(a, 3)
    assert kinds(a) == []
    assert verdict(a).fresh == 0
    people = a / "people.yaml"
    text = people.read_text("utf-8")
    lins = text.index("keys: [", text.index(LIN[1]))
    people.write_text(text[:lins] + "until: 2026-11-01\n    " + text[lins:], "utf-8")
    git(a, "commit", "-qam", "Lin left long ago")
    git(a, "push", "-q", "origin", "main")
    assert {each.code for each in found(a)} == {"left"}


def test_marks_that_were_forged_or_broken_are_no_help(pair: tuple[Path, Path, Path]) -> None:
    remote, _, b = pair
    ((branch, tip),) = access_branches(remote).items()
    assert kinds(b) == []
    marks = b / ".git" / "docpipe.verified"
    for text in ("", "[]", "{}", "\xff", marks.read_text().replace(tip, "0" * 40)):
        marks.write_text(text, "latin-1")
        assert verdict(b).fresh == 3
    bad = raw_entry(remote, "", 1, ZHOU)
    git(remote, "update-ref", f"refs/heads/{branch}", bad)
    assert sorted(kinds(b)) == ["another-person", "rewritten"]
    marks.write_text(marks.read_text().replace(tip, bad))  # a mark is not trusted above the seen
    assert "rewritten" in kinds(b)


def test_a_shallow_clone_says_what_it_did_not_verify(pair: tuple[Path, Path, Path]) -> None:
    remote, _, b = pair
    thin = introduced(clone(remote, b.parent / "thin", "--depth=2", "--no-single-branch"), ZHOU)
    told = verdict(thin)
    assert told.sound
    assert [each.code for each in told.faults] == ["shallow"]


def test_records_and_main_are_held_against_what_was_seen(pair: tuple[Path, Path, Path]) -> None:
    remote, a, b = pair
    git(a, "commit", "-q", "--allow-empty", "-m", "x")
    git(a, "push", "-q", "origin", "main")
    tip = git(remote, "rev-parse", "main")
    assert kinds(b) == []
    git(remote, "update-ref", "refs/heads/main", "main~1")
    (fault,) = found(b)
    assert (fault.code, fault.at.path) == ("rewritten", "main")
    git(remote, "update-ref", "-d", "refs/heads/main")
    assert [each.code for each in found(b)] == ["gone"]
    git(remote, "update-ref", "refs/heads/main", tip + "~1")
    git(remote, "update-ref", "refs/heads/records", "main")
    assert {each.at.path for each in found(b)} == {"main", "records"}


# Checkpoints and witnesses


def test_a_checkpoint_kept_elsewhere_tells_what_is_missing_later(
    pair: tuple[Path, Path, Path],
) -> None:
    remote, a, b = pair
    text = checkpoint.written(verdict(a, fetch=True).tips, NOON)
    kept = checkpoint.read(text, "kept")
    fresh = introduced(clone(remote, b.parent / "fresh"), ZHOU)
    told = verify(Workspace(fresh), kept=[kept], now=LATER)
    assert (told.sound, told.checkpoints) == (True, (NOON,))
    (branch,) = access_branches(remote)
    git(remote, "update-ref", f"refs/heads/{branch}", f"{branch}~1")
    other = introduced(clone(remote, b.parent / "other"), ZHOU)
    assert verify(Workspace(other), now=LATER).sound  # a chain alone proves nothing about its end
    (fault,) = verify(Workspace(other), kept=[kept], now=LATER).faults
    assert (fault.code, "the checkpoint of 2026-11-25" in fault.message("en")) == (
        "rewritten", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("find", "put"),
    [("main", "mian"), ("sha256 ", "sha256 0"), ("docpipe checkpoint 1", "x"), ("\n", " ")],
)
def test_a_checkpoint_that_was_changed_is_none(find: str, put: str) -> None:
    text = checkpoint.written({"main": "0" * 40, "records": "1" * 40}, NOON)
    assert checkpoint.read(text.replace("\n", "\r\n"), "f").tips["records"] == "1" * 40
    with pytest.raises(DocpipeError, match="no checkpoint of docpipe"):
        checkpoint.read(text.replace(find, put), "f")


@pytest.mark.openssh
def test_a_witness_writes_signed_checkpoints_and_refuses_a_rewritten_log(tmp_path: Path) -> None:
    remote, (a, eye) = office(tmp_path, "a", "eye", signed=True)
    signs(eye, ZHOU)
    chain(a, 3)
    share(a, 3)
    first = witness(Workspace(eye), "nightly", [], NOON, push=True)
    assert (first.verdict.sound, first.signed) == (True, True)
    assert git(remote, "rev-parse", "witness/nightly") == first.commit
    text = git(remote, "show", "witness/nightly:checkpoint.txt")
    (branch,) = access_branches(remote)
    assert f"{git(remote, 'rev-parse', branch)} {branch}\n" in text
    assert git(eye, "cat-file", "commit", first.commit).count("-----BEGIN SSH SIGNATURE-----") == 1
    second = witness(Workspace(eye), "nightly", [], LATER, push=True)
    assert git(eye, "rev-parse", f"{second.commit}^") == first.commit
    git(remote, "update-ref", f"refs/heads/{branch}", f"{branch}~2")
    _, (new,) = office(tmp_path / "x", "new", signed=True)
    git(
        signs(new, ZHOU), "remote", "set-url", "origin", remote.as_uri()
    )  # a job that begins with a new clone
    for each in (eye, new):
        bad = witness(Workspace(each), "nightly", [], LATER)
        assert not bad.verdict.sound
        assert bad.commit == ""
        assert {fault.code for fault in bad.verdict.faults} == {"rewritten"}
        assert {fault.at.path for fault in bad.verdict.faults} == {branch}
    assert git(remote, "rev-parse", "witness/nightly") == second.commit


def test_a_witness_without_a_shared_repository_or_with_a_strange_name_says_so(
    tmp_path: Path,
) -> None:
    _, (a,) = office(tmp_path, "a")
    with pytest.raises(DocpipeError, match="cannot be a witness's name"):
        witness(Workspace(a), "../x", [], NOON)
    git(a, "remote", "remove", "origin")
    with pytest.raises(DocpipeError, match="no shared repository"):
        witness(Workspace(a), "", [], NOON)


def test_a_copied_clone_verifies_and_lists_each_entry_once(pair: tuple[Path, Path, Path]) -> None:
    remote, a, b = pair
    c = Path(shutil.copytree(a, a.parent / "c", symlinks=True))
    read(a, 5, "a")
    read(c, 6, "c")
    for each in (a, c):
        share(each, 60)
    assert len(access_branches(remote)) == 2
    for each in (a, b, c):
        assert kinds(each) == []
        assert [row[:5] for row in listed(each)] == [f"12:0{n}" for n in (0, 1, 2, 5, 6)]


def test_the_words_of_a_reading_are_those_of_trade(tmp_path: Path) -> None:
    _, (a,) = office(tmp_path, "a")
    shown = Reading("ZF-2026-0002", revision="ab" * 20)
    entry = logged(Workspace(a), shown, "", "show", NOON)
    assert git(a, "log", "-1", "--format=%s", entry.commit) == "Show ZF-2026-0002 at abababababab"
    entry = logged(Workspace(a), READING, "", "export", NOON)
    assert git(a, "log", "-1", "--format=%s", entry.commit) == (
        "Export ZF-2026-0002 sales-contract revision 0"
    )


def by_main(folder: Path, path: str) -> None:
    """Put a file on record by the clone's main."""
    told = Record({path: b"x\n"}, "x", trailers=[("Main", git(folder, "rev-parse", "main"))])
    Records(open_repository(folder)).append(lambda _: told, Signature(*LIN, LATER))


def test_records_that_this_clone_put_there_are_not_missed_there(
    pair: tuple[Path, Path, Path],
) -> None:
    _, a, b = pair
    for number in range(3):  # pushed by address: no tracking branch moves
        by_main(a, f"numbers/SC/2026/{number + 1:04}.yaml")
        for fetch in (False, True, False):
            told = verdict(a, fetch=fetch)
            assert told.sound, told.faults
            assert told.tips["records"] == git(a, "rev-parse", "records")
    git(b, "fetch", "--quiet", "origin")
    by_main(a, "numbers/SC/2026/0004.yaml")
    assert verdict(b).sound
    tree = git(b, "rev-parse", "origin/records^{tree}")
    git(b, "update-ref", "refs/remotes/origin/records", git(b, "commit-tree", "-m", "x", tree))
    assert "rewritten" in kinds(b, fetch=False)
