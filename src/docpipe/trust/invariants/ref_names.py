"""Names of people's own branches and tags: none that git, or an eye, takes for another."""

import re
import unicodedata
from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.adapters.git import Repository, Update
from docpipe.diagnostics import Text, Value
from docpipe.trust.invariants.engine import ASK, Broken, Violation, Words, broken, invariant

OURS = ("main", "records", "access", "witness")
_GITS = (
    "origin", "upstream", "remotes", "heads", "tags", "refs", "docpipe",
    "head", "fetch_head", "orig_head", "merge_head", "cherry_pick_head", "revert_head",
    "rebase_head", "bisect_head", "auto_merge", "stash",
)  # fmt: skip
_ALIKE = {"o": "0", "i": "1l", "l": "1i", "s": "5", "m": "rn", "w": "vv", "d": "cl"}
"""What an eye takes for a letter: one of these, or for a broad one the two of them together."""
_STROKES = str.maketrans("口丨工", "oli")
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters by their kind, and not seen
_ABBREVIATION = re.compile(r"[0-9a-f]{7,}", re.IGNORECASE)
_JUDGED_ELSEWHERE = re.compile(r"refs/heads/(main|records|HEAD|(access|witness)/.+)")
_OTHERWISE = Text("Name it otherwise", "请另行命名")


class Named(Value):
    """A ref as somebody would have it, and the objects that it stands beside."""

    repo: Repository
    update: Update


@invariant(
    "ref-name",
    Words(
        Text("{branch} would be taken for {taken}", "{branch} 会被误认为 {taken}"),
        ASK,
        _OTHERWISE,
    ),
)
def names_stand_for_themselves(named: Named) -> Iterator[Broken]:
    """No branch and no tag has a name that git or a reader takes for something else.

    Git looks for a name among tags before branches, and among both before what was fetched: a tag
    `origin/records` would be read in place of the shared records. So no name begins with that of a
    remote, of a special ref such as HEAD or stash, or of docpipe's own branches; not in capitals,
    and not in letters that look alike (rec0rds, rnain). No name has characters that are not
    seen, and none is the short name of a commit or another object that is there: git would show
    the branch or tag in its place.
    ---
    分支和标签的名称不得被 git 或读者误认。git 先在标签、再在分支、最后才在取回的引用中查找名称：
    名为 origin/records 的标签会顶替共享的记录。因此名称的第一段不得是远程名、HEAD 和 stash
    之类的特殊引用或 docpipe 的分支名，大小写变体和形近字符（rec0rds、rnain）也不行；
    名称中不得有看不见的字符，也不得是现有提交或其他对象的缩写，否则 git 会以该分支或标签顶替。
    """
    update = named.update
    kind = next((k for k in ("refs/heads/", "refs/tags/") if update.ref.startswith(k)), "refs/")
    name = update.ref.removeprefix(kind)
    seen = "".join(c for c in name if not _is_unseen(c))
    taken = taken_for(name.partition("/")[0]) or ((seen or "?") if seen != name else "")
    if not taken and update.new and _ABBREVIATION.fullmatch(name):
        taken = next(iter(git.abbreviated(named.repo, name)), "")
    if update.new and taken:
        shown = "".join(f"<U+{ord(c):04X}>" if _is_unseen(c) else c for c in name)
        yield broken(branch=shown, taken=taken)


@invariant(
    "ref-replace",
    Words(
        Text("{ref} would show other contents than those on record", "{ref} 会以其他内容冒充记录"),
        ASK,
        Text("Leave it in your own clone", "请仅保留在本地"),
    ),
)
def nothing_is_replaced(update: Update) -> Iterator[Broken]:
    """`git replace` shows one object in another's place: it stays in the clone that wants it.

    ---
    git replace 会用一个对象顶替另一个：只能留在本地克隆。
    """
    if update.new and update.ref.startswith("refs/replace/"):
        yield broken(ref=update.ref)


def of_ref(repo: Repository, update: Update) -> Iterator[Violation]:
    """What is wrong with a branch or tag of somebody's own; they may rewrite and delete it."""
    yield from names_stand_for_themselves(Named(repo, update))
    yield from nothing_is_replaced(update)


def of_shared(repo: Repository, remote: str) -> Iterator[Violation]:
    """What is wrong with the names at the shared repository, as they were fetched last."""
    home = f"refs/remotes/{remote}/"
    for ref, tip in git.tips_of(repo, home, "refs/tags/").items():
        there = ref.replace(home, "refs/heads/", 1)
        if not _JUDGED_ELSEWHERE.fullmatch(there):
            yield from names_stand_for_themselves(Named(repo, Update(None, tip, there)))


def taken_for(name: str) -> str:
    """What the first part of a name would be taken for; "" for nothing.

    A letter of another alphabet than ours and the Chinese counts as any letter.
    """
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_STROKES)
    seen = (c for c in plain if not _is_unseen(c) and unicodedata.category(c) not in ("Mn", "Me"))
    letters = "".join("?" if _may_be_any(c) else c for c in seen)
    return next((each for each in (*OURS, *_GITS) if _LOOKS[each].fullmatch(letters)), "")


def _may_be_any(letter: str) -> bool:
    return not letter.isascii() and not unicodedata.name(letter, "").startswith("CJK UNIFIED ")


def _is_unseen(char: str) -> bool:
    """Whether an eye sees nothing, or no more than a blank."""
    kind = unicodedata.category(char)
    selects = unicodedata.name(char, "").find("VARIATION SELECTOR") >= 0
    return kind[0] in "CZ" or char in _BLANK or selects


def _looks(letter: str) -> str:
    """The pattern of what may be taken for a letter; "?" is one that may be any."""
    alike = _ALIKE.get(letter, "")
    if letter in "mwd":
        return f"(?:[{letter}?]|[{alike[0]}?][{alike[1]}?])"
    return f"[{letter}{alike}?]"


_LOOKS = {name: re.compile("".join(map(_looks, name))) for name in (*OURS, *_GITS)}
