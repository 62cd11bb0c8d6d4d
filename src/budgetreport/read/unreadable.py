"""A file that cannot be read back: the one exception of the readers, carrying what a clerk is told."""

from __future__ import annotations

from budgetreport.problems import Problem


class ReadingError(Exception):
    """A file that cannot be read; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem
