"""What has a part in the bytes of a document."""

import platform
from importlib.metadata import version

import docpipe


def engines() -> dict[str, str]:
    """What has a part in the bytes of a document, with its version."""
    libraries = {name: version(name) for name in ("docxtpl", "jinja2")}
    return {"docpipe": docpipe.__version__, **libraries, "python": platform.python_version()}
