"""Orders and files put on `main` where they would be taken for others, and honest names.

Each deed leaves main of the shop as somebody would push it. ATTACKS are (how, the code by which
verify names it, words of the hook); RIGHTS are let in, and nothing is found.
"""

import shutil
import unicodedata
from pathlib import Path

from tests.issuing import FOLDER, ORDER
from tests.receiving import named
from tests.tampering.mainline import LIN, ZHOU, Deed, git, save

LONG = "longer than 200 characters"
NAME, TWICE = "does not work on every computer", f"Order {ORDER} stands in several folders"
OTHER = "orders/2026/02/ZF-2026-0001"


def added(*files: str, who: tuple[str, str] = LIN) -> Deed:
    """Somebody, a salesperson, adds files."""

    def how(shop: Path) -> None:
        for file in files:
            (shop / file).parent.mkdir(parents=True, exist_ok=True)
            (shop / file).write_text("x: 1\n", encoding="utf-8")
        save(shop, who)

    return how


def copied_to(home: str, *files: str) -> Deed:
    """The order, or some of its files, a second time in another folder."""

    def how(shop: Path) -> None:
        there = shop / home / ORDER
        there.mkdir(parents=True)
        for file in files or [path.name for path in (shop / FOLDER).glob("*.yaml")]:
            shutil.copyfile(shop / FOLDER / file, there / file)
        save(shop, LIN)

    return how


def moved_to(path: str) -> Deed:
    """The order moved."""

    def how(shop: Path) -> None:
        (shop / path).parent.mkdir(parents=True, exist_ok=True)
        git(shop, "mv", FOLDER, path)
        save(shop, LIN)

    return how


def first_without_its_sheet(shop: Path) -> None:
    """The folder comes first, with nothing that makes it an order's; then the sheet alone."""
    added(f"orders/2026/{ORDER}/note.txt")(shop)
    past_the_hook(shop)
    shutil.copyfile(shop / FOLDER / "order.yaml", shop / f"orders/2026/{ORDER}/order.yaml")
    save(shop, LIN)


def renamed_in_capitals(shop: Path) -> None:
    added("customers/note.txt")(shop)
    git(shop, "mv", "customers/note.txt", "customers/Note.txt")
    save(shop, LIN)


def buried(path: str) -> Deed:
    """A file that no disk need hold: main has it, the working tree not."""

    def how(shop: Path) -> None:
        blob = git(shop, "rev-parse", "HEAD:people.yaml")
        git(shop, "update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
        tree = git(shop, "write-tree")
        made = git(shop, "commit-tree", tree, "-p", "HEAD", "-m", "x", **named(LIN))
        git(shop, "update-ref", "refs/heads/main", made)

    return how


def past_the_hook(shop: Path) -> None:
    """Let in what main is here."""
    git(shop.parent / "shared.git", "fetch", "--quiet", str(shop), "+main:main")


ATTACKS: dict[str, tuple[Deed, str, str]] = {
    "beside": (copied_to("orders/2026"), "order-twice", TWICE),
    "straight below orders": (copied_to("orders"), "order-twice", TWICE),
    "another month": (copied_to("orders/2025/01", "contract.yaml"), "order-twice", TWICE),
    "in another order": (copied_to(f"{OTHER}/papers"), "order-twice", TWICE),
    "its sheet later": (first_without_its_sheet, "order-twice", TWICE),
    "people": (added("People.yaml"), "path-name", NAME),
    "the catalogue": (added("templates/Catalogue.yaml", who=ZHOU), "path-name", NAME),
    "a folder": (added("Templates/contract.docx"), "path-name", NAME),
    "schemas": (added("SCHEMAS/x.schema.json"), "path-name", NAME),
    "a customer": (added("customers/mfano.yaml"), "path-name", NAME),
    "two at once": (added("customers/A.txt", "customers/a.txt"), "path-name", NAME),
    "a hidden one": (added(".Gitattributes"), "path-name", NAME),
    "composed": (added("notes/\u00e9.txt", "notes/e\u0301.txt"), "path-name", NAME),
    "decomposed alone": (
        added(f"notes/{unicodedata.normalize('NFD', 'é')}.txt"), "path-name", NAME,
    ),
    "a device": (added("notes/aux.txt"), "path-name", NAME),
    "a colon": (added("people.yaml:x"), "path-name", NAME),
    "a long path": (added("notes/" + f"{'x' * 64}/" * 3 + "a.txt"), "path-name", LONG),
    "a dot at the end": (added("people.yaml."), "path-name", NAME),
}  # fmt: skip

UNHOLDABLE: dict[str, tuple[Deed, str]] = {
    "deep down": (buried("notes/" + "dddddd/" * 500 + "x.yaml"), LONG),
    "deep in an order": (buried(f"{FOLDER}/" + "d/" * 1200 + "x.yaml"), LONG),
    "a long name": (buried("notes/" + "合" * 86), "longer than 255 bytes"),
}
"""What few disks can hold: verify calls it path-name."""

RIGHTS: dict[str, Deed] = {
    "an order moves": moved_to(f"orders/2026/{ORDER}"),
    "an order moves up": moved_to(f"orders/{ORDER}"),
    "a new name": renamed_in_capitals,
    "Chinese": added("notes/合同（草稿）.txt", "notes/caf\u00e9.txt"),
    "a path just short enough": added("notes/" + f"{'x' * 62}/" * 3 + "a.txt"),
    "one name in two folders": added("notes/a/b.txt", "notes/c/B.txt"),
}
