"""Approvals of named facts: who may give them, what makes them lapse, and what needs them."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.adapters.git.kit import git, on_record
from tests.conftest import Run
from tests.issuing import LIN, ORDER, SHELF, ZHOU, edit, given, introduced, read, saved
from tests.issuing import kept as kept_by_git
from tests.tampering.kit import Step, edited, history, rewritten, swapped

QIAN = ("钱账", "qian.zhang@zefan.example")
TERMS = f"approvals/{SHELF}/payment-terms"
LOW = f"approvals/{SHELF}/low-price"


@pytest.fixture
def kept(shop: Path) -> Path:
    """The sample workspace in Git, where finance works."""
    return introduced(kept_by_git(shop), QIAN)


def low_price(shop: Path) -> None:
    """Ask for a margin that the price does not reach, and enter the manager's name."""
    target = "target_margin: 0.12\n"
    saved(
        shop,
        "costing.yaml",
        target,
        "target_margin: 0.60\napproved: {by: zhou.mo@zefan.example, at: 2026-03-04T10:00+08:00}\n",
    )


def test_facts_are_approved_by_name_and_are_on_record(inside: Run, kept: Path) -> None:
    done = inside("approve", ORDER, "payment-terms", "--comment", "as usual", cwd=kept)
    assert done.returncode == 0, done.stderr
    first, _, back = done.stderr.splitlines()
    assert first == f"Approved by 钱账 (finance officer), on record as: {TERMS}/1.yaml"
    assert back == f'  docpipe approve --withdraw {ORDER} payment-terms --reason "Why"'
    assert on_record(kept) == [f"{TERMS}/1.txt", f"{TERMS}/1.yaml"]
    assert read(kept, f"{TERMS}/1.yaml").text("document") == "payment-terms"
    text = git(kept, "show", f"records:{TERMS}/1.txt")
    assert text.startswith('"contract.yaml:payment": [{id: "deposit"')
    again = inside("approve", ORDER, "payment-terms", cwd=kept)
    assert again.stderr.startswith("Already approved by 钱账 (finance officer)")
    shown = inside("approvals", ORDER, cwd=kept)
    assert "payment-terms\n  1. 钱账 (finance officer)" in shown.stdout
    assert shown.stdout.split("payment-terms\n")[1].split("\n")[0].endswith(": counts")
    assert shown.returncode == 0


@pytest.mark.parametrize("name", ["contract.payment", "contract:payment"])
def test_facts_are_also_called_by_the_field_that_they_are(
    name: str, inside: Run, kept: Path
) -> None:
    assert inside("approve", ORDER, name, cwd=kept).returncode == 0
    assert on_record(kept) == [f"{TERMS}/1.txt", f"{TERMS}/1.yaml"]


def test_what_is_no_facts_of_the_order_is_refused_with_what_there_is(
    inside: Run, kept: Path
) -> None:
    done = inside("approve", ORDER, "payment-term", cwd=kept)
    assert done.returncode == 2
    assert 'nothing called "payment-term" to approve yet' in done.stderr
    assert "payment-terms" in done.stderr
    none = inside("--lang", "zh", "approve", ORDER, "low-price", cwd=kept)
    assert "尚无可审批的“low-price”" in none.stderr


def test_only_the_role_approves_them(inside: Run, kept: Path) -> None:
    introduced(kept, LIN)
    done = inside("approve", ORDER, "payment-terms", cwd=kept)
    assert done.returncode == 1
    assert "may not approve this: it takes the role finance" in done.stderr
    assert on_record(kept) == []


def test_nobody_approves_the_facts_that_they_changed_last_others_of_the_order_do_not_matter(
    inside: Run, kept: Path
) -> None:
    saved(kept, "quotation.yaml", "\n", "\n# looked at\n")
    assert inside("approve", ORDER, "payment-terms", cwd=kept).returncode == 0
    edit(kept, "contract.yaml", "payment:", "# looked at\npayment:")
    git(kept, "commit", "--quiet", "-am", "x", GIT_AUTHOR_EMAIL=QIAN[1])
    inside("approve", "--withdraw", ORDER, "payment-terms", "--reason", "x", cwd=kept)
    done = inside("approve", ORDER, "payment-terms", cwd=kept)
    assert done.returncode == 1
    assert "is the last who changed its files" in done.stderr


def test_a_change_of_the_facts_makes_it_lapse_and_says_which_in_trade_words(
    inside: Run, kept: Path
) -> None:
    assert inside("approve", ORDER, "payment-terms", cwd=kept).returncode == 0
    edit(kept, "contract.yaml", "payment:", "# layout only\npayment:")
    assert inside("approvals", ORDER, cwd=kept).returncode == 0
    edit(kept, "contract.yaml", "percent: 30", "percent: 20")
    edit(kept, "contract.yaml", "percent: 70", "percent: 80")
    shown = inside("approvals", ORDER, cwd=kept)
    assert shown.returncode == 1
    assert "lapsed: the facts have changed since" in shown.stdout
    assert "30 -> 20" in shown.stdout
    chinese = inside("--lang", "zh", "approvals", ORDER, cwd=kept).stdout
    assert "已失效：事项此后有改动" in chinese
    assert "30 → 20" in chinese


def test_an_approval_of_facts_is_withdrawn(inside: Run, kept: Path) -> None:
    inside("approve", ORDER, "payment-terms", cwd=kept)
    done = inside("approve", "--withdraw", ORDER, "payment-terms", "--reason", "wrong", cwd=kept)
    assert done.stderr == f"Withdrawn: {TERMS}/1.yaml\n"
    shown = inside("approvals", ORDER, cwd=kept)
    assert "withdrawn" in shown.stdout
    assert shown.returncode == 1


def test_facts_of_a_file_each_are_approved_one_by_one(inside: Run, kept: Path) -> None:
    introduced(kept, ZHOU)
    done = inside("approve", ORDER, "purchase-release-1", cwd=kept)
    assert done.returncode == 0, done.stderr
    assert on_record(kept)[0] == f"approvals/{SHELF}/purchase-release-1/1.txt"
    assert '"purchases/1.yaml:' in git(
        kept, "show", f"records:approvals/{SHELF}/purchase-release-1/1.txt"
    )


def test_a_document_that_needs_facts_approved_is_issued_only_then(inside: Run, kept: Path) -> None:
    introduced(kept, LIN)
    low_price(kept)
    done = inside("issue", ORDER, "quotation", cwd=kept)
    assert done.returncode == 1
    assert "is not approved: manager (Price below target margin)" in done.stderr
    assert on_record(kept) == []
    introduced(kept, ZHOU)
    assert inside("approve", ORDER, "low-price", cwd=kept).returncode == 0
    introduced(kept, LIN)
    assert inside("issue", ORDER, "quotation", cwd=kept).returncode == 0
    assert len(given(kept)) == 1
    saved(kept, "costing.yaml", "cost: 2.21", "cost: 2.25")
    lapsed = inside("approvals", ORDER, cwd=kept)
    assert "cost of line 1: 2.21 -> 2.25" in lapsed.stdout


def test_without_such_facts_nobody_is_asked(inside: Run, kept: Path) -> None:
    introduced(kept, LIN)
    assert inside("issue", ORDER, "quotation", cwd=kept).returncode == 0


@pytest.fixture
def quoted(inside: Run, kept: Path) -> Path:
    """A quotation below the target margin on record, which the manager approved."""
    introduced(kept, LIN)
    low_price(kept)
    introduced(kept, ZHOU)
    assert inside("approve", ORDER, "low-price", cwd=kept).returncode == 0
    introduced(kept, LIN)
    assert inside("issue", ORDER, "quotation", cwd=kept).returncode == 0
    return kept


def test_a_record_names_the_approvals_of_facts_and_verify_holds_them_against_the_facts(
    inside: Run, quoted: Path
) -> None:
    path = f"orders/{SHELF}/quotation/r0.yaml"
    approvals = read(quoted, path).find("approvals")
    assert approvals is not None
    assert [each.value for each in approvals.items] == [f"{LOW}/1.yaml"]
    assert inside("verify", cwd=quoted).returncode == 0
    steps = history(quoted)

    def told(steps: list[Step]) -> str:
        rewritten(quoted, steps)
        done = inside("verify", cwd=quoted)
        assert done.returncode == 1
        return done.stdout

    unnamed = edited(steps, path, lambda data: swapped(data, f'"{LOW}/1.yaml"', ""))
    assert "The catalogue of then asks for an approval as manager" in told(unnamed)
    text = next(data for step in steps if (data := step.files.get(f"{LOW}/1.txt")))
    other = swapped(text, "0.60", "0.50")
    digest = sha256(other).hexdigest()
    forged = edited(steps, f"{LOW}/1.txt", lambda _: other)
    forged = edited(
        forged,
        f"{LOW}/1.yaml",
        lambda data: swapped(data, r'text_sha256: "\w+', f'text_sha256: "{digest}'),
    )
    assert f"names {LOW}/1.yaml, which approves another text than was issued" in told(forged)
