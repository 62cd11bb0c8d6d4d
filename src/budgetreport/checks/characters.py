"""Characters and digits as such: their width, the check digits of numbers."""

from __future__ import annotations

import unicodedata

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def narrow(text: str) -> str:
    """The text with full-width letters, digits and marks in half width (Unicode NFKC, character by character)."""
    return "".join(unicodedata.normalize("NFKC", char) if "！" <= char <= "～" else char for char in text)


def wide(text: str) -> str:
    """The text with its ASCII marks in full width; letters and digits stay."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" and not char.isalnum() else char for char in text)


def is_mod_11_2(text: str) -> bool:
    """Whether 18 characters end with the check digit ISO 7064 MOD 11-2 of the 17 digits before. Basis: GB 11643."""
    if len(text) != 18 or not text[:17].isdecimal():  # noqa: PLR2004 - said in the docstring
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return _CHECKS[weighed % 11] == text[17].upper()


def is_luhn(text: str) -> bool:
    """Whether digits end with the check digit of Luhn's formula. Basis: ISO/IEC 7812-1, bank cards."""
    digits = [int(char) for char in text if char.isdecimal()]
    doubled = [n * 2 - 9 * (n > 4) for n in digits[-2::-2]]  # noqa: PLR2004 - 5 × 2 has two digits
    return len(digits) > 1 and (sum(doubled) + sum(digits[-1::-2])) % 10 == 0
