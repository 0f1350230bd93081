"""Syncing: a person's day without a git command, conflicts in trade words, clear refusals."""

import itertools
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from docpipe.adapters.git import open_repository
from docpipe.adapters.yamlfile import load
from docpipe.sharing.merge_fields import FieldMerger
from docpipe.sharing.pull_request import own_branch, request_page
from tests.adapters.git.kit import (
    clone,
    git,
    hook,
    is_sound,
    put,
    repository,
    with_files,
)  # fmt: skip
from tests.conftest import Run
from tests.issuing import FOLDER, LIN, ORDER, ZHOU, edit, introduced, saved, shared

GU = ("顾法", "gu.fa@zefan.example")
NEW = "ZF-2026-0900"
Desks = tuple[Path, Path, Path]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a shared repository and two clones, to be copied: making it takes longer."""
    base = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        shared(base, ["lin", "zhou"])
    return base


def moved_in(office: Path, base: Path, flow: str) -> Desks:
    """A shared repository, and the clones of Lin and of Zhou."""
    for name in ("shared.git", "lin", "zhou"):
        shutil.copytree(office / name, base / name, symlinks=True)
    remote, lin, zhou = base / "shared.git", base / "lin", base / "zhou"
    introduced(zhou, ZHOU)
    for clone_ in (lin, zhou):
        git(clone_, "remote", "set-url", "origin", remote.as_uri())
    if flow == "direct":
        saved(lin, "company.yaml", "flow: pull-request", "flow: direct")
        git(lin, "push", "--quiet", "origin", "main")
        git(zhou, "pull", "--quiet")
    return remote, lin, zhou


@pytest.fixture
def desks(office: Path, tmp_path: Path) -> Desks:
    """Where everybody publishes directly."""
    return moved_in(office, tmp_path, "direct")


@pytest.fixture
def reviewed(office: Path, tmp_path: Path) -> Desks:
    """Where every change is reviewed first."""
    return moved_in(office, tmp_path, "pull-request")


def run(run_it: Run, folder: Path, *words: str, code: int = 0) -> tuple[str, str]:
    """Standard output and error of a command that ends so."""
    done = run_it(*words, cwd=folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout, done.stderr


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "main")


def status(folder: Path) -> str:
    return git(folder, "status", "--porcelain")


# A day


def host_merges(remote: Path, branch: str, how: str) -> None:
    """What the web page of the host does when somebody presses its button."""
    place = remote.parent / f"host-{next(_COUNTER)}"
    git(remote.parent, "clone", "--quiet", remote.as_uri(), place.name)
    git(place, "merge", "--quiet", *(["--squash"] if how == "squash" else ["--no-ff"]),
        f"origin/{branch}")  # fmt: skip
    if how == "squash":
        git(place, "commit", "--quiet", "-m", f"Squashed {branch}")
    git(place, "push", "--quiet", "origin", "main")


_COUNTER = itertools.count()


@pytest.mark.parametrize("flow", ["direct", pytest.param("pull-request", marks=pytest.mark.soak)])
def test_a_day_without_a_git_command(flow: str, docpipe: Run, inside: Run, tmp_path: Path) -> None:
    do = docpipe if flow == "direct" else inside  # both are the real thing; one starts Python
    remote, (sales, legal, boss) = shared(
        tmp_path, ["sales", "legal", "boss"], flow=flow, approvals=True
    )
    introduced(legal, GU)
    introduced(boss, ZHOU)
    hows = itertools.cycle(["squash", "merge"])

    def publish(folder: Path, who: str) -> None:
        _, said = run(do, folder, "sync")
        if flow == "direct":
            assert "Published: 1 save" in said
            return
        assert f"Submitted: 1 save, as {who}/main" in said
        host_merges(remote, f"{who}/main", next(hows))
        run(do, folder, "sync")
        assert head(folder) == head(remote)

    run(do, sales, "new", NEW, "--customer", "MFANO")
    home = next(sales.glob(f"orders/*/*/{NEW}"))
    for name in ("order", "quotation", "contract"):
        text = (sales / FOLDER / f"{name}.yaml").read_text(encoding="utf-8").replace(ORDER, NEW)
        lines = [line for line in text.splitlines() if not line.startswith(("receiv", "counters"))]
        (home / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(do, sales, "save", "-m", "As agreed at the fair")
    publish(sales, "lin.yang")

    told, _ = run(do, legal, "sync")
    assert NEW in told
    run(do, sales, "issue", NEW, "sales-contract", code=1)
    run(do, legal, "approve", NEW, "sales-contract")
    number = run(do, sales, "issue", NEW, "sales-contract")[0].strip()
    out = tmp_path / "outbox"
    run(do, sales, "export", NEW, "sales-contract", "--out", str(out))
    assert [path.name for path in out.iterdir()] == [f"{number}.docx"]

    contract = (home / "contract.yaml").relative_to(sales).as_posix()
    edit(sales, contract, "latest_shipment: 2026-05-28", "latest_shipment: 2026-06-10")
    run(do, sales, "save", NEW, "-m", "Ship later")
    publish(sales, "lin.yang")
    run(do, sales, "issue", NEW, "sales-contract", code=1)  # the approval has lapsed
    told, _ = run(do, legal, "sync")
    assert "latest shipment of delivery: 2026-05-28 -> 2026-06-10" in told.lower()
    run(do, legal, "approve", NEW, "sales-contract")
    assert run(do, sales, "issue", NEW, "sales-contract")[0].startswith(number)

    for folder in (legal, boss):
        run(do, folder, "sync")
    told, _ = run(do, boss, "issued", NEW)
    assert "superseded" in told
    assert "current" in told
    for folder in (sales, legal, boss):
        assert head(folder) == head(remote)
        assert git(folder, "rev-parse", "records") == git(remote, "rev-parse", "records")
        assert status(folder) == ""
        assert is_sound(folder)


# Conflicts


def test_a_conflict_is_told_by_field_with_both_versions_and_who(
    docpipe: Run, inside: Run, desks: Desks
) -> None:
    _, lin, zhou = desks
    edit(lin, "quotation.yaml", "valid_until: 2026-04-05", "valid_until: 2026-04-20")
    edit(lin, "order.yaml", "channel: fair", "channel: email")
    run(inside, lin, "save")
    run(inside, lin, "sync")
    edit(zhou, "quotation.yaml", "valid_until: 2026-04-05", "valid_until: 2026-04-25")
    run(inside, zhou, "save")
    edit(zhou, "quotation.yaml", "days: 60", "days: 75")
    run(inside, zhou, "save")
    before = head(zhou)
    told, said = run(inside, zhou, "sync", code=1)
    day = git(lin, "log", "-1", "--format=%as")
    assert told.splitlines() == [
        ORDER,
        "  quotation.yaml: you and others changed the same",
        f"    valid until: 2026-04-25 (you, {day}) / 2026-04-20 (林样, {day})",
    ]
    assert f"docpipe sync --theirs {ORDER}/quotation.yaml" in said
    told, said = run(docpipe, zhou, "--lang", "zh", "sync", code=1)
    assert f"    有效期至：2026-04-25（您，{day}） / 2026-04-20（林样，{day}）" in told
    assert "没有改动或发布任何内容" in said
    assert (head(zhou), status(zhou)) == (before, "")
    assert all(len(line) <= 80 for line in said.splitlines())


def _in_conflict(desks: Desks) -> tuple[Path, Path, Path]:
    """Lin and Zhou changed the same field, and each another one of the same line and file."""
    remote, lin, zhou = desks
    saved(lin, "quotation.yaml", "{days: 60, from: deposit}", "{days: 70, from: deposit}")
    saved(lin, "quotation.yaml", "valid_until: 2026-04-05", "valid_until: 2026-04-20")
    git(lin, "push", "--quiet", "origin", "main")
    saved(zhou, "quotation.yaml", "valid_until: 2026-04-05", "valid_until: 2026-04-25")
    saved(zhou, "quotation.yaml", "transhipment: allowed", "transhipment: not_allowed")
    return remote, lin, zhou


@pytest.mark.parametrize(("side", "until"), [("mine", "2026-04-25"), ("theirs", "2026-04-20")])
def test_a_decision_counts_for_what_both_changed_and_nothing_else(
    side: str, until: str, inside: Run, desks: Desks
) -> None:
    remote, _, zhou = _in_conflict(desks)
    before = head(zhou)
    _, said = run(inside, zhou, "sync", f"--{side}", "quotation.yaml")
    text = git(remote, "show", f"main:{FOLDER}/quotation.yaml")
    assert f"valid_until: {until}" in text
    assert "days: 70" in text
    assert "transhipment: not_allowed" in text
    assert f"docpipe show ORDER@{before[:10]}" in said
    assert status(zhou) == ""
    assert is_sound(zhou)


def test_whoever_writes_what_the_other_says_has_no_conflict(inside: Run, desks: Desks) -> None:
    remote, _, zhou = _in_conflict(desks)
    run(inside, zhou, "sync", code=1)
    edit(zhou, "quotation.yaml", "valid_until: 2026-04-25", "valid_until: 2026-04-20")
    run(inside, zhou, "save", "-m", "As Lin says")
    _, said = run(inside, zhou, "sync")
    assert "they became one" in said
    assert "transhipment: not_allowed" in git(remote, "show", f"main:{FOLDER}/quotation.yaml")
    assert git(zhou, "log", "-1", "--format=%B").count("As Lin says") == 1


def test_a_decision_about_a_file_that_is_in_no_conflict_is_refused(
    inside: Run, desks: Desks
) -> None:
    _, _, zhou = _in_conflict(desks)
    before = head(zhou)
    _, said = run(inside, zhou, "sync", "--mine", "contract.yaml", code=2)
    assert "contract.yaml is not in conflict" in said
    assert f"{FOLDER}/quotation.yaml" in said
    assert head(zhou) == before


@pytest.mark.parametrize("side", ["--mine", "--theirs"])
def test_files_in_conflict_are_decided_by_the_commands_as_they_are_shown(
    side: str, inside: Run, desks: Desks
) -> None:
    _, lin, zhou = desks
    for clone_, day in ((lin, "20"), (zhou, "25")):
        saved(clone_, "quotation.yaml", "valid_until: 2026-04-05", f"valid_until: 2026-04-{day}")
        saved(clone_, "contract.yaml", "prevailing_language: en", f"prevailing_language: x{day}")
    git(lin, "push", "--quiet", "origin", "main")
    _, said = run(inside, zhou, "sync", "--theirs", "quotation.yaml", code=1)
    shown = next(line for line in said.splitlines() if f"{side} {ORDER}/" in line)
    assert shown == f"  docpipe sync --theirs quotation.yaml {side} {ORDER}/contract.yaml"
    _, said = run(inside, zhou, "sync", code=1)
    shown = next(line for line in said.splitlines() if f"docpipe sync {side}" in line)
    assert "all of them in one command" in said
    inside(*shlex.split(shown)[1:], cwd=zhou)
    day = "25" if side == "--mine" else "20"
    assert f"valid_until: 2026-04-{day}" in (zhou / FOLDER / "quotation.yaml").read_text("utf-8")
    assert f"prevailing_language: x{day}" in (zhou / FOLDER / "contract.yaml").read_text("utf-8")


def test_two_fields_of_one_line_are_no_conflict(inside: Run, desks: Desks) -> None:
    remote, lin, zhou = desks
    saved(lin, "quotation.yaml", "price: 3.53, moq: 3000", "price: 3.53, moq: 2500")
    git(lin, "push", "--quiet", "origin", "main")
    saved(zhou, "order.yaml", "PO-4471, date: 2026-03-11", "PO-4472, date: 2026-03-11")
    saved(lin, "order.yaml", "PO-4471, date: 2026-03-11", "PO-4471, date: 2026-03-12")
    git(lin, "push", "--quiet", "origin", "main")
    run(inside, zhou, "sync")
    assert "PO-4472, date: 2026-03-12" in git(remote, "show", f"main:{FOLDER}/order.yaml")


def test_a_file_that_one_removed_and_the_other_changed(inside: Run, desks: Desks) -> None:
    _, lin, zhou = desks
    (lin / "surveys").mkdir(exist_ok=True)
    victim = next(path for path in sorted((lin / "surveys").rglob("*.yaml")))
    name = victim.relative_to(lin).as_posix()
    git(lin, "rm", "--quiet", name)
    git(lin, "commit", "--quiet", "-m", "gone")
    git(lin, "push", "--quiet", "origin", "main")
    with (zhou / name).open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    run(inside, zhou, "save")
    told, _ = run(inside, zhou, "sync", code=1)
    assert f"{name}: others removed it, you changed it" in told
    assert "changed by you" in told
    run(inside, zhou, "sync", "--theirs", name)
    assert not (zhou / name).exists()


def joined(tmp_path: Path, base: str, mine: str, theirs: str, favour: str = "") -> str | None:
    repo = open_repository(with_files(repository(tmp_path / "any"), a="1"))
    texts = [text.encode() for text in (base, mine, theirs)]
    done = FieldMerger(repo)("orders/1/2/3/order.yaml", texts[0], texts[1], texts[2], favour)
    return None if done is None else done.decode()


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "wanted"),
    [
        ("a: 1\nb: 2\n", "a: 9\nb: 2\n", "a: 1\nb: 8\n", "a: 9\nb: 8\n"),
        ("l: [{p: 1.20, q: 5}]\n", "l: [{p: 1.30, q: 5}]\n", "l: [{p: 1.20, q: 6}]\n",
         "l: [{p: 1.30, q: 6}]\n"),
        ("a: 1 # one\nb: 2\n", "a: 1 # one\nb: 3\n", "a: 2 # one\nb: 2\n", "a: 2 # one\nb: 3\n"),
        ("a: 1\r\nb: 2\r\n", "a: 9\nb: 2\n", "a: 1\r\nb: 8\r\n", "a: 9\r\nb: 8\r\n"),
        # no number is mixed from two
        ("a: 12.30\n", "a: 12.50\n", "a: 13.30\n", None),
        ("a: 1\n", "a: 2\n", "a: 3\n", None),
        # both added the same key in different places: git joins that, YAML must not have it twice
        ("a: 1\n\n\nb: 2\n", "k: 1\na: 1\n\n\nb: 2\n", "a: 1\n\n\nb: 2\nk: 2\n", None),
        ("a: 1\n\n\nb: 2\n", "k: 1\na: 1\n\n\nb: 2\n", "a: 1\n\n\nb: 2\nk: 1\n", None),
        # a scale is a statement, too
        ("a: 12.3\nb: 1\n", "a: 12.30\nb: 1\n", "a: 12.3\nb: 2\n", "a: 12.30\nb: 2\n"),
        ('t: "x \\n y"\nb: 1\n', 't: "x \\n z"\nb: 1\n', 't: "x \\n y"\nb: 2\n',
         't: "x \\n z"\nb: 2\n'),
    ],
)  # fmt: skip
def test_fields_are_joined_and_never_mixed(
    base: str, mine: str, theirs: str, wanted: str | None, tmp_path: Path
) -> None:
    assert joined(tmp_path, base, mine, theirs) == wanted


def test_a_file_that_one_left_broken_is_still_joined_line_by_line(tmp_path: Path) -> None:
    base = "a: 1\n\n\n\nb: 2\n"
    assert joined(tmp_path, base, base.replace("a: 1", "a: [1"), base.replace("2", "3")) == (
        base.replace("a: 1", "a: [1").replace("2", "3")
    )


def test_a_key_that_both_added_is_a_conflict(inside: Run, desks: Desks) -> None:
    _, lin, zhou = desks
    path = f"{FOLDER}/order.yaml"
    text = (lin / path).read_text(encoding="utf-8")
    (lin / path).write_text("end_user: {en: A}\n" + text, encoding="utf-8")
    (zhou / path).write_text(text.rstrip("\n") + "\nend_user: {en: B}\n", encoding="utf-8")
    for desk in (lin, zhou):
        run(inside, desk, "save")
    run(inside, lin, "sync")
    told, _ = run(inside, zhou, "sync", code=1)
    assert "end user: B (you," in told
    run(inside, zhou, "sync", "--mine", "order.yaml")
    assert load((zhou / path).read_bytes(), path).diagnostics == []


# What goes out


def test_orders_with_errors_are_not_published_and_are_named(
    docpipe: Run, inside: Run, desks: Desks
) -> None:
    remote, lin, zhou = desks
    saved(zhou, "order.yaml", "channel: fair", "channel: email")
    git(zhou, "push", "--quiet", "origin", "main")
    edit(lin, "quotation.yaml", "price: 3.53", "price: 3.55")
    run(inside, lin, "save")
    before = head(remote)
    told, said = run(inside, lin, "sync", code=1)
    assert "QUO11" in told
    assert f"Not published, they have errors: {ORDER} (QUO11, QUO14)" in said
    assert f"docpipe check {ORDER}" in said
    assert head(remote) == before
    assert git(lin, "rev-parse", "main~1") == before  # what others did came in all the same
    edit(lin, "quotation.yaml", "price: 3.55", "price: 3.53")  # mended, but not saved
    run(inside, lin, "sync", code=1)
    _, said = run(docpipe, lin, "--lang", "zh", "sync", code=1)
    assert f"未发布，因为有错误：{ORDER}（QUO11、QUO14）" in said
    run(inside, lin, "save")
    run(inside, lin, "sync")
    assert head(remote) == head(lin)


def test_what_is_not_saved_is_not_judged_and_stays(inside: Run, desks: Desks) -> None:
    remote, lin, _ = desks
    edit(lin, "order.yaml", "channel: fair", "channel: email")
    run(inside, lin, "save")
    edit(lin, "quotation.yaml", "price: 3.53", "price: 3.55")  # half done
    _, said = run(inside, lin, "sync")
    assert f"Not saved, so not shared: {FOLDER}/quotation.yaml" in said
    assert head(remote) == head(lin)
    assert status(lin) == f" M {FOLDER}/quotation.yaml"


def test_with_requests_findings_are_told_and_nothing_is_held_back(
    inside: Run, reviewed: Desks
) -> None:
    remote, lin, _ = reviewed
    edit(lin, "quotation.yaml", "price: 3.53", "price: 3.55")
    run(inside, lin, "save")
    told, said = run(inside, lin, "sync")
    assert "QUO11" in told
    assert "as lin.yang/main" in said
    assert "merge lin.yang/main into main" in said
    assert git(remote, "rev-parse", "lin.yang/main") == head(lin)
    before = head(remote)
    edit(lin, "quotation.yaml", "price: 3.55", "price: 3.53")
    run(inside, lin, "save")
    run(inside, lin, "sync")
    run(inside, lin, "sync")
    assert git(remote, "rev-parse", "lin.yang/main") == head(lin)
    assert head(remote) == before


def test_my_own_branch_follows_a_main_that_moved(inside: Run, reviewed: Desks) -> None:
    remote, lin, zhou = reviewed
    saved(lin, "quotation.yaml", "days: 60", "days: 75")
    run(inside, lin, "sync")
    saved(zhou, "order.yaml", "channel: fair", "channel: email")
    git(zhou, "push", "--quiet", "origin", "main")
    told, said = run(inside, lin, "sync")
    assert "channel: trade fair -> e-mail campaign" in told
    assert "Taken over: 1 save" in said
    assert git(remote, "rev-parse", "lin.yang/main~1") == head(remote)
    assert git(remote, "rev-parse", "lin.yang/main") == head(lin)


@pytest.mark.parametrize(
    ("email", "branch"),
    [("lin.yang@zefan.example", "lin.yang/main"), ("林样@zefan.example", "林样/main"),
     ("a b~c^d:e?f*g[h\\i@x", "a-b-c-d-e-f-g-h-i/main"), ("a..b@x", "a-b/main"),
     (".hidden.@x", "hidden/main"), ("x.lock@x", "x/main"), ("access@x", "people-access/main"),
     ("Records@x", "people-Records/main"), ("origin@x", "people-origin/main"),
     ("@x", "person/main"), ("-x@y", "x/main")],
)  # fmt: skip
def test_a_persons_branch_has_a_name_that_git_takes(email: str, branch: str) -> None:
    assert own_branch(email) == branch
    subprocess.run(["git", "check-ref-format", f"refs/heads/{branch}"], check=True)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://github.com/zefan/trade.git",
         "https://github.com/zefan/trade/compare/main...lin/main?expand=1"),
        ("git@github.com:zefan/trade.git",
         "https://github.com/zefan/trade/compare/main...lin/main?expand=1"),
        ("https://user:secret@gitlab.zefan.example:8443/a/b/trade.git",
         "https://gitlab.zefan.example:8443/a/b/trade/-/merge_requests/new?"
         "merge_request%5Bsource_branch%5D=lin%2Fmain&merge_request%5Btarget_branch%5D=main"),
        ("ssh://git@codeberg.org:22/zefan/trade",
         "https://codeberg.org/zefan/trade/compare/main...lin/main"),
        ("git@gitee.com:zefan/trade.git",
         "https://gitee.com/zefan/trade/pull/new/zefan:lin/main...zefan:main"),
        ("file:///srv/trade.git", ""), ("/srv/trade.git", ""), ("../trade.git", ""),
        ("https://git.zefan.example/zefan/trade.git", ""), ("C:\\trade", ""), ("ext::sh x", ""),
    ],
)  # fmt: skip
def test_where_a_request_is_opened(url: str, page: str) -> None:
    assert request_page(url, "lin/main") == page


def test_the_servers_own_word_where_a_request_is_opened_is_passed_on(
    inside: Run, reviewed: Desks
) -> None:
    remote, lin, _ = reviewed
    hook(remote, "post-receive", "echo 'Create a request: https://git.zefan.example/new?x=1'")
    saved(lin, "quotation.yaml", "days: 60", "days: 75")
    told, said = run(inside, lin, "sync")
    assert told.splitlines()[-1] == "https://git.zefan.example/new?x=1"
    assert "Ask for the review here:" in said


def test_records_are_given_and_taken_over(inside: Run, desks: Desks) -> None:
    remote, lin, zhou = desks
    away = git(lin, "remote", "get-url", "origin")
    git(lin, "remote", "remove", "origin")
    put(lin, "notes/1")  # made before there was a shared repository
    git(lin, "remote", "add", "origin", away)
    run(inside, lin, "sync")
    assert git(remote, "rev-parse", "records") == git(lin, "rev-parse", "records")
    _, said = run(inside, zhou, "sync")
    assert "Records taken over: 1" in said


def test_rubbish_on_the_records_does_not_keep_main_from_syncing(inside: Run, desks: Desks) -> None:
    remote, lin, zhou = desks
    git(zhou, "push", "--quiet", "origin", "main:records")
    saved(lin, "quotation.yaml", "days: 60", "days: 75")
    _, said = run(inside, lin, "sync", code=1)
    assert "Published: 1 save" in said
    assert "not as docpipe writes it" in said
    assert head(remote) == head(lin)


def test_two_who_publish_at_once_are_both_published(inside: Run, desks: Desks) -> None:
    remote, lin, zhou = desks
    saved(lin, "quotation.yaml", "days: 60", "days: 75")
    saved(zhou, "order.yaml", "channel: fair", "channel: email")
    once = remote.parent / "done"
    # Zhou's push arrives in the moment between Lin's question and Lin's push
    hook(remote, "pre-receive", f"test -e {once} && exit 0; touch {once}; "
         "unset $(git rev-parse --local-env-vars) GIT_QUARANTINE_PATH; "
         f"git -C {zhou} push -q origin main; "
         "echo 'cannot lock ref'; exit 1")  # fmt: skip
    _, said = run(inside, lin, "sync")
    assert "Published: 1 save" in said
    assert head(remote) == head(lin)
    assert git(lin, "rev-parse", "main~1") == head(zhou)


def test_a_save_after_a_sync_that_was_killed_saves_ones_own_work_alone(
    inside: Run, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote, lin, zhou = desks
    saved(zhou, "order.yaml", "channel: fair", "channel: email")
    git(zhou, "push", "--quiet", "origin", "main")
    edit(lin, "quotation.yaml", "days: 60", "days: 75")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("docpipe.adapters.git.checkout.move_all", killed)
        run(inside, lin, "sync", code=130)
    assert f"M  {FOLDER}/order.yaml" in status(lin)  # it came in, and the branch did not follow
    told, _ = run(inside, lin, "save")
    assert told.splitlines()[:2] == [ORDER, "  quotation.yaml: changed"]
    assert git(lin, "show", "--format=", "--name-only", "main") == f"{FOLDER}/quotation.yaml"
    run(inside, lin, "sync")
    assert head(lin) == head(remote)


# Refusals: each a clear message, and nothing touched


def _no_remote(lin: Path) -> None:
    git(lin, "remote", "remove", "origin")


def _no_identity(lin: Path) -> None:
    git(lin, "config", "--unset", "user.email")


def _detached(lin: Path) -> None:
    git(lin, "switch", "--quiet", "--detach")


def _elsewhere(lin: Path) -> None:
    git(lin, "switch", "--quiet", "-c", "trial")


def _merging(lin: Path) -> None:
    git(lin, "switch", "--quiet", "-c", "other", "HEAD~1")
    saved(lin, "quotation.yaml", "days: 60", "days: 90")
    git(lin, "switch", "--quiet", "main")
    subprocess.run(["git", "merge", "--quiet", "other"], cwd=lin, capture_output=True, check=False)
    assert (lin / ".git/MERGE_HEAD").exists()


def _rebasing(lin: Path) -> None:
    _merging(lin)
    git(lin, "merge", "--abort")
    subprocess.run(["git", "rebase", "--quiet", "other"], cwd=lin, capture_output=True, check=False)
    assert (lin / ".git/rebase-merge").exists()


def _unreachable(lin: Path) -> None:
    git(lin, "remote", "set-url", "origin", "file:///nowhere/at/all")


def _dirty(lin: Path) -> None:
    edit(lin, "order.yaml", "channel: fair", "channel: web")


def _locked(lin: Path) -> None:
    (lin / ".git/index.lock").write_bytes(b"")


def _alike(lin: Path) -> None:
    (lin / FOLDER / "Contract.yaml").write_text("date: 2026-03-16\n")
    git(lin, "add", "--all")
    git(lin, "commit", "--quiet", "-m", "twin")


@pytest.mark.parametrize(
    ("act", "code", "words"),
    [
        (_no_remote, 1, ["no shared repository here yet", "git remote add origin"]),
        (_no_identity, 4, ["does not know who you are", "docpipe identity --email"]),
        (_detached, 1, ["No branch is checked out", "git switch main"]),
        (_elsewhere, 1, ["The branch trial is checked out", "git switch main"]),
        (_merging, 1, ["A merge is under way", "git merge --abort"]),
        (_rebasing, 1, ["A rebase is under way", "git rebase --abort"]),
        (_unreachable, 4, ["cannot be reached", "safe on this computer"]),
        (_dirty, 1, ["not saved: orders/", "docpipe save"]),
        (_locked, 4, ["index.lock exists"]),
        (_alike, 1, ["Contract.yaml and", "treat as the same", "Rename"]),
    ],
)  # fmt: skip
def test_a_refusal_reads_well_and_touches_nothing(
    act: Callable[[Path], None],
    code: int,
    words: list[str],
    docpipe: Run,
    inside: Run,
    desks: Desks,
) -> None:
    _, lin, zhou = desks
    saved(zhou, "order.yaml", "channel: fair", "channel: email")
    git(zhou, "push", "--quiet", "origin", "main")
    saved(lin, "quotation.yaml", "days: 60", "days: 75")
    act(lin)
    before = git(lin, "rev-parse", "HEAD"), status(lin), git(lin, "ls-files", "-s")
    _, said = run(inside, lin, "sync", code=code)
    for word in words:
        assert word in said
    _, said = run(docpipe, lin, "--lang", "zh", "sync", code=code)
    assert not any(word in said for word in ("Nothing was", "Save first", "checked out"))
    assert (git(lin, "rev-parse", "HEAD"), status(lin), git(lin, "ls-files", "-s")) == before


def test_a_protected_main_is_told_in_the_servers_words(inside: Run, desks: Desks) -> None:
    remote, lin, zhou = desks
    saved(zhou, "order.yaml", "channel: fair", "channel: email")
    git(zhou, "push", "--quiet", "origin", "main")
    hook(remote, "pre-receive", "echo 'main is protected: ask Dang An' >&2; exit 1")
    saved(lin, "quotation.yaml", "days: 60", "days: 75")
    _, said = run(inside, lin, "sync", code=1)
    assert "origin does not accept main" in said
    assert "main is protected: ask Dang An" in said
    assert "flow: pull-request" in said
    assert "safe on this computer" in said
    assert git(lin, "rev-parse", "main~1") == head(remote)  # and what others did is here


def test_a_rewritten_main_is_told(inside: Run, desks: Desks) -> None:
    remote, lin, zhou = desks
    saved(zhou, "order.yaml", "channel: fair", "channel: email")
    git(zhou, "push", "--quiet", "origin", "main")
    run(inside, lin, "sync")
    git(zhou, "push", "--quiet", "--force", "origin", "main~1:main")
    _, said = run(inside, lin, "sync", code=1)
    assert "has been rewritten: it lacks 1" in said
    assert "Plain Git" in said
    run(inside, lin, "sync", "--accept-rewritten")
    assert head(lin) == head(remote)


def test_an_empty_shared_repository_gets_the_first_main_in_either_flow(
    inside: Run, reviewed: Desks
) -> None:
    remote, lin, _ = reviewed
    git(remote, "update-ref", "-d", "refs/heads/main")
    _, said = run(inside, lin, "sync", code=1)
    assert "origin no longer has a main" in said
    git(lin, "update-ref", "-d", "refs/remotes/origin/main")  # as if it had never been there
    _, said = run(inside, lin, "sync")
    assert "Published: 1 save" in said
    assert head(remote) == head(lin)


def test_nothing_new_is_said(docpipe: Run, inside: Run, desks: Desks) -> None:
    _, lin, _ = desks
    assert run(inside, lin, "sync") == ("", "Nothing new from others\n")
    assert run(docpipe, lin, "--lang", "zh", "sync") == ("", "他人没有新内容\n")


def test_a_shallow_clone_syncs_main_and_says_what_it_has_no_part_in(
    inside: Run, desks: Desks
) -> None:
    remote, lin, _ = desks
    put(lin, "notes/1")
    young = introduced(clone(remote, remote.parent / "young", "--depth=1"), LIN)
    saved(young, "quotation.yaml", "days: 60", "days: 75")
    _, said = run(inside, young, "sync")
    assert "Published: 1 save" in said
    assert "shallow" in said
    assert head(remote) == head(young)


def test_windows_line_ends_and_chinese_names_come_through(inside: Run, desks: Desks) -> None:
    _, lin, zhou = desks
    path = lin / FOLDER / "quotation.yaml"
    path.write_bytes(path.read_bytes().replace(b"days: 60", b"days: 75").replace(b"\n", b"\r\n"))
    (lin / FOLDER / "papers").mkdir(exist_ok=True)
    (lin / FOLDER / "papers" / "合同 扫描件.pdf").write_bytes(b"%PDF-1.4\r\n\0")
    run(inside, lin, "save")
    inside("sync", cwd=lin)
    saved(zhou, "quotation.yaml", "transhipment: allowed", "transhipment: not_allowed")
    inside("sync", cwd=zhou)
    assert (zhou / FOLDER / "papers" / "合同 扫描件.pdf").read_bytes() == b"%PDF-1.4\r\n\0"
    text = (zhou / FOLDER / "quotation.yaml").read_text(encoding="utf-8")
    assert "days: 75" in text
    assert "transhipment: not_allowed" in text
    assert status(zhou) == ""


def test_a_workspace_in_a_folder_of_its_repository(inside: Run, desks: Desks) -> None:
    remote, lin, zhou = desks
    git(lin, "rm", "-rq", "--cached", ".")
    (lin / "trade").mkdir()
    for entry in sorted(lin.iterdir()):
        if entry.name not in (".git", "trade", ".gitattributes"):
            entry.rename(lin / "trade" / entry.name)
    git(lin, "add", "--all")
    git(lin, "commit", "--quiet", "-m", "moved")
    git(lin, "push", "--quiet", "origin", "main")
    git(zhou, "pull", "--quiet")
    (lin / "other").write_text("1\n")
    git(lin, "add", "other")
    git(lin, "commit", "--quiet", "-m", "not of the workspace")
    saved(lin / "trade", "quotation.yaml", "days: 60", "days: 75")
    run(inside, lin / "trade", "sync")
    saved(zhou / "trade", "quotation.yaml", "days: 60", "days: 80")
    told, _ = run(inside, zhou / "trade", "sync", code=1)
    assert "days of lead time: 80 (Plain Git" in told
    run(inside, zhou / "trade", "sync", "--theirs", "quotation.yaml")
    assert head(zhou) == head(remote) == head(lin)
