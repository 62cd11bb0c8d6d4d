"""A stored number as a spreadsheet shows it: the part of Excel's number formats that budgets use.

Basis: ECMA-376 part 1, 18.8.31. Rounding is half away from zero, as spreadsheets round.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal

_UNSHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")
"""Colours and conditions, spaces as wide as a character, characters that fill the cell."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DIGITS = re.compile(r"[#0?,.]*[#0?][#0?,.]*")
_GENERAL = 15
"""Digits that spreadsheets keep of a number."""
_WIDE = Context(prec=700)
"""Digits for any number that a cell can hold."""
_DATE = re.compile(r"y+|m+|d+", re.IGNORECASE)


def printed(value: Decimal, form: str) -> str:
    """The number in this format; 0.5 in 0% is 50%."""
    if form.strip().lower() in ("", "general", "@"):
        return general(value)
    sections = _sections(form)
    section, shown = sections[0], value
    if value < 0 and len(sections) > 1 and sections[1]:
        section, shown = sections[1], -value
    elif value == 0 and len(sections) > 2:  # noqa: PLR2004 - positive; negative; zero
        section = sections[2]
    return _shown(shown, section)


def general(value: Decimal) -> str:
    """The number without a format: its digits, no exponent."""
    places = _GENERAL - 1 - max(0, value.adjusted())
    rounded = value if value == value.to_integral_value() else value.quantize(Decimal(1).scaleb(-places), None, _WIDE)
    text = f"{rounded:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def date_text(value: dt.date, form: str) -> str:
    """A date by its format: years, months and days, the rest left out."""
    parts = {"y": (value.year, 4), "m": (value.month, 2), "d": (value.day, 2)}

    def part(match: re.Match[str]) -> str:
        number, most = parts[match[0][0].lower()]
        return f"{number:0{min(len(match[0]), most)}d}"

    plain = _plain(form.partition(";")[0])
    text = re.sub(r"[hs]+.*", "", _DATE.sub(part, plain), flags=re.IGNORECASE).strip()
    return text if _DATE.search(plain) and any(char.isdigit() for char in text) else value.isoformat()


def _sections(form: str) -> list[str]:
    """The format cut at semicolons that are no literals."""
    return [part.replace("\x00", ";") for part in _LITERAL.sub(_kept, form).split(";")]


def _kept(match: re.Match[str]) -> str:
    return match[0].replace(";", "\x00")


def _plain(section: str) -> str:
    """The section with literals as they print, what is not shown left out."""
    return _LITERAL.sub(lambda m: m[1] if m[1] is not None else m[2], _UNSHOWN.sub("", section))


def _shown(value: Decimal, section: str) -> str:
    found = _DIGITS.search(_UNSHOWN.sub("", section))
    if found is None:
        return _plain(section).replace("General", general(value)) if section else ""
    bare = _UNSHOWN.sub("", section)
    before, digits, after = bare[: found.start()], found[0], bare[found.end() :]
    scale = 2 * (before + after).count("%")
    number = _number(value.scaleb(scale), digits)
    sign = "-" if number.startswith("-") else ""
    return sign + _plain(before) + number.removeprefix("-") + _plain(after)


def _number(value: Decimal, digits: str) -> str:
    """The digits; commas at the end divide by 1000 each, others group."""
    shown = digits.rstrip(",")
    value = value.scaleb(-3 * (len(digits) - len(shown)))
    whole, _, fraction = shown.partition(".")
    places, least = len(fraction), fraction.count("0")
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    rounded = rounded or abs(rounded)
    text = f"{rounded:{',' if ',' in whole else ''}.{places}f}"
    while places > least and text.endswith("0"):
        text, places = text[:-1], places - 1
    return text.removesuffix(".") if not places else text
