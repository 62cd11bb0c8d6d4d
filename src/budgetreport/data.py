"""Where the shipped data lies: `fonts` and `layouts`, in an installed package or in a source tree."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of shipped data called `name` ('fonts' or 'layouts').

    A wheel holds it as budgetreport/_data/<name>; a source tree (also an editable install) at its top.
    Raises FileNotFoundError where neither is there: the installation is broken.
    """
    for place in (_HERE / "_data" / name, _HERE.parents[1] / name):
        if place.is_dir():
            return place
    message = f"data folder {name!r} is missing from the installation"
    raise FileNotFoundError(message)
