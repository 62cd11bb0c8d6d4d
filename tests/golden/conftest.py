"""The reference disclosure, built once from its input."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.golden.blocks import INPUT


@dataclass(frozen=True)
class Built:
    pdf: Path
    xlsx: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "budgetreport", "build", str(INPUT), "-o", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(folder / "jinzhou-224-2026.pdf", folder / "jinzhou-224-2026.xlsx")
