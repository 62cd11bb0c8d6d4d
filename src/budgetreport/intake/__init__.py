"""From a file's bytes to facts: strict JSON, places, schema, validation."""

from budgetreport.intake.characters import lacking_characters
from budgetreport.intake.schema import schema, schema_of_any
from budgetreport.intake.source import LARGEST, Source, parse
from budgetreport.intake.validate import validate

__all__ = ["LARGEST", "Source", "lacking_characters", "parse", "schema", "schema_of_any", "validate"]
