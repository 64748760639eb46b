"""The number that a line or a block opens with, in the forms that documents print."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Leading", "leading_number", "leading_subnumber"]

# "12. Text", "12 . Text", "12 - Text", and the full-width stop and comma of Chinese files.
_NUMBER = re.compile(
    r"\[?(\d{1,4})(?:\s?(?:[.．。](?!\d)|[．、](?=\S))"
    r"|\s?[-–]\s(?=[A-ZÀ-Þ«“\"\u0410-\u042f\u0600-\u06ff]))\s*"
)
# "5., 6., 9. The Government accepts": one answer to several numbers, in addenda.
_JOINT = re.compile(r"\d{1,4}\.(?:\s?(?:,|and|et|y|и)\s?\d{1,4}\.)+,?\s*")
_SUBNUMBER = re.compile(r"(\d{1,4})\.(\d{1,3})\.?(?=\s|[A-ZА-Я“\"])\s*")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True, slots=True)
class Leading:
    """The number a text opens with.

    Attributes:
        number: the number.
        last: the last one, where several are printed together ("5., 6., 7. The Government …").
        start: offset of the words after it.
        others: further ones printed with it, after a gap ("5., 6., 9.").
    """

    number: int
    last: int
    start: int
    others: tuple[int, ...] = ()


def leading_number(text: str) -> Leading | None:
    """Return the paragraph number a text opens with, or None."""
    if not text[:2].strip("[")[:1].isdigit():
        return None
    digits = text.translate(_ARABIC_DIGITS)
    if (match := _NUMBER.match(digits)) is None:
        return None
    number = int(match.group(1))
    if joint := _JOINT.match(digits):
        numbers = [int(found) for found in re.findall(r"\d+", joint[0])]
        if numbers == sorted(set(numbers)):
            run = next((i for i, n in enumerate(numbers) if n != number + i), len(numbers))
            return Leading(number, numbers[run - 1], joint.end(), tuple(numbers[run:]))
    return Leading(number, number, match.end())


def leading_subnumber(text: str) -> tuple[int, int, int] | None:
    """Return (12, 3, offset of the words) for a text that opens with "12.3" or "12.3."."""
    if not text[:1].isdigit():
        return None
    match = _SUBNUMBER.match(text.translate(_ARABIC_DIGITS))
    return (int(match.group(1)), int(match.group(2)), match.end()) if match else None
