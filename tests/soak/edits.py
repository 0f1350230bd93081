"""Random edits of an honest push to the access log, or to a witness's branch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tests.soak.pushes import Case, moment, whole


def drop(case: Case) -> None:
    if len(case.specs) > 1:
        del case.specs[case.some()]


def again(case: Case) -> None:
    case.specs.insert(case.some(), case.specs[case.some()])


def move(case: Case) -> None:
    case.chance.shuffle(case.specs)


def sign_anew(case: Case) -> None:
    case.put(sign=case.signs[case.chance.choice(["zhou", "lin", "old", "nobody"])])


def unsign(case: Case) -> None:
    case.put(sign=None)


def sign_twice(case: Case) -> None:
    case.put(twice=True)


def date_anew(case: Case) -> None:
    minutes = case.chance.choice([-9, 9, -11, 11, -60, 60, -9000, -100_000, 100_000])
    at = case.some()
    case.put(when=case.specs[at].when + timedelta(minutes=minutes))


def author_s_date(case: Case) -> None:
    case.put(authored=moment(days=1))


def odd_zone(case: Case) -> None:
    case.put(zone=case.chance.choice(["+0800", "-0000", "+0060", "+2500"]))


def merge(case: Case) -> None:
    case.put(more=(case.odd[case.chance.choice(["other", "first", "main", "side"])],))


def root(case: Case) -> None:
    case.put(parents=())


def graft(case: Case) -> None:
    case.put(parents=(case.odd[case.chance.choice(["other", "first", "main"])],))


def another(case: Case) -> None:
    case.put(by=("Zhou Mo", "zhou.mo@zefan.example"))


def another_author(case: Case) -> None:
    case.put(author=("Gu Fa", "gu.fa@zefan.example"))


def everybody_else(case: Case) -> None:
    who = case.chance.choice([("Gu Fa", "gu.fa@zefan.example"), ("X", "x@zefan.example")])
    case.specs[:] = [replace(each, by=who) for each in case.specs]


def spelt_otherwise(case: Case) -> None:
    at = case.some()
    name, email = case.specs[at].by
    how = case.chance.choice([email.upper(), f" {email}", f"{email} ", email.title()])
    case.specs[at] = replace(case.specs[at], by=(name, how))


def called_otherwise(case: Case) -> None:
    case.put(by=(case.chance.choice(["林样", "L  Y", " Lin", "."]), case.specs[0].by[1]))


def files(case: Case) -> None:
    case.put(tree=case.odd[case.chance.choice(["tree", "hollow"])], text="")


def head_line(case: Case) -> None:
    case.put(head=case.chance.choice(["encoding latin-1\n", "x y\n", "gpgsig x\n"]))


def said_more(case: Case) -> None:
    case.put(tail=case.chance.choice(["\n", " ", "Seen: x\n", "\nSigned-off-by: x\n"]))


def subject(case: Case) -> None:
    case.put(subject=case.chance.choice(["Open", "x", "Docpipe-Access: 1", ""]))


def mark(case: Case) -> None:
    first = case.specs[0].trailers[0][0]
    case.tell(**{first: case.chance.choice(["2", "1 ", "１", "01"])})


def set_back(case: Case) -> None:
    case.tip = case.odd["first"]


def delete(case: Case) -> None:
    case.tip = None


def rename(case: Case) -> None:
    """The whole branch under another name."""
    kind, _, rest = case.ref.removeprefix("refs/heads/").partition("/")
    names = {
        "access": [f"{rest[:-1]}9", f"{rest}x", rest.upper(), "zhou.mo@zefan.example/pc-000009",
                   "x/y/z", f"{rest.partition('/')[0]}/pc-00000\u0661", "lin"],
        "witness": ["other", "Other", "a.b", "x/y", "\u0661"],
    }[kind]  # fmt: skip
    case.ref, case.old = f"refs/heads/{kind}/{case.chance.choice(names)}", ""


# Edits of entries


def sequence(case: Case) -> None:
    number = case.specs[case.some()].told("Sequence")
    ways = [f"0{number}", f"+{number}", f" {number}", f"{int(number) + 1}", "0", "-1", "9" * 16,
            number.translate({48 + n: 0x661 + n for n in range(9)})]  # fmt: skip
    case.tell(Sequence=case.chance.choice(ways))


def count_on(case: Case) -> None:
    """Number them anew, as who took one out would do."""
    start = int(case.odd["number"])
    case.specs[:] = [each.telling(Sequence=str(start + n)) for n, each in enumerate(case.specs, 1)]


def main(case: Case) -> None:
    case.tell(Main=case.odd[case.chance.choice(["old main", "main", "side", "nowhere", "first"])])


def words(case: Case) -> None:
    key = case.chance.choice(["Command", "Order", "Document", "Reason", "Number", "Seen"])
    case.tell(**{key: case.chance.choice(["x", "open", "", "a  b", "a\tb", "\u2028", "x" * 2001])})


def reorder(case: Case) -> None:
    at = case.some()
    told = list(case.specs[at].trailers)
    case.chance.shuffle(told)
    case.specs[at] = replace(case.specs[at], trailers=tuple(told))


# Edits of checkpoints


def rows(case: Case) -> None:
    at = case.some()
    lines = case.specs[at].text.splitlines()[:-1]
    row = case.chance.randrange(2, len(lines))
    branch = lines[row].partition(" ")[2]
    way = case.chance.choice(["", "main", "first", "nowhere", "old main", "twice", "order", "date"])
    if way in case.odd:
        lines[row] = f"{case.odd[way]} {branch}"
    elif way == "date":
        lines[1] = case.chance.choice([lines[1].replace("T", " "), moment(hours=3).isoformat()])
    elif way:
        lines.insert(row if way == "twice" else 2, lines[row])
    else:
        del lines[row]
    case.specs[at] = replace(case.specs[at], text=whole(lines))


def bytes_of_it(case: Case) -> None:
    at = case.some()
    text = case.specs[at].text
    ways = [text.replace("\n", "\r\n"), text + "\n", text.upper(), text[:-2], text + " "]
    case.specs[at] = replace(case.specs[at], text=case.chance.choice(ways))


def branch_more(case: Case) -> None:
    at = case.some()
    lines = case.specs[at].text.splitlines()[:-1]
    name = case.chance.choice(["access/x@y.example/pc-000000", "x", "Records", "access/x"])
    both = sorted([*lines[2:], f"{case.odd['main']} {name}"], key=lambda line: line.split(" ")[1])
    case.specs[at] = replace(case.specs[at], text=whole([*lines[:2], *both]))


Edit = Callable[[Case], None]
ANY: tuple[Edit, ...] = (
    drop, again, move, sign_anew, unsign, sign_twice, date_anew, author_s_date, odd_zone, merge,
    root, graft, another, another_author, everybody_else, spelt_otherwise, called_otherwise, files,
    head_line, said_more, subject, mark, set_back, delete, rename,
)  # fmt: skip
ACCESS: tuple[Edit, ...] = (*ANY, sequence, count_on, count_on, main, main, words, words, reorder)
WITNESS: tuple[Edit, ...] = (*ANY, rows, rows, rows, bytes_of_it, branch_more)
