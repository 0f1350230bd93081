"""Large workspaces for benchmarks and tests: the sample orders over and over, each another order.

    python -m bench.workspaces DIR ORDERS

Numbers and customers differ; a customer has a handful of orders, as in life. The files of an order
are the sample's, byte for byte, but for number and customer.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ("suppliers", "forwarders", "products", "markets", "supervision", "schemas", "templates")
_FORM = "d{4}$'"
"""How the form of the sample company's order numbers ends; ours have a digit more."""
_TOGETHER = 24
"""So many orders in a row share their customers: four of each of the six samples."""


def make(target: Path, orders: int) -> list[str]:
    """Make a workspace of so many orders in the new folder `target`; the orders' folders."""
    target.mkdir(parents=True)
    for name in SHARED:
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "people.yaml", target)
    company = (ROOT / "company.yaml").read_text(encoding="utf-8")
    assert _FORM in company
    (target / "company.yaml").write_text(company.replace(_FORM, "d{5}$'"), encoding="utf-8")
    samples = sorted(path.parent for path in (ROOT / "orders").rglob("order.yaml"))
    return [
        _order(samples[index % len(samples)], target, index, index // _TOGETHER)
        for index in range(orders)
    ]


def _order(sample: Path, target: Path, index: int, group: int) -> str:
    number = f"{sample.name[:-4]}{10_001 + index}"
    folder = target / sample.relative_to(ROOT).with_name(number)
    shutil.copytree(sample, folder)
    path = folder / "order.yaml"
    text = path.read_text(encoding="utf-8")
    code = next(line for line in text.splitlines() if line.startswith("customer: "))[10:]
    another = f"{code}-{group + 1}"
    for file in folder.rglob("*.yaml"):
        before = file.read_text(encoding="utf-8")
        after = before.replace(sample.name, number).replace(
            f"customer: {code}", f"customer: {another}"
        )
        if after != before:
            file.write_text(after, encoding="utf-8")
    _customer(target, code, another)
    return folder.relative_to(target).as_posix()


def _customer(target: Path, code: str, another: str) -> None:
    """The customer under another code, with what belongs to it."""
    for sample in [ROOT / "customers" / f"{code}.yaml", *(ROOT / "surveys").rglob(f"{code}.yaml")]:
        copy = target / sample.relative_to(ROOT).with_name(f"{another}.yaml")
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = sample.read_text(encoding="utf-8")
            copy.write_text(text.replace(f"code: {code}", f"code: {another}"), encoding="utf-8")


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), int(sys.argv[2]))
    print(f"{len(made):,} orders in {sys.argv[1]}")
