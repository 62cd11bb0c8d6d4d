"""The tutorial of docs/layouts.md, done as it says: each file as shown, each command run, its output compared."""

from __future__ import annotations

import re
from pathlib import Path

from tests.desk import run
from tests.house.pages import PROJECT

_FENCE = re.compile(r"^```(\S+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILES = ("yml", "j2", "json5", "csv")


def tutorial() -> list[tuple[str, str, str]]:
    """The blocks: language, what else the fence says, text."""
    page = (PROJECT / "docs" / "layouts.md").read_text("utf-8")
    section = page.partition("## 一小时")[2].partition("\n## ")[0]
    return [(match[1], match[2].strip(), match[3]) for match in _FENCE.finditer(section)]


def told(session: str) -> list[tuple[str, str]]:
    """The commands of a session, each with what it prints."""
    commands = re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    return [(one.partition("\n")[0], one.partition("\n")[2]) for one in commands]


def test_the_tutorial_is_true_from_its_first_command_to_its_last(tmp_path: Path) -> None:
    """A line of … stands for any lines; a session may show a command that finds errors or differences."""
    done = {"files": 0, "commands": 0}
    for language, said, text in tutorial():
        if language in _FILES:
            file = tmp_path / said
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            done["files"] += 1
            continue
        assert language in {"bash", "shell-session"}
        for command, shown in told(text) if language == "shell-session" else [(text.strip(), None)]:
            typed, _, target = command.partition(" > ")
            assert typed.startswith("budgetreport "), typed
            found = run(tmp_path, *typed.split()[1:])
            assert found.code in ({0} if shown is None else {0, 1}), found.out + found.err
            if target:
                (tmp_path / target).write_text(found.out, "utf-8")
            if shown is not None:
                expected = ".*".join(re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE))
                assert re.fullmatch(expected, found.out, re.DOTALL), found.out
            done["commands"] += 1
    assert done == {"files": 10, "commands": 10}


def test_every_command_of_an_author_but_the_schemas_is_used_in_it() -> None:
    """Those are written by `new`; `draft` has a part of its own."""
    used = {word for _, _, text in tutorial() for word in re.findall(r"budgetreport layouts (\w+)", text)}
    assert used >= {"new", "lint", "preview", "show", "diff"}
