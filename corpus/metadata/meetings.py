"""Records of meetings: `A/80/PV.5`, `S/PV.9876`, `CAT/C/SR.1900`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.metadata.dates import iso_date
from corpus.readers.flow import OpeningLine
from corpus.symbols import Symbol
from corpus.types import DocumentKind

__all__ = ["Meeting", "meeting_of"]

_NUMBER = r"(?:\d{1,5}(?:st|nd|rd|th|e|ème|ª|º|-е|-я)?|[\w-]+)"
_TITLE = re.compile(
    rf"(?:(?:provisional )?summary record .{{0,60}}|{_NUMBER} (?:plenary |closed )?meeting|"
    rf"{_NUMBER} s[ée]ance(?: plénière)?|{_NUMBER}\s?sesión(?: plenaria)?|"
    rf"{_NUMBER} (?:пленарное )?заседание|第\s?\d+\s?次(?:全体)?会议)\*?",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"(?:provisional )?summary record", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?:held .{0,80}, )?(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+"
    r"(?P<date>\d{1,2} \w+ \d{4})\b.*",
    re.IGNORECASE,
)
_LINES = 30


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the head of its record names it.

    Attributes:
        title: "5th plenary meeting", "Summary record of the 1900th meeting".
        date: when it was held, ISO, for verbatim records, which print no date of issue.
    """

    title: str
    date: str | None


def meeting_of(lines: Sequence[OpeningLine], symbol: Symbol | None) -> Meeting | None:
    """Return the meeting whose record begins so, or None for any other document.

    Only the symbol makes it a record: a line that names a meeting stands on many documents.
    """
    if symbol is None or symbol.kind is not DocumentKind.MEETING_RECORD:
        return None
    head = list(lines[:_LINES])
    index = next((i for i, line in enumerate(head) if _TITLE.fullmatch(line.text)), None)
    if index is None:
        return None
    title = head[index].text.rstrip("* ")
    if _SUMMARY.match(title):
        following = head[index + 1 : index + 2]
        wrapped = [x.text for x in following if x.group == head[index].group and x.bold]
        return Meeting(" ".join([title, *wrapped]).rstrip("* "), None)
    dates = (_WEEKDAY.fullmatch(line.text) for line in head)
    date = next((iso_date(found["date"]) for found in dates if found), None)
    return Meeting(title, date)
