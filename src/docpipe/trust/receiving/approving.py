"""Approvals that a push puts on record: in the approver's own name, in a role that he has."""

import re
from collections.abc import Iterator
from datetime import datetime

from docpipe.adapters.git import Commit
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.invariants.push import PolicyBefore
from docpipe.trust.judging.approvals import Approval, Person, approval_at
from docpipe.trust.receiving.growing import RecordsSoFar
from docpipe.trust.receiving.refusals import REDO, Refused, Why, from_error, refused
from docpipe.trust.verification import lineage

_PLACE = re.compile(
    r"(?P<folder>approvals/[^/]+/(?P<order>[^/]+)/(?P<document>[^/]+))/(?P<number>[1-9]\d{0,8})"
    r"(?P<end>\.yaml|\.txt|-withdrawn\.yaml)"
)
_ROLE = Why(
    "role",
    Text(
        "{path} approves in the role {role}, and {who} does not have it: people.yaml on main says "
        "so ({commit}), as it was before this push",
        "{path} 以角色 {role} 审批，而 {who} 没有该角色：以本次推送之前 main（{commit}）上的 "
        "people.yaml 为准",
    ),
    Text(
        "Somebody who has the role admin gives it on main first; then approve again",
        "请管理员（admin）先在 main 上授予该角色，再重新审批",
    ),
)
_TURN = Why(
    "approval-out-of-turn",
    Text("{path} is out of turn: the next approval there is {next}",
         "{path} 不连续：下一份审批应为 {next}"),
    REDO,
)  # fmt: skip
_HALF = Why(
    "approval-half",
    Text("{path} comes without the text that it approves, or the text without it",
         "{path} 与其所批准的文本没有一并记入"),
    REDO,
)  # fmt: skip
_NOTHING = Why(
    "withdrawal-of-nothing",
    Text("{path} takes back what is not on record there", "{path} 所撤回的审批并不在记录中"),
    REDO,
)
_MAY_NOT = Why(
    "withdrawal-role",
    Text(
        "{path} takes back an approval of {giver}, and {who} does not have his role {role}",
        "{path} 撤回了 {giver} 的审批，而 {who} 没有该角色（{role}）",
    ),
    Text("Ask {giver}, or somebody who has that role", "请由 {giver} 或有该角色的同事撤回"),
)
_VOUCHED = Why("record-differs", Text("{why}", "{why}"), REDO)


def at(source: RecordsSoFar, path: str) -> Approval | None:
    """The approval on record at `path`; None where there is none that can be read."""
    match = _PLACE.fullmatch(path)
    if match is None or match["end"] != ".yaml":
        return None
    withdrawn = f"{path.removesuffix('.yaml')}-withdrawn.yaml"
    there = {withdrawn} if source.entry(withdrawn) else set[str]()
    try:
        return approval_at(source, match["folder"], path, there)
    except DocpipeError:
        return None


class Approvals:
    """Judges what commits add below `approvals/`; takes the paths it knows from `left`."""

    def __init__(self, before: PolicyBefore, ref: str, source: RecordsSoFar) -> None:
        self._before, self._ref, self._source = before, ref, source

    def judge(self, commit: Commit, left: list[str]) -> Iterator[Refused]:
        """The approvals of a commit, and those that it takes back."""
        found = [match for match in map(_PLACE.fullmatch, left) if match]
        left[:] = [path for path in left if not _PLACE.fullmatch(path)]
        paths = {match[0] for match in found}
        for match in found:
            stem = f"{match['folder']}/{match['number']}"
            if match["end"] == "-withdrawn.yaml":
                yield from self._taken(commit, match, f"{stem}.yaml")
            elif not {f"{stem}.yaml", f"{stem}.txt"} <= paths:
                yield refused(self._ref, _HALF, path=match[0])
            elif match["end"] == ".yaml":
                yield from self._given(commit, match)

    def _given(self, commit: Commit, match: re.Match[str]) -> Iterator[Refused]:
        path, folder = match[0], match["folder"]
        number, count = int(match["number"]), self._source.last(folder)
        there = sum(name.endswith(".txt") for name in self._source.names(folder))
        if number != count or number != there:
            yield refused(self._ref, _TURN, path=path, next=there)
            return
        try:
            approval = approval_at(self._source, folder, path, set())
        except DocpipeError as error:
            yield from_error(self._ref, "approval-unreadable", error, REDO)
            return
        yield from self._vouched(commit, match, approval.by, approval.at)
        by, roles = approval.by, self._before.roles
        if not roles.has(by.email, by.role, commit.committer.when):
            yield refused(self._ref, _ROLE, path=path, role=by.role, who=_shown(by),
                          commit=roles.commit[:10])  # fmt: skip

    def _taken(self, commit: Commit, match: re.Match[str], path: str) -> Iterator[Refused]:
        found = at(self._source, path)
        if found is None or found.withdrawn is None:
            yield refused(self._ref, _NOTHING, path=match[0])
            return
        by, giver = found.withdrawn.by, found.by
        yield from self._vouched(commit, match, by, found.withdrawn.at)
        if by.email != giver.email and not self._before.roles.has(
            by.email, giver.role, commit.committer.when
        ):
            yield refused(self._ref, _MAY_NOT, path=match[0], giver=_shown(giver), who=_shown(by),
                          role=giver.role)  # fmt: skip

    def _vouched(
        self, commit: Commit, match: re.Match[str], by: Person, when: str
    ) -> Iterator[Refused]:
        told = {"Order": match["order"], "Document": match["document"]}
        moment = datetime.fromisoformat(when)
        for fault in lineage.vouched(commit, match[0], (by.name, by.email), moment, told):
            why = Text(fault.message("en"), fault.message("zh"))
            yield refused(self._ref, _VOUCHED, why=why)


def _shown(person: Person) -> str:
    return f"{person.name} <{person.email}>"
