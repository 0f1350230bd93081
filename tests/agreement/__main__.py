"""Try pushes by hand: `python -m tests.agreement FIRST [COUNT]`; the first alone is replayed."""

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.agreement import bases
from tests.agreement.trial import tried


def main(first: int, count: int = 1) -> None:
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DOCPIPE_CACHE": f"{folder}/cache", "HOME": folder}
        found = bases.every(Path(folder))
        told: Counter[str] = Counter()
        start, begun = os.times(), time.monotonic()
        for number in range(first, first + count):
            it = tried(found, number)
            told.update([f"accepted {it.accepted}", f"compared {it.compared}", *it.codes[:1]])
            if it.wrong:
                print(f"--- {number}: {it.wrong}\n", flush=True)
        used = sum(os.times()[:4]) - sum(start[:4])
        print(f"{used:.0f} CPU seconds, {time.monotonic() - begun:.0f} in all")
        for what, times in told.most_common():
            print(times, what)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
