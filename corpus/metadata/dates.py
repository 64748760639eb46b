"""Dates as documents print them, in their languages, to ISO 8601 of the same precision."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["iso_date", "year_of"]

# Months by their opening letters, which are unique in each language; January first.
_MONTHS = (
    "jan|janv|ene|янв|студз|січ|يناير|كانون الثاني",
    "feb|fév|fev|фев|лют|فبراير|شباط",
    "mar|mär|март|мар|сак|бер|مارس|آذار",
    "apr|avr|abr|апр|красав|квіт|أبريل|نيسان",
    "may|mai|май|мая|трав|مايو|أيار",
    "jun|juin|июн|чэрв|черв|يونيه|يونيو|حزيران",
    "jul|juil|июл|ліп|лип|يوليه|يوليو|تموز",
    "aug|aoû|aou|ago|авг|жні|серп|أغسطس|آب",
    "sep|set|сен|вер|سبتمبر|أيلول",
    "oct|okt|out|окт|кастр|жовт|أكتوبر|تشرين الأول",
    "nov|ноя|ліст|лист|نوفمبر|تشرين الثاني",
    "dec|déc|dic|dez|дек|снеж|груд|ديسمبر|كانون الأول",
)
_MONTH_PATTERN = tuple(re.compile(rf"(?:{names})", re.IGNORECASE) for names in _MONTHS)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_DAY_FIRST = re.compile(
    r"(?:le\s+)?(\d{1,2})(?:er|º|st|nd|rd|th)?\.?\s+(?:de\s+)?([^\W\d]+(?:[ /][^\W\d]+){0,3}?)\.?,?"
    r"\s+(?:de\s+|del\s+)?(\d{4})(?:\s*(?:г\.|года|г|года\.|року|roku))?\Z",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,\s*(\d{4})\Z")
_MONTH_YEAR = re.compile(r"([^\W\d]+(?:[ /][^\W\d]+){0,3}?)\.?,?\s+(?:de\s+)?(\d{4})\Z")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?)?\Z")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})\Z")
_EARLIEST, _LATEST = 1900, 2100


def iso_date(text: str | None) -> str | None:
    """Return the ISO form of a text that is a date and nothing else, or None.

    >>> iso_date("24 January 2008"), iso_date("mars 2011"), iso_date("2010")
    ('2008-01-24', '2011-03', '2010')
    """
    plain = re.sub(r"\s+", " ", (text or "").replace("\u00a0", " ")).strip(" .,*")
    plain = re.sub(r"\b0(?=ctob)", "O", plain)  # as recognised in images
    plain = re.sub(r"\A(?:on|le|el)\s+(?=\w)", "", plain, flags=re.IGNORECASE)
    if match := _ISO.match(plain) or _CHINESE.match(plain):
        return _joined(match[1], match[2], match[3])
    if match := _DAY_FIRST.match(plain):
        return _joined(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.match(plain):
        return _joined(match[3], _month(match[1]), match[2])
    if match := _MONTH_YEAR.match(plain):
        month = _month(match[1])
        return _joined(match[2], month, None) if month else None
    if match := _NUMERIC.match(plain):
        # Day first, as in every UN language; 3/4/2025 would be either, so only where it is plain.
        return _joined(match[3], match[2], match[1]) if int(match[1]) > 12 else None
    return None


def _month(name: str) -> str | None:
    for number, pattern in enumerate(_MONTH_PATTERN, 1):
        if pattern.match(name):
            return str(number)
    return None


def _joined(year: str, month: str | None, day: str | None) -> str | None:
    if not _EARLIEST <= int(year) <= _LATEST:
        return None
    if month is None:
        return year if day is None else None
    try:
        found = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return found.isoformat() if day else f"{found.year:04}-{found.month:02}"


def year_of(iso: str | None) -> int | None:
    """Return the year of an ISO date of any precision."""
    return int(iso[:4]) if iso else None
