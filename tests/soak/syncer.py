"""Run by test_sync_kills.py: brings a clone's main and the shared one together, until killed.

Arguments: the clone. It says that it is ready, and begins when a line comes in.
"""

import sys
from pathlib import Path

from tests.adapters.git.kit import opened
from tests.adapters.git.test_mainline import synced


def main(clone: Path) -> None:
    opened(clone)  # what is imported late is there before the kill
    print("ready", flush=True)
    sys.stdin.readline()
    synced(clone)
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
