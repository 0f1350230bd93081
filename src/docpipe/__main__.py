"""`docpipe` and `python -m docpipe`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from docpipe.cli.edge import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
