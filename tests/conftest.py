"""Settings for all tests, and the figures that tests measure, told at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import hypothesis
import pytest

hypothesis.settings.register_profile(
    "budgetreport", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("budgetreport")
"""How fast a machine is decides no test."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests recorded under the name summary, and the sums of what they recorded under the name counted."""
    told = [str(value) for value in _recorded(terminalreporter, "summary")]
    sums: Counter[str] = Counter()
    for counted in _recorded(terminalreporter, "counted"):
        assert isinstance(counted, dict)
        sums.update(counted)
    if sums:
        told.append("generated: " + ", ".join(f"{count:,} {name}" for name, count in sums.items()))
    if told:
        terminalreporter.section("measured")
        for line in sorted(told):
            terminalreporter.write_line(line)


def _recorded(terminalreporter: pytest.TerminalReporter, wanted: str) -> Iterator[object]:
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == wanted and getattr(report, "when", "") == "call":
                    yield value
