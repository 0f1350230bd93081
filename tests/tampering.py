"""Records tampered with by plain git, in every way that we could think of.

Each tampering is a function that is given a shop with issued documents, and a chance to choose by;
it answers with the words by which `docpipe verify` should name what was done. `rewritten` is how:
the branch is written anew from its first commit, as somebody would who covers his traces.
"""

import hashlib
import random
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docpipe.reports import verified as report
from docpipe.steps.approve import approve
from docpipe.steps.issue import issue
from docpipe.steps.verify import Verified, verify
from docpipe.steps.withdraw import withdraw
from docpipe.workspace.traced import TracedWorkspace
from docpipe.workspace.workspace import Workspace
from tests.adapters.repository.kit import git, repository
from tests.conftest import copy_workspace
from tests.issuing import FOLDER, LIN, ORDER, introduced, kept, saved

LEGAL = ("顾法", "gu.fa@zefan.example")
FIRST, FOURTH = "ZF-2026-0001", "ZF-2026-0004"
RECORDS = "refs/heads/records"
STEP = timedelta(minutes=20)
_CONTRACT = f"orders/{ORDER}/sales-contract"
_APPROVED = f"approvals/{ORDER}/sales-contract"


@dataclass(frozen=True)
class Step:
    """One commit: who and when as git writes it, what it says, and its files (None: removed)."""

    author: str
    committer: str
    message: str
    files: dict[str, bytes | None] = field(default_factory=dict)


def shop_with_records(base: Path) -> Path:
    """A shop in `base`/shop with a shared repository beside it, and twelve records."""
    shop = kept(copy_workspace(base / "shop"), approvals=True)
    remote = repository(base / "shared.git", "--bare")
    git(shop, "remote", "add", "origin", "../shared.git")
    git(shop, "push", "--quiet", "origin", "main")
    now = _Clock(datetime.now(UTC) - 15 * STEP)
    folders = {folder.rpartition("/")[2]: folder for folder in Workspace(shop).order_folders}

    def issued(order: str, document: str) -> None:
        issue(TracedWorkspace(shop), folders[order], document, "", now())

    def approved(order: str) -> None:
        introduced(shop, LEGAL)
        approve(Workspace(shop), folders[order], "sales-contract", "", now())
        introduced(shop, LIN)

    approved(ORDER)
    issued(ORDER, "sales-contract")
    issued(FIRST, "order-sheet")
    issued(ORDER, "order-sheet")
    issued(FOURTH, "order-sheet")
    issued(FOURTH, "commercial-invoice-1")
    saved(shop, "customers/MFANO.yaml", "Mombasa", "Nairobi")
    git(shop, "push", "--quiet", "origin", "main")
    approved(ORDER)
    issued(ORDER, "sales-contract")
    withdraw(Workspace(shop), folders[FOURTH], "commercial-invoice-1", "", "Sent in error", now())
    issued(FOURTH, "commercial-invoice-2")
    issued(ORDER, "customer-profile")
    issued(FIRST, "quotation")
    assert git(remote, "rev-parse", "records") == git(shop, "rev-parse", "records")
    for folder in (shop, remote):
        git(folder, "gc", "--quiet")  # it will be copied many times
    return shop


class _Clock:
    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        self._now += STEP
        return self._now


def copied(shop: Path, target: Path, *, alone: bool) -> Path:
    """The shop and its shared repository copied; `alone` it knows of none."""
    shutil.copytree(shop.parent, target, symlinks=True)
    copy = target / shop.name
    if alone:
        git(copy, "remote", "remove", "origin")
    return copy


def history(shop: Path) -> list[Step]:
    """The records, oldest first, by plain git."""
    names = git(shop, "rev-list", "--reverse", "records").splitlines()
    return [_step(shop, name) for name in names]


def _step(shop: Path, name: str) -> Step:
    raw = git(shop, "cat-file", "commit", name)
    head, _, message = raw.partition("\n\n")
    who = {line.split(" ")[0]: line.partition(" ")[2] for line in head.splitlines()}
    paths = git(shop, "diff-tree", "-r", "--root", "--no-commit-id", "--name-only", name)
    files: dict[str, bytes | None] = {p: shown(shop, f"{name}:{p}") for p in paths.splitlines()}
    return Step(who["author"], who["committer"], message + "\n", files)


def shown(shop: Path, what: str) -> bytes:
    done = subprocess.run(["git", "cat-file", "blob", what], cwd=shop, capture_output=True,
                          check=True)  # fmt: skip
    return done.stdout


def rewritten(shop: Path, steps: Sequence[Step], *, traceless: bool = True) -> None:
    """Write the records anew, by `git fast-import`; `traceless` without a trace in the reflog."""
    stream = bytearray(b"reset refs/heads/records\n\n")
    for step in steps:
        stream += b"commit refs/heads/records\n"
        stream += f"author {step.author}\ncommitter {step.committer}\n".encode()
        stream += _data(step.message.encode())
        for path, data in step.files.items():
            if data is None:
                stream += f"D {path}\n".encode()
            else:
                stream += f"M 100644 inline {path}\n".encode() + _data(data)
        stream += b"\n"
    git(shop, "fast-import", "--quiet", "--force", "--date-format=raw", stdin=bytes(stream))
    if traceless:
        (shop / ".git/logs/refs/heads/records").unlink(missing_ok=True)


def _data(data: bytes) -> bytes:
    return f"data {len(data)}\n".encode() + data + b"\n"


def edited(steps: Sequence[Step], path: str, change: Callable[[bytes], bytes | None]) -> list[Step]:
    """The history with one file otherwise from the start; None leaves it out."""
    found: list[Step] = []
    for step in steps:
        data = step.files.get(path)
        if data is None:
            found.append(step)
            continue
        files = {**step.files, path: change(data)}
        found.append(replace(step, files={p: d for p, d in files.items() if d is not None}))
    return [step for step in found if step.files]


def paths(steps: Sequence[Step], pattern: str) -> list[str]:
    """Files on record whose whole path fits."""
    return [path for step in steps for path in step.files if re.fullmatch(pattern, path)]


def swapped(text: bytes, find: str, put: str) -> bytes:
    """A record with something else in it; it must have been there."""
    found = re.sub(find.encode(), put.encode(), text, count=1)
    assert found != text, find
    return found


DOCX, YAML = r"orders/.*\.docx", r"orders/.*/r\d+\.yaml"
Tampering = Callable[[Path, random.Random], Sequence[str]]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def flip_a_byte_of_a_document(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, DOCX))
    rewritten(shop, edited(steps, path, lambda data: _flipped(data, chance)))
    return [f"{path}: document-altered"]


def change_a_document_and_its_record(shop: Path, chance: random.Random) -> Sequence[str]:
    """All told is consistent; only making it again shows it."""
    steps = history(shop)
    path = chance.choice(paths(steps, rf"{_CONTRACT}/r\d\.docx"))
    forged = _with_other_word(next(s.files[path] for s in steps if path in s.files) or b"")
    steps = edited(steps, path, lambda data: forged)
    digest = hashlib.sha256(forged).hexdigest()
    record = path.replace(".docx", ".yaml")
    steps = edited(steps, record, lambda d: swapped(d, r'\nsha256: "\w+', f'\nsha256: "{digest}'))
    rewritten(shop, steps)
    return [f"{path}: document-other"]


def _with_other_word(data: bytes) -> bytes:
    """The .docx with another price, its checksum mended: a sound archive."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "word/document.xml":
                part = swapped(part, "2\\.70", "2.10")
            new.writestr(info, part)
    return out.getvalue()


def swap_two_documents(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    one, two = chance.sample(paths(steps, DOCX), 2)
    files = {path: data for step in steps for path, data in step.files.items()}
    steps = edited(edited(steps, one, lambda _: files[two]), two, lambda _: files[one])
    rewritten(shop, steps)
    return [f"{path}: document-altered" for path in (one, two)]


def put_another_orders_document_in_its_place(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    one, two = f"orders/{FIRST}/order-sheet/r0", f"orders/{ORDER}/order-sheet/r0"
    files = {path: data for step in steps for path, data in step.files.items()}
    forged = files[f"{two}.docx"] or b""
    digest = hashlib.sha256(forged).hexdigest()
    steps = edited(steps, f"{one}.docx", lambda _: forged)
    steps = edited(
        steps, f"{one}.yaml", lambda d: swapped(d, r'\nsha256: "\w+', f'\nsha256: "{digest}')
    )
    rewritten(shop, steps)
    return [f"{one}.docx: document-other"]


_EDITS = (
    (r'\nsha256: "\w', '\nsha256: "z', "document-altered"),
    (r'text_sha256: "\w', 'text_sha256: "z', "wording-altered"),
    (r'number: "([A-Z]+)-2026-\d+"', r'number: "\1-2026-0099"', "number-other"),
    (r'email: "\w+', 'email: "another', "author"),
    (r'by: \{name: "[^"]+', 'by: {name: "Somebody', "author"),
    (r'issued_at: "20', 'issued_at: "19', "time"),
    (r"revision: \d", "revision: 7", "record-unreadable"),
    (r'order: "ZF', 'order: "XF', "record-unreadable"),
    (r'document: "\w', 'document: "x', "record-unreadable"),
    (r'kind: "\w', 'kind: "x', "record-unreadable"),
    (r'template: "\w{5}', 'template: "00000', "inputs-missing"),
    (r'shared: \{"?[^"]*"?: "\w{5}', 'shared: {"company.yaml": "00000', "inputs-missing"),
    (r'folder: "orders', 'folder: "others', "inputs-other"),
    (r"\Z", "}", "record-unreadable"),
    (r"engines: ", "engine: ", "record-unreadable"),
)


def edit_a_record(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"orders/.*/r0\.yaml"))
    find, put, check = chance.choice(_EDITS)
    rewritten(shop, edited(steps, path, lambda data: swapped(data, find, put)))
    named = {"document-altered": path.replace("yaml", "docx"), "inputs-missing": path[:-5]}
    return [f"{named.get(check, path)}" if check != "number-other" else "number-other", check]


def reuse_a_number(shop: Path, chance: random.Random) -> Sequence[str]:
    """The second order sheet gets the first one's number, in its record and in numbers/."""
    steps = history(shop)
    one, two = sorted(paths(steps, r"numbers/OS/.*"))[:2]
    record = f"orders/{ORDER}/order-sheet/r0.yaml"
    for path in (two, record):
        steps = edited(steps, path, lambda d: swapped(d, r"(OS-\d+)-0002", r"\1-0001"))
    rewritten(shop, steps)
    return [f"{two}: number-twice", one]


def leave_a_record_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"orders/.*/r0\.yaml"))
    rewritten(shop, edited(steps, path, lambda _: None))
    return [f"{path.replace('yaml', 'docx')}: record-missing"]


def leave_a_document_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, DOCX))
    rewritten(shop, edited(steps, path, lambda _: None))
    return [f"{path}: document-missing"]


def leave_a_whole_commit_out(shop: Path, chance: random.Random) -> Sequence[str]:
    """A number between others is missing then."""
    steps = history(shop)
    gone = f"orders/{ORDER}/order-sheet/r0.yaml"
    rewritten(shop, [step for step in steps if gone not in step.files])
    return [f"{paths(steps, r'numbers/OS/.*/0002.yaml')[0]}: number-gap"]


def leave_a_first_revision_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    rewritten(shop, [step for step in steps if f"{_CONTRACT}/r0.yaml" not in step.files])
    return [f"{_CONTRACT}/r0.yaml: revision-gap"]


def leave_a_number_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"numbers/.*"))
    record = next(p for s in steps if path in s.files for p in s.files if p.endswith("/r0.yaml"))
    rewritten(shop, edited(steps, path, lambda _: None))
    return [f"{record}: number-missing"]


def edit_a_number(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"numbers/.*"))
    find, put = chance.choice(
        ((r'order: "ZF', 'order: "XF'), (r'number: "(..)', r'number: "\1X'),
         (r'document: "\w', 'document: "x'), (r"order: .*\n", ""), (r"\Z", "{"))
    )  # fmt: skip
    rewritten(shop, edited(steps, path, lambda data: swapped(data, find, put)))
    return [f"{path}: "]


def move_a_number(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"numbers/.*"))
    moved = path.replace("/2026/", "/2025/")
    assert moved != path
    rewritten(
        shop,
        [replace(s, files={p if p != path else moved: d for p, d in s.files.items()})
         for s in steps],
    )  # fmt: skip
    return [f"{moved}: number-place"]


def replace_an_object(shop: Path, chance: random.Random) -> Sequence[str]:
    """`git replace`: every git shows another document, record, tree or commit."""
    steps = history(shop)
    pattern = chance.choice((DOCX, YAML, r"approvals/.*\.txt", r"numbers/.*"))
    one, two = (git(shop, "rev-parse", f"records:{path}") for path in
                chance.sample(paths(steps, pattern), 2))  # fmt: skip
    named = next(p for p in paths(steps, pattern) if git(shop, "rev-parse", f"records:{p}") == one)
    if chance.random() < 0.3:
        one, two = git(shop, "rev-parse", "records"), git(shop, "rev-parse", "records~3")
        named = f"commit {one[:12]}"
    git(shop, "replace", "--force", one, two)
    return [f"{named}: replaced", one[:12]]


def graft_a_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    one, two = git(shop, "rev-parse", "records~1"), git(shop, "rev-parse", "records~4")
    (shop / ".git/info").mkdir(exist_ok=True)
    (shop / ".git/info/grafts").write_text(f"{one} {two}\n")
    return [f"commit {one[:12]}: grafted"]


def change_an_approved_text(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"approvals/.*\.txt"))
    rewritten(shop, edited(steps, path, lambda data: swapped(data, "2\\.70", "2.10")))
    return [f"{path[:-4]}.yaml: record-unreadable"]


def change_an_approved_text_and_its_record(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    number = chance.choice("12")
    text = next(d for s in steps for p, d in s.files.items() if p == f"{_APPROVED}/{number}.txt")
    forged = swapped(text or b"", "2\\.70", "2.10")
    digest = hashlib.sha256(forged).hexdigest()
    steps = edited(steps, f"{_APPROVED}/{number}.txt", lambda _: forged)
    steps = edited(
        steps, f"{_APPROVED}/{number}.yaml",
        lambda d: swapped(d, r'text_sha256: "\w+', f'text_sha256: "{digest}'),
    )  # fmt: skip
    rewritten(shop, steps)
    return [f"{_CONTRACT}/r{int(number) - 1}.yaml: approval-other-text", f"{number}.yaml"]


def edit_an_approval(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"approvals/.*/\d\.yaml"))
    find, put, check = chance.choice(
        ((r'role: "legal', 'role: "manager', "approval-role"), (r'email: "\w+', 'email: "x', "author"),
         (r'\nat: "20', '\nat: "19', "time"), (r'order: "ZF', 'order: "XF', "record-unreadable"),
         (r'text_sha256: "\w', 'text_sha256: "z', "record-unreadable"))
    )  # fmt: skip
    rewritten(shop, edited(steps, path, lambda data: swapped(data, find, put)))
    return [f"{path}: {check}"]


def approve_without_the_role(shop: Path, chance: random.Random) -> Sequence[str]:
    """Consistent in itself: record and commit are by one who has not the role."""
    steps = history(shop)
    path = f"{_APPROVED}/{chance.choice('12')}.yaml"
    by = f"{LIN[0]} <{LIN[1]}>"
    steps = [
        replace(s, author=re.sub(r".*>", by, s.author), committer=re.sub(r".*>", by, s.committer))
        if path in s.files else s for s in steps
    ]  # fmt: skip
    steps = edited(steps, path, lambda d: swapped(
        d, r'name: "[^"]+", email: "[^"]+', f'name: "{LIN[0]}", email: "{LIN[1]}'))  # fmt: skip
    rewritten(shop, steps)
    return [f"{path}: approval-role"]


def leave_an_approval_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    number = chance.choice("12")
    gone = f"{_APPROVED}/{number}.yaml"
    rewritten(shop, [step for step in steps if gone not in step.files])
    return [f"{_CONTRACT}/r{int(number) - 1}.yaml: approval-not-there", gone]


def issue_without_an_approval(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = f"{_CONTRACT}/r{chance.choice('01')}.yaml"
    rewritten(
        shop, edited(steps, path, lambda d: swapped(d, r"approvals: \[.*\]", "approvals: []"))
    )
    return [f"{path}: approval-lacking"]


def change_a_paper(shop: Path, chance: random.Random) -> Sequence[str]:
    path = chance.choice(sorted((shop / FOLDER / "papers").glob("*.pdf")))
    path.write_bytes(_flipped(path.read_bytes(), chance))
    if chance.random() < 0.5:
        git(shop, "commit", "--quiet", "-am", "A better scan")
    return ["PAP02", path.name]


def take_a_paper_away(shop: Path, chance: random.Random) -> Sequence[str]:
    path = chance.choice(sorted((shop / FOLDER / "papers").glob("*.pdf")))
    path.unlink()
    return ["PAP01", path.name]


def cut_this_clones_records(shop: Path, chance: random.Random) -> Sequence[str]:
    last = git(shop, "rev-parse", "records")
    git(shop, "update-ref", RECORDS, f"records~{chance.randint(1, 5)}")
    return [f"commit {last[:12]}: records-cut"]


def rewrite_without_hiding_it(shop: Path, chance: random.Random) -> Sequence[str]:
    last = git(shop, "rev-parse", "records")
    steps = history(shop)
    rewritten(shop, steps[:-2] + steps[-1:], traceless=False)
    return [f"commit {last[:12]}: records-cut"]


def redate_a_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(1, len(steps))
    path = next(p for p in steps[at].files if p.endswith(".yaml") and "numbers" not in p)
    by = re.sub(r"(\d+) ", lambda m: f"{int(m[1]) - chance.randint(1, 86_400)} ", steps[at].author)
    both = chance.random() < 0.5
    steps[at] = replace(steps[at], author=by, committer=by if both else steps[at].committer)
    rewritten(shop, steps)
    return [f"{path}: time"]


def redate_a_record_and_its_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    """Consistent in itself, but before the record that it follows."""
    steps = history(shop)
    path = f"orders/{FIRST}/quotation/r0.yaml"
    at = next(i for i, s in enumerate(steps) if path in s.files)
    back = 3 * int(STEP.total_seconds())
    who = re.sub(r"(\d+) ", lambda m: f"{int(m[1]) - back} ", steps[at].author)
    steps[at] = replace(steps[at], author=who, committer=who)
    told = datetime.fromisoformat(
        re.findall(rb'issued_at: "([^"]+)', steps[at].files[path] or b"")[0].decode()
    )
    steps = edited(steps, path, lambda d: swapped(
        d, 'issued_at: "[^"]+', f'issued_at: "{(told - 3 * STEP).isoformat()}'))  # fmt: skip
    rewritten(shop, steps)
    return [f"commit {git(shop, 'rev-parse', f'records~{len(steps) - 1 - at}')[:12]}: time-back"]


def reauthor_a_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(len(steps))
    path = next(p for p in steps[at].files if p.endswith(".yaml") and "numbers" not in p)
    who = re.sub(r".*>", "Somebody Else <else@zefan.example>", steps[at].author)
    both = chance.random() < 0.5
    steps[at] = replace(steps[at], committer=who, author=who if both else steps[at].author)
    rewritten(shop, steps)
    return [f"{path}: author", "Somebody Else"]


def say_something_else_in_a_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(len(steps))
    path = next(p for p in steps[at].files if p.endswith(".yaml") and "numbers" not in p)
    message = swapped(steps[at].message.encode(), "Order: ZF", "Order: XF").decode()
    steps[at] = replace(steps[at], message=message)
    rewritten(shop, steps)
    return [f"{path}: trailers"]


def put_commits_in_another_order(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(len(steps) - 1)
    steps[at], steps[at + 1] = steps[at + 1], steps[at]
    rewritten(shop, steps)
    late = git(shop, "rev-parse", f"records~{len(steps) - 2 - at}")
    return [f"commit {late[:12]}: time-back"]


def insert_an_unmarked_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(1, len(steps) + 1)
    new = replace(steps[at - 1], message="Tidy up\n", files={"readme.txt": b"x"})
    rewritten(shop, [*steps[:at], new, *steps[at:]])
    name = git(shop, "rev-parse", f"records~{len(steps) - at}")
    return [f"commit {name[:12]}: lineage", "readme.txt: stray-file"]


def add_a_file_that_docpipe_does_not_write(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(
        ("orders/x.yaml", f"{_CONTRACT}/r00.yaml", ".hidden", "numbers/OS/2026/x.yaml",
         f"{_APPROVED}/0x.yaml")
    )  # fmt: skip
    message = "Note\n\nDocpipe-Record: 1\n"
    rewritten(shop, [*steps, replace(steps[-1], message=message, files={path: b"a: 1\n"})])
    return [f"{path}: stray-file"]


def add_an_empty_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    rewritten(shop, [*steps, replace(steps[-1], message="Note\n\nDocpipe-Record: 1\n", files={})])
    return [f"commit {git(shop, 'rev-parse', 'records')[:12]}: lineage"]


def change_a_file_afterwards(shop: Path, chance: random.Random) -> Sequence[str]:
    """By a commit of its own, marked as docpipe marks them."""
    steps = history(shop)
    path = chance.choice([path for step in steps for path in step.files])
    old = next(step.files[path] for step in steps if path in step.files) or b""
    new = chance.choice((old + b"\n", None))
    message = "Mend\n\nDocpipe-Record: 1\n"
    rewritten(shop, [*steps, replace(steps[-1], message=message, files={path: new})])
    return [f"{path}: lineage"]


def merge_something(shop: Path, chance: random.Random) -> Sequence[str]:
    tree = git(shop, "rev-parse", "records^{tree}")
    words = ("commit-tree", tree, "-p", "records", "-p", "main", "-m", "x\n\nDocpipe-Record: 1")
    name = git(shop, *words)
    git(shop, "update-ref", RECORDS, name)
    return [f"commit {name[:12]}: lineage", "joins two histories"]


def alter_an_object_on_the_disk(shop: Path, chance: random.Random) -> Sequence[str]:
    """The loose object has another content than its name says."""
    path = chance.choice(paths(history(shop), DOCX + "|" + YAML))
    data = shown(shop, f"records:{path}")
    loose, name = _loose(shop, path)
    loose.chmod(0o644)
    forged = _flipped(data, chance)
    whole = zlib.compress(b"blob %d\0" % len(forged) + forged)
    loose.write_bytes(whole if chance.random() < 0.7 else whole[: len(whole) // 2])
    return [f"{path}: ", name]


def _loose(shop: Path, path: str) -> tuple[Path, str]:
    """The file of a file on record, and its name; what was packed is unpacked."""
    for pack in (shop / ".git/objects/pack").glob("*.pack"):
        data = pack.read_bytes()
        for file in pack.parent.glob(f"{pack.stem}.*"):
            file.unlink()
        git(shop, "unpack-objects", "-q", stdin=data)
    name = git(shop, "rev-parse", f"records:{path}")
    return shop / ".git/objects" / name[:2] / name[2:], name


def take_an_object_from_the_disk(shop: Path, chance: random.Random) -> Sequence[str]:
    path = chance.choice(paths(history(shop), DOCX + "|" + YAML))
    loose, name = _loose(shop, path)
    loose.unlink()
    return [f"{path}: ", name]


def withdraw_what_is_not_there(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = f"orders/{FOURTH}/commercial-invoice-1/r0-withdrawn.yaml"
    moved = f"orders/{FOURTH}/commercial-invoice-1/r1-withdrawn.yaml"
    steps = [
        replace(s, files={moved if p == path else p: d for p, d in s.files.items()}) for s in steps
    ]
    rewritten(shop, steps)
    return [f"{moved}: withdrawal-of-nothing"]


def edit_a_withdrawal(shop: Path, chance: random.Random) -> Sequence[str]:
    path = f"orders/{FOURTH}/commercial-invoice-1/r0-withdrawn.yaml"
    find, put, check = chance.choice(
        ((r"revision: 0", "revision: 3", "withdrawal-of-nothing"), (r'\nat: "20', '\nat: "19', "time"),
         (r'email: "\w+', 'email: "x', "author"), (r"number: .*\n", "", "record-unreadable"))
    )  # fmt: skip
    rewritten(shop, edited(history(shop), path, lambda data: swapped(data, find, put)))
    return [f"{path}: {check}"]


def copy_a_revision(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    stem = f"orders/{ORDER}/order-sheet"
    old = next(step for step in steps if f"{stem}/r0.yaml" in step.files)
    files = {f"{stem}/r1.{end}": old.files[f"{stem}/r0.{end}"] for end in ("docx", "yaml")}
    if told := chance.random() < 0.5:
        files[f"{stem}/r1.yaml"] = swapped(
            files[f"{stem}/r1.yaml"] or b"", "revision: 0", "revision: 1"
        )
    rewritten(shop, [*steps, replace(steps[-1], message=old.message, files=files)])
    return [f"{stem}/r1.yaml: {'time' if told else 'record-unreadable'}"]


ALONE: tuple[Tampering, ...] = (
    flip_a_byte_of_a_document, change_a_document_and_its_record, swap_two_documents,
    put_another_orders_document_in_its_place, edit_a_record, reuse_a_number, leave_a_record_out,
    leave_a_document_out, leave_a_whole_commit_out, leave_a_first_revision_out,
    leave_a_number_out, edit_a_number, move_a_number, replace_an_object, graft_a_commit,
    change_an_approved_text, change_an_approved_text_and_its_record, edit_an_approval,
    approve_without_the_role, leave_an_approval_out, issue_without_an_approval, change_a_paper,
    take_a_paper_away, cut_this_clones_records, rewrite_without_hiding_it, redate_a_commit,
    redate_a_record_and_its_commit, reauthor_a_commit, say_something_else_in_a_commit,
    put_commits_in_another_order, insert_an_unmarked_commit,
    add_a_file_that_docpipe_does_not_write, add_an_empty_commit, change_a_file_afterwards,
    merge_something, alter_an_object_on_the_disk, take_an_object_from_the_disk,
    withdraw_what_is_not_there, edit_a_withdrawal, copy_a_revision,
)  # fmt: skip
"""What a clone finds out by itself, with no other to compare with."""


def cut_the_shared_records(shop: Path, chance: random.Random) -> Sequence[str]:
    count = chance.randint(1, 5)
    first = git(shop, "rev-parse", f"records~{count - 1}")
    git(shop.parent / "shared.git", "update-ref", RECORDS, f"records~{count}")
    return [f"commit {first[:12]}: remote-lacks"]


def remove_the_shared_records(shop: Path, chance: random.Random) -> Sequence[str]:
    git(shop.parent / "shared.git", "update-ref", "-d", RECORDS)
    first = git(shop, "rev-list", "--max-parents=0", "records")
    return [f"commit {first[:12]}: remote-lacks"]


def leave_the_withdrawal_out(shop: Path, chance: random.Random) -> Sequence[str]:
    """Nothing on record tells that it was there: the shared repository does."""
    steps = history(shop)
    gone = f"orders/{FOURTH}/commercial-invoice-1/r0-withdrawn.yaml"
    at = next(i for i, step in enumerate(steps) if gone in step.files)
    theirs = git(shop, "rev-parse", f"records~{len(steps) - 1 - at}")
    rewritten(shop, [step for step in steps if gone not in step.files])
    return ["remote-parted", theirs[:12]]


def rewrite_the_shared_records(shop: Path, chance: random.Random) -> Sequence[str]:
    """The clone still has what was there."""
    steps, remote = history(shop), shop.parent / "shared.git"
    ours = git(shop, "rev-parse", f"records~{len(steps) - 4}")
    before = git(shop, "rev-parse", "records")
    who = re.sub(r".*>", "Somebody Else <else@zefan.example>", steps[3].author)
    rewritten(shop, [*steps[:3], replace(steps[3], author=who, committer=who), *steps[4:]])
    git(shop, "push", "--quiet", "--force", str(remote), "records")
    git(shop, "update-ref", RECORDS, before)
    (shop / ".git/logs/refs/heads/records").unlink(missing_ok=True)
    return [f"commit {ours[:12]}: remote-parted"]


def cut_here_without_a_trace(shop: Path, chance: random.Random) -> Sequence[str]:
    """The shared repository has the rest: it is verified, and told."""
    count = chance.randint(1, 5)
    git(shop, "update-ref", RECORDS, f"records~{count}")
    (shop / ".git/logs/refs/heads/records").unlink()
    return [f"the {count} records that only origin has"]


SHARED: tuple[Tampering, ...] = (
    cut_the_shared_records, remove_the_shared_records, leave_the_withdrawal_out,
    rewrite_the_shared_records, cut_here_without_a_trace,
)  # fmt: skip
"""What the shared repository and the clone tell of each other."""


def looked_at(shop: Path, *orders: str) -> tuple[Verified, str]:
    """What `verify` finds, and all that it says in English."""
    found = verify(Workspace(shop), orders, shop, datetime.now(UTC))
    lines = [report.summary(found, "en"), *(report.line(fault, "en") for fault in found.faults)]
    assert not any("{" in report.line(fault, "zh") for fault in found.faults)
    return found, "\n".join([*lines, *report.notes(found, "en")])


def demand_named(base: Path, target: Path, how: Tampering, chance: random.Random) -> None:
    """Tamper with a copy, and see that what was done is named."""
    shop = copied(base, target, alone=how in ALONE)
    words = how(shop, chance)
    found, told = looked_at(shop)
    for word in words:
        assert word in told, told
    assert bool(found.faults) == (how != cut_here_without_a_trace)
