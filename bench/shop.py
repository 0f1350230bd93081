"""The sample company in Git, with a contract issued: what pushes and readings are tried on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.run import ROOT, Run

ORDER, DOCUMENT = "ZF-2026-0002", "sales-contract"
_WORKSPACE = ("orders", "customers", "suppliers", "forwarders", "products", "markets", "surveys",
              "schemas", "templates", "company.yaml", "people.yaml", ".gitattributes")  # fmt: skip


def issued(run: Run, base: Path) -> Path:
    """The sample workspace in base/shop, saved as `first`, with one contract issued from it."""
    shop = base / "shop"
    for name in _WORKSPACE:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        shop.mkdir(exist_ok=True)
        copy(source, shop / name)
    catalogue = shop / "templates/catalogue.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("    approvals: [{role: legal}]\n", ""), encoding="utf-8")
    git(shop, "init", "--quiet", "--initial-branch=main")
    git(shop, "config", "user.name", "Lin Yang")
    git(shop, "config", "user.email", "lin.yang@zefan.example")
    git(shop, "add", "--all")
    git(shop, "commit", "--quiet", "--message", "Begin")
    git(shop, "branch", "first")
    docpipe(run, shop, "issue", ORDER, DOCUMENT)
    return shop


def docpipe(run: Run, folder: Path, *words: str) -> None:
    """A command of ours that has to succeed."""
    command = [sys.executable, "-m", "docpipe", *words]
    environment = {**os.environ, **run.environment}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """What git says, which has to succeed."""
    who = ["-c", "user.name=Lin Yang", "-c", "user.email=lin.yang@zefan.example"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, input=stdin, capture_output=True,
                          check=True)  # fmt: skip
    return done.stdout.decode("utf-8", "replace").strip()
