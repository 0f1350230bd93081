"""A person's own branch at the shared repository, and where its request is opened."""

import re
from urllib.parse import quote, urlsplit

from docpipe.trust.invariants.ref_names import taken_for

_FORBIDDEN = re.compile(r"[^\w.+=-]+|\.{2,}|@")
_SHORT = re.compile(r"(?:[^@/:\s]+@)?(?P<host>[^/:\s]+):(?!/)(?P<path>[^\s]+)")


def own_branch(email: str) -> str:
    """The branch that is only this person's: "lin.yang/main" of lin.yang@zefan.example.

    The part before the @, with "-" for what no branch may be called; it is one folder of branches,
    so the names of docpipe's own branches are not taken.
    """
    name = _FORBIDDEN.sub("-", email.partition("@")[0]).strip(".-")
    name = name.removesuffix(".lock") or "person"
    if taken_for(name):
        name = f"people-{name}"
    return f"{name}/main"


def request_page(url: str, branch: str, said: str = "") -> str:
    """Where a request for `branch` into main is opened in the browser; "" where nobody knows.

    By the form of the remote's address for GitHub, GitLab, Gitea/Forgejo (Codeberg) and Gitee; else
    the address that the server `said` when it took the branch.
    """
    host, path = _place(url)
    branch_ = quote(branch, safe="/")
    owner = path.partition("/")[0]
    if path.count("/") and host:
        page = f"https://{host}/{path}"
        for name, form in {
            "github": f"{page}/compare/main...{branch_}?expand=1",
            "gitlab": f"{page}/-/merge_requests/new?merge_request%5Bsource_branch%5D="
            f"{quote(branch, safe='')}&merge_request%5Btarget_branch%5D=main",
            "gitee": f"{page}/pull/new/{owner}:{branch_}...{owner}:main",
            "gitea": f"{page}/compare/main...{branch_}",
            "forgejo": f"{page}/compare/main...{branch_}",
            "codeberg": f"{page}/compare/main...{branch_}",
        }.items():
            if name in host:
                return form
    found = re.search(r"https?://[\x21-\x7e]+", said)
    return found[0] if found else ""


def _place(url: str) -> tuple[str, str]:
    """Host and path of a remote's address: https://, ssh:// or git@host:path; "" for others."""
    if "://" in url:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https", "ssh", "git+ssh", "git"):
            return "", ""
        host, path = parts.hostname or "", parts.path
        if parts.scheme in ("http", "https") and ":" in parts.netloc.rpartition("@")[2]:
            host = parts.netloc.rpartition("@")[2]
    elif match := _SHORT.fullmatch(url):
        host, path = match["host"], match["path"]
    else:
        return "", ""
    return host, path.strip("/").removesuffix(".git")
