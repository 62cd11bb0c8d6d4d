"""The same input, the same bytes: wherever, whenever, in whatever language, by whichever Python it is built.

With another zlib the compressed bytes differ; what they unpack to does not.
"""

from __future__ import annotations

import builtins
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import pikepdf
import pytest

from budgetreport import intake
from budgetreport.compose.document import Composer
from budgetreport.disclosure import Disclosure, make, read
from budgetreport.layout import shelf
from budgetreport.layout.layer import in_order
from tests.desk import EXAMPLE, LAYOUT, PROJECT, TEXT
from tests.end_to_end.pythons import interpreters, ready
from tests.making import hebei
from tests.tools import lack, need, said

STEM = EXAMPLE.stem
NAME = "晋州网信办 2026"
"""What a clerk calls the example."""
OTHERS = ("jinzhou-224-2026", "qinghe-341-2025", "sh-example-2026-department")
"""Inputs that are built by other Pythons: of each family of layouts one."""
CHINESE = {"zh_CN.GBK": ("zh_CN", "GBK"), "zh_CN.UTF-8": ("zh_CN", "UTF-8"), "tr_TR.UTF-8": ("tr_TR", "UTF-8")}
"""Locales that are compiled for the test, of what the system knows of them."""


@dataclass(frozen=True)
class World:
    """Where and how a build runs. `given` is how the input is named, seen from the folder; {at} is where all lie."""

    zone: str
    language: str
    seed: str
    folder: str
    given: str = "{at}/{name}"
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        return {
            "TZ": self.zone,
            "LC_ALL": self.language,
            "LANG": self.language,
            "PYTHONHASHSEED": self.seed,
            **self.more,
        }


HOME = World("UTC0", "C", "0", "one")
WORLDS = (
    HOME,
    World("CST-8", "zh_CN.UTF-8", "1", "预算 公开", given="../输 入/{name}"),
    World("EST5EDT", "zh_CN.GBK", "2", "deep/er/still", more={"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    World("<+1245>-12:45", "tr_TR.UTF-8", "4711", "one/again", given="./{name}"),
    World("Asia/Kathmandu", "C", "4294967295", ".", more={"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    World("CST-8", "zh_CN.GBK", "random", "预算 公开/二", more={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "1"}),
    World("EST5EDT", "zh_CN.UTF-8", "0", "one", given="{name}", more={"PYTHONOPTIMIZE": "2"}),
)
"""Each value of the four appears, most of them beside two of the others."""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the locales: glibc looks there at LOCPATH."""
    need("localedef")
    folder = tmp_path_factory.mktemp("locales")
    for name, (language, charmap) in CHINESE.items():
        command = ["localedef", "--no-archive", "-i", language, "-f", charmap, str(folder / name)]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - the system's
        if done.returncode > 1:  # 1: warnings
            lack(f"localedef {name}: {done.stderr.decode(errors='replace').strip()} (Debian: locales)")
    return folder


def build(
    folder: Path,
    *inputs: str,
    env: Mapping[str, str],
    python: Path = Path(sys.executable),
    options: Sequence[str] = (),
    out: str = "out",
) -> Path:
    """The program in a process of its own, standing in the folder; gives the folder of the documents."""
    target = folder / out
    shutil.rmtree(target, ignore_errors=True)
    command = [str(python), "-m", "budgetreport", "build", *inputs, "-o", out, *options]
    done = subprocess.run(  # noqa: S603 - our own interpreter
        command, cwd=folder, env={**os.environ, **env}, capture_output=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")
    return target


def digests(folder: Path) -> dict[str, str]:
    """File → hash, also of what the PDFs carry."""
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        if path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                for name, spec in pdf.attachments.items():
                    found[f"{path.name}/{name}"] = hashlib.sha256(spec.get_file().read_bytes()).hexdigest()
    return found


def test_the_same_bytes_in_every_zone_language_folder_and_with_every_hash_seed(
    tmp_path: Path, locales: Path, record_property: Callable[[str, object], None]
) -> None:
    found: set[tuple[tuple[str, str], ...]] = set()
    for world in WORLDS:
        folder = tmp_path / world.folder
        folder.mkdir(parents=True, exist_ok=True)
        given = world.given.format(at=tmp_path / "at", name=f"{NAME}.json")
        (folder / given).parent.mkdir(exist_ok=True)
        shutil.copy(EXAMPLE, folder / given)
        found.add(tuple(digests(build(folder, given, env={**world.env, "LOCPATH": str(locales)})).items()))
    record_property(
        "summary",
        f"same bytes: {len(WORLDS)} builds in {len({w.zone for w in WORLDS})} time zones, "
        f"{len({w.language for w in WORLDS})} locales, {len({w.seed for w in WORLDS})} hash seeds, "
        f"{len({w.folder for w in WORLDS})} folders: {len(found)} hash of each of {len(next(iter(found)))} files",
    )
    assert len(found) == 1
    assert [name for name, _ in found.pop()] == [
        f"{NAME}.pdf", f"{NAME}.pdf/{NAME}.json", f"{NAME}.pdf/{NAME}.xlsx", f"{NAME}.xlsx",
    ]  # fmt: skip


def test_the_locales_are_really_in_force(locales: Path) -> None:
    """Else the test above would prove nothing: Python takes an unknown locale for C."""
    for name, (_, charmap) in CHINESE.items():
        env = {**os.environ, "LC_ALL": name, "LOCPATH": str(locales), "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
        told = subprocess.run(
            [sys.executable, "-c", "import codecs, locale; print(codecs.lookup(locale.getpreferredencoding()).name)"],
            env=env, capture_output=True, check=True,
        ).stdout.decode().strip()  # fmt: skip
        assert told == {"GBK": "gbk", "UTF-8": "utf-8"}[charmap], name


def test_the_same_bytes_by_every_python(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    others = ready()
    if not others:
        if interpreters():
            lack("other Pythons are here, but not ready (make pythons)")
        pytest.skip("no other Python on this machine")
    inputs = [str(PROJECT / "inputs" / f"{name}.json") for name in OTHERS]
    here = digests(build(tmp_path, *inputs, env=HOME.env, out="here"))
    for number, (version, python) in enumerate(others.items()):
        env = WORLDS[(number + 1) % len(WORLDS)].env
        assert digests(build(tmp_path, *inputs, env=env, python=python, out=version.replace("/", "-"))) == here, version
    told = ", ".join(["{}.{}.{}".format(*sys.version_info[:3]), *others])
    record_property(
        "summary", f"same bytes: {len(inputs)} inputs by Python {told}: 1 hash of each of {len(here)} files"
    )


def test_lengths_are_added_alike_by_every_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """By math.fsum: sum has added floats in another way since Python 3.12, and a line may hang on the last digit."""
    add, found = sum, set()

    def watched(values: Iterable[Any], /, start: Any = 0) -> Any:  # noqa: ANN401 - as sum
        kept = list(values)
        where = sys._getframe(1)  # noqa: SLF001 - who asks
        module = str(where.f_globals["__name__"])
        if module.startswith(("budgetreport.typeset", "budgetreport.write")) and any(
            isinstance(v, float) for v in kept
        ):
            found.add(f"{module}:{where.f_lineno}")
        return add(kept, start)

    monkeypatch.setattr(builtins, "sum", watched)
    make(read(EXAMPLE), ("pdf", "xlsx"), lambda _step: None)
    assert found == set()


def test_the_same_bytes_from_layouts_with_the_line_ends_and_the_order_of_another_system(tmp_path: Path) -> None:
    """As git checks them out on Windows, written to the disk backwards."""
    shipped = PROJECT / "layouts"
    for file in sorted((p for p in shipped.rglob("*") if p.is_file()), reverse=True):
        copied = tmp_path / "layouts" / file.relative_to(shipped)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    shutil.copy(EXAMPLE, tmp_path)
    there = digests(build(tmp_path, EXAMPLE.name, env=HOME.env, out="there"))
    assert there == digests(build(tmp_path, str(EXAMPLE), env=HOME.env, out="here"))


# The system's path separator. What a name of the clerk's file gives to the bytes is the stem of its attachments.


def test_a_file_by_its_windows_path_gives_the_same_bytes() -> None:
    def made(path: PurePath) -> dict[str, bytes]:
        layout = hebei()
        source = intake.parse(TEXT.encode(), path.as_posix())
        facts = intake.validate(source, layout.facts)
        composer = Composer(facts, layout)
        disclosure = Disclosure(source, facts, layout, composer.report()[0], composer, ())
        return {kind: one.data for kind, one in make(disclosure, ("pdf", "xlsx"), lambda _step: None).files.items()}

    windows = made(PureWindowsPath(rf"D:\预算 公开\2026\{STEM}.json"))
    assert windows == made(PurePosixPath(f"/root/{STEM}.json"))


def test_files_of_a_layout_stand_in_the_same_order_by_windows_paths() -> None:
    names = ["a.yaml", "B.yaml", "收支总表.yaml", "b1.yaml", "Z.yaml", "_.yaml"]
    windows = in_order(PureWindowsPath(r"C:\layouts\x") / name for name in names)
    linux = in_order(PurePosixPath("/layouts/x") / name for name in reversed(names))
    assert [file.name for file in windows] == [file.name for file in linux]
    assert sorted(windows) != windows, "paths of Windows sort themselves without case: why there is in_order"


@pytest.mark.parametrize(
    "wrong", ["\\".join(LAYOUT.split("/")), LAYOUT.upper(), f"{LAYOUT}/", f"./{LAYOUT}", "hebei/../" + LAYOUT]
)
def test_a_layout_has_one_name_on_every_system(wrong: str) -> None:
    assert shelf().find(LAYOUT)
    assert shelf().find(wrong) is None


# Another zlib.

OTHER = """\
import zlib

_compress, _compressobj = zlib.compress, zlib.compressobj


def compress(data, /, level=-1, wbits=15):
    packing = _compressobj(9, zlib.DEFLATED, wbits, 1, zlib.Z_FILTERED)
    return packing.compress(data) + packing.flush()


def compressobj(level=-1, method=zlib.DEFLATED, wbits=15, *more):
    return _compressobj(1, method, wbits, 9, zlib.Z_HUFFMAN_ONLY)


zlib.compress, zlib.compressobj = compress, compressobj
"""
"""A sitecustomize.py: other levels and strategies stand for a zlib that packs differently."""


def packed_otherwise(folder: Path, *options: str) -> tuple[Path, Path]:
    """The example as ever, and as another zlib packs it."""
    (folder / "site").mkdir()
    (folder / "site" / "sitecustomize.py").write_text(OTHER, "utf-8")
    path = os.pathsep.join(filter(None, [str(folder / "site"), os.environ.get("PYTHONPATH", "")]))
    one = build(folder, str(EXAMPLE), env=HOME.env, options=options, out="one")
    return one, build(folder, str(EXAMPLE), env={**HOME.env, "PYTHONPATH": path}, options=options, out="other")


def parts(workbook: bytes) -> dict[str, bytes]:
    """The parts of a workbook, in order."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unpacked(pdf: Path) -> list[tuple[dict[str, str], object]]:
    """Every object's entries and its unpacked content, a carried workbook as its parts; not how it was packed."""
    found: list[tuple[dict[str, str], object]] = []
    with pikepdf.open(pdf) as document:
        for one in document.objects:
            if not isinstance(one, pikepdf.Stream):
                found.append(({}, one.unparse(resolved=True)))
                continue
            content = one.read_bytes()
            carried = content.startswith(b"PK")
            left = {"/Length", "/Filter", *(["/Params"] if carried else [])}
            entries = {key: repr(value) for key, value in one.items() if key not in left}
            found.append((entries, parts(content) if carried else content))
    return found


def test_another_zlib_gives_other_bytes_that_unpack_to_the_same(tmp_path: Path) -> None:
    one, other = packed_otherwise(tmp_path)
    for ending in ("pdf", "xlsx"):
        assert (one / f"{STEM}.{ending}").read_bytes() != (other / f"{STEM}.{ending}").read_bytes()
    books = [parts((folder / f"{STEM}.xlsx").read_bytes()) for folder in (one, other)]
    assert list(books[0].items()) == list(books[1].items())
    streams = [unpacked(folder / f"{STEM}.pdf") for folder in (one, other)]
    assert sum(isinstance(content, bytes) for _, content in streams[0]) > 30
    assert sum(isinstance(content, dict) for _, content in streams[0]) == 1
    assert streams[0] == streams[1]


def identity(pdf: Path) -> str:
    with pikepdf.open(pdf) as document:
        return repr(document.trailer["/ID"])


def test_without_a_carried_workbook_qpdf_unpacks_another_zlibs_pdf_to_the_same_file(tmp_path: Path) -> None:
    need("qpdf")
    made = [folder / f"{STEM}.pdf" for folder in packed_otherwise(tmp_path, "--only", "pdf", "--archive", "2a")]
    assert made[0].read_bytes() != made[1].read_bytes()
    assert identity(made[0]) == identity(made[1])
    plain = [path.with_name("plain.pdf") for path in made]
    for path, target in zip(made, plain, strict=True):
        said("qpdf", "--qdf", "--static-id", "--object-streams=disable", str(path), str(target))
    assert plain[0].read_bytes() == plain[1].read_bytes()
