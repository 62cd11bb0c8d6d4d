"""A short run of `make fuzz`; and that its judging is not blind: what it looks for is told when it is planted."""

from __future__ import annotations

import io
import json
import signal
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from budgetreport.deadline import OverdueError
from budgetreport.intake.source import Source
from budgetreport.problems import FilePlace, Level, Problem, ProblemsError
from budgetreport.write.pdf import pdf_bytes
from budgetreport.write.xlsx import xlsx_bytes
from tests.desk import EXAMPLE
from tests.fuzz.cases import KINDS, Case, case
from tests.fuzz.chance import Chance
from tests.fuzz.declared import declared
from tests.fuzz.dying import FATAL, dying
from tests.fuzz.inputs import SEEDS, Made, field_changed, written
from tests.fuzz.judging import LIMIT, Verdict, judged
from tests.fuzz.remembering import remembered
from tests.fuzz.side_by_side import timed

COUNT = 100
"""Cases of a short run, numbers from 1."""
BUILD = ("build", "输入.json")
Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True, scope="module")
def _layouts_loaded_once() -> Iterator[None]:
    with remembered():
        yield


@pytest.fixture(scope="module")
def short_run(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return [case(seed, tmp_path_factory.mktemp("case")) for seed in range(1, COUNT + 1)]


def test_nothing_is_wrong_in_a_short_run(short_run: list[Case]) -> None:
    assert [one for one in short_run if one.verdict.wrong] == []


def test_a_short_run_has_every_kind_and_builds_many_of_its_inputs(short_run: list[Case]) -> None:
    assert {one.kind for one in short_run} == set(KINDS)
    building = [one for one in short_run if one.command == "build"]
    assert sum(not one.verdict.code for one in building) >= 0.2 * len(building)  # of so few; make fuzz asks for 0.3
    assert {one.verdict.told for one in short_run} >= {"line"}


# What is planted is told.


def built(folder: Path, limit: float = LIMIT) -> Verdict:
    """The example, built and judged."""
    (folder / "输入.json").write_bytes(EXAMPLE.read_bytes())
    return judged(folder, BUILD, Made(EXAMPLE.read_bytes(), ""), limit)


def test_the_example_has_nothing_wrong_as_long_as_nothing_is_planted(tmp_path: Path) -> None:
    assert built(tmp_path) == Verdict((), 0, ("pdf", "xlsx"))


def bug(*_of: object) -> None:
    raise KeyError("甲")


def escape(*_of: object) -> None:
    raise OverdueError(1)


def loop(*_of: object) -> None:
    while True:
        pass


def refuse_nowhere(*_of: object) -> None:
    raise ProblemsError([Problem(Level.ERROR, "IN-01", FilePlace("输入.json"), "不对", "改正")])


def refuse_without_saying_how_to_mend(*_of: object) -> None:
    raise ProblemsError([Problem(Level.ERROR, "IN-01", FilePlace("输入.json", 1), "不对", "")])


def refuse_without_an_error(*_of: object) -> None:
    raise ProblemsError([Problem(Level.NOTICE, "IN-01", FilePlace("输入.json", 1), "不对", "改正")])


def write_and_refuse(*_of: object) -> None:
    Path("半个.pdf").write_bytes(b"%PDF-1.7")
    raise ProblemsError([Problem(Level.ERROR, "IN-01", FilePlace("输入.json", 1), "不对", "改正")])


SLIPS: dict[str, tuple[Callable[..., None], str]] = {
    "a bug ends in exit code 70": (bug, "exit code 70"),
    "an exception gets out": (escape, "raised OverdueError"),
    "a refusal has no place": (refuse_nowhere, "no place"),
    "a refusal has no remedy": (refuse_without_saying_how_to_mend, "no words"),
    "a refusal has no error": (refuse_without_an_error, "without an error"),
    "files are left by a refusal": (write_and_refuse, "but these files were written: ['半个.pdf']"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_planted_slip_of_the_program_is_told(name: str, tmp_path: Path, monkeypatch: Patch) -> None:
    slip, said = SLIPS[name]
    monkeypatch.setattr("budgetreport.intake.validate", slip)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where the log of a bug goes
    (tmp_path / "desk").mkdir()
    assert said in str(built(tmp_path / "desk").wrong)


def test_a_loop_that_never_ends_is_told(tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr("budgetreport.intake.validate", loop)
    assert built(tmp_path, limit=1).wrong == ("took more than 1 s",)


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new)

    return change


def repacked(change: Callable[[dict[str, bytes]], object]) -> Callable[[bytes], bytes]:
    def made(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        change(parts)
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w") as packed:
            for name, content in parts.items():
                packed.writestr(name, content)
        return again.getvalue()

    return made


DAMAGES: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a PDF that is cut off": ("pdf", lambda data: data[: len(data) // 2], "输入.pdf: "),
    "a PDF whose table of objects points elsewhere": ("pdf", replaced(b"startxref\n", b"startxref\n1"), "输入.pdf: "),
    "a PDF/A without its colours": ("pdf", replaced(b"/OutputIntents", b"/OutputIntentz"), "输入.pdf: 3a: "),
    "a PDF/UA that does not say so": ("pdf", replaced(b"pdfuaid:part>1", b"pdfuaid:part>9"), "输入.pdf: ua1: "),
    "a PDF without tags": ("pdf", replaced(b"/Marked true", b"/Marked null"), "输入.pdf: "),
    "a workbook cut off": ("xlsx", lambda data: data[: len(data) // 2], "输入.xlsx: "),
    "a workbook that lacks a part": ("xlsx", repacked(lambda parts: parts.pop("xl/styles.xml")), "输入.xlsx: "),
    "a sheet that is no XML": (
        "xlsx",
        repacked(lambda parts: parts.update({"xl/worksheets/sheet2.xml": b"<worksheet>"})),
        "输入.xlsx: ",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_planted_damage_to_what_is_written_is_told(name: str, tmp_path: Path, monkeypatch: Patch) -> None:
    kind, damage, said = DAMAGES[name]
    writers: dict[str, Callable[..., bytes]] = {"pdf": pdf_bytes, "xlsx": xlsx_bytes}
    sound = writers[kind]
    monkeypatch.setattr(f"budgetreport.write.{kind}.{kind}_bytes", lambda *of, **named: damage(sound(*of, **named)))
    verdict = built(tmp_path)
    assert verdict.code == 0
    assert any(wrong.startswith(said) for wrong in verdict.wrong), verdict.wrong


@pytest.fixture
def changed() -> Made:
    """A field changed whose refusal is about that line alone."""
    return next(
        made
        for made in (field_changed(Chance(seed)) for seed in range(1000))
        if made.how == "another type" and made.lines and made.lines[0] > 50
    )


def test_a_changed_field_is_told_on_its_line(changed: Made, tmp_path: Path) -> None:
    (tmp_path / "输入.json").write_bytes(changed.data)
    verdict = judged(tmp_path, BUILD, changed)
    assert (verdict.wrong, verdict.code, verdict.told) == ((), 1, "line")


def test_a_planted_shift_of_lines_is_told(changed: Made, tmp_path: Path, monkeypatch: Patch) -> None:
    sound = Source.locate

    def shifted(source: Source, path: tuple[str | int, ...]) -> FilePlace:
        place = sound(source, path)
        return FilePlace(place.file, place.line + 7, place.column)

    monkeypatch.setattr(Source, "locate", shifted)
    (tmp_path / "输入.json").write_bytes(changed.data)
    assert "not told at lines" in str(judged(tmp_path, BUILD, changed).wrong)


# What is made.


@pytest.mark.parametrize("seed", range(1, 100))
def test_the_lines_that_are_named_hold_all_that_was_changed(seed: int) -> None:
    """All lines before and behind are those of the input as it was."""
    made = field_changed(Chance(seed))
    first, last = made.lines or (0, 0)
    now = made.data.decode("utf-8", "surrogatepass").split("\n")
    behind = now[last:]
    assert 1 <= first <= last <= len(now)
    assert any(
        then[: first - 1] == now[: first - 1] and then[len(then) - len(behind) :] == behind
        for then in (written(json.loads(path.read_text("utf-8"))).split("\n") for path in SEEDS)
    )


def test_a_number_makes_the_same_case_and_the_next_another() -> None:
    for maker in (field_changed, declared):
        made = [maker(Chance(seed)) for seed in (5, 5, 6)]
        assert made[0] == made[1] != made[2]
    streams = [[chance.below(10**9) for _ in range(5)] for chance in map(Chance, (1, 2, 3))]
    assert len({number for stream in streams for number in stream}) == 15


def test_what_hypothesis_makes_states_what_is_declared_and_some_of_it_builds(tmp_path: Path) -> None:
    codes = []
    for seed in range(8):
        made = declared(Chance(seed))
        assert {"layout", "year", "amount_unit", "unit", "ledger"} <= json.loads(made.data).keys()
        folder = tmp_path / str(seed)
        folder.mkdir()
        (folder / "输入.json").write_bytes(made.data)
        verdict = judged(folder, ["build", "输入.json", "--only", "xlsx", "--draft"], made)
        assert verdict.wrong == ()
        codes.append(verdict.code)
    assert set(codes) == {0, 1}


def test_a_process_that_dies_of_a_case_fails_that_case_and_the_others_go_on(tmp_path: Path) -> None:
    found = {one.case.seed: one.case.verdict.wrong for one in timed(range(1, 5), 2, tmp_path, dying)}
    assert found == {1: (), FATAL: (f"the process died: {-signal.SIGABRT}",), 3: (), 4: ()}
