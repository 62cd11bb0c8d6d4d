"""System tools that tests ask for an opinion of their own. `.ci/run` installs all of them; elsewhere they may lack."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

import pytest

PACKAGES = {
    "qpdf": "qpdf",
    "mutool": "mupdf-tools",
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-calc-nogui",
    "fc-list": "fontconfig",
    "localedef": "locales",
}
"""Tool → Debian's package."""
_ALL = "BUDGETREPORT_ALL_TOOLS"
"""Set (to 1) where every tool must be there: a test that would be skipped fails."""


def need(*tools: str) -> None:
    """Skip the test where one of the tools lacks; fail it where none may."""
    lacking = [tool for tool in tools if shutil.which(tool) is None]
    if lacking:
        lack(f"{'、'.join(lacking)} not installed (Debian: {' '.join(PACKAGES[tool] for tool in lacking)})")


def lack(why: str) -> None:
    """The test cannot run here: skipped, or failed where everything must be there."""
    if os.environ.get(_ALL) == "1":
        pytest.fail(f"{_ALL}=1, but {why}")
    pytest.skip(why)


def said(*command: str, fine: Sequence[int] = (0,)) -> tuple[str, str]:
    """What a tool prints, and what it complains about; its exit code must be fine."""
    done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - fixed tools
    out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    assert done.returncode in fine, (command, done.returncode, out[-500:], err[-500:])
    return out, err
