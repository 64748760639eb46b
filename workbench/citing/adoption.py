"""When a resolution was adopted, which its last lines say and its masthead does not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.metadata.dates import iso_date

__all__ = ["adopted_on"]

_LONGEST_CLOSING = 160
"""Characters of "85th plenary meeting 20 December 1993", with a vote beside it."""

_DATE = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}(?:er|º)?\s+(?:de\s+)?[^\W\d]{3,}\s+(?:de\s+)?\d{4}"
)


def adopted_on(closings: Iterable[str], distributed: str | None) -> str | None:
    """Return the ISO date on which a resolution was adopted, or None where no line says it.

    Documents end in the meeting and its day ("85th plenary meeting / 20 December 1993"). The
    masthead's date is that of distribution: as late as a month after, in another year at times.

    Args:
        closings: unnumbered lines of the document in reading order, headings and notes left out.
        distributed: date of the document; nothing is adopted after it.
    """
    for line in reversed(list(closings)):
        if len(line) > _LONGEST_CLOSING:
            continue
        for found in reversed(_DATE.findall(line)):
            day = iso_date(found)
            if day and (not distributed or day[: len(distributed)] <= distributed):
                return day
    return None
