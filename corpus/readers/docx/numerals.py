"""How Word writes the numbers of lists: letters, Roman, Chinese, Hebrew and Arabic numerals.

Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat). A format that is not known here, or a value
outside its range, is written in digits, as Word does.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.roman import roman_numeral

__all__ = ["format_number"]

_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Without ё, й, ъ, ь, which number nothing.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ARABIC_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ARABIC_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_HEBREW_VALUES = (
    (400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"),
    (50, "נ"), (40, "מ"), (30, "ל"), (20, "כ"), (16, "טז"), (15, "טו"), (10, "י"), (9, "ט"),
    (8, "ח"), (7, "ז"), (6, "ו"), (5, "ה"), (4, "ד"), (3, "ג"), (2, "ב"), (1, "א"),
)  # fmt: skip
_CHINESE = "零一二三四五六七八九"
_CHINESE_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = {
    "hindiNumbers": 0x0966,
    "thaiNumbers": 0x0E50,
    "decimalFullWidth": 0xFF10,
    "decimalFullWidth2": 0xFF10,
}
# First sign, and how many there are.
_ENCLOSED = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
}
_LETTERS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
    "arabicAlpha": _ARABIC_ALPHA,
    "arabicAbjad": _ARABIC_ABJAD,
    "hebrew2": _HEBREW,
}
_COUNTED = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting",
}  # fmt: skip
_CYCLES = {"ideographTraditional": _STEMS, "ideographZodiac": _BRANCHES}


def format_number(number: int, style: str) -> str:
    """Write a number in one of Word's formats.

    >>> format_number(28, "lowerLetter"), format_number(4, "upperRoman")
    ('bb', 'IV')
    >>> format_number(23, "chineseCountingThousand"), format_number(16, "hebrew1")
    ('二十三', 'טז')
    """
    if style == "decimalZero":
        return f"{number:02}"
    if number <= 0 or number > 9999:
        return str(number)
    if letters := _LETTERS.get(style):
        repeats, index = divmod(number - 1, len(letters))  # … z, aa, bb
        return letters[index] * (repeats + 1)
    if style in {"lowerRoman", "upperRoman"} and number < 4000:
        roman = roman_numeral(number)
        return roman if style == "upperRoman" else roman.lower()
    if style in _DIGITS:
        return "".join(chr(_DIGITS[style] + int(digit)) for digit in str(number))
    if style in _ENCLOSED and number <= _ENCLOSED[style][1]:
        return chr(_ENCLOSED[style][0] + number - 1)
    if style in _CYCLES and number <= len(_CYCLES[style]):
        return _CYCLES[style][number - 1]
    if style in _COUNTED:
        return _counted(number, _CHINESE, "十百千")
    return _OTHERS.get(style, str)(number)


def _counted(number: int, digits: str, units: str) -> str:
    """Write a number with its units: 二十三, 一百零五; ten to nineteen drop the leading one."""
    written, zero = "", False
    text = str(number)
    for place, digit in zip(range(len(text) - 1, -1, -1), text, strict=True):
        if digit == "0":
            zero = bool(written)
            continue
        written += (digits[0] if zero else "") + digits[int(digit)]
        written += units[place - 1] if place else ""
        zero = False
    return written[1:] if 10 <= number < 20 and units == "十百千" else written


def _legal(number: int) -> str:
    return _counted(number, _CHINESE_LEGAL, "拾佰仟")


def _digital(number: int) -> str:
    return "".join(("〇" + _CHINESE[1:])[int(digit)] for digit in str(number))


def _hebrew(number: int) -> str:
    written = ""
    for worth, letters in _HEBREW_VALUES:
        while number >= worth and (worth not in (15, 16) or number == worth):
            written += letters
            number -= worth
    return written


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


_OTHERS: dict[str, Callable[[int], str]] = {
    "chineseLegalSimplified": _legal,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "hebrew1": _hebrew,
    "ordinal": _ordinal,
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "none": lambda _: "",
}
