"""Approvals: in turn, by somebody with the role who is asked for it, not of their own work."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import load
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.formats.approval import Approval, approval_at
from docpipe.trust.formats.places import APPROVAL, TAKEN, place_of
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import LOOK, Broken, Words, broken, invariant
from docpipe.trust.judging import approvals as judging
from docpipe.trust.judging.subjects import (
    paths_of_facts,
    wanted_by_name,
)
from docpipe.workspace.catalogue import Wanted

_MOST = 1_000
_GIVE = Text(
    "Somebody who has the role admin gives it on main first; then approve again",
    "请管理员（admin）先在 main 上授予该角色，再重新审批",
)
_ANOTHER = Text("Ask another colleague who has the role", "请由另一位有该角色的同事审批")


@invariant(
    "approval-gap",
    Words(
        Text("An approval of {document} is missing: the next one is there",
             "缺少 {document} 的一项审批，其后的审批却在")
    ),
)  # fmt: skip
def approvals_come_in_turn(addition: Addition) -> Iterator[Broken]:
    """Approvals of a document count from 1, and none is left out.

    ---
    单证的审批从 1 起连续编号，不缺号。
    """
    for place in addition.of(APPROVAL):
        last = max(addition.before.last.get(place.folder, 0), 0)
        for gone in range(last + 1, min(place.count, last + _MOST)):
            yield broken(place.sibling(APPROVAL, gone), addition.commit.id)
        if place.count <= last:
            yield broken(place.path, addition.commit.id)


@invariant(
    "approval-role",
    Words(
        Text(
            "This is by {who}, who did not have the role {role} then (people.yaml of {main})",
            "此项由 {who} 作出，其当时并无 {role} 角色（{main} 的 people.yaml）",
        ),
        LOOK,
        _GIVE,
    ),
)
def an_approver_has_the_role(addition: Addition) -> Iterator[Broken]:
    """An approval is by a person who has its role by the main that it names, on that day.

    It is taken back by them, or by somebody who has that role.
    ---
    审批人当日须按所依据的 main 具有该角色。
    撤回须由本人或有该角色的同事进行。
    """
    policy = addition.policy
    if policy is None:
        return
    for each in addition.approvals:
        if not policy.roles.has(each.by.email, each.by.role, each.at):
            yield _without(addition, each.path, str(each.by), each.by.role)
    for place, taken, _ in addition.withdrawals:
        if place.sort == TAKEN:
            by, role = _giver(addition, place.path)
            if taken.by.email != by and not policy.roles.has(taken.by.email, role, taken.at):
                yield _without(addition, place.path, str(taken.by), role)


def _without(addition: Addition, path: str, who: str, role: str) -> Broken:
    return broken(path, addition.commit.id, who=who, role=role, main=addition.main[:12])


def _giver(addition: Addition, path: str) -> tuple[str, str]:
    """Who gave the approval that is taken back, by e-mail, and in which role; "" for none."""
    place = place_of(path.replace("-withdrawn.yaml", ".yaml"))
    assert place is not None
    try:
        by = approval_at(addition.source, place, ()).by
    except DocpipeError:  # told where it was put on record
        return "", ""
    return by.email, by.role


@invariant(
    "approval-unasked",
    Words(
        Text("The catalogue of then asks nobody in the role {role} to approve this",
             "当时的单据目录并不要求 {role} 审批此项")
    ),
)  # fmt: skip
def an_approval_is_asked_for(addition: Addition) -> Iterator[Broken]:
    """The catalogue of the main that an approval names asks for an approval in its role.

    ---
    审批所依据的 main 的单据目录要求该角色审批。
    """
    for each in addition.approvals if addition.then else ():
        if each.by.role not in {wanted.role for wanted in _wanted(addition, each)}:
            yield broken(each.path, addition.commit.id, role=each.by.role)


def _wanted(addition: Addition, approval: Approval) -> tuple[Wanted, ...]:
    assert addition.then is not None
    return wanted_by_name(addition.then, approval.document)


@invariant(
    "approval-own-work",
    Words(
        Text(
            "By this {who} approved their own work: they are the order's salesperson, or the last "
            "who changed its files",
            "{who} 以此审批了本人经办的事项：其为该订单的业务员，或最后修改其文件的人",
        ),
        LOOK,
        _ANOTHER,
    ),
)
def nobody_approves_their_own_work(addition: Addition) -> Iterator[Broken]:
    """An approval is not by the order's salesperson, nor by whoever changed the files last.

    The catalogue may allow it for a role (own_work).
    ---
    审批人不得是该订单的业务员，也不得是最后修改其文件的人。
    单据目录可就某一角色予以允许（own_work）。
    """
    for each in addition.approvals if addition.then else ():
        wanted = [w for w in _wanted(addition, each) if w.role == each.by.role]
        if wanted and not wanted[0].own_work and _is_own(addition, each):
            yield broken(each.path, addition.commit.id, who=str(each.by))


def _is_own(addition: Addition, approval: Approval) -> bool:
    assert addition.then is not None
    order = addition.then.order(approval.order_folder).by_kind.get("order", {}).get(())
    sales = order.text("salesperson", "") if order is not None else ""
    paths = [approval.order_folder]
    if _is_of_facts(addition, approval):
        told = load(approval.text.encode(), approval.path).root
        paths = paths_of_facts(approval.order_folder, told.fields if told else ())
    email = approval.by.email
    if email.lower() != sales.lower() and not addition.reprinter.ever_changed(
        email, approval.order_folder
    ):
        return False
    return bool(judging.own_work(addition.reprinter.repo, addition.main, email, paths, sales))


def _is_of_facts(addition: Addition, approval: Approval) -> bool:
    assert addition.then is not None
    names = (f"{kind}-" for kind in addition.then.approvable)
    return any(f"{approval.document}-".startswith(name) for name in names)


@invariant(
    "approval-elsewhere",
    Words(
        Text(
            "This names another commit, or another folder of the order, than main has ({main})",
            "此处写明的提交或订单文件夹，与 main（{main}）不符",
        )
    ),
)
def an_approval_names_where_its_facts_are(addition: Addition) -> Iterator[Broken]:
    """An approval names the commit of the shared main that it is judged by, and the order's folder
    there.

    ---
    审批写明判断所依据的共享 main 的提交，以及订单在其中的文件夹。
    """
    policy = addition.policy
    for each in addition.approvals if policy else ():
        assert policy is not None
        right = each.order_folder.rpartition("/")[2] == each.place.order
        there = right and policy.source.is_file(f"{each.order_folder}/order.yaml")
        if each.commit != addition.main or not there:
            yield broken(each.path, addition.commit.id, main=addition.main[:12])


TURN = (approvals_come_in_turn,)
CONTENTS = (
    an_approver_has_the_role, an_approval_is_asked_for, an_approval_names_where_its_facts_are,
    nobody_approves_their_own_work,
)  # fmt: skip
