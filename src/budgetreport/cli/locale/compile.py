"""Makes zh_CN/LC_MESSAGES/messages.mo, the catalogue that gettext reads, from messages.json.

Run after a change: `python -m budgetreport.cli.locale.compile`. A test holds the two against each other.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "zh_CN" / "LC_MESSAGES" / "messages.mo"
_PLURALS = {
    "Did you mean {possibility}?": "(Did you mean one of: {possibilities}?)",
    "Option {name!r} requires an argument.": "Option {name!r} requires {nargs} arguments.",
    "Got unexpected extra argument ({args})": "Got unexpected extra arguments ({args})",
    "{value!r} is not {choice}.": "{value!r} is not one of {choices}.",
    "Takes {nargs} values but 1 was given.": "Takes {nargs} values but {len} were given.",
}
_HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"


def catalogue(source: str) -> bytes:
    """The .mo file of the texts in messages.json (format: GNU gettext manual, MO files)."""
    texts: dict[str, str | list[str]] = json.loads(source)
    pairs = {"": _HEAD}
    for said, ours in texts.items():
        if isinstance(ours, list):
            pairs[f"{said}\0{_PLURALS[said]}"] = "\0".join(ours)
        else:
            pairs[said] = ours
    entries = sorted((said.encode(), ours.encode()) for said, ours in pairs.items())
    start = 7 * 4 + 16 * len(entries)
    keys, values = b"", b""
    key_at: list[int] = []
    value_at: list[int] = []
    for key, _ in entries:
        key_at += [len(key), start + len(keys)]
        keys += key + b"\0"
    for _, value in entries:
        value_at += [len(value), start + len(keys) + len(values)]
        values += value + b"\0"
    count = len(entries)
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return head + struct.pack(f"<{4 * count}I", *key_at, *value_at) + keys + values


if __name__ == "__main__":
    TARGET.write_bytes(catalogue((HERE / "messages.json").read_text("utf-8")))
