"""Official budget disclosures from one JSON input: each fact is stated once."""

__version__ = "0.1.0"
