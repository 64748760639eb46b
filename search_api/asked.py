"""A search that was answered, to be asked again without a part of it.

The counts beside the hits, and the ways out of an answer without any, are all the same question
under other filters. It is encoded once, and candidates are found but not compared.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.facets import Selection
from indexer.snapshot import Snapshot
from search_api.query import ParsedQuery, narrow
from search_api.ranking import Meaning, Question, candidates, meaning_of

__all__ = ["Asked"]

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A search under the filters of a request, and what it found.

    Attributes:
        snapshot: that was searched.
        encoder: of the snapshot.
        selection: filters of the request.
        parsed: the query; its filters count besides.
        found: rows that were ranked, or that were named and are allowed.
        question: as it was ranked; None where rows were asked for by name.
        meaning: of the question, where it is known already.
        named: rows that were asked for by name, whether or not they are allowed.
        spent: seconds of each stage of what is asked again.
    """

    snapshot: Snapshot
    encoder: Encoder
    selection: Selection
    parsed: ParsedQuery
    found: Rows
    question: Question | None = None
    meaning: Meaning | None = None
    named: tuple[int, ...] = ()
    spent: dict[str, float] = field(default_factory=dict)

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """Filters of the request that are set, by field; years as one span."""
        held = {name: tuple(values) for name, values in self.selection.values.items() if values}
        first, last = self.selection.year_from, self.selection.year_to
        if first is not None or last is not None:
            held["year"] = (f"{first or ''}..{last or ''}",)
        return held

    def rows(self, *, without: Collection[str] = (), parsed: ParsedQuery | None = None) -> Rows:
        """Return the candidates, ascending, where filters on some fields are left out.

        Args:
            without: fields of the request's filters.
            parsed: the query, changed; its words are not asked again, so they must be the same.
        """
        dropped = set(without) & set(self.filters)
        if not dropped and parsed is None:
            return self.found
        query = parsed or self.parsed
        narrowing = narrow(self.snapshot.columns, self._selection(dropped), query.filters)
        if self.question is None:
            held = np.array(self.named, np.int64)
            return held if narrowing.mask is None else held[narrowing.mask[held]]
        question = replace(
            self.question,
            phrases=query.phrases,
            excluded=query.excluded,
            selection=narrowing.selection,
            mask=narrowing.mask,
        )
        return candidates(self.snapshot, question, self._meaning(), self.spent)

    def with_meaning(self) -> Asked:
        """Return it with its meaning, encoded once for all that is asked again."""
        return replace(self, meaning=self._meaning())

    def _selection(self, dropped: Collection[str]) -> Selection:
        years: tuple[int | None, int | None] = (None, None)
        if "year" not in dropped:
            years = (self.selection.year_from, self.selection.year_to)
        kept = {name: v for name, v in self.selection.values.items() if name not in dropped}
        return Selection(kept, *years)

    def _meaning(self) -> Meaning | None:
        question = self.question
        if self.meaning is not None or question is None or question.signals == "lexical":
            return self.meaning
        return meaning_of(self.snapshot, self.encoder, question)
