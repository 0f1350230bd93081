"""New: a folder with order.yaml for a new order."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docpipe.adapters import git
from docpipe.adapters.atomic_write import write_whole
from docpipe.adapters.schemas.patterns import fits
from docpipe.diagnostics import DocpipeError, Text, Value, nearest
from docpipe.workspace.company_time import local_time
from docpipe.workspace.scaffold import scaffold, schema_path
from docpipe.workspace.workspace import Workspace

_FORM = Text(
    "{number} is not an order number here (it must match {pattern})",
    "{number} 不符合订单号规则（{pattern}）",
)
_COMPANY = Text("The form is order_number in company.yaml", "规则见 company.yaml 的 order_number")
_TAKEN = Text("There is an order {number} already: {folder}", "订单 {number} 已存在：{folder}")
_NO_MASTER = Text(
    "{code} is not known: there is no usable {path}", "找不到 {code}：没有可用的 {path}"
)
_TERM = Text('"{text}" is not a price term', "“{text}”不是价格条件")
_TERM_FORM = Text('Write the rule and the place: "FOB Ningbo"', '请写术语和地点："FOB Ningbo"')


class Start(Value):
    """What the person says of a new order; "" for the company's default."""

    number: str
    customer: str
    products: Sequence[str] = ()
    currency: str = ""
    price_term: str = ""
    channel: str = ""


def new(workspace: Workspace, start: Start, now: datetime, lang: str) -> Path:
    """Write order.yaml; returns its path.

    Raises DocpipeError for a number of the wrong form or taken, and for unknown codes.
    """
    _check_number(workspace, start.number)
    for kind, code in [("customer", start.customer), *(("product", p) for p in start.products)]:
        if workspace.master(kind, code) is None:
            missing = workspace.master_path(kind, code)
            codes = sorted(p.stem for p in (workspace.root / missing).parent.glob("*.yaml"))
            hint = nearest(code.upper(), codes)
            raise DocpipeError(_NO_MASTER, hint, exit_code=2, code=code, path=missing)
    today = local_time(workspace, now).date()
    folder = f"orders/{today:%Y}/{today:%m}/{start.number}"
    path = workspace.root / folder / "order.yaml"
    schema = workspace.schemas.schema("order")
    known = _known(workspace, start, today.isoformat())
    text = scaffold(schema, known, lang, schema_path(f"{folder}/order.yaml", "order"))
    write_whole(path, text.encode())
    return path


def _check_number(workspace: Workspace, number: str) -> None:
    pattern = workspace.company.text("order_number")
    if not fits(f"^(?:{pattern.removeprefix('^').removesuffix('$')})$", number):
        raise DocpipeError(_FORM, _COMPANY, exit_code=2, number=number, pattern=pattern)
    for folder in workspace.order_folders:
        if folder.rpartition("/")[2] == number:
            raise DocpipeError(_TAKEN, exit_code=2, number=number, folder=folder)


def _known(workspace: Workspace, start: Start, today: str) -> dict[str, Any]:
    company = workspace.company.plain()
    defaults = company.get("defaults", {})
    incoterm = _price_term(start.price_term) if start.price_term else defaults.get("incoterm")
    return {
        "number": start.number,
        "opened": today,
        "customer": start.customer,
        "channel": start.channel or defaults.get("channel"),
        "salesperson": _salesperson(workspace),
        "currency": start.currency or defaults.get("currency"),
        "incoterm": incoterm,
        "transport": None if start.price_term else defaults.get("transport"),
        "lines": [
            {"id": number, "product": code, "origin": company["country"]}
            for number, code in enumerate(start.products, 1)
        ],
    }


def _price_term(text: str) -> dict[str, str]:
    rule, _, place = text.strip().partition(" ")
    if not place.strip():
        raise DocpipeError(_TERM, _TERM_FORM, exit_code=2, text=text)
    return {"rule": rule.upper(), "place": place.strip()}


def _salesperson(workspace: Workspace) -> str | None:
    """Who works here by Git's word, if people.yaml lists them; else the first salesperson."""
    people = workspace.needed("people.yaml").rows("people")
    emails = [person.text("email") for person in people]
    own = git.email(workspace.root)
    if own in emails:
        return own
    sales = (p.text("email") for p in people if p.text("department") == "sales")
    return next(sales, None)
