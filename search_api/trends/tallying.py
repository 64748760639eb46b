"""Passages and documents by year, by body, and by both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.snapshot import FacetColumns, Snapshot
from search_api.schemas import BodyCount, CellCount, Count, YearCount
from search_api.trends.saying import Said

__all__ = ["Tally"]

Numbers = NDArray[np.int64]

_NO_BODY = -1
_YEARS = 10_000
"""More than a year can be: a body and a year are one number."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts what was said, and what might have been.

    Attributes:
        year: (documents,) int64, 0 where unknown.
        bodies: names of the bodies.
        pairs: documents and numbers of their bodies, (2, p) int64; `_NO_BODY` of those without.
        unit: (documents,) int64, versions of one document in several languages being one.
        said: (documents,) int64, passages that say it.
        held: (documents,) int64, passages there are.
    """

    year: Numbers
    bodies: tuple[str, ...]
    pairs: Numbers
    unit: Numbers
    said: Numbers
    held: Numbers

    @classmethod
    def of(cls, snapshot: Snapshot, found: Said) -> Tally:
        """Count a document's passages once, for all that is asked of them."""
        columns = snapshot.columns
        table = columns.values["body"]
        without = np.flatnonzero(table.first() < 0)
        pairs = np.stack(
            [
                np.concatenate([table.document, without]),
                np.concatenate([table.value, np.full(len(without), _NO_BODY)]),
            ]
        )
        count = len(columns.document_ids)
        return cls(
            year=columns.year.astype(np.int64),
            bodies=table.names,
            pairs=pairs,
            unit=_units(columns, snapshot),
            said=np.bincount(columns.document[found.rows], minlength=count),
            held=np.bincount(columns.document[found.among], minlength=count),
        )

    def total(self) -> Count:
        """Count everything."""
        return self._one(np.arange(len(self.year)))

    def undated(self) -> Count:
        """Count what has no year."""
        return self._one(np.flatnonzero(self.year == 0))

    def by_year(self) -> tuple[YearCount, ...]:
        """Count each year that has passages, earliest first."""
        documents = np.flatnonzero(self.year)
        counts = self._by(documents, self.year[documents])
        return tuple(YearCount(year=year, **of) for year, of in counts.items())

    def by_body(self) -> tuple[BodyCount, ...]:
        """Count each body that has passages, the one that says it in most of them first."""
        counts = self._by(*self.pairs)
        order = sorted(counts, key=lambda b: (-counts[b]["passages"], -counts[b]["of_passages"], b))
        return tuple(BodyCount(body=self._name(body), **counts[body]) for body in order)

    def by_body_and_year(self) -> tuple[CellCount, ...]:
        """Count each body and year that have passages, bodies as in `by_body`."""
        documents, body = self.pairs[:, self.year[self.pairs[0]] > 0]
        counts = self._by(documents, (body + 1) * _YEARS + self.year[documents])
        place = {each.body: i for i, each in enumerate(self.by_body())}
        cells = [
            CellCount(body=self._name(cell // _YEARS - 1), year=cell % _YEARS, **of)
            for cell, of in counts.items()
        ]
        return tuple(sorted(cells, key=lambda cell: (place[cell.body], cell.year)))

    def _name(self, body: int) -> str | None:
        return None if body == _NO_BODY else self.bodies[body]

    def _one(self, documents: Numbers) -> Count:
        counts = self._by(documents, np.zeros(len(documents), np.int64))
        empty = dict.fromkeys(("passages", "of_passages", "documents", "of_documents"), 0)
        return Count(**counts.get(0, empty))

    def _by(self, documents: Numbers, group: Numbers) -> dict[int, dict[str, int]]:
        """Count by group, of documents that are each in some; groups without passages not."""
        held = self.held[documents] > 0
        documents, group = documents[held], group[held]
        groups, place = np.unique(group, return_inverse=True)
        speaking = self.said[documents] > 0
        size = len(groups)
        counts = {
            "passages": np.bincount(place, self.said[documents], size),
            "of_passages": np.bincount(place, self.held[documents], size),
            "documents": self._units_of(documents[speaking], place[speaking], size),
            "of_documents": self._units_of(documents, place, size),
        }
        return {
            int(each): {name: int(values[i]) for name, values in counts.items()}
            for i, each in enumerate(groups)
        }

    def _units_of(self, documents: Numbers, place: Numbers, size: int) -> Numbers:
        distinct = np.unique(np.stack([place, self.unit[documents]]), axis=1)
        return np.bincount(distinct[0], minlength=size)


def _units(columns: FacetColumns, snapshot: Snapshot) -> Numbers:
    """Number documents so that the versions of one have one number.

    Those of one symbol are versions in several languages. What became another text within its year
    is a version too, as a draft of what was adopted; what a later year's text revised is not.
    """
    symbols = columns.values["symbol"]
    unit = np.arange(len(columns.document_ids), dtype=np.int64) + len(symbols.names)
    first = symbols.first()
    unit[first >= 0] = first[first >= 0]
    for lower, uppers in snapshot.replaced.items():
        same = [upper for upper in uppers if columns.year[upper] == columns.year[lower]]
        if same:
            unit[lower] = unit[same[0]]
    return unit
