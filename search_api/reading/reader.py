"""A document as it is read: which paragraphs an answer holds, and what stands beside them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.countries import country_name
from corpus.errors import OriginalError, UnknownNameError
from indexer.linked import copies_of, twin_rows
from indexer.read_through import footnotes_of, paragraphs_of, place_of_passage, places_of
from indexer.rows import boxes_of, strings_in
from indexer.snapshot import Snapshot
from search_api import listing, present
from search_api.highlights import Highlighter
from search_api.query import parse_query
from search_api.reading.original import Original
from search_api.reading.outline import outline_of
from search_api.schemas import (
    Box,
    OriginalState,
    Passage,
    Place,
    ReadDocument,
    ReadFootnote,
    Reading,
    ReadParagraph,
)
from search_api.standing import standing_of

__all__ = ["Asked", "Reader"]

_RECORDS = "jsonl"
_PAGED = "pdf"

MAX_WINDOW_CHARACTERS = 1_000_000
"""Of the paragraphs of one answer; the one asked for is there however long it is."""

_OVERLAP = 10
"""A window holds a tenth more on either side, so that a paragraph at its edge has a context."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read.

    Attributes:
        named: id of the passage to mark; or a document, by symbol or id.
        paragraph: number or label of the paragraph to mark, if another is to be.
        offset: paragraphs before the window; None puts it around what is marked.
        k: paragraphs of the window at most.
        q: words to mark.
    """

    named: str
    paragraph: str | None = None
    offset: int | None = None
    k: int = 200
    q: str = ""


class Reader:
    """Reads documents of a snapshot; get it as `Engine.reader`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def read(self, asked: Asked) -> Reading:
        """Return a window of a document, around the paragraph asked for.

        Raises:
            UnknownNameError: no such document, passage or paragraph.
        """
        row, ordinal = self._found(asked)
        document_id = str(row["document_id"])
        places = places_of(self._snapshot, document_id)
        if asked.paragraph is not None:
            ordinal = _ordinal_of(places, asked.paragraph, document_id)
        window = _window(places, asked.offset, ordinal, asked.k)
        notes = self._notes(document_id)
        known = {place["paragraph_id"] for place in places}
        before, after = _around(places, ordinal)
        language = row["language"]
        marked = None if ordinal is None else _place(places[ordinal], document_id, language)
        return Reading(
            document=self._document(row),
            outline=outline_of(places),
            total=len(places),
            offset=window.start,
            paragraphs=self._paragraphs(row, window, notes, asked.q),
            loose_footnotes=tuple(
                note for label in notes if label not in known for note in notes[label]
            )
            if window.stop >= len(places)
            else (),
            marked=marked,
            passage=self._passage(marked),
            before=None if before is None else _place(before, document_id, language),
            after=None if after is None else _place(after, document_id, language),
            twins=() if marked is None else self._twins(marked),
        )

    def original(self, document: str) -> Original:
        """Return where the file of a document lies, by symbol or id.

        The path comes out of the index and from nowhere else.

        Raises:
            UnknownNameError: no such document.
            OriginalError: it was a record among others, and has no file of its own.
        """
        row = listing.document_row(self._snapshot, document)
        if row["file_format"] == _RECORDS:
            raise OriginalError(
                row["document_id"], "was a record among others, and has no file of its own"
            )
        sources = (row["source"], *copies_of(self._snapshot, row["document_id"]))
        return Original(
            row["document_id"],
            tuple(Path(source) for source in sources),
            row["sha256"],
            row["page_count"] if row["file_format"] == _PAGED else None,
        )

    def _found(self, asked: Asked) -> tuple[sqlite3.Row, int | None]:
        """Return the row of the document, and the ordinal of the passage, where one is named."""
        document_id, ordinal = place_of_passage(self._snapshot, asked.named) or (asked.named, None)
        row = listing.document_row(self._snapshot, document_id)
        return row, None if asked.paragraph is not None else ordinal

    def _document(self, row: sqlite3.Row) -> ReadDocument:
        summary = listing.summary(row)
        original: OriginalState = "record"
        if row["file_format"] != _RECORDS:
            held = self.original(row["document_id"])
            original = "file" if any(path.is_file() for path in held.paths) else "gone"
        return ReadDocument(
            **dict(summary),
            country_names=tuple(country_name(code) or code for code in summary.country),
            standing=standing_of(
                summary.kind,
                summary.status,
                title=summary.title or "",
                body=summary.body,
                superseded_by=summary.superseded_by,
                vote=summary.vote,
            ),
            concerns=listing.concerns(row["concerns"]),
            links=listing.links(self._snapshot, row["document_id"]),
            original=original,
            page_images=original == "file" and row["file_format"] == _PAGED,
        )

    def _paragraphs(
        self,
        document: sqlite3.Row,
        window: range,
        notes: dict[str | None, list[ReadFootnote]],
        q: str,
    ) -> tuple[ReadParagraph, ...]:
        sought = parse_query(q)
        marker = None
        if sought.interpretation == "words":
            marker = Highlighter(sought.words, sought.phrases, self._snapshot.lexical)
        rows = paragraphs_of(self._snapshot, document["document_id"], window)
        return tuple(_paragraph(row, notes, marker, document["language"]) for row in rows)

    def _notes(self, document_id: str) -> dict[str | None, list[ReadFootnote]]:
        """Return the notes by the label of the paragraph their marks stand in."""
        notes: dict[str | None, list[ReadFootnote]] = defaultdict(list)
        for row in footnotes_of(self._snapshot, document_id):
            note = ReadFootnote(mark=row["mark"], text=row["text"], page=row["page"])
            notes[row["paragraph_id"]].append(note)
        return notes

    def _passage(self, marked: Place | None) -> Passage | None:
        row = None
        if marked is not None and marked.passage_id is not None:
            row = self._snapshot.row_of(marked.passage_id)
        return None if row is None else present.passage(self._snapshot.passages([row])[0])

    def _twins(self, marked: Place) -> tuple[Place, ...]:
        """Return the same paragraph in other languages; their numbers are the same."""
        label = marked.paragraph_id
        if "~" in label or not (marked.number or re.fullmatch(r"pp\d+", label)):
            return ()
        rows, _ = twin_rows(self._snapshot, marked.document_id, label)
        found: dict[str, Place] = {}
        for row in self._snapshot.passages(rows):
            place = Place(
                document_id=row["document_id"],
                ordinal=row["ordinal"],
                paragraph_id=row["paragraph_id"],
                number=row["number"],
                passage_id=row["passage_id"],
                language=row["language"],
            )
            found.setdefault(place.document_id, place)
        return tuple(found.values())


def _ordinal_of(places: Sequence[sqlite3.Row], named: str, document_id: str) -> int:
    """Return the place of a paragraph by its printed number, else by its label."""
    wanted = named.strip().rstrip(".")
    for column in ("number", "paragraph_id"):
        for place in places:
            if place[column] == wanted:
                return int(place["ordinal"])
    raise UnknownNameError(
        document_id, f"has no paragraph {wanted}", "give a number as printed, or a label"
    )


def _window(
    places: Sequence[sqlite3.Row], offset: int | None, ordinal: int | None, k: int
) -> range:
    """Return the ordinals of an answer.

    Windows lie on a grid, so that going from one paragraph to the next mostly stays within one.
    """
    total = len(places)
    if offset is None:
        margin = k // _OVERLAP
        stride = max(1, k - 2 * margin)
        offset = 0 if ordinal is None or total <= k else ordinal // stride * stride - margin
    start = max(0, min(offset, total - 1))
    stop = min(total, start + k)
    letters = [int(place["letters"]) for place in places]
    if ordinal is not None and start <= ordinal < stop:
        while sum(letters[start : ordinal + 1]) > MAX_WINDOW_CHARACTERS and start < ordinal:
            start += 1
    while sum(letters[start:stop]) > MAX_WINDOW_CHARACTERS and stop > start + 1:
        stop -= 1
    return range(start, stop)


def _around(
    places: Sequence[sqlite3.Row], ordinal: int | None
) -> tuple[sqlite3.Row | None, sqlite3.Row | None]:
    """Return the paragraphs before and after one, headings passed over."""
    at = -1 if ordinal is None else ordinal
    read = [place for place in places if place["kind"] != "heading"]
    before = [place for place in read if place["ordinal"] < at]
    after = next((place for place in read if place["ordinal"] > at), None)
    return (before[-1] if before else None), after


def _place(row: sqlite3.Row, document_id: str, language: str | None) -> Place:
    return Place(
        document_id=document_id,
        ordinal=row["ordinal"],
        paragraph_id=row["paragraph_id"],
        number=row["number"],
        passage_id=row["passage_id"],
        language=language,
    )


def _paragraph(
    row: sqlite3.Row,
    notes: dict[str | None, list[ReadFootnote]],
    marker: Highlighter | None,
    language: str | None,
) -> ReadParagraph:
    section = tuple(json.loads(row["section"]))
    text = str(row["text"])
    return ReadParagraph(
        ordinal=row["ordinal"],
        paragraph_id=row["paragraph_id"],
        number=row["number"],
        kind=row["kind"],
        level=len(section) + 1 if row["kind"] == "heading" else None,
        section=section,
        pages=tuple(json.loads(row["pages"])),
        boxes=tuple(
            Box(page=box.page, x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1) for box in boxes_of(row)
        ),
        text=text,
        verb=row["verb"],
        addressees=strings_in(row["addressees"]),
        footnotes=tuple(notes.get(row["paragraph_id"], ())),
        ocr=bool(row["ocr"]),
        passage_id=row["passage_id"],
        highlights=() if marker is None else marker.mark(text, language),
    )
