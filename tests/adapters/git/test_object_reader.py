"""Reading commits: the same as on disk, in bulk, and nothing damaged passes."""

import subprocess
import zlib
from pathlib import Path

import pytest

from docpipe.adapters.git import (
    CommitSource,
    Objects,
    Records,
    Refusal,
    difference,
    history,
    replaced,
    unsound,
)  # fmt: skip
from docpipe.adapters.schemas import SchemaStore
from docpipe.adapters.source import Source
from docpipe.diagnostics import DocpipeError
from docpipe.workspace.order import load_order
from docpipe.workspace.source import FolderSource
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import (
    WANG,
    git,
    one,
    opened,
    put,
    records_of,
    repository,
    with_files,
)  # fmt: skip


@pytest.fixture
def committed(shop: Path) -> Path:
    """The sample workspace, committed."""
    repository(shop)
    (shop / "orders" / "link").symlink_to("/etc")
    (shop / ".hidden").write_text("x")
    return with_files(shop)


def _source(reader: Objects, revision: str = "HEAD", prefix: str = "") -> CommitSource:
    return CommitSource(reader, reader.root(reader.repo.resolve(revision)), prefix)


def test_a_commit_reads_like_the_folder_it_came_from(committed: Path) -> None:
    folder: Source = FolderSource(committed)
    with Objects(opened(committed)) as reader:
        commit: Source = _source(reader)
        assert commit.files("") == folder.files("")
        assert commit.files("orders/2026") == folder.files("orders/2026")
        assert commit.files("orders/link") == commit.files("none") == []
        for path in folder.files(""):
            assert commit.is_link(path) == folder.is_link(path)
            if not folder.is_link(path):
                assert commit.read(path, 10**7) == folder.read(path, 10**7)
                assert commit.read(path, 5) == folder.read(path, 5)
        assert commit.is_link("orders/link/passwd")


@pytest.mark.parametrize("path", ["none", "orders", "orders/link", "orders/link/x", "../x", "/x"])
def test_what_cannot_be_read_fails_alike(path: str, committed: Path) -> None:
    with Objects(opened(committed)) as reader:
        for source in (FolderSource(committed), _source(reader)):
            with pytest.raises((OSError, DocpipeError)) as error:
                source.read(path, 10)
            if path == "none":
                assert isinstance(error.value, OSError)


def test_an_order_loads_from_a_commit_after_it_is_gone_from_disk(committed: Path) -> None:
    workspace = Workspace(committed)
    folder = workspace.order_folders[0]
    before = workspace.order(folder)
    git(committed, "rm", "-r", "--quiet", "orders")
    with Objects(opened(committed)) as reader:
        source = _source(reader)
        schemas = SchemaStore({
            path.rpartition("/")[2]: source.read_whole(path, 10**6)
            for path in source.files("schemas") if path.endswith(".schema.json")
        })  # fmt: skip
        after = load_order(source, folder, schemas)
    assert [file.path for file in after.files] == [file.path for file in before.files]
    assert [f.root.plain() for f in after.files if f.root] == [
        f.root.plain() for f in before.files if f.root
    ]


def test_a_workspace_below_the_top_reads_its_own_files(tmp_path: Path) -> None:
    top = with_files(repository(tmp_path / "top"), trade__a_yaml="x: 1\n", other="2\n")
    repo = opened(top / "trade")
    with Objects(repo) as reader:
        assert _source(reader, prefix=repo.prefix).files("") == ["a.yaml"]


def test_a_submodule_in_a_commit_is_not_a_file(tmp_path: Path) -> None:
    inner = with_files(repository(tmp_path / "inner"), x="1\n")
    outer = repository(tmp_path / "outer")
    git(outer, "submodule", "--quiet", "add", str(inner), "sub")
    git(outer, "commit", "--quiet", "-m", "x")
    with Objects(opened(outer)) as reader:
        assert _source(reader).files("") == []
        with pytest.raises(OSError, match="not a file"):
            _source(reader).read("sub", 10)


def test_many_objects_come_in_the_order_asked_for(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop")
    texts = [str(number) * (number % 50) for number in range(2_000)]
    for number, text in enumerate(texts):
        (shop / str(number)).write_text(text)
    git(shop, "add", "--all")
    git(shop, "commit", "--quiet", "-m", "x")
    with Objects(opened(shop), verify=True) as reader:
        source = _source(reader)
        ids = [source.entry(str(number)).id for number in range(2_000)]  # type: ignore[union-attr]
        assert list(reader.many(ids)) == [text.encode() for text in texts]


def test_a_huge_blob_is_read_no_further_than_asked(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop")
    (shop / "big").write_bytes(b"abc" * 3_000_000)
    (shop / "small").write_text("s\n")
    with_files(shop)
    with Objects(opened(shop)) as reader:
        source = _source(reader)
        assert source.read("big", 3) == b"abca"
        assert source.read("small", 99) == b"s\n"
        with pytest.raises(DocpipeError, match="larger than 10 bytes"):
            source.read_whole("big", 10)


def _loose(shop: Path, name: str) -> Path:
    return shop / ".git" / "objects" / name[:2] / name[2:]


def _blob(shop: Path) -> str:
    return git(shop, "rev-parse", "records:one")


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    folder = with_files(repository(tmp_path / "shop"), a="1\n")
    put(folder, "one", b"genuine")
    return folder


def test_a_missing_object_is_damage(alone: Path) -> None:
    _loose(alone, _blob(alone)).unlink()
    with pytest.raises(Refusal, match="The repository is damaged: object"):
        records_of(alone).read("one", 10)
    with Objects(opened(alone)) as reader:
        assert not reader.exists(_blob_id := "0" * 40)
        assert _blob_id
    assert unsound(opened(alone))


def test_an_object_that_is_not_what_its_name_says_is_found_when_verifying(alone: Path) -> None:
    path = _loose(alone, _blob(alone))
    path.chmod(0o644)
    path.write_bytes(zlib.compress(b"blob 6\0forged"))
    with Objects(opened(alone), verify=True) as reader:
        with pytest.raises(Refusal, match="damaged"):
            reader.blob(_blob(alone))
        assert reader.exists(opened(alone).resolve("main"))  # and reading goes on
    assert any(_blob(alone) in line for line in unsound(opened(alone)))


def test_a_cut_off_object_is_damage(alone: Path) -> None:
    path = _loose(alone, _blob(alone))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:9])
    with pytest.raises(Refusal, match="damaged"):
        records_of(alone).read("one", 10)


def test_a_replaced_object_deceives_readers_but_not_those_who_verify(alone: Path) -> None:
    forged = git(alone, "hash-object", "-w", "--stdin", stdin=b"forged")
    genuine = _blob(alone)
    git(alone, "replace", genuine, forged)
    with Objects(opened(alone)) as reader:
        assert reader.blob(genuine) == b"forged"
    with Objects(opened(alone), verify=True) as reader:
        assert reader.blob(genuine) == b"genuine"
    assert replaced(opened(alone)) == [genuine]
    assert unsound(opened(alone)) == []


def test_a_sound_repository_has_nothing_to_tell(committed: Path) -> None:
    git(committed, "branch", "loose")
    (committed / "x").write_text("dangling")
    git(committed, "hash-object", "-w", "x")
    assert unsound(opened(committed)) == []
    assert replaced(opened(committed)) == []


def test_only_whole_names_go_to_the_reader(alone: Path) -> None:
    with Objects(opened(alone)) as reader:
        for name in ("HEAD", "abc", "main:a", "--batch", "a" * 40 + "\nHEAD"):
            with pytest.raises(ValueError, match="not the whole name"):
                reader.exists(name)


def test_the_history_of_an_order_tells_files_ids_and_moves(tmp_path: Path) -> None:
    shop = with_files(repository(tmp_path / "shop"), orders__7__a_yaml="x: 1\n" * 9, other="1\n")
    with_files(shop, other="2\n")
    git(shop, "mv", "orders/7/a.yaml", "orders/7/合同.yaml")
    with_files(shop, other="3\n")
    with_files(shop, orders__7__b_yaml="y: 1\n", orders__71__c_yaml="z: 1\n")
    (shop / "orders/7/b.yaml").unlink()
    last = git(with_files(shop), "rev-parse", "HEAD")
    commits = history(opened(shop), last, "orders/7")
    told = [[(c.status, c.before, c.path) for c in commit.changes] for commit in commits]
    assert told == [
        [("D", "orders/7/b.yaml", "orders/7/b.yaml")],
        [("A", "orders/7/b.yaml", "orders/7/b.yaml")],
        [("R", "orders/7/a.yaml", "orders/7/合同.yaml")],
        [("A", "orders/7/a.yaml", "orders/7/a.yaml")],
    ]
    assert commits[2].changes[0].new.id == git(shop, "rev-parse", "HEAD:orders/7/合同.yaml")
    assert len(history(opened(shop), last, "orders/7", limit=2)) == 2
    assert len(history(opened(shop), last, known=commits[2].id)) == 2
    both = difference(opened(shop), commits[3].id, commits[1].id)
    assert {(c.status, c.path) for c in both} == {
        ("M", "other"), ("R", "orders/7/合同.yaml"), ("A", "orders/7/b.yaml"),
        ("A", "orders/71/c.yaml"),
    }  # fmt: skip


def test_the_history_is_the_same_with_a_commit_graph(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop")
    for number in range(30):
        with_files(shop, **{f"orders__{number % 5}__a_yaml": f"x: {number}\n"})
    tip = git(shop, "rev-parse", "HEAD")
    before = history(opened(shop), tip, "orders/3")
    git(shop, "commit-graph", "write", "--reachable", "--changed-paths")
    assert history(opened(shop), tip, "orders/3") == before
    assert len(before) == 6


@pytest.mark.parametrize("setting", [
    ("log.showSignature", "true"), ("log.follow", "true"), ("log.showRoot", "false"),
    ("diff.renames", "false"), ("diff.noprefix", "true"), ("log.diffMerges", "first-parent"),
    ("diff.external", "false"), ("diff.orderFile", "nowhere"), ("color.ui", "always"),
    ("log.decorate", "full"), ("i18n.logOutputEncoding", "GBK"), ("log.date", "relative"),
    ("format.pretty", "oneline"), ("diff.relative", "true"),
])  # fmt: skip
def test_a_persons_settings_do_not_change_what_history_tells(
    setting: tuple[str, str], tmp_path: Path
) -> None:
    shop = with_files(repository(tmp_path / "shop"), a_yaml="x: 1\n" * 9)
    Records(opened(shop)).append(lambda _: one("x"), WANG)
    git(shop, "mv", "a.yaml", "b.yaml")
    with_files(shop)
    tips = [git(shop, "rev-parse", tip) for tip in ("HEAD", "records")]
    before = [history(opened(shop), tip) for tip in tips]
    git(shop, "config", *setting)
    assert [history(opened(shop), tip) for tip in tips] == before
    assert before[1][0].author.name == "王小明"


def test_a_message_with_odd_bytes_and_a_date_of_no_calendar_can_be_read(tmp_path: Path) -> None:
    shop = with_files(repository(tmp_path / "shop"), a="1\n")
    tree = git(shop, "rev-parse", "HEAD^{tree}")
    raw = (f"tree {tree}\nauthor \x01A <a@b> 99999999999999 +9999\ncommitter C <c@d> 1 -0030\n\n"
           "s\x01:000000\x02\xff\n").encode("latin-1")  # fmt: skip
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        cwd=shop, input=raw, capture_output=True, check=True,
    )  # fmt: skip
    (commit,) = history(opened(shop), done.stdout.decode().strip())
    assert commit.message.startswith("s\x01:000000\x02")
    assert commit.committer.when.timestamp() == 1
    assert [change.path for change in commit.changes] == ["a"]


def test_what_was_got_before_is_what_is_read_and_damage_is_told_when_it_is_asked_for(
    committed: Path,
) -> None:
    names = git(committed, "rev-list", "--objects", "--all").splitlines()
    ids = [line.split(" ")[0] for line in names]
    with Objects(opened(committed), verify=True) as plain:
        expected = list(plain.many(ids))
    with Objects(opened(committed), verify=True) as reader:
        reader.prefetch([*ids, "1" * 40, *ids])
        assert list(reader.many(ids)) == expected
        kinds = {name: git(committed, "cat-file", "-t", name) for name in ids}
        reader.prefetch(ids)
        assert [reader.content(name, kinds[name]) for name in ids] == expected
        with pytest.raises(DocpipeError, match="missing"):
            reader.blob("1" * 40)
