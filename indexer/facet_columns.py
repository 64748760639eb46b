"""Facets of every passage in memory, so that filters become a mask in microseconds."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.facet_table import FacetTable
from indexer.facets import FACETS, Selection
from indexer.parts import facet_values

__all__ = ["FacetColumns", "Mask"]

Mask = NDArray[np.bool_]


_FEW_DOCUMENTS = 1000
"""Documents whose rows are marked one after the other; looking at all rows takes a million 2.5 ms.
"""


@dataclass(frozen=True, slots=True)
class FacetColumns:
    """Facets of every passage by row and by document.

    Attributes:
        document: (n,) int32, number of each row's document in `document_ids`; -1 of dead rows.
        document_ids: ids by number.
        spans: (documents, 2) int64, the first row of each document and the one behind its last:
            rows of a document stand together.
        values: the table of each facet.
        year: (documents,) int32; 0 where unknown.
        language: (documents,) int16, number of each document's language in its facet; -1 of none.
        live: (n,) bool, rows that have a passage, or None where all have.
    """

    document: NDArray[np.int32]
    document_ids: tuple[str, ...]
    spans: NDArray[np.int64]
    values: dict[str, FacetTable]
    year: NDArray[np.int32]
    language: NDArray[np.int16]
    live: Mask | None
    _abroad: dict[int, Mask] = field(default_factory=dict, repr=False, compare=False)

    def documents(self, selection: Selection) -> Mask:
        """Return which documents a selection allows, (documents,) bool."""
        allowed = np.ones(len(self.document_ids), np.bool_)
        for facet, wanted in selection.values.items():
            if wanted:
                allowed &= self.values[facet].holders(wanted)
        for facet, unwanted in selection.excluded.items():
            allowed &= ~self.values[facet].holders(unwanted)
        if selection.year_from is not None:
            allowed &= self.year >= selection.year_from
        if selection.year_to is not None:
            allowed &= (self.year <= selection.year_to) & (self.year > 0)
        return allowed

    def mask(self, selection: Selection) -> Mask | None:
        """Return which rows a selection allows, (n,) bool, or None for all; never a dead one."""
        if selection.is_everything:
            return self.live
        return self.rows_of(self.documents(selection))

    def rows_of(self, allowed: Mask) -> Mask:
        """Return which rows have a passage of the allowed documents, (n,) bool."""
        some = np.flatnonzero(allowed)
        if len(some) <= _FEW_DOCUMENTS:
            rows = np.zeros(len(self.document), np.bool_)
            for first, end in self.spans[some].tolist():
                rows[first:end] = True
            return rows
        rows = allowed[self.document]
        return rows if self.live is None else rows & self.live

    def passages_by_document(self) -> NDArray[np.int64]:
        """Return how many passages each document has, (documents,) int64."""
        return np.diff(self.spans, axis=1)[:, 0]

    def language_number(self, language: str | None) -> int:
        """Return the number of a language, or -1 where no document is in it."""
        names = self.values["language"].names
        return names.index(language) if language in names else -1

    def has_other_language(self, number: int) -> bool:
        """Return whether a document is in another known language than that of a number."""
        return bool(((self.language != number) & (self.language >= 0)).any())

    def in_other_language(self, number: int) -> Mask:
        """Return which rows are in another known language than that of a number, (n,) bool.

        Of all rows, and kept: gathering them took a question over a million passages 4 ms.
        """
        held = self._abroad.get(number)
        if held is None:
            of_document = (self.language != number) & (self.language >= 0)
            held = self._abroad[number] = of_document[self.document]
        return held

    @classmethod
    def load(cls, connection: sqlite3.Connection, rows: int) -> FacetColumns:
        """Read the facets of a snapshot that has given out so many rows."""
        documents = connection.execute(
            "SELECT document_id, year, kind, body, country, language, symbol, status "
            "FROM documents ORDER BY document_id"
        ).fetchall()
        numbers = {row["document_id"]: i for i, row in enumerate(documents)}
        # Counted by SQLite, which lets other threads run.
        spans = connection.execute(
            "SELECT document_id, min(row), count(*) FROM rows GROUP BY document_id ORDER BY 2"
        ).fetchall()
        of_spans = np.array([numbers[row[0]] for row in spans], np.int32)
        starts, sizes = (np.array([row[i] for row in spans], np.int64) for i in (1, 2))
        held_at = np.zeros((len(documents), 2), np.int64)
        held_at[of_spans] = np.stack([starts, starts + sizes], axis=1)
        if int(sizes.sum()) == rows:
            document, live = np.repeat(of_spans, sizes), None
        else:
            document = np.full(rows, -1, np.int32)
            places = np.arange(int(sizes.sum())) + np.repeat(
                starts - (np.cumsum(sizes) - sizes), sizes
            )
            document[places] = np.repeat(of_spans, sizes)
            live = document >= 0
        held = [facet_values(row) for row in documents]
        values = {facet: FacetTable.of([each[facet] for each in held]) for facet in FACETS}
        year = np.array([row["year"] or 0 for row in documents], np.int32)
        language = values["language"].first().astype(np.int16)
        return cls(document, tuple(numbers), held_at, values, year, language, live)
