"""The values of one facet, and which documents have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FacetTable"]

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class FacetTable:
    """Pairs of a document and a value that it has.

    A table of all documents by all values would grow with their product: symbols are as many as
    documents, and of a hundred thousand it would take 10 GB.

    Attributes:
        names: the values there are, sorted.
        documents: how many documents there are.
        document: (p,) int32, ascending.
        value: (p,) int32, number of a name that this document has; ascending within a document.
    """

    names: tuple[str, ...]
    documents: int
    document: Numbers
    value: Numbers
    _places: dict[str, int]

    @classmethod
    def of(cls, held: Sequence[Iterable[str]]) -> FacetTable:
        """Make it of the values of each document."""
        names = tuple(sorted({name for each in held for name in each}))
        places = {name: i for i, name in enumerate(names)}
        pairs = sorted({(i, places[name]) for i, each in enumerate(held) for name in each})
        document, value = np.array(pairs, np.int32).reshape(-1, 2).T
        return cls(names, len(held), document.copy(), value.copy(), places)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def holders(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Return which documents have any of some values, (documents,) bool."""
        chosen = np.zeros(len(self.names), np.bool_)
        chosen[[self._places[name] for name in wanted if name in self._places]] = True
        mask = np.zeros(self.documents, np.bool_)
        mask[self.document[chosen[self.value]]] = True
        return mask

    def first(self) -> Numbers:
        """Return the first value of each document, (documents,) int32; -1 of one that has none."""
        found = np.full(self.documents, -1, np.int32)
        found[self.document[::-1]] = self.value[::-1]
        return found

    def sums(self, by_document: NDArray[np.int64] | NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the sum over the documents of each value, (values,) int64."""
        weights = by_document[self.document].astype(np.float64)
        return np.bincount(self.value, weights, minlength=len(self.names)).astype(np.int64)
