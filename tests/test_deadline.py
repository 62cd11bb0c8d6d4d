"""Limits on computing and memory: what never ends is stopped, whatever library it is in."""

from __future__ import annotations

import re
import sys
import threading

import pytest

from budgetreport.deadline import OverdueError, deadline, within_memory

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timer of computing time")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells and limits a process's memory this way")


def _search() -> None:
    re.search("(a+)+$", "a" * 60 + "b")


@posix
def test_a_search_without_end_is_stopped_and_the_time_is_told() -> None:
    with pytest.raises(OverdueError, match=r"^超过了0.05秒$"), deadline(0.05):
        _search()


@posix
def test_who_swallows_everything_is_stopped_too() -> None:
    def trying() -> None:
        while True:
            try:
                _search()
            except Exception:  # noqa: BLE001, S112 - as libraries do
                continue

    with pytest.raises(OverdueError), deadline(0.05):
        trying()


@posix
def test_within_a_deadline_the_outer_one_holds_alone() -> None:
    with pytest.raises(OverdueError, match=r"0\.05"), deadline(0.05), deadline(100):
        _search()
    with deadline(100), deadline(0.001):
        re.search("(a+)+$", "a" * 20 + "b")


@posix
def test_after_a_deadline_nothing_is_limited_and_the_next_one_holds() -> None:
    with deadline(0.05):
        pass
    re.search("(a+)+$", "a" * 20 + "b")
    with pytest.raises(OverdueError), deadline(0.05):
        _search()


def test_outside_the_main_thread_nothing_is_limited_and_nothing_fails() -> None:
    found: list[str] = []

    def other() -> None:
        with deadline(0.001):
            re.search("(a+)+$", "a" * 18 + "b")
            found.append("done")

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert found == ["done"]


@linux
def test_more_memory_than_allowed_is_refused_and_afterwards_given() -> None:
    with pytest.raises(MemoryError), within_memory(50_000_000):
        bytearray(400_000_000)
    assert len(bytearray(400_000_000)) == 400_000_000


@linux
def test_a_limit_that_is_there_already_is_not_widened() -> None:
    with within_memory(50_000_000), within_memory(5_000_000_000), pytest.raises(MemoryError):
        bytearray(400_000_000)
