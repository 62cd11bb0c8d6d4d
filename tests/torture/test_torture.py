"""A short `make torture`: twenty kills, faults at some of the steps."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.desk import PROJECT


@pytest.mark.skipif(sys.platform == "win32", reason="it forks, and sends signals")
def test_a_build_that_is_killed_refused_or_crowded_leaves_old_or_new_files(
    record_property: Callable[[str, object], None],
) -> None:
    """In a process of its own: one with threads, as the test runner may have, must not fork."""
    command = [sys.executable, "-m", "tests.torture", "--kills", "20", "--every", "9"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, encoding="utf-8")  # noqa: S603 - our own interpreter
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert done.stdout.splitlines()[-1].startswith("0 wrong")
    titles = [line.partition(" (")[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    record_property("summary", f"torture: {'; '.join(titles[:-1])}")
