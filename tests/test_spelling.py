"""Names of files as people read them."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

import pytest

from budgetreport.spelling import spelled


@pytest.mark.parametrize("name", ["收支总表.yaml", "layout.yaml", "𠮷.csv"])
def test_a_name_in_utf8_is_spelled_right_whatever_the_locale_takes_it_for(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for encoding in ("utf-8", "gbk", "ascii", "latin-1"):
        monkeypatch.setattr(os, "fsencode", lambda text, code=encoding: text.encode(code, "surrogateescape"))
        taken = Path("layouts") / name.encode().decode(encoding, "surrogateescape")
        assert spelled(taken) == Path("layouts") / name


def test_a_name_in_gbk_stays_as_the_system_tells_it() -> None:
    name = os.fsdecode("收支总表".encode("gbk"))
    assert spelled(Path(name)) == Path(name)


def test_a_windows_path_stays_one() -> None:
    assert spelled(PureWindowsPath(r"D:\预算\表.yaml")) == PureWindowsPath(r"D:\预算\表.yaml")
