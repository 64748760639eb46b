"""A reader that a file has taken over; it runs in a worker, which may not open the indexer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.limits import Limits
from corpus.parse import parse_file
from corpus.types import Document

__all__ = ["lie"]


def lie(path: Path, limits: Limits) -> list[Document]:
    """Read a file as a reader that was taken over; the name of the file says how."""
    (document,) = parse_file(path, limits)
    other = path.with_name("other.txt")
    match path.stem:
        case "as-another":
            return [replace(document, id="~other", source=str(other))]
        case "with-a-digest-of-another":
            return [replace(document, id="~other", sha256="0" * 64)]
        case "as-many":
            return [document, replace(document, id="~injected")]
    return [document]
