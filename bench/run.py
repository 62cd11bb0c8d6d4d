"""Our build beside other tools' drawing of the same document: `python bench/run.py [--runs N] [--only PEERS]`.

Joins the project to the benchmark of the shared material (../shared/bench): each tool draws the
reference disclosure in fresh processes, in rounds. Typst's PDF and openpyxl's XLSX together do what
one build of ours does, without computing or checking anything; the ratio compares CPU time with
their sum within a round. The peers get a virtual environment of their own, .venv-bench.
"""

from __future__ import annotations

import argparse
import json
import shlex
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
SHARED = PROJECT.parent / "shared" / "bench"
PEERS = PROJECT / ".venv-bench"
INPUT = PROJECT / "inputs" / "jinzhou-224-2026.json"
PDF, XLSX = "typst", "openpyxl"


def main() -> int:
    """Run the benchmark and tell the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--only", default=f"{PDF},{XLSX}", help=f"peers, separated by commas (default {PDF},{XLSX})")
    parser.add_argument("--input", type=Path, default=INPUT, help="must describe the reference disclosure")
    args = parser.parse_args()
    if not (SHARED / "bench.py").is_file():
        print(f"no benchmark at {SHARED}: it comes with the shared material; nothing was measured")
        return 0
    with tempfile.TemporaryDirectory(prefix="budgetreport-bench-") as folder:
        samples = Path(folder) / "samples.json"
        command = [
            str(peers_python()), "bench.py", "--runs", str(args.runs), "--only", args.only, "--json", str(samples),
            "--input", str(args.input.resolve()), "--project", f"{ours()} build {{input}} -o {{out}}",
        ]  # fmt: skip
        code = subprocess.run(command, cwd=SHARED, check=False).returncode
        if code == 0:
            print(told(json.loads(samples.read_text("utf-8"))["results"]))
    return code


def ours() -> str:
    """The budgetreport command of the environment that runs this script."""
    return shlex.quote(str(Path(sys.executable).parent / "budgetreport"))


def peers_python() -> Path:
    """The peers' interpreter; their environment is made once, and again when their requirements change."""
    wanted = SHARED / "requirements.txt"
    stamp = PEERS / "requirements.txt"
    python = PEERS / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not stamp.is_file() or stamp.read_bytes() != wanted.read_bytes():
        print(f"installing the peers in {PEERS} …", file=sys.stderr)
        venv.create(PEERS, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]
        subprocess.run([*pip, str(wanted)], check=True)
        stamp.write_bytes(wanted.read_bytes())
    return python


def told(results: list[dict[str, object]]) -> str:
    """The line with the ratio: median over the rounds, each within its round."""
    cpu = {str(tool["name"]): _cpu(tool["samples"]) for tool in results if not tool["note"]}
    missing = [name for name in ("project", PDF, XLSX) if name not in cpu]
    if missing:
        return f"no ratio: {', '.join(missing)} gave no result"
    both = [pdf + xlsx for pdf, xlsx in zip(cpu[PDF], cpu[XLSX], strict=True)]
    ratio = statistics.median(own / other for own, other in zip(cpu["project"], both, strict=True))
    own, other = statistics.median(cpu["project"]), statistics.median(both)
    return f"ours {own:.2f} s CPU, {PDF} + {XLSX} {other:.2f} s: ratio {ratio:.2f} (median of {len(both)} rounds)"


def _cpu(samples: object) -> list[float]:
    return [float(sample["cpu"]) for sample in samples] if isinstance(samples, list) else []


if __name__ == "__main__":
    sys.exit(main())
