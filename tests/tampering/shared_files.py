"""Shared files put on `main` with which nobody could go on, or that have errors of their own.

ATTACKS are (how, what the hook names); of those in STOPS verify finds `shared-errors`.
"""

from pathlib import Path

from tests.tampering.mainline import LIN, ZHOU, Deed, git, rewrite, save

Person = tuple[str, str]


def edited(path: str, find: str, put: str, who: Person = LIN) -> Deed:
    def how(shop: Path) -> None:
        rewrite(shop, path, find, put)
        save(shop, who)

    return how


def removed(path: str, who: Person) -> Deed:
    def how(shop: Path) -> None:
        git(shop, "rm", "--quiet", path)
        save(shop, who)

    return how


_INQUIRY = "schemas/inquiry.schema.json"
STOPS: dict[str, tuple[Deed, str]] = {
    "an unusable pattern": (
        edited(_INQUIRY, '"reference": {', '"reference": {"pattern": "(",'), "schemas/ has errors",
    ),
    "a reference to nowhere": (
        edited(_INQUIRY, "common.schema.json#/$defs/reference", "common.schema.json#/$defs/none"),
        "schemas/ has errors",
    ),
    "no JSON": (edited(_INQUIRY, "{", "", ZHOU), "schemas/ has errors"),
    "a company that does not fit": (
        edited("company.yaml", "paper: ", "paper: A9 #"), "company.yaml has errors: SCH",
    ),
    "a schema that it does not fit": (
        edited("schemas/company.schema.json", '"required": [', '"required": ["zzz", '),
        "company.yaml has errors: SCH",
    ),
}  # fmt: skip
ATTACKS: dict[str, tuple[Deed, str]] = {
    **STOPS,
    "no catalogue": (
        removed("templates/catalogue.yaml", ZHOU), "templates/catalogue.yaml has errors: FILE05",
    ),
    "a customer that does not fit": (
        edited("customers/MFANO.yaml", "name:", "nmae:"), "customers/MFANO.yaml has errors: SCH",
    ),
    "by a rule over all": (
        edited("company.yaml", "order_number: ", "order_number: '(' #", ZHOU), "company.yaml has",
    ),
}  # fmt: skip
