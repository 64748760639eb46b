"""What is printed past the first page: imprint and date of official records, job number at the end.

Supplements to the Official Records have a cover without distribution block; the title page closes
with "United Nations • New York, 2025", and the contents may open with the date of the text in
brackets, "[12 June 2025]". Their job number stands on the last page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.metadata.dates import iso_date
from corpus.readers.page import Page

__all__ = ["date_of_record", "job_number_of"]

_IMPRINT = re.compile(
    r"(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций|联合国|"
    r"الأمم المتحدة)\s*\W\s*.{3,60}?[,،，]\s?(?P<year>(?:19|20)\d\d)(?:年|\s?год)?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[(?P<date>[^\[\]]{6,40})\]")
_JOB = re.compile(
    r"(?P<number>(?:GE|NY|V)[.:]\s?\d{2}[-–‑]\s?\d{4,6}|\d{2}[-–‑]\d{5})\s*(?:\([A-Z]\))?"
    r"(?:\s+\d{6})*\s*(?:\*\d{6,8}\*)?"
)
_FIRST_PAGES = 10
_FOOT = 0.8


def date_of_record(pages: Sequence[Page]) -> str | None:
    """Return the date of a supplement to the Official Records, ISO, to the precision printed."""
    year = None
    for page in pages[:_FIRST_PAGES]:
        for line in page.lines:
            text = line.text.strip()
            if (dated := _BRACKETED.fullmatch(text)) and (date := iso_date(dated["date"])):
                return date
            if year is None and (imprint := _IMPRINT.fullmatch(text)):
                year = imprint["year"]
    return year


def job_number_of(pages: Sequence[Page]) -> str | None:
    """Return the job number at the foot of the first page or the last two, or None."""
    for page in (*pages[:1], *pages[1:][-2:]):
        for line in page.lines:
            if page.height > 0 and line.y / page.height > _FOOT:
                found = _JOB.fullmatch(line.text.strip())
                if found is not None:
                    number = re.sub(r"\s", "", found["number"])
                    return re.sub(r"[–‑]", "-", number).replace(":", ".")
    return None
