"""Main's line of first parents and what is signed on it: attacks, and what is right.

As in `guards`; all of it where everything is signed. A right is several deeds, each pushed.
"""

from pathlib import Path

from tests.issuing import FOLDER
from tests.signing import public
from tests.tampering import guards
from tests.tampering.mainline import (
    LEGAL,
    LIN,
    ZHOU,
    Deed,
    back,
    branch,
    git,
    join,
    moment,
    point,
    rewrite,
    save,
)

ORDER, COMPANY = f"{FOLDER}/order.yaml", "company.yaml"
UNSIGNED = "--no-gpg-sign"
SERVER = ("GitHub", "noreply@github.com")


def note(shop: Path, path: str, text: str = "# noted\n") -> None:
    file = shop / path
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(old + text, encoding="utf-8")


def unsigned(shop: Path) -> None:
    note(shop, ORDER)
    save(shop, LIN, UNSIGNED)


def apart(shop: Path) -> None:
    """A colleague's branch, signed, and something else that came to main meanwhile."""
    branch(shop)
    note(shop, ORDER)
    save(shop, LIN)
    back(shop)
    note(shop, "notes.txt")
    save(shop, LEGAL)


def joined_with_its_own_ancestor(shop: Path) -> None:
    """What others signed is taken back by a merge that nobody signs."""
    note(shop, ORDER)
    save(shop, ZHOU)
    point(shop, "main~1", "main", "main~1", who=LIN)


def changed_while_joined(shop: Path) -> None:
    apart(shop)
    join(shop, LIN, "work", "--no-commit")
    note(shop, ORDER, "# slipped in\n")
    save(shop, LIN, UNSIGNED)


def colleagues_work_left_out(shop: Path) -> None:
    apart(shop)
    join(shop, LIN, "work", UNSIGNED, "--strategy=ours")


def three_joined_at_once(shop: Path) -> None:
    apart(shop)
    branch(shop, "other", "main~1")
    note(shop, "other.txt")
    save(shop, LIN)
    back(shop)
    git(shop, "merge", "--quiet", "--no-ff", UNSIGNED, "-m", "Join", "work", "other")


def joined_by_its_own_attributes(shop: Path) -> None:
    """The tree itself says that lines which meet are to be put one after the other."""
    note(shop, ".gitattributes", "*.txt merge=union\n")
    note(shop, "notes.txt", "one\n")
    save(shop, LIN)
    branch(shop)
    rewrite(shop, "notes.txt", "one", "two")
    save(shop, LIN)
    back(shop)
    rewrite(shop, "notes.txt", "one", "three")
    save(shop, LIN)
    join(shop, LIN, "work", UNSIGNED)


def the_other_way_round(shop: Path) -> None:
    """As `git pull` does it: one's own commits in front, main joined as if it were a branch."""
    branch(shop, "mine", "main~1")
    note(shop, ORDER)
    save(shop, LIN, UNSIGNED)  # begun before it was asked for
    join(shop, LIN, "main", UNSIGNED)
    git(shop, "branch", "--quiet", "--force", "main", "mine")
    back(shop)


def signing_left_off_until_2099(shop: Path) -> None:
    """The same, with company.yaml of before signatures were asked for, and a clock that is off."""
    branch(shop, "mine", "main~1")
    note(shop, ORDER)
    save(shop, LIN, UNSIGNED)
    git(shop, "merge", "--quiet", "--no-commit", "--no-ff", "main")
    rewrite(shop, COMPANY, "signing: required\n", "")
    save(shop, LIN, **moment(26_000))
    note(shop, ORDER)
    save(shop, LIN, UNSIGNED)
    git(shop, "branch", "--quiet", "--force", "main", "mine")
    back(shop)


def begun_before_it_was_asked_for(shop: Path) -> None:
    branch(shop, "work", "main~1")
    note(shop, ORDER)
    save(shop, LIN, UNSIGNED)
    back(shop)
    join(shop, ZHOU, "work")


def left_off_in_an_admins_name(shop: Path) -> None:
    rewrite(shop, COMPANY, "signing: required\n", "")
    save(shop, ZHOU, UNSIGNED)
    note(shop, ORDER)
    save(shop, LIN, UNSIGNED)


def a_role_by_a_merge_that_nobody_signed(shop: Path) -> None:
    branch(shop)
    rewrite(shop, "people.yaml", "roles: [salesperson]", "roles: [salesperson, legal]")
    save(shop, LIN)
    back(shop)
    join(shop, ZHOU, "work", UNSIGNED)


def a_key_that_vouches_for_itself(shop: Path) -> None:
    """Lin enters a key of Lin's as the admin's, and signs that with it in the admin's name."""
    mine = public(shop.parent / "keys/0")
    rewrite(shop, "people.yaml", f"email: {ZHOU[1]}\n    keys: [",
            f"email: {ZHOU[1]}\n    keys: [{{key: {mine}}}, ")  # fmt: skip
    rewrite(shop, "people.yaml", "roles: [salesperson]", "roles: [salesperson, admin]")
    save(shop, ZHOU, f"--gpg-sign={shop.parent / 'keys/0.pub'}")


def a_key_taken_out(shop: Path) -> None:
    text = (shop / "people.yaml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if public(shop.parent / "keys/0") in line)
    rewrite(shop, "people.yaml", f"{line}\n", "")
    save(shop, ZHOU)


ATTACKS: dict[str, tuple[Deed, str, str]] = {
    "unsigned": (unsigned, "unsigned", "is not signed"),
    "joined with its own ancestor": (joined_with_its_own_ancestor, "unsigned", "is not signed"),
    "changed while joined": (changed_while_joined, "unsigned", "is not signed"),
    "left out": (colleagues_work_left_out, "unsigned", "is not signed"),
    "three at once": (three_joined_at_once, "unsigned", "is not signed"),
    "by its own attributes": (joined_by_its_own_attributes, "unsigned", "is not signed"),
    "the other way round": (the_other_way_round, "guard-role", "go on from other commits"),
    "until 2099": (signing_left_off_until_2099, "signing-dropped", "go on from other commits"),
    "begun before": (begun_before_it_was_asked_for, "unsigned", "is not signed"),
    "left off by a salesperson": (
        guards.edited(COMPANY, "signing: required\n", ""), "guard-role", "signing in company.yaml",
    ),
    "left off by breaking the file": (
        guards.broken_file(COMPANY), "guard-role", "signing in company.yaml",
    ),
    "left off in an admin's name": (left_off_in_an_admins_name, "unsigned", "did not sign it"),
    "a role by a merge": (
        a_role_by_a_merge_that_nobody_signed, "guard-unsigned", "did not sign it",
    ),
    "a key for itself": (a_key_that_vouches_for_itself, "guard-unsigned", "did not sign it"),
    "a key taken out": (a_key_taken_out, "", "loses keys"),
}  # fmt: skip


def joined_by_the_server(shop: Path) -> None:
    """As a host does it on its pages: nobody's key; files moved, others' lines beside."""
    branch(shop)
    (shop / "orders/2026/04").mkdir(parents=True, exist_ok=True)
    git(shop, "mv", FOLDER, f"orders/2026/04/{Path(FOLDER).name}")
    save(shop, LIN)
    back(shop)
    note(shop, ORDER)
    save(shop, LEGAL)
    git(shop, "merge", "--quiet", "--no-ff", UNSIGNED, "-m", "Merge pull request", "work",
        GIT_COMMITTER_NAME=SERVER[0], GIT_COMMITTER_EMAIL=SERVER[1])  # fmt: skip


def left_off_by_the_admin(shop: Path) -> None:
    branch(shop, "begun")
    note(shop, "begun.txt")
    save(shop, LIN)
    back(shop)
    rewrite(shop, COMPANY, "signing: required\n", "")
    save(shop, ZHOU)


def asked_for_again(shop: Path) -> None:
    rewrite(shop, COMPANY, "flow: ", "signing: required\nflow: ")
    save(shop, ZHOU)


RIGHTS: dict[str, tuple[Deed, ...]] = {
    "by the server": (joined_by_the_server,),
    "left off, and on": (
        left_off_by_the_admin,
        unsigned,
        lambda shop: join(shop, LIN, "begun", UNSIGNED),
        asked_for_again,
        lambda shop: save(shop, LIN),
    ),
}
