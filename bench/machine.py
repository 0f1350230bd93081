"""What the figures were measured on."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("docpipe", "docxtpl", "python-docx", "Jinja2", "MarkupSafe", "lxml")


def machine() -> str:
    """One line: system, processor, cores, Python and packages. No names of hosts or folders."""
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    cores = os.cpu_count()
    return (
        f"{platform.system()} {platform.machine()}, {_processor()}, {cores} cores; "
        f"{platform.python_implementation()} {platform.python_version()}, {versions}"
    )


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "unknown processor"
    model = re.search(r"model name\s*:\s*(.+)", told)
    return model[1] if model else platform.machine()
