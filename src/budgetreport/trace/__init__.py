"""What stands behind a printed number: the ledger lines of a cell, or of the figures of a sentence."""

from budgetreport.trace.cells import UntraceableError
from budgetreport.trace.tracer import Finding, Traced, Tracer

__all__ = ["Finding", "Traced", "Tracer", "UntraceableError"]
