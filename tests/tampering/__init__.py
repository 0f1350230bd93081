"""Records tampered with by plain git, in every way that we could think of.

Each tampering is a function that is given a shop with issued documents, and a chance to choose by;
it answers with the words by which `docpipe verify` should name what was done. `rewritten` is how:
the branch is written anew from its first commit, as somebody would who covers their traces.
"""

import random
from pathlib import Path

from tests.tampering import signatures
from tests.tampering.approvals import (
    approve_without_the_role,
    change_a_paper,
    change_an_approved_text,
    change_an_approved_text_and_its_record,
    edit_a_withdrawal,
    edit_an_approval,
    issue_without_an_approval,
    leave_an_approval_out,
    take_a_paper_away,
    withdraw_what_is_not_there,
)
from tests.tampering.clones import (
    alter_an_object_on_the_disk,
    cut_here_without_a_trace,
    cut_the_shared_records,
    cut_this_clones_records,
    graft_a_commit,
    leave_the_withdrawal_out,
    remove_the_shared_records,
    replace_an_object,
    rewrite_the_shared_records,
    rewrite_without_hiding_it,
    take_an_object_from_the_disk,
)
from tests.tampering.commits import (
    add_a_file_that_docpipe_does_not_write,
    add_an_empty_commit,
    change_a_file_afterwards,
    insert_an_unmarked_commit,
    merge_something,
    put_commits_in_another_order,
    reauthor_a_commit,
    redate_a_commit,
    redate_a_record_and_its_commit,
    say_something_else_in_a_commit,
)
from tests.tampering.documents import (
    change_a_document_and_its_record,
    copy_a_revision,
    edit_a_record,
    flip_a_byte_of_a_document,
    leave_a_document_out,
    leave_a_first_revision_out,
    leave_a_record_out,
    leave_a_whole_commit_out,
    packed_otherwise,
    put_another_orders_document_in_its_place,
    reissued,
    swap_two_documents,
)
from tests.tampering.kit import (
    Tampering,
    copied,
    history,
    looked_at,
    rewritten,
    shop_with_records,
    shown,
)
from tests.tampering.numbers import (
    edit_a_number,
    leave_a_number_out,
    move_a_number,
    reuse_a_number,
)

ALONE: tuple[Tampering, ...] = (
    flip_a_byte_of_a_document,
    change_a_document_and_its_record,
    swap_two_documents,
    put_another_orders_document_in_its_place,
    edit_a_record,
    leave_a_record_out,
    leave_a_document_out,
    leave_a_whole_commit_out,
    leave_a_first_revision_out,
    copy_a_revision,
    reuse_a_number,
    leave_a_number_out,
    edit_a_number,
    move_a_number,
    change_an_approved_text,
    change_an_approved_text_and_its_record,
    edit_an_approval,
    approve_without_the_role,
    leave_an_approval_out,
    issue_without_an_approval,
    withdraw_what_is_not_there,
    edit_a_withdrawal,
    change_a_paper,
    take_a_paper_away,
    redate_a_commit,
    redate_a_record_and_its_commit,
    reauthor_a_commit,
    say_something_else_in_a_commit,
    put_commits_in_another_order,
    insert_an_unmarked_commit,
    add_a_file_that_docpipe_does_not_write,
    add_an_empty_commit,
    change_a_file_afterwards,
    merge_something,
    replace_an_object,
    graft_a_commit,
    cut_this_clones_records,
    rewrite_without_hiding_it,
    alter_an_object_on_the_disk,
    take_an_object_from_the_disk,
)
"""What a clone finds out by itself, with no other to compare with."""

SHARED: tuple[Tampering, ...] = (
    cut_the_shared_records,
    remove_the_shared_records,
    leave_the_withdrawal_out,
    rewrite_the_shared_records,
    cut_here_without_a_trace,
)
"""What the shared repository and the clone tell of each other."""

SIGNED: tuple[Tampering, ...] = (
    signatures.stripped,
    signatures.flip_a_byte_of_a_signature,
    signatures.reauthor_signed_records,
    signatures.sign_all_anew,
)
"""What signatures tell, where the company asks for them."""


def shop_with_signed_records(base: Path) -> Path:
    """The same shop, where everybody signs."""
    return shop_with_records(base, signatures.keys, signatures.become)


__all__ = [
    "ALONE",
    "SHARED",
    "SIGNED",
    "Tampering",
    "copied",
    "demand_named",
    "history",
    "looked_at",
    "packed_otherwise",
    "reissued",
    "rewritten",
    "shop_with_records",
    "shop_with_signed_records",
    "shown",
]


def demand_named(base: Path, target: Path, how: Tampering, chance: random.Random) -> None:
    """Tamper with a copy, and see that what was done is named."""
    shop = copied(base, target, alone=how in ALONE + SIGNED)
    words = how(shop, chance)
    found, told = looked_at(shop)
    for word in words:
        assert word in told, told
    assert bool(found.violations) == (how != cut_here_without_a_trace)
