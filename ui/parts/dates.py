"""Dates as people read them, in the language of the page; files and citations keep ISO 8601."""

from __future__ import annotations

from datetime import UTC, date, datetime

from babel.dates import format_date, format_skeleton, format_time

from ui.parts.markup import Markup, element
from ui.wording import language

__all__ = ["date_words", "dated", "time_words"]

_LOCALES = {"en": "en_GB"}
"""Where a language writes dates in several orders: the day first, as the United Nations do."""

_MONTH = "yMMMM"


def dated(written: str) -> Markup:
    """Show a date, to the precision known, with its ISO form for programs."""
    return element("time", date_words(written), datetime=written or None)


def date_words(written: str) -> str:
    """Return an ISO date or time as a day, month or year; what is none comes back as it is.

    A time is told by its day in UTC.
    """
    try:
        if len(written) == len("2010-06"):
            return format_skeleton(_MONTH, date.fromisoformat(f"{written}-01"), locale=_locale())
        return format_date(date.fromisoformat(written[:10]), "long", locale=_locale())
    except ValueError:
        return written


def time_words(written: str) -> str:
    """Return an ISO time as its day and minute, in UTC."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return written
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return f"{date_words(at.date().isoformat())}, {format_time(at, 'HH:mm', locale=_locale())}"


def _locale() -> str:
    spoken = language.current()
    return _LOCALES.get(spoken, spoken)
