"""`docpipe` and `python -m docpipe`."""

import atexit
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from docpipe.cli.edge import run

    _leave(run(sys.argv[1:]))


def _leave(code: int) -> None:
    """End as `sys.exit` does, but do not take apart object by object what the system takes back.

    That is a tenth of a short command. Not where somebody else has still something to do: another
    thread, a debugger, a profiler, a stream that cannot be written.
    """
    threading = sys.modules.get("threading")
    if (threading and threading.active_count() > 1) or sys.gettrace() or sys.getprofile():
        sys.exit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)
    atexit._run_exitfuncs()
    os._exit(code)


if __name__ == "__main__":
    main()
