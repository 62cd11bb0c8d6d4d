"""A case that takes its process with it, for the test that such a case is told and the others go on."""

from __future__ import annotations

import os
from pathlib import Path

from tests.fuzz.cases import Case
from tests.fuzz.judging import Verdict

FATAL = 2
"""The number of the case that does."""


def dying(seed: int, folder: Path) -> Case:
    """Nothing is wrong with all other cases."""
    if seed == FATAL:
        os.abort()
    return Case(seed, "field", "check", folder.name, Verdict((), 0))
