"""What holds of the branch `main`: judged by the hook over a push, and by verify over all of it.

What a push brings is judged as verify will judge it, and besides by main as it was before: so
verify finds nothing wrong with what the hook let in.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from docpipe.adapters.git import Update
from docpipe.trust.invariants import (
    admins,
    guarded,
    guarded_push,
    main_orders,
    main_paths,
    main_push,
    main_shared,
    main_size,
)
from docpipe.trust.invariants.commit_names import NewCommits, git_shows_who_stands_there
from docpipe.trust.invariants.engine import Invariant, Violation, judged
from docpipe.trust.invariants.main_commit import MainCommit
from docpipe.trust.invariants.main_orders import Touched, touched
from docpipe.trust.invariants.main_paths import MainPaths
from docpipe.trust.invariants.main_push import MainPush
from docpipe.trust.invariants.main_shared import Shared, shared_at, shared_touched
from docpipe.trust.invariants.main_size import ToRead
from docpipe.trust.invariants.policy_before import PolicyBefore
from docpipe.trust.invariants.signatures import of_flaw
from docpipe.trust.judging.keys import keyring_at
from docpipe.trust.judging.main_history import MainHistory
from docpipe.trust.judging.signatures import flaws_of

COMMITS: tuple[Invariant[MainCommit], ...] = (
    admins.people_can_be_read, admins.somebody_is_admin, admins.an_admin_could_sign,
    guarded.what_is_guarded_is_changed_by_who_may, guarded.who_changes_what_is_guarded_signs_it,
    guarded.money_takes_two_people, guarded.signing_is_lifted_and_not_dropped,
)  # fmt: skip
"""Of each commit on the line of first parents."""

LINE: tuple[tuple[Invariant[MainPush], ...], ...] = (
    (main_push.main_stays,),
    (main_push.main_keeps_what_it_has,),
    (main_push.main_stays_the_main_line, guarded_push.a_rewrite_changes_nothing_guarded),
)
"""Of a push, before anything in it is looked at."""

PUSHER: tuple[Invariant[MainPush], ...] = (
    guarded_push.who_pushes_what_is_guarded_may, guarded_push.keys_stay_where_they_signed,
)  # fmt: skip
PATHS: tuple[Invariant[MainPaths], ...] = (
    main_paths.an_order_has_one_folder, main_paths.names_work_on_every_computer,
)  # fmt: skip
NAMES: tuple[Invariant[NewCommits], ...] = (git_shows_who_stands_there,)
SIZE: tuple[Invariant[ToRead], ...] = (main_size.a_push_is_read_in_time,)
SHARED: tuple[Invariant[Shared], ...] = (main_shared.shared_files_have_no_errors,)
ORDERS: tuple[Invariant[Touched], ...] = (
    main_orders.orders_on_record_stay, main_orders.orders_that_change_have_no_errors,
)  # fmt: skip


def of_push(
    before: PolicyBefore, update: Update, records: str | None, *, rewrite: bool
) -> Iterator[Violation]:
    """What is wrong with a push to `main`; `records` is the tip of the records as it will be.

    Of orders and names only those are judged that the push touches. With `rewrite` commits may be
    taken away. Raises DocpipeError for objects that are missing.
    """
    push = MainPush(before, update, rewrite=rewrite)
    found = list(judged(push, LINE))
    if found or update.new is None:
        yield from found
        return
    # what lies thousands of folders deep, or is very much, is not read at all
    paths = MainPaths(before.repo, before.reader, update.new, update.old)
    if unfit := list(judged(paths, [PATHS])):
        yield from unfit
        return
    changed = touched(before, update.old, update.new, records)
    if large := list(judged(ToRead(push, changed), [SIZE])):
        yield from large
        return
    found += _of_commits(push.line)
    found += judged(push, [PUSHER]) if not found else ()
    # where nobody's keys came in who should not, those count that came in with them
    found += _of_signatures(push.history, push.brought, before.now) if not found else ()
    yield from found
    yield from judged(NewCommits(before.repo, update.new, update.old), [NAMES])
    shared = list(judged(shared_touched(changed), [SHARED]))
    yield from shared
    orders = [ORDERS] if not shared else [ORDERS[:1]]  # by unusable schemas no order is judged
    yield from judged(changed, orders)


def of_main(history: MainHistory) -> Iterator[Violation]:
    """What does not hold of `main` up to a commit, all of it; the first commit is believed.

    Raises DocpipeError for objects that are missing.
    """
    unsigned = list(_of_signatures(history, history.ancestry))
    named = {violation.at.commit for violation in unsigned}
    touched = [name for name in reversed(history.line) if name in history.touched]
    for violation in _of_commits(MainCommit(history, name) for name in touched):
        if violation.code != "guard-unsigned" or violation.at.commit not in named:
            yield violation
    yield from unsigned
    yield from judged(NewCommits(history.repo, history.tip), [NAMES])
    yield from judged(MainPaths(history.repo, history.reader, history.tip), [PATHS])
    yield from judged(shared_at(history.policy(history.tip).source), [SHARED])


def _of_commits(commits: Iterable[MainCommit]) -> Iterator[Violation]:
    for commit in commits:
        yield from judged(commit, [COMMITS])


def _of_signatures(
    history: MainHistory, commits: Iterable[str], today: datetime | None = None
) -> Iterator[Violation]:
    """What is wrong with the signatures of those that have to be signed, by the keys of the tip."""
    asked = [name for name in commits if name in history.demand.asked]
    if asked:
        keys = keyring_at(history.repo, history.reader, history.tip)
        for flaw in flaws_of(history.reader, asked, keys, today):
            yield from of_flaw(flaw)
