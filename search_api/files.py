"""Files that answers are made of: their names, their bytes, their media types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

__all__ = ["MEDIA_TYPES", "File", "file_name", "today"]

MEDIA_TYPES: Mapping[str, str] = {
    "bib": "application/x-bibtex; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
"""By the ending of the file's name."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was made.

    Attributes:
        name: with its ending; letters of every script.
        content: its bytes.
        missing: what was asked for and is not in it.
    """

    name: str
    content: bytes
    missing: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """Return the media type that its name's ending tells."""
        return MEDIA_TYPES[self.name.rpartition(".")[2]]


def file_name(title: str) -> str:
    """Return a name for a file from a title: letters and digits of every script, hyphens."""
    folded = unicodedata.normalize("NFC", title)
    return re.sub(r"[^\w]+", "-", folded.encode("utf-8", "ignore").decode()).strip("-_")[:80] or (
        "precedent"
    )


def today() -> date:
    """Return the day, in UTC: a file made twice in a day is the same wherever it is made."""
    return datetime.now(UTC).date()
