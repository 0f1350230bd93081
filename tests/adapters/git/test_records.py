"""The records: linear, only added to, there before they are acknowledged, never half."""

import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docpipe.adapters.git import (
    CommitSource,
    Objects,
    Record,
    Records,
    Refusal,
    Signature,
    history,
    open_repository,
)  # fmt: skip
from tests.adapters.git.kit import (
    LI,
    NOON,
    WANG,
    clone,
    count_up,
    git,
    hook,
    is_sound,
    on_record,
    one,
    opened,
    put,
    records_of,
    repository,
    shared_by,
    with_files,
)  # fmt: skip


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    return with_files(repository(tmp_path / "shop"), a="1\n")


@pytest.fixture
def three(tmp_path: Path) -> tuple[Path, Path, Path]:
    remote, (first, second) = shared_by(tmp_path, "a", "b")
    return remote, first, second


def test_a_record_says_who_when_and_what(alone: Path) -> None:
    record = Record(
        {"issued/SC-1.docx": b"\x00\xff", "issued/中文.json": b"{}"}, "Issue\nSC-1",
        "For the bank.", [("Order", "ZF-2026-0001"), ("Note", "two\nlines\n\nOrder: forged")],
    )  # fmt: skip
    commit = Records(opened(alone)).append(lambda _: record, WANG)
    assert git(alone, "log", "-1", "--format=%H|%an|%ae|%ad|%cn|%s", "--date=iso", "records") == (
        f"{commit}|王小明|wang@huaxing.example|2026-11-25 12:00:00 +0800|王小明|Issue SC-1"
    )
    assert git(alone, "log", "-1", "--format=%(trailers)", "records").splitlines() == [
        "Order: ZF-2026-0001", "Note: two lines Order: forged", "Docpipe-Record: 1",
    ]  # fmt: skip
    assert on_record(alone) == ["issued/SC-1.docx", "issued/中文.json"]
    (told,) = history(opened(alone), commit or "")
    assert told.trailers["Order"] == ["ZF-2026-0001"]
    assert told.author == WANG
    assert [change.status + change.path for change in told.changes] == [
        "Aissued/SC-1.docx", "Aissued/中文.json",
    ]  # fmt: skip


def test_records_touch_neither_files_nor_staging_nor_the_branch(alone: Path) -> None:
    (alone / "a").write_text("2\n")
    (alone / "new").write_text("n\n")
    git(alone, "add", "new")
    before = (
        git(alone, "status", "--porcelain=v2", "--branch"),
        (alone / ".git/index").read_bytes(),
    )
    put(alone, "one")
    after = (
        git(alone, "status", "--porcelain=v2", "--branch"),
        (alone / ".git/index").read_bytes(),
    )
    assert after == before
    assert sorted(p.name for p in alone.iterdir()) == [".git", "a", "new"]


def test_what_is_on_record_never_changes(alone: Path) -> None:
    put(alone, "one", b"first")
    with pytest.raises(Refusal, match="one is on record, and never changes"):
        put(alone, "one", b"second")
    assert records_of(alone).read("one", 10) == b"first"


def test_nothing_to_add_adds_nothing(alone: Path) -> None:
    assert Records(opened(alone)).append(lambda _: None, WANG) is None
    assert Records(opened(alone)).tip() is None
    assert records_of(alone).files("") == []


def test_whoever_makes_a_record_sees_all_before_it(alone: Path) -> None:
    for _ in range(12):
        Records(opened(alone)).append(count_up, WANG)
    assert on_record(alone) == [f"numbers/{number:05}" for number in range(1, 13)]


@pytest.mark.parametrize("name", ["", "  ", "a<b", "a\nb", "a\0b"])
def test_a_name_that_would_break_a_commit_is_refused(name: str, alone: Path) -> None:
    with pytest.raises(Refusal, match="cannot be a name"):
        put(alone, "one", by=Signature(name, "x@y.example", NOON))
    assert on_record(alone) == []


@pytest.mark.parametrize("path", ["../x", "/x", "a/../x", ".git/x", "a//b", ""])
def test_a_path_that_leads_out_is_refused(path: str, alone: Path) -> None:
    with pytest.raises(Refusal):
        put(alone, path)
    assert on_record(alone) == []


@pytest.mark.parametrize("digest", ["sha1", "sha256"])
@pytest.mark.openssh
def test_a_signed_record_is_signed_for_git_too(digest: str, tmp_path: Path) -> None:
    alone = repository(tmp_path / "shop", f"--object-format={digest}")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (tmp_path / "signers").write_text(f"{WANG.email} {key.with_suffix('.pub').read_text()}")

    def sign(content: bytes) -> bytes:
        words = ["ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", str(key)]
        return subprocess.run(words, input=content, capture_output=True, check=True).stdout

    Records(opened(alone)).append(lambda _: one("x"), WANG, sign)
    git(alone, "config", "gpg.ssh.allowedSignersFile", str(tmp_path / "signers"))
    git(alone, "verify-commit", "records")
    assert is_sound(alone)


def test_a_record_is_at_the_remote_before_it_is_acknowledged(three: tuple[Path, ...]) -> None:
    remote, first, second = three
    one_ = put(first, "one")
    assert git(remote, "rev-parse", "records") == one_
    two = put(second, "two", by=LI)
    assert git(remote, "rev-parse", "records") == two
    assert git(second, "rev-parse", "records") == two
    assert Records(opened(first)).refresh() == two
    assert on_record(first) == ["one", "two"]
    assert is_sound(remote)


def test_a_lost_race_is_made_again_on_the_new_tip(three: tuple[Path, ...]) -> None:
    remote, first, second = three
    Records(opened(first)).append(count_up, WANG)
    seen: list[int] = []

    def slow(source: CommitSource) -> Record:
        seen.append(len(source.files("")))
        if len(seen) == 1:  # meanwhile somebody else is faster
            Records(opened(second)).append(count_up, LI)
        return count_up(source)

    Records(opened(first)).append(slow, WANG)
    assert seen == [1, 2]
    assert on_record(remote) == ["numbers/00001", "numbers/00002", "numbers/00003"]
    assert git(remote, "rev-list", "--merges", "records") == ""


def test_an_unreachable_remote_refuses_and_says_that_drafts_work(tmp_path: Path) -> None:
    remote, (first,) = shared_by(tmp_path, "a")
    remote.rename(tmp_path / "away.git")
    with pytest.raises(Refusal) as refusal:
        put(first, "one")
    assert refusal.value.exit_code == 4
    assert "cannot be reached" in refusal.value.say("en")
    assert "草稿不受影响" in refusal.value.say("zh")
    assert on_record(first) == []


def test_no_message_shows_the_password_in_an_address(alone: Path) -> None:
    git(alone, "remote", "add", "origin", "https://wang:geheim@127.0.0.1:9/shop.git")
    with pytest.raises(Refusal) as refusal:
        put(alone, "one")
    assert "https://127.0.0.1:9/shop.git" in refusal.value.say("en")
    assert "geheim" not in refusal.value.say("en") + refusal.value.say("zh")


def test_a_protected_branch_is_told_in_the_servers_words(three: tuple[Path, ...]) -> None:
    remote, first, _ = three
    hook(remote, "pre-receive", "echo 'only the archive may push records' >&2; exit 1")
    with pytest.raises(Refusal) as refusal:
        put(first, "one")
    assert "origin does not accept the record" in refusal.value.say("en")
    assert "only the archive may push records" in refusal.value.say("zh")
    assert on_record(first) == on_record(remote) == []


@pytest.mark.soak
def test_a_lock_that_stays_at_the_remote_is_told(three: tuple[Path, ...]) -> None:
    remote, first, _ = three
    lock = remote / "refs" / "heads" / "records.lock"
    lock.touch()
    with pytest.raises(Refusal, match="origin does not accept the record"):
        put(first, "one")
    lock.unlink()
    assert put(first, "one")


def test_a_push_whose_answer_was_lost_is_asked_after(three: tuple[Path, ...]) -> None:
    remote, first, _ = three
    hook(remote, "post-receive", "kill -9 $PPID")
    commit = put(first, "one")
    assert git(remote, "rev-parse", "records") == git(first, "rev-parse", "records") == commit


def test_records_from_before_there_was_a_remote_go_there_with_the_next(tmp_path: Path) -> None:
    alone = with_files(repository(tmp_path / "shop"), a="1\n")
    put(alone, "one")
    remote = repository(tmp_path / "shared.git", "--bare")
    git(alone, "remote", "add", "origin", remote.as_uri())
    put(alone, "two")
    assert on_record(remote) == ["one", "two"]


def test_records_with_unrelated_histories_are_not_merged_by_guessing(
    three: tuple[Path, ...], tmp_path: Path
) -> None:
    remote, first, _ = three
    other = with_files(repository(tmp_path / "other"), a="1\n")
    put(other, "apart")
    put(first, "one")
    git(other, "remote", "add", "origin", remote.as_uri())
    with pytest.raises(Refusal, match="are unrelated"):
        put(other, "two")
    assert on_record(other) == ["apart"]
    assert on_record(remote) == ["one"]


def test_records_that_the_remote_lost_are_noticed(three: tuple[Path, ...]) -> None:
    remote, first, second = three
    put(first, "one")
    put(first, "two")
    before = git(remote, "rev-parse", "records")
    git(remote, "update-ref", "refs/heads/records", before + "~1")
    put(second, "other", by=LI)
    with pytest.raises(Refusal, match="rewritten: they lack 1 that this clone has"):
        put(first, "three")
    assert git(first, "rev-parse", "records") == before


def test_records_that_went_backwards_or_away_are_brought_back(three: tuple[Path, ...]) -> None:
    remote, first, _ = three
    put(first, "one")
    put(first, "two")
    git(remote, "update-ref", "refs/heads/records", "records~1")
    put(first, "three")
    assert on_record(remote) == ["one", "three", "two"]
    git(remote, "update-ref", "-d", "refs/heads/records")
    put(first, "four")
    assert on_record(remote) == ["four", "one", "three", "two"]


def _rubbish_foreign(work: Path) -> None:
    with_files(work, note="by hand\n")


def _rubbish_changed(work: Path) -> None:
    (work / "one").write_text("forged")
    git(work, "commit", "--quiet", "-am", "Record\n\nDocpipe-Record: 1")


def _rubbish_removed(work: Path) -> None:
    git(work, "rm", "--quiet", "one")
    git(work, "commit", "--quiet", "-m", "Record\n\nDocpipe-Record: 1")


def _rubbish_link(work: Path) -> None:
    (work / "link").symlink_to("one")
    git(work, "add", "link")
    git(work, "commit", "--quiet", "-m", "Record\n\nDocpipe-Record: 1")


def _rubbish_merge(work: Path) -> None:
    git(work, "merge", "--quiet", "--allow-unrelated-histories", "--no-edit", "origin/main")


RUBBISH = {
    _rubbish_foreign: "docpipe did not write it",
    _rubbish_changed: "it changes or removes one",
    _rubbish_removed: "it changes or removes one",
    _rubbish_link: "link is not a plain file",
    _rubbish_merge: "it merges two histories",
}


@pytest.mark.parametrize("soil", RUBBISH, ids=lambda soil: soil.__name__[9:])
def test_rubbish_on_the_remotes_records_is_refused_and_named(soil: object, tmp_path: Path) -> None:
    remote, (first, second) = shared_by(tmp_path, "a", "b")
    good = put(first, "one")
    work = clone(remote, tmp_path / "work", "--branch", "records")
    soil(work)  # type: ignore[operator]
    git(work, "push", "--quiet", "origin", "records")
    bad = git(remote, "rev-parse", "records")
    for folder in (first, second):
        before = on_record(folder)
        with pytest.raises(Refusal) as refusal:
            put(folder, "two")
        said = refusal.value.say("en")
        assert "records of origin is not as docpipe writes it" in said
        assert RUBBISH[soil] in said  # type: ignore[index]
        assert "by Plain Git" in said
        assert bad[:12] in said
        assert f"to {(good or '')[:12]}, its last good commit" in said
        assert "管理员" in refusal.value.say("zh")
        assert on_record(folder) == before
    assert git(remote, "rev-parse", "records") == bad


def test_a_strange_branch_called_records_is_refused_whole(three: tuple[Path, ...]) -> None:
    remote, first, _ = three
    git(remote, "update-ref", "refs/heads/records", "main")
    with pytest.raises(Refusal, match="docpipe did not write it"):
        put(first, "one")
    assert Records(opened(first)).tip() is None


def test_rubbish_on_ones_own_records_is_refused_too(alone: Path) -> None:
    put(alone, "one")
    tree = git(alone, "rev-parse", "records^{tree}")
    git(alone, "update-ref", "refs/heads/records",
        git(alone, "commit-tree", "-p", "records", "-m", "by hand", tree))  # fmt: skip
    with pytest.raises(Refusal, match="docpipe did not write it"):
        put(alone, "two")


def test_rubbish_made_here_is_never_published(three: tuple[Path, ...]) -> None:
    remote, first, _ = three
    put(first, "one")
    tree = git(first, "rev-parse", "records^{tree}")
    git(first, "update-ref", "refs/heads/records",
        git(first, "commit-tree", "-p", "records", "-m", "by hand", tree))  # fmt: skip
    with pytest.raises(Refusal, match="docpipe did not write it"):
        put(first, "two")
    assert on_record(remote) == ["one"]


def test_two_threads_take_turns(alone: Path) -> None:
    def work() -> None:
        for _ in range(8):
            Records(opened(alone)).append(count_up, WANG)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(on_record(alone)) == 24


def test_a_record_of_many_files_is_one_commit(alone: Path) -> None:
    files = {f"orders/{n % 7}/{n}.json": str(n).encode() * n for n in range(500)}
    Records(opened(alone)).append(lambda _: Record(files, "Many"), WANG)
    assert git(alone, "rev-list", "--count", "records") == "1"
    source = records_of(alone)
    assert source.files("") == sorted(files)
    with Objects(opened(alone)) as reader:
        source = Records(opened(alone)).source(reader)
        assert all(source.read(path, 10_000) == data for path, data in files.items())


NAMES = st.lists(
    st.sampled_from(["a", "b", "合同", "Ä", "a b", "-x", "A", "x.docx"]), min_size=1, max_size=3
).map("/".join)


@settings(max_examples=6)
@given(
    steps=st.lists(
        st.tuples(
            st.booleans(), st.dictionaries(NAMES, st.binary(max_size=40), min_size=1, max_size=3)
        ),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_whatever_two_clones_append_nothing_is_lost(
    steps: list[tuple[bool, dict[str, bytes]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("pair")
    remote, clones = shared_by(base, "a", "b")
    kept: dict[str, bytes] = {}
    for count, (which, files) in enumerate(steps):
        wanted = {f"{count}/{path}/f": data for path, data in files.items()}
        Records(opened(clones[which])).append(lambda _, w=wanted: Record(w, "Step"), WANG)
        kept |= wanted
    for folder in (remote, *clones):
        if folder is not remote:
            Records(opened(folder)).refresh()
        repo = open_repository(folder)
        with Objects(repo, verify=True) as reader:
            source = Records(repo).source(reader)
            assert {path: source.read(path, 99) for path in source.files("")} == {
                path: data for path, data in kept.items() if not _hidden(path)
            }
    assert git(remote, "rev-list", "--count", "records") == str(len(steps))
    assert is_sound(remote)
    shutil.rmtree(base)


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
