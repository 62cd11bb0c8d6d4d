"""Whatever the ledger: a file as it was built, read back, has no difference from the report it was built of."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from budgetreport.compare import differences
from budgetreport.disclosure import make, read
from budgetreport.read.files import found_document
from budgetreport.read.naming import named
from tests.end_to_end.ledgers import ledgers
from tests.making import example


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(ledgers(60))
def test_a_file_as_it_was_built_has_no_difference(ledger: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "输入.json"
        data = example(lambda facts: facts.update(ledger=ledger, projects=[]))
        path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        disclosure = read(path)
        for kind, made in make(disclosure, ("pdf", "xlsx"), lambda _step: None).files.items():
            file = path.with_suffix(f".{kind}")
            file.write_bytes(made.data)
            reading = named(found_document(file), disclosure.layout)
            assert differences(disclosure.report, reading.report, reading.places.place) == (), kind
