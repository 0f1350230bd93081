"""Several commits that become one: what it says."""

from collections.abc import Sequence

from docpipe.adapters.git.log import Commit, trailers

_TRAILER = "Co-authored-by"


def squashed(commits: Sequence[Commit]) -> str:
    """One message of several: the first one's subject, all messages, all trailers, the co-authors.

    Of one commit it is that commit's.
    """
    if len(commits) == 1:
        return commits[0].message
    bodies, lines = [], dict[str, None]()
    for commit in commits:
        tail = trailers(commit.message)
        text = commit.message.rstrip("\n").rpartition("\n\n")[0] if tail else commit.message
        bodies.append(text.strip())
        lines |= {f"{key}: {value}": None for key, values in tail.items() for value in values}
    last = commits[-1].author
    others = {
        (c.author.name, c.author.email): None for c in commits if c.author.email != last.email
    }
    lines |= {f"{_TRAILER}: {name} <{email}>": None for name, email in others}
    subject = bodies[0].partition("\n")[0]
    parts = [subject, "\n\n".join(dict.fromkeys(bodies)), "\n".join(lines)]
    if len(set(bodies)) == 1:
        parts[:2] = bodies[:1]
    return "\n\n".join(part for part in parts if part) + "\n"
