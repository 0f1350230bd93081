"""Rules over the keys that people sign with."""

from collections.abc import Iterator
from datetime import date

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Estate, repeated
from docpipe.rules.engine import estate_rule
from docpipe.workspace.company_time import local_time
from docpipe.workspace.people import day_in, member


@estate_rule(
    "MAS12",
    Severity.ERROR,
    "This is not a whole public key",
    "公钥不完整",
    "Copy the line again that docpipe identity prints",
    "请重新复制 docpipe identity 给出的一行",
)
def keys_are_whole(estate: Estate) -> Iterator[Finding]:
    """A key that lost a part on the way checks no signature.

    Source: RFC 4253, section 6.6.
    ---
    公钥复制不全，签名就无法核验。依据：RFC 4253 第6.6节。
    """
    for row in _keys(estate):
        if not _blob(row["key"]):
            yield found(row.at("key"))


@estate_rule(
    "MAS13",
    Severity.ERROR,
    "This key is in people.yaml twice (first at {other})",
    "此公钥在 people.yaml 中出现两次（第一次在 {other}）",
    "Keep it with the colleague who has its private half; give the other colleague one of "
    "their own",
    "请只留给持有私钥的同事；另一位应有自己的密钥",
)
def keys_are_one_persons(estate: Estate) -> Iterator[Finding]:
    """A signature says who only while nobody else has the key.

    ---
    密钥只能归一人，否则签名说明不了是谁。
    """
    whole = [row["key"] for row in _keys(estate) if _blob(row["key"])]
    for node, other in repeated(whole, _blob):
        yield found(node.place, other=other.place)


@estate_rule(
    "MAS14",
    Severity.ERROR,
    "The key ends before it begins ({first})",
    "密钥的停用日期早于启用日期（{first}）",
    "Correct from or until",
    "请改正 from 或 until",
)
def keys_end_after_they_begin(estate: Estate) -> Iterator[Finding]:
    """A key counts from one day to another, both included.

    ---
    密钥自启用日至停用日有效，含首尾两日。
    """
    for row in _keys(estate):
        first = row.text("from", "")
        if first > row.text("until", "9999-12-31"):
            yield found(row.at("until"), first=first)


@estate_rule(
    "MAS15",
    Severity.ERROR,
    "Everything is to be signed, and no admin has a key in people.yaml that counts today",
    "公司要求签名，而 people.yaml 中没有任何管理员当日有效的密钥",
    "Enter a key for somebody who has the role admin: docpipe identity prints it",
    "请为有 admin 角色的人登记密钥：docpipe identity 会给出",
)
def an_admin_could_undo_signing(estate: Estate) -> Iterator[Finding]:
    """Whether signatures are asked for is changed by an admin, who signs that.

    Without an admin's key nobody could ever take it back, and the shared repository refuses it.
    ---
    是否要求签名只能由管理员签名后更改。没有管理员的密钥，就再也无人能够撤销，共享仓库也会拒收。
    """
    asked = [root.at("signing") for _, root in estate.roots("company")
             if root.text("signing", "") == "required"]  # fmt: skip
    if not asked:
        return
    today = local_time(estate.workspace, estate.now).date()
    for _, root in estate.roots("people"):
        admins = [each for each in root.rows("people") if member(each).has("admin", today)]
        keys = [row for each in admins for row in each.rows("keys")]
        if not any(_blob(row["key"]) and _counts(row, today) for row in keys):
            yield found(asked[0])


def _counts(row: Node, day: date) -> bool:
    return (day_in(row, "from") or day) <= day <= (day_in(row, "until") or day)


def _keys(estate: Estate) -> Iterator[Node]:
    """The keys of all people."""
    for person in estate.people:
        yield from person.rows("keys")


def _blob(key: Node) -> bytes:
    from docpipe.adapters import sshkeys  # few workspaces have keys

    return sshkeys.blob_of(str(key.value))
