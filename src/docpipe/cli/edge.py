"""The outer edge: every way to end, each with its exit code."""

import gc
import gettext
import io
import os
import sys
from collections.abc import Sequence

from docpipe.cli.language import language, say
from docpipe.diagnostics import DocpipeError

BUG = 3
SURROUNDINGS = 4
INTERRUPTED = 130
# objects made and kept; a command makes many that stay, which Python would look through 100 times
_COLLECT_AFTER = 50_000


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit code: 0 fine, 1 findings, 2 usage, 3 bug, 4 surroundings."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    gc.set_threshold(_COLLECT_AFTER)
    _teach_click()
    import click

    from docpipe.cli.main import cli

    try:
        result = cli.main(list(arguments), prog_name="docpipe", standalone_mode=False)
        sys.stdout.flush()
        return int(result or 0)
    except DocpipeError as error:
        _tell(f"docpipe: {error.say(language())}")
        return error.exit_code
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        _tell(shown.getvalue().removesuffix("\n"))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _tell(say("docpipe: interrupted", "docpipe：已中断"))
        return INTERRUPTED
    except BrokenPipeError:
        # the reader left (`docpipe list | head`): nothing to say, and nowhere to say it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _tell(_surroundings(error))
        return SURROUNDINGS
    except Exception:
        _tell(_bug())
        return BUG


def _tell(text: str) -> None:
    from docpipe.cli.terminal import echo

    echo(text, err=True)


def _teach_click() -> None:
    """click's own words in our language; must run before it is imported (it binds them then).

    For English too: a search for catalogues of other languages would find none, and takes longer
    than a command's help.
    """
    if language() == "zh":
        from docpipe.cli.click_chinese import speak_chinese

        speak_chinese()
    else:
        english = gettext.NullTranslations()
        gettext.gettext, gettext.ngettext = english.gettext, english.ngettext


def _surroundings(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return f"docpipe: {error.strerror or error}{where}"


def _bug() -> str:
    """Keep the traceback for the report; the terminal gets one sentence."""
    import tempfile
    import traceback

    handle, name = tempfile.mkstemp(prefix="docpipe-bug-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(traceback.format_exc())
    return say(
        f"docpipe: this is a fault of docpipe, not yours. Please report it with {name}",
        f"docpipe：这是 docpipe 自身的故障，不是您的问题。请附上 {name} 报告",
    )
