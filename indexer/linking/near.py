"""Near-duplicates: which documents have the same words, found without comparing every pair."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from indexer.catalogue import Catalogue
from indexer.linking.candidates import candidate_pairs
from indexer.linking.entries import Entries, Entry
from indexer.linking.kept import Kept
from indexer.linking.likeness import (
    Shingles,
    containment,
    folded_words,
    shingles,
    sketch_row,
)

__all__ = ["ADOPTED_SHARE", "SAME_TEXT_SHARE", "Texts", "complete_sketches", "near_pairs"]

SAME_TEXT_SHARE = 0.95
"""Share of shingles, both ways, from which two documents have one text. Over 3,789 decisions every
pair above it was one text under two symbols (joined communications, a symbol mistyped); at 0.92
stand decisions on different people in the same words."""

SAME_TEXT_SHINGLES = 300
"""Distinct shingles both must have: decisions to discontinue, of 100 to 250, are formulas that
agree to 0.94 between cases that have nothing else in common."""

ADOPTED_SHARE = 0.6
"""Share, both ways, from which a draft became a resolution of its session; a text without oral
revision is at 0.98 and more (A/HRC/59/L.17), and other drafts of a session share less than 0.2."""

ADOPTED_SHARE_UNDATED = 0.85
"""The same where the session of one is not known: yearly resolutions repeat 60 % of each other."""

_CANDIDATE_SHARE_SAME = 0.75
"""Share of the sample from which pairs that are no draft and resolution are compared in full, where
a candidate has 0.4. Of 300 shingles a sample holds some
19, and the share of it strays by about 0.05 from that of the whole at 0.95, 0.11 at 0.6."""

_COMPARED = "FROM paragraphs WHERE document_id = ? AND kind NOT IN ('heading', 'footnote')"


class Texts:
    """Shingles of documents, read when first asked for."""

    def __init__(self, connection: sqlite3.Connection, kept: Kept) -> None:
        self._connection = connection
        self._kept = kept
        self._held: dict[str, Shingles] = {}
        self._paragraphs: dict[str, int] = {}

    def shingles(self, document_id: str) -> Shingles:
        """Return the shingles of a document's text."""
        if document_id not in self._held:
            texts = _texts(self._connection, document_id)
            words = [word for text in texts for word in folded_words(text)]
            self._held[document_id] = shingles(words)
        return self._held[document_id]

    def paragraphs(self, document_id: str) -> int:
        """Return the number of paragraphs by which a document is compared."""
        if document_id not in self._paragraphs:
            (count,) = self._connection.execute(
                f"SELECT count(*) {_COMPARED}", (document_id,)
            ).fetchone()
            self._paragraphs[document_id] = int(count)
        return self._paragraphs[document_id]

    def containment(self, one: str, other: str) -> tuple[float, float]:
        """Return the share of one document that stands in the other, and the reverse."""
        return self._kept.containment(one, other, self._compare)

    def _compare(self, one: str, other: str) -> tuple[float, float]:
        return containment(self.shingles(one), self.shingles(other))


def _texts(connection: sqlite3.Connection, document_id: str) -> list[str]:
    rows = connection.execute(f"SELECT text {_COMPARED} ORDER BY ordinal", (document_id,))
    return [text for (text,) in rows]


def complete_sketches(catalogue: Catalogue) -> None:
    """Make the sketches of documents that an earlier version of the software wrote."""
    connection = catalogue.connection
    without = connection.execute(
        "SELECT document_id FROM documents WHERE document_id NOT IN "
        "(SELECT document_id FROM sketches)"
    ).fetchall()
    if without:
        with catalogue.transaction():
            for (document_id,) in without:
                row = sketch_row(document_id, _texts(connection, document_id))
                connection.execute("INSERT INTO sketches VALUES (?, ?, ?)", row)


def near_pairs(
    catalogue: Catalogue, entries: Entries, texts: Texts
) -> Iterator[tuple[Entry, Entry, float, float]]:
    """Yield pairs of one language that have one text, with the containment of each in the other.

    Drafts come with what may have been adopted of them from `ADOPTED_SHARE` on, other pairs from
    `SAME_TEXT_SHARE`; the draft stands first.
    """
    totals = dict(catalogue.connection.execute("SELECT document_id, shingles FROM sketches"))
    for one_id, other_id, share in candidate_pairs(catalogue):
        one, other = entries.by_id[one_id], entries.by_id[other_id]
        if one.language != other.language:
            continue
        if one.is_adoptable and other.is_draft:
            one, other = other, one
        adoption = _may_become(one, other)
        small = min(totals[one_id], totals[other_id]) < SAME_TEXT_SHINGLES
        if not adoption and (small or share < _CANDIDATE_SHARE_SAME):
            continue
        if 1 in (texts.paragraphs(one.id), texts.paragraphs(other.id)):
            continue  # one paragraph is a quotation or a formula as well as a document
        mine, theirs = texts.containment(one.id, other.id)
        if min(mine, theirs) >= (adoption or SAME_TEXT_SHARE):
            yield one, other, mine, theirs


def _may_become(draft: Entry, adopted: Entry) -> float | None:
    """Return the share from which a draft became a resolution, or None where it cannot have."""
    if not (draft.is_draft and adopted.is_adoptable):
        return None
    if draft.year and adopted.year and abs(draft.year - adopted.year) > 1:
        return None
    if draft.session and adopted.session:
        return ADOPTED_SHARE if draft.session == adopted.session else None
    return ADOPTED_SHARE_UNDATED
