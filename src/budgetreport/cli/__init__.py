"""The command line: one small file a command; it parses, calls, prints."""

from __future__ import annotations

import gc
import gettext
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from budgetreport.cli.console import Exit

_COLLECT = 100_000
"""Objects made between two looks for garbage: a run is short, makes little of it, and lost a tenth of its time."""
_CTRL_C, _ENDED, _CLOSED = 130, 143, 141
"""Exit codes as shells count signals: SIGINT, SIGTERM, SIGPIPE."""
_LOCALE = Path(__file__).parent / "locale"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code; no traceback reaches a clerk."""
    gc.set_threshold(_COLLECT)
    args = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in args
    args = [a for a in args if a != "--debug"]
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a cp936 console must survive every character
            reconfigure(errors="backslashreplace")
    os.environ["LANGUAGE"] = "zh_CN"  # click's own texts, through gettext
    gettext.bindtextdomain("messages", str(_LOCALE))
    try:
        with _ended_politely() as asked:
            code = _guarded(args, debug=debug)
        code = _stopped(_ENDED) if asked else code  # a library may have swallowed it
    except _EndedError:
        code = _stopped(_ENDED)
    except KeyboardInterrupt:
        code = _stopped(_CTRL_C)
    sys.exit(code)


def _guarded(args: list[str], *, debug: bool) -> int:
    """The command's exit code; a bug has one too."""
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        return _nobody_reads()
    except Exception:  # noqa: BLE001 - the last resort: a log instead of a traceback
        return _bug(debug=debug)
    return code


class _EndedError(BaseException):
    """The system asks the program to end (SIGTERM: a shutdown, a service that stops)."""


@contextmanager
def _ended_politely() -> Iterator[list[int]]:
    """SIGTERM unwinds as Ctrl-C does, once: nothing interrupts the clearing up after it. Gives whether it came."""
    asked: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def end(number: int, _frame: object) -> None:
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_IGN)
        asked.append(number)
        raise _EndedError

    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    signal.signal(signal.SIGTERM, end)
    try:
        yield asked
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _run(args: list[str]) -> int:
    import click  # noqa: PLC0415 - after gettext knows where our texts are

    from budgetreport.cli.commands import root, with_default  # noqa: PLC0415 - as above

    try:
        with root.make_context("budgetreport", with_default(args)) as context:  # main takes a closed pipe for an error
            result = root.invoke(context)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.MissingParameter as error:
        what = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        click.UsageError(f"缺少 {what}", error.ctx).show()
        return Exit.USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return int(result) if isinstance(result, int) else Exit.FINE


def _stopped(code: int) -> int:
    """Ended from outside."""
    with suppress(OSError):
        print("已中止", file=sys.stderr)  # noqa: T201 - click may not even be loaded
    return code


def _nobody_reads() -> int:
    """Who read our output (`| head`) has gone: nothing to tell, nobody to tell it to."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered goes nowhere
    return _CLOSED


def _bug(*, debug: bool) -> int:
    import tempfile  # noqa: PLC0415 - only when something broke
    import traceback  # noqa: PLC0415 - as above

    if debug:
        traceback.print_exc()
        return Exit.BUG
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="budgetreport-", suffix=".log", delete=False
        ) as log:
            traceback.print_exc(file=log)
        told = f"详情在 {log.name}，请把它发给开发者"
    except OSError:
        told = "详情没有地方可写：加 --debug 再运行一次，把显示的内容发给开发者"
    print(f"程序出错，这不是您的问题。{told}", file=sys.stderr)  # noqa: T201 - click may be what broke
    return Exit.BUG
