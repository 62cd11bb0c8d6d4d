"""The command line: one small file a command; it parses, calls, prints."""

from __future__ import annotations

import gc
import gettext
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from budgetreport.cli.console import Exit

_COLLECT = 100_000
"""Objects made between two looks for garbage: a run is short, makes little of it, and lost a tenth of its time."""
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
        code = _run(args)
    except KeyboardInterrupt:
        code = _stopped()
    except Exception:  # noqa: BLE001 - the last resort: a log instead of a traceback
        code = _bug(debug=debug)
    sys.stdout.flush()
    sys.exit(code)


def _run(args: list[str]) -> int:
    import click  # noqa: PLC0415 - after gettext knows where our texts are

    from budgetreport.cli.commands import root, with_default  # noqa: PLC0415

    try:
        result = root.main(with_default(args), prog_name="budgetreport", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.Abort:
        return _stopped()
    except click.MissingParameter as error:
        what = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        click.UsageError(f"缺少 {what}", error.ctx).show()
        return Exit.USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return int(result) if isinstance(result, int) else Exit.FINE


def _stopped() -> int:
    """Ctrl-C, as shells count it."""
    print("已中止", file=sys.stderr)  # noqa: T201 - click may not even be loaded
    return 130


def _bug(*, debug: bool) -> int:
    import tempfile  # noqa: PLC0415 - only when something broke
    import traceback  # noqa: PLC0415 - as above

    if debug:
        traceback.print_exc()
    else:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="budgetreport-", suffix=".log", delete=False
        ) as log:
            traceback.print_exc(file=log)
        print(f"程序出错，这不是您的问题。详情在 {log.name}，请把它发给开发者", file=sys.stderr)  # noqa: T201 - click may be what broke
    return Exit.BUG
