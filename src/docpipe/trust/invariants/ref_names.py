"""Names of people's own branches and tags: none that git, or an eye, takes for another."""

import unicodedata
from collections.abc import Iterator

from docpipe.adapters.git import Update
from docpipe.diagnostics import Text
from docpipe.trust.invariants.engine import ASK, Broken, Violation, Words, broken, invariant

OURS = ("main", "records", "access", "witness")
_GITS = (
    "origin", "upstream", "remotes", "heads", "tags", "refs", "docpipe",
    "head", "fetch_head", "orig_head", "merge_head", "cherry_pick_head", "revert_head",
)  # fmt: skip
_OTHERWISE = Text("Name it otherwise", "请另行命名")


@invariant(
    "ref-name",
    Words(
        Text("{branch} would be taken for {taken}", "{branch} 会被误认为 {taken}"),
        ASK,
        _OTHERWISE,
    ),
)
def names_stand_for_themselves(update: Update) -> Iterator[Broken]:
    """No branch and no tag has a name that git or a reader takes for something else.

    Git looks for a name among tags before branches, and among both before what was fetched: a tag
    `origin/records` would be read in place of the shared records. So no name begins with that of a
    remote, of a special ref such as HEAD, or of docpipe's own branches; not in capitals, and not in
    letters that look alike.
    ---
    分支和标签的名称不得被 git 或读者误认。git 先在标签、再在分支、最后才在取回的引用中查找名称：
    名为 origin/records 的标签会顶替共享的记录。因此名称的第一段不得是远程名、HEAD 之类的特殊引用
    或 docpipe 的分支名，大小写变体和形近字符也不行。
    """
    kind = next((k for k in ("refs/heads/", "refs/tags/") if update.ref.startswith(k)), "refs/")
    name = update.ref.removeprefix(kind)
    if update.new and (taken := taken_for(name.partition("/")[0])):
        yield broken(branch=name, taken=taken)


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


def of_ref(update: Update) -> Iterator[Violation]:
    """What is wrong with a branch or tag of somebody's own; they may rewrite and delete it."""
    yield from names_stand_for_themselves(update)
    yield from nothing_is_replaced(update)


def taken_for(name: str) -> str:
    """What the first part of a name would be taken for; "" for nothing.

    A letter of another alphabet than ours and the Chinese counts as any letter.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    seen = [c for c in plain if unicodedata.category(c) not in ("Mn", "Me", "Cf", "Cc", "Cs")]
    return next((each for each in (*OURS, *_GITS) if _looks_like(seen, each)), "")


def _looks_like(seen: list[str], name: str) -> bool:
    return len(seen) == len(name) and all(
        one == other or _may_be_any(one) for one, other in zip(seen, name, strict=True)
    )


def _may_be_any(letter: str) -> bool:
    return not letter.isascii() and not unicodedata.name(letter, "").startswith("CJK ")
