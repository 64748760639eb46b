"""Roman numerals: of sessions ("XXX"), annexes and lists."""

from __future__ import annotations

__all__ = ["roman_numeral", "roman_value"]

_STEPS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_VALUES = {letters: value for value, letters in _STEPS}


def roman_numeral(number: int) -> str:
    """Write a number above zero in Roman numerals."""
    letters = ""
    for value, sign in _STEPS:
        count, number = divmod(number, value)
        letters += sign * count
    return letters


def roman_value(letters: str) -> int:
    """Return the number that Roman numerals stand for."""
    upper, total, index = letters.upper(), 0, 0
    while index < len(upper):
        pair = upper[index : index + 2]
        sign = pair if pair in _VALUES else upper[index]
        total += _VALUES[sign]
        index += len(sign)
    return total
