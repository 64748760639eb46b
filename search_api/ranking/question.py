"""What is asked, and what was found: the two ends of ranking."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.facets import Selection
from indexer.reranker import Reranker
from search_api.schemas import Scores, Signals

if TYPE_CHECKING:
    from search_api.ranking.meaning import Meaning

__all__ = ["PASTED_WORDS", "Question", "Ranking", "count_words"]

Values = NDArray[np.float32]

PASTED_WORDS = 32
"""A longer text is pasted, not typed: it is compared as a passage with passages, by sentence."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_UNSPACED = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
"""Chinese characters, with the marks that stand between them."""


def count_words(text: str) -> int:
    """Return how many words a text has; Chinese sets no spaces: two characters count as one."""
    characters = len(_CHINESE.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + (characters + 1) // 2


@dataclass(frozen=True, slots=True)
class Question:
    """What to rank by, and among what.

    Attributes:
        words: to match by words and by meaning.
        phrases: must stand in a passage.
        excluded: must not.
        selection: facet values a passage must have.
        mask: rows that may be returned, (n,) bool; None for all.
        signals: which to rank by.
        k: hits wanted of one page: how many candidates there are does not change from page to page.
        by_document: whether hits will be grouped.
        vector: of a passage of the index that the words are of, as it is stored there.
        reranker: to read the best hits again with; None where that was not asked for.
    """

    words: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Selection)
    mask: NDArray[np.bool_] | None = None
    signals: Signals = "hybrid"
    k: int = 10
    by_document: bool = False
    vector: Values | None = None
    reranker: Reranker | None = None

    @property
    def is_pasted(self) -> bool:
        """Whether it is a text rather than a question."""
        return self.vector is not None or count_words(self.words) > PASTED_WORDS


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows in order, best first, with what each of them scored.

    Attributes:
        rows: best first.
        fused: score of each row, 0 to 1, by which they are ordered.
        lexical: BM25 of each row; None where words did not count.
        dense: cosine of each row; None where meaning did not count.
        quoted: words in a row that each row has in common with the question, at most; None where
            words did not count.
        seconds: wall time by stage.
        meaning: of the question, where it counted.
        rerank: score of the cross-encoder, NaN for a row that it did not read; None where it read
            none.
        warnings: what was asked for and not done.
        whole: by the number of a document, how much of the question's words the whole of it has,
            beside the document that has most, 0 to 1; empty where that does not count.
        articles: the same of citing an article that guarantees what the question names.
    """

    rows: tuple[int, ...]
    fused: Values
    lexical: Values | None = None
    dense: Values | None = None
    quoted: Values | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    meaning: Meaning | None = None
    rerank: Values | None = None
    warnings: tuple[str, ...] = ()
    whole: dict[int, float] = field(default_factory=dict)
    articles: dict[int, float] = field(default_factory=dict)

    @classmethod
    def empty(cls, seconds: dict[str, float] | None = None) -> Ranking:
        """Return a ranking of nothing."""
        return cls((), np.empty(0, np.float32), seconds=seconds or {})

    @classmethod
    def in_order(cls, rows: Sequence[int]) -> Ranking:
        """Return rows that were asked for by name, in their order, each a full answer."""
        return cls(tuple(rows), np.ones(len(rows), np.float32))

    def taking(self, places: Sequence[int]) -> Ranking:
        """Return the rows at some places, in the order in which these are given."""
        chosen = np.array(places, np.int64)

        def of(values: Values | None) -> Values | None:
            return None if values is None else values[chosen]

        return replace(
            self,
            rows=tuple(self.rows[place] for place in places),
            fused=self.fused[chosen],
            lexical=of(self.lexical),
            dense=of(self.dense),
            quoted=of(self.quoted),
            rerank=of(self.rerank),
        )

    def scores(self, place: int) -> Scores:
        """Return what the row at a place, from 0, scored."""
        reread = None if self.rerank is None else float(self.rerank[place])
        return Scores(
            fused=float(self.fused[place]),
            lexical=None if self.lexical is None else float(self.lexical[place]),
            dense=None if self.dense is None else float(self.dense[place]),
            quoted_words=None if self.quoted is None else int(self.quoted[place]),
            rerank=None if reread is None or math.isnan(reread) else reread,
        )
