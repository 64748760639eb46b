"""The headings of a document, and where each begins."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from search_api.schemas import OutlineEntry

__all__ = ["outline_of"]

MAX_HEADINGS = 2_000
"""More than any document has; a text of nothing but headings must not double its answer."""


def outline_of(places: Sequence[sqlite3.Row]) -> tuple[OutlineEntry, ...]:
    """Return the headings in order, from the rows of `indexer.read_through.places_of`.

    Most stand as paragraphs of their own. Where a source gives only the sections that a paragraph
    stands in, a heading begins at the first paragraph under it.
    """
    entries: list[OutlineEntry] = []
    path: tuple[str, ...] = ()
    for place in places:
        section = tuple(json.loads(place["section"]))
        if place["title"] is not None:
            section = (*section, place["title"])
        entries += [
            OutlineEntry(
                title=section[level],
                level=level + 1,
                ordinal=place["ordinal"],
                paragraph_id=place["paragraph_id"],
            )
            for level in range(_shared(path, section), len(section))
        ]
        path = section
        if len(entries) >= MAX_HEADINGS:
            break
    return tuple(entries[:MAX_HEADINGS])


def _shared(path: tuple[str, ...], section: tuple[str, ...]) -> int:
    """Return how many headings two paragraphs have in common, from the outermost."""
    shared = 0
    for one, other in zip(path, section, strict=False):
        if one != other:
            break
        shared += 1
    return shared
