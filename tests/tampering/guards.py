"""What gives a right or leads money somewhere, changed by who may not, and by who may.

Each deed leaves main of the shop as somebody would push it. ATTACKS are (how, the code by which
verify names it, words of the hook); RIGHTS are let in, and nothing is found.
"""

import json
from collections.abc import Callable
from pathlib import Path

from tests.adapters.git.kit import git
from tests.receiving import named
from tests.tampering.mainline import (
    ACCOUNT,
    ANOTHER,
    FINANCE,
    LEGAL,
    LIN,
    ZHOU,
    Deed,
    back,
    become,
    branch,
    join,
    point,
    rewrite,
    save,
)

COMPANY, CATALOGUE, PEOPLE = "company.yaml", "templates/catalogue.yaml", "people.yaml"


def edited(path: str, find: str, put: str, who: tuple[str, str] = LIN) -> Deed:
    """Somebody, a salesperson, changes a file and pushes it to main."""

    def how(shop: Path) -> None:
        rewrite(shop, path, find, put)
        save(shop, who)

    return how


def schema(
    name: str, change: Callable[[dict], object], who: tuple[str, str] = LIN  # type: ignore[type-arg]
) -> Deed:  # fmt: skip
    """Somebody, a salesperson, changes a schema."""

    def how(shop: Path) -> None:
        path = shop / "schemas" / f"{name}.schema.json"
        read = json.loads(path.read_text(encoding="utf-8"))
        change(read)
        path.write_text(json.dumps(read, ensure_ascii=False, indent=2), encoding="utf-8")
        save(shop, who)

    return how


def approvals_dropped_on_a_branch(shop: Path) -> None:
    branch(shop)
    rewrite(shop, CATALOGUE, "    approvals: [{role: legal}]\n", "")
    save(shop, LIN)
    back(shop)
    join(shop, LIN, "work")


def broken_file(path: str) -> Deed:
    """What cannot be read could say anything."""

    def how(shop: Path) -> None:
        (shop / path).write_text("a: 1\na: 2\n", encoding="utf-8")
        save(shop, LIN)

    return how


def printed_otherwise(path: str, who: tuple[str, str] = LIN) -> Deed:
    """Somebody changes what documents are printed with: nobody would see it in their text."""

    def how(shop: Path) -> None:
        file = shop / path
        file.write_bytes(file.read_bytes() + b"\n# pay to 6666 7777\n")
        save(shop, who)

    return how


def two_files_in_one_name(shop: Path) -> None:
    """A single file whose path reads as the two that are gone, with their modes and contents."""
    one, other = "templates/letterhead.docx", "templates/logo.png"
    ids = [git(shop, "rev-parse", f"HEAD:{each}") for each in (one, other)]
    git(shop, "rm", "--quiet", one, other)
    path = f"{one} 100644 {ids[0]} {other}"
    (shop / path).parent.mkdir(parents=True, exist_ok=True)
    git(shop, "update-index", "--add", "--cacheinfo", f"100644,{ids[1]},{path}")
    become(shop, LIN)
    git(shop, "commit", "--quiet", "-m", "x", **named(LIN))


def seen_by_another_name(schema: dict) -> None:  # type: ignore[type-arg]
    """A field's readers stand under a name that reads as the way to the field."""
    mark = schema["properties"]["supplier"].pop("x-audience")
    schema["properties/supplier"] = {"x-audience": mark}


def shadowed(shop: Path) -> None:
    """Beside a reference that leads to a field's readers, the same field without them."""
    lines = {"$ref": "contract.schema.json#/properties/lines"}
    schema("stock", lambda s: s["properties"].update(sold=lines), ZHOU)(shop)
    git(shop, "push", "--quiet", "origin", "main")
    items = {"items": {"type": "object", "properties": {"price": {"type": "number"}}}}
    schema("stock", lambda s: s["properties"]["sold"].update(items))(shop)


def recoded(shop: Path) -> None:
    """Plain git shows an admin: UTF-7 spells the brackets of an e-mail otherwise."""
    save(shop, LIN)
    text = git(shop, "cat-file", "commit", "HEAD") + "\n"
    head, gap, words = text.partition("\n\n")
    head = head.replace(f"{LIN[0]} <", f"x +ADw-{ZHOU[1]}+AD4- <").replace(" +0000", " -0000")
    made = f"{head}\nencoding UTF-7{gap}{words}".encode()
    name = git(shop, "hash-object", "-t", "commit", "-w", "--stdin", stdin=made)
    git(shop, "reset", "--quiet", "--hard", name)


def schema_gone(shop: Path) -> None:
    (shop / "schemas/stock.schema.json").unlink()
    save(shop, LIN)


def banks(shop: Path, *who: tuple[str, str]) -> None:
    """The account is another, drawn up by the first and joined by the second."""
    branch(shop)
    rewrite(shop, COMPANY, ACCOUNT, ANOTHER)
    save(shop, who[0])
    back(shop)
    save(shop, LEGAL)  # something else came to main meanwhile
    join(shop, who[1], "work")


def banks_in_the_merge_itself(shop: Path) -> None:
    branch(shop)
    save(shop, LIN)
    back(shop)
    join(shop, FINANCE, "work", "--no-commit")
    rewrite(shop, COMPANY, ACCOUNT, ANOTHER)
    save(shop, FINANCE)


def banks_altered_in_the_merge(shop: Path) -> None:
    """Somebody else drew an account up, and who joins it puts in another."""
    branch(shop)
    rewrite(shop, COMPANY, ACCOUNT, "1234 1234")
    save(shop, LIN)
    back(shop)
    join(shop, FINANCE, "work", "--no-commit")
    rewrite(shop, COMPANY, "1234 1234", ANOTHER)
    save(shop, FINANCE)


def banks_finished_by_who_joins(shop: Path) -> None:
    """Somebody else begins; the account that counts is by who joins."""
    branch(shop)
    rewrite(shop, COMPANY, ACCOUNT, "1234 1234")
    save(shop, LIN)
    rewrite(shop, COMPANY, "1234 1234", ANOTHER)
    save(shop, FINANCE)
    back(shop)
    join(shop, FINANCE, "work")


def banks_taken_back(shop: Path) -> None:
    """Joined with an ancestor, the merge has the account of then; nobody drew that up."""
    banks(shop, LIN, FINANCE)
    point(shop, "main~1", "main", "main~1", who=FINANCE)


def banks_by_a_stranger(shop: Path) -> None:
    banks(shop, ("Nobody", "nobody@zefan.example"), FINANCE)


def an_admin_who_left(shop: Path) -> None:
    """The day after the last one; another admin ended it."""
    rewrite(shop, PEOPLE, "roles: [finance]", "roles: [finance, admin]")
    save(shop, ZHOU)
    rewrite(
        shop, PEOPLE, "roles: [manager, admin]", "until: 2026-01-31\n    roles: [manager, admin]"
    )
    save(shop, FINANCE)
    rewrite(shop, PEOPLE, "roles: [salesperson]", "roles: [salesperson, admin]")
    save(shop, ZHOU)


ROLE, ALONE = "guard-role", "guard-alone"
DENIED = "did not have the role"
ATTACKS: dict[str, tuple[Deed, str, str]] = {
    "a role": (edited(PEOPLE, "roles: [salesperson]", "roles: [salesperson, legal]"), ROLE, DENIED),
    "an account": (edited(COMPANY, ACCOUNT, ANOTHER), ROLE, "the bank accounts"),
    "a time zone": (edited(COMPANY, "Asia/Shanghai", "UTC"), ROLE, "time_zone"),
    "order numbers": (edited(COMPANY, "^ZF-", "^(ZF|X)-"), ROLE, "order_number"),
    "a letterhead": (printed_otherwise("templates/letterhead.docx"), ROLE, "printed with"),
    "a template": (printed_otherwise("templates/proforma-invoice.docx"), ROLE, "printed with"),
    "the head of documents": (edited(COMPANY, "www.zefan", "pay-elsewhere.zefan"), ROLE, "print"),
    "templates in one name": (two_files_in_one_name, ROLE, "printed with"),
    "who sees, under another name": (schema("product", seen_by_another_name), ROLE, "who sees"),
    "who sees, beside a reference": (shadowed, ROLE, "who sees"),
    "somebody else shown": (recoded, "commit-recoded", "somebody else"),
    "a clause": (printed_otherwise("templates/clauses/law.yaml"), ROLE, "printed with"),
    "another template": (edited(CATALOGUE, "order-sheet", "quotation"), ROLE, "catalogue"),
    "a logo elsewhere": (edited(COMPANY, "templates/logo.png", "papers/x.png"), ROLE, "logo in"),
    "the flow": (edited(COMPANY, "flow: pull-request", "flow: direct"), ROLE, "flow in"),
    "the margin": (edited(COMPANY, "target_margin: 0.10", "target_margin: 0.01"), ROLE, "margin"),
    "who reviews": (edited(COMPANY, "technical, quality, ", ""), ROLE, "review_departments"),
    "approvals": (approvals_dropped_on_a_branch, ROLE, "what documents take"),
    "a title": (edited(CATALOGUE, "en: Sales Contract", "en: Contract pay elsewhere"), ROLE,
                "catalogue"),
    "own work": (edited(CATALOGUE, "{role: legal}", "{role: legal, own_work: true}"), ROLE, DENIED),
    "an audience": (edited(CATALOGUE, "audience: internal", "audience: customer"), ROLE, DENIED),
    "approved facts": (edited(CATALOGUE, "    facts_approved: [low-price]\n", ""), ROLE, DENIED),
    "facts": (edited(CATALOGUE, "    of: [contract.payment]", "    of: [contract.date]"), ROLE,
              DENIED),
    "a code": (edited(CATALOGUE, "code: OS", "code: OX"), ROLE, DENIED),
    "who sees": (schema("costing", lambda s: s.pop("x-audience")), ROLE, "who sees what"),
    "a place": (schema("costing", lambda s: s["x-file"].update(path="c.yaml")), ROLE, DENIED),
    "a schema gone": (schema_gone, ROLE, "x-file"),
    "a broken company": (broken_file(COMPANY), ROLE, "signing in company.yaml"),
    "a broken catalogue": (broken_file(CATALOGUE), ROLE, DENIED),
    "an admin who left": (an_admin_who_left, ROLE, DENIED),
    "nobody's account": (banks_by_a_stranger, ALONE, "two people"),
    "an account alone": (edited(COMPANY, ACCOUNT, ANOTHER, FINANCE), ALONE, "two people"),
    "an account of an admin": (edited(COMPANY, ACCOUNT, ANOTHER, ZHOU), ALONE, "two people"),
    "in the merge": (banks_in_the_merge_itself, ALONE, "two people"),
    "altered": (banks_altered_in_the_merge, ALONE, "two people"),
    "taken back": (banks_taken_back, ALONE, "two people"),
    "finished alone": (banks_finished_by_who_joins, ALONE, "two people"),
    "people that cannot be read": (edited(PEOPLE, "people:", "people: x\npeople:", ZHOU),
                                   "people-broken", "cannot be read"),
    "nobody could undo it": (edited(COMPANY, "flow: ", "signing: required\nflow: ", ZHOU),
                             "signing-locked", "no admin has a key"),
    "no admin": (edited(PEOPLE, "manager, admin", "manager", ZHOU), "no-admin", "nobody has"),
}  # fmt: skip
ATTACKS["one's own branch"] = (lambda shop: banks(shop, FINANCE, FINANCE), ALONE, "two people")


def by_an_admin(shop: Path) -> None:
    rewrite(shop, CATALOGUE, "    approvals: [{role: legal}]\n", "")
    rewrite(shop, COMPANY, "target_margin: 0.10", "target_margin: 0.20")
    rewrite(shop, PEOPLE, "roles: [salesperson]", "roles: [salesperson, supervisor]")
    save(shop, ZHOU)


def joined_by_an_admin(shop: Path) -> None:
    branch(shop)
    rewrite(shop, CATALOGUE, "    approvals: [{role: legal}]\n", "")
    save(shop, LIN)
    schema("stock", lambda s: s.update({"x-audience": ["internal"]}))(shop)
    back(shop)
    join(shop, ZHOU, "work")


def free_for_everybody(shop: Path) -> None:
    rewrite(shop, COMPANY, "tracking: {days: 3", "tracking: {days: 4")
    schema("stock", lambda s: s.update(title="Stock on hand · 现有库存"))(shop)


def in_gbk(shop: Path) -> None:
    rewrite(shop, COMPANY, "tracking: {days: 3", "tracking: {days: 4")
    git(shop, "config", "i18n.commitEncoding", "GBK")
    save(shop, LIN, "-m", "跟踪期限")


RIGHTS: dict[str, Deed] = {
    "in another encoding": in_gbk,
    "by an admin": by_an_admin,
    "joined by an admin": joined_by_an_admin,
    "free for everybody": free_for_everybody,
    "a template by legal": printed_otherwise("templates/letterhead.docx", LEGAL),
    "an account by two": lambda shop: banks(shop, LIN, FINANCE),
    "an account by an admin and another": lambda shop: banks(shop, FINANCE, ZHOU),
}
