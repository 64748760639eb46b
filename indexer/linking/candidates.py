"""Pairs of documents worth comparing in full: those whose samples of shingles overlap.

Kept in the catalogue from one publication to the next. A document that came or changed is paired
with all others. A shingle that became a formula, or ceased to be one, changes what the documents
that have it share, so these are paired anew too, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue import Catalogue
from indexer.linking.likeness import Shingles, sketch_of

__all__ = ["CANDIDATE_SHARE", "candidate_pairs"]

CANDIDATE_SHARE = 0.4
"""Share of the larger sample from which a pair is a candidate."""

_COMMON = 400
"""Documents above which a shingle is a formula and tells no two of them apart."""

_STATE = "formulas"

Places = NDArray[np.int64]


def candidate_pairs(catalogue: Catalogue) -> list[tuple[str, str, float]]:
    """Return pairs of ids, the lesser first, in order, with the share of the larger sample.

    It takes a sort of all samples, one number for sixteen words, and what there is to pair anew.
    """
    held = catalogue.connection.execute(
        "SELECT document_id, sketch FROM sketches ORDER BY document_id"
    ).fetchall()
    table = _Table([sketch_of(blob) for _, blob in held])
    paired = {each for (each,) in catalogue.connection.execute("SELECT document_id FROM paired")}
    unpaired = {place for place, (each, _) in enumerate(held) if each not in paired}
    before = catalogue.get(_STATE)
    now = table.formulas()
    if before is None:
        unpaired = set(range(len(held)))
    else:
        known = np.frombuffer(bytes.fromhex(before), "<u8").astype(np.uint64)
        unpaired |= table.owners_of(np.setxor1d(known, now, assume_unique=True))
    if unpaired or before is None or now.tobytes().hex() != before:
        _pair(catalogue, [each for each, _ in held], table, sorted(unpaired))
    return catalogue.connection.execute(
        "SELECT one, other, share FROM candidates ORDER BY one, other"
    ).fetchall()


def _pair(catalogue: Catalogue, ids: list[str], table: _Table, unpaired: list[int]) -> None:
    new = set(unpaired)
    connection = catalogue.connection
    with catalogue.transaction():
        for column in ("one", "other"):
            connection.executemany(
                f"DELETE FROM candidates WHERE {column} = ?", ((ids[place],) for place in unpaired)
            )
        for place in unpaired:
            pairs = [
                (ids[min(place, other)], ids[max(place, other)], share)
                for other, share in table.alike(place)
                if other not in new or other > place
            ]
            connection.executemany("INSERT INTO candidates VALUES (?, ?, ?)", pairs)
        connection.executemany(
            "INSERT OR REPLACE INTO paired VALUES (?)", ((ids[place],) for place in unpaired)
        )
        catalogue.put(_STATE, table.formulas().astype("<u8").tobytes().hex())


class _Table:
    """Which documents have each number of a sample."""

    def __init__(self, sketches: list[Shingles]) -> None:
        """Take the samples of all documents, each sorted."""
        self._sketches = sketches
        self._sizes = np.array([len(each) for each in sketches], np.int64)
        values = np.concatenate([np.empty(0, np.uint64), *sketches])
        order = np.argsort(values, kind="stable")
        self._owners = np.repeat(np.arange(len(sketches)), self._sizes)[order]
        self._values, self._first, self._counts = np.unique(
            values[order], return_index=True, return_counts=True
        )

    def formulas(self) -> Shingles:
        """Return the numbers that more than `_COMMON` documents have, sorted."""
        return self._values[self._counts > _COMMON]

    def owners_of(self, values: Shingles) -> set[int]:
        """Return the places of documents that have any of the numbers."""
        places = self._places(values)
        return set(self._spread(places).tolist()) if len(places) else set()

    def alike(self, place: int) -> Iterator[tuple[int, float]]:
        """Yield other places with the share of the larger sample that both have, from 0.4 on."""
        places = self._places(self._sketches[place])
        places = places[(self._counts[places] > 1) & (self._counts[places] <= _COMMON)]
        if not len(places):
            return
        others, shared = np.unique(self._spread(places), return_counts=True)
        shares = shared / np.maximum(self._sizes[others], self._sizes[place])
        for each in np.flatnonzero((shares >= CANDIDATE_SHARE) & (others != place)):
            yield int(others[each]), float(shares[each])

    def _places(self, values: Shingles) -> Places:
        """Return where numbers stand among the distinct ones, as far as they do."""
        found = np.searchsorted(self._values, values)
        known = found < len(self._values)
        known[known] = self._values[found[known]] == values[known]
        return np.asarray(found[known], np.int64)

    def _spread(self, places: Places) -> Places:
        """Return the owners of several numbers, those of one after those of the other."""
        counts = self._counts[places]
        ends = np.cumsum(counts)
        inside = np.arange(ends[-1]) + np.repeat(self._first[places] - (ends - counts), counts)
        return np.asarray(self._owners[inside], np.int64)
