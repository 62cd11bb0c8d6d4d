"""The PDF as archives and screen readers take it: valid, tagged in reading order, with its data, nothing private."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest

from tests.desk import EXAMPLE, run, slipped
from tests.end_to_end.spoken import Spoken, expected, spoken, told
from tests.golden.blocks import bare
from tests.making import composed, example, hebei


@dataclass(frozen=True)
class Built:
    pdf: Path
    xlsx: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("archive")
    assert run(folder, "build", str(EXAMPLE), "-o", ".").code == 0
    return Built(folder / f"{EXAMPLE.stem}.pdf", folder / f"{EXAMPLE.stem}.xlsx")


def failures(path: Path, profile: str) -> str:
    said = str(page_validation.validate_pdf(str(path), profile=profile))
    return "" if "Result: no failures" in said else said


@pytest.mark.parametrize(("level", "profiles"), [("3a", ["3a", "ua1"]), ("2a", ["2a", "ua1"]), ("none", ["ua1"])])
def test_a_validator_finds_nothing(level: str, profiles: list[str], tmp_path: Path) -> None:
    assert run(tmp_path, "build", str(EXAMPLE), "-o", ".", "--only", "pdf", "--archive", level).code == 0
    path = tmp_path / f"{EXAMPLE.stem}.pdf"
    assert [failures(path, profile) for profile in profiles] == [""] * len(profiles)
    with pikepdf.open(path) as pdf:
        assert (len(pdf.attachments), "/OutputIntents" in pdf.Root) == (2 * (level == "3a"), level != "none")


def test_a_draft_is_archived_without_its_data(tmp_path: Path) -> None:
    assert run(tmp_path, "build", str(EXAMPLE), "-o", ".", "--only", "pdf", "--draft").code == 0
    path = tmp_path / f"{EXAMPLE.stem}.pdf"
    assert failures(path, "ua1") == ""
    with pikepdf.open(path) as pdf:
        assert len(pdf.attachments) == 0


# What a screen reader reads.


def test_the_tags_in_order_are_the_reports_blocks(built: Built) -> None:
    report, _ = composed(example(), hebei())
    mine = [(tag, bare(text)) for tag, text in told(spoken(built.pdf))]
    theirs = [(tag, bare(text)) for tag, text in expected(report)]
    assert mine == theirs


def test_every_head_has_a_scope_and_every_span_is_told(built: Built) -> None:
    report, _ = composed(example(), hebei())
    cells = [c for t in report.tables() for g in t.grids for row in g.rows for c in row.cells if c is not None]
    tagged = list(_cells(spoken(built.pdf)))
    assert len(tagged) == len(cells)
    for cell, one in zip(cells, tagged, strict=True):
        scope = {"column": "/Column", "row": "/Row"}.get(cell.header)
        assert str(one.attributes.get("Scope")) == str(scope)
        spans = int(one.attributes.get("RowSpan", 1)), int(one.attributes.get("ColSpan", 1))
        assert spans == (cell.rows, cell.columns)


def _cells(root: Spoken) -> Iterator[Spoken]:
    for one in root.below:
        if one.tag in ("TH", "TD"):
            yield one
        yield from _cells(one)


def test_each_entry_of_the_contents_is_a_link_that_says_where_it_leads(built: Built) -> None:
    entries = list(spoken(built.pdf).find("TOCI"))
    links = [next(entry.find("Link")) for entry in entries]
    with pikepdf.open(built.pdf) as pdf:
        annotations = [a for page in pdf.pages for a in page.get("/Annots", [])]
        assert len(links) == len(annotations) == len(list(pdf.open_outline().root)) + _below(pdf)
        assert all(bare(str(a.Contents)) in bare(one.text) for a, one in zip(annotations, links, strict=True))


def _below(pdf: pikepdf.Pdf) -> int:
    def count(items: Any) -> int:  # noqa: ANN401 - pikepdf's outline items
        return sum(1 + count(item.children) for item in items)

    with pdf.open_outline() as outline:
        return sum(count(item.children) for item in outline.root)


# What the file carries.


def test_what_is_extracted_builds_the_same_bytes(built: Built, tmp_path: Path) -> None:
    assert run(tmp_path, "extract", str(built.pdf), "-o", "取出").code == 0
    taken = tmp_path / "取出"
    assert (taken / built.xlsx.name).read_bytes() == built.xlsx.read_bytes()
    assert run(tmp_path, "build", f"取出/{EXAMPLE.name}", "-o", "再做").code == 0
    assert (tmp_path / "再做" / built.pdf.name).read_bytes() == built.pdf.read_bytes()
    assert (tmp_path / "再做" / built.xlsx.name).read_bytes() == built.xlsx.read_bytes()


def test_an_attachment_that_is_not_what_was_attached_is_told_and_not_written(built: Built, tmp_path: Path) -> None:
    with pikepdf.open(built.pdf) as pdf:
        attached = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
        attached.write(attached.read_bytes().replace(b"85.21", b"95.21"))
        pdf.save(tmp_path / "改.pdf")
    done = run(tmp_path, "extract", "改.pdf", "-o", "取出")
    assert done.code == 4
    assert f"随附的“{EXAMPLE.name}”已经损坏" in done.out + done.err
    assert not (tmp_path / "取出").exists()


PRIVATE = ["内部掌握甲", "放行的理由乙", "987654.32", "五号内部区划", "50199"]


def test_nothing_unpublished_is_in_either_file(tmp_path: Path) -> None:
    data = json.loads(slipped())
    data["notes"] = [PRIVATE[0]]
    data["waivers"] = [{"rule": "IN-10", "reason": PRIVATE[1]}]
    data["control_totals"] = {"sangong": float(PRIVATE[2])}
    data["unit"]["region"] = PRIVATE[3]
    data["ledger"][0]["government_economic"] = PRIVATE[4]
    (tmp_path / "私.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    assert run(tmp_path, "build", "私.json", "-o", ".").code == 0
    everything = list(_streams(tmp_path / "私.pdf")) + list(_members(tmp_path / "私.xlsx"))
    for secret in PRIVATE:
        forms = [secret.encode(code) for code in ("utf-8", "utf-16-be", "gb18030")]
        forms += [secret.encode("utf-16-be").hex().upper().encode()]
        assert not any(form in data for form in forms for data in everything), secret


def _streams(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                data = item.read_bytes()
                yield data
                if data.startswith(b"PK"):
                    with zipfile.ZipFile(io.BytesIO(data)) as packed:
                        yield from (packed.read(name) for name in packed.namelist())


def _members(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as packed:
        yield from (packed.read(name) for name in packed.namelist())


def test_a_pdf_without_attachments_and_a_file_that_is_none_are_told(built: Built, tmp_path: Path) -> None:
    run(tmp_path, "build", str(EXAMPLE), "-o", ".", "--only", "pdf", "--archive", "2a")
    assert run(tmp_path, "extract", f"{EXAMPLE.stem}.pdf").code == 1
    assert run(tmp_path, "extract", str(EXAMPLE)).code == 4
    assert run(tmp_path, "extract", "没有.pdf").code == 4
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{EXAMPLE.stem}.pdf"]
    assert built.pdf.is_file()
