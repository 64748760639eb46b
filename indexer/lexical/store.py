"""Searching the lexical store: BM25, phrases, exclusions, filters, and how rare things are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from indexer.analysis import (
    EXACT,
    FIELD_LANGUAGES,
    analyser,
    prepare_exact,
    prepare_question,
    prepare_words,
)
from indexer.damage import damaged
from indexer.lexical.entries import LexicalEntry, LexicalQuery
from indexer.lexical.every_word import every_word
from indexer.lexical.fields import PAIRS, pair_term, register
from indexer.lexical.locking import lockable
from indexer.lexical.writing import LexicalWriter

__all__ = ["COMMON", "CONTEXT_BOOST", "LexicalStore"]

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

CONTEXT_BOOST = 0.3
"""Weight of title and headings. Between 0.2 and 0.5 nDCG@10 rises on both sets it was measured on
(0.579 to 0.586 for the precedent task, 0.675 to 0.688 on scifact); at 1 it falls below none."""

_POSTINGS = 500_000
"""Entries of lists of passages that are read for candidates, some 5 ns each. Over a million of them
five words have a million, a pasted paragraph ten, mostly of words that stand everywhere."""

_TERMS_KEPT = 2
"""Terms that are looked up however common they are, the rarest first."""

COMMON = 0.3
"""Share of the passages of a language beyond which a word no longer tells them apart."""

FEW = 50
"""Passages that are too few to say so: a theme may be in half of them."""


_FREQUENCIES = 16_384
"""Terms of which it is remembered how many passages have them. A pasted paragraph asks for a
thousand, at 5 µs each among a million passages, most of them twice."""


class LexicalStore:
    """Passages by row number, searched by words."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._analysers = register(index)
        index.config_reader(reload_policy="manual")
        index.reload()
        self._searcher = index.searcher()
        self._frequency = lru_cache(maxsize=_FREQUENCIES)(self._searcher.doc_freq)
        self._languages = tuple(
            language for language in FIELD_LANGUAGES if self._frequency("analysis", language)
        )

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    @property
    def segments(self) -> int:
        """Parts that a search goes through one after the other."""
        return int(self._searcher.num_segments)

    @classmethod
    def build(cls, folder: Path, entries: Iterable[LexicalEntry]) -> LexicalStore:
        """Write a new store into an empty folder, and open it."""
        with LexicalWriter.opened(folder) as writer:
            for entry in entries:
                writer.add(entry)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> LexicalStore:
        """Open an index written by `build`.

        Raises:
            IndexDamagedError: files are missing or cut short.
        """
        try:
            with lockable(folder) as place:
                return cls(tantivy.Index.open(str(place)))
        except ValueError as error:
            raise damaged(folder, "Tantivy cannot open it", error) from error

    def search(
        self, query: LexicalQuery, k: int, *, context_boost: float = CONTEXT_BOOST
    ) -> tuple[Rows, Scores]:
        """Return the rows of the `k` greatest BM25 scores, best first, and the scores.

        Only passages with at least one of the words are returned; those that the selection, the
        phrases or the exclusions rule out never are.
        """
        words = self._word_clauses(query.words, context_boost)
        if not words:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        return self._run(self._allowed(words, query), k)

    def score(
        self, words: str, rows: Sequence[int], *, context_boost: float = CONTEXT_BOOST
    ) -> Scores:
        """Return the BM25 score of each of the rows, (len(rows),) float32; 0 where no word is."""
        scores = np.zeros(len(rows), np.float32)
        clauses = self._word_clauses(words, context_boost)
        if not clauses or not len(rows):
            return scores
        among = Query.term_set_query(self._schema, "row", [int(row) for row in rows])
        found, values = self._run(
            Query.boolean_query([(Occur.Must, Query.const_score_query(among, 0.0)), *clauses]),
            len(rows),
        )
        place = {int(row): i for i, row in enumerate(rows)}
        for row, value in zip(found, values, strict=True):
            scores[place[int(row)]] = value
        return scores

    def candidates(self, query: LexicalQuery, k: int) -> tuple[Rows, Scores]:
        """Return rows that have most of what is asked for, best first, as `search` does but faster.

        Scores are BM25 of the text alone, every word counted once. Where the lists of passages of
        all words together are longer than `_POSTINGS`, the most common words are left out, which
        decide least. Whoever ranks the rows scores them anew.
        """
        return self._best_of(
            [[(f"words_{language}", term, 1.0)] for language, term in self._told_apart(query)],
            query,
            k,
        )

    def titled_candidates(self, query: LexicalQuery, k: int) -> tuple[Rows, Scores]:
        """Return the same, with the words of titles and headings counted as `search` counts them.

        Among a million passages five words take a fifth of the time that `search` takes.
        """
        return self._best_of(
            [
                [(f"words_{language}", term, 1.0), (f"context_{language}", term, CONTEXT_BOOST)]
                for language, term in self._told_apart(query)
            ],
            query,
            k,
        )

    def search_pairs(self, query: LexicalQuery, k: int) -> tuple[Rows, Scores]:
        """Return the rows with the rarest and most pairs of neighbouring words of a question.

        Pairs are of terms as `terms_of` gives them, in that order; scores are BM25 over pairs, the
        most common of which are left out as in `candidates`.
        """
        terms = []
        for language in self._languages:
            words = self.terms_of(language, query.words)
            pairs = [pair for pair in dict.fromkeys(pairwise(words)) if self._may(language, pair)]
            terms += [[(PAIRS, pair_term(language, *pair), 1.0)] for pair in pairs]
        return self._best_of(terms, query, k)

    def passages_of_language(self, language: str) -> int:
        """Return how many passages a `field_language` has, those removed of late included."""
        return int(self._frequency("analysis", language))

    def document_frequencies(self, language: str, terms: Sequence[str]) -> NDArray[np.int64]:
        """Return how many passages have each of the terms of a `field_language`, (n,) int64."""
        name = f"words_{language}"
        return np.array([self._frequency(name, term) for term in terms], np.int64)

    def pair_frequencies(
        self, language: str, pairs: Sequence[tuple[str, str]]
    ) -> NDArray[np.int64]:
        """Return how many passages have each pair of terms side by side, (n,) int64."""
        counts = [
            self._frequency(PAIRS, pair_term(language, *pair)) if self._may(language, pair) else 0
            for pair in pairs
        ]
        return np.array(counts, np.int64)

    def matching(self, query: LexicalQuery) -> Rows:
        """Return all rows that satisfy phrases, exclusions and selection, in no order."""
        clauses = self._constraints(query)
        every = Query.boolean_query([(Occur.Must, Query.all_query()), *clauses])
        return self._run(every, max(1, len(self)))[0]

    def holding(self, query: LexicalQuery) -> Rows:
        """Return all rows that have every word of a query besides, in no order; see `every_word`.

        Title and headings do not count, and words are looked for in all languages of the index.
        """
        words = every_word(self._schema, self._analysers, self._languages, query.words)
        every = [(Occur.Must, Query.const_score_query(words, 0.0)), *self._constraints(query)]
        return self._run(Query.boolean_query(every), max(1, len(self)))[0]

    def terms(self, text: str) -> dict[str, Counter[str]]:
        """Return how often each term occurs in a text, by language present in the index."""
        return {
            language: Counter(self._analysers[language].analyze(prepare_question(text, language)))
            for language in self._languages
        }

    def terms_of(self, language: str, text: str) -> list[str]:
        """Return the terms of a text as a `field_language` analyses it, in order."""
        return list(self._analysers[language].analyze(prepare_words(text, language)))

    def telling_terms(self, language: str, text: str) -> frozenset[str]:
        """Return the terms of a text that tell passages of a `field_language` apart.

        Words that say nothing by themselves are left out, and so is what stands in more than
        `COMMON` of the passages of that language.
        """
        held = self._frequency("analysis", language)
        most = max(COMMON * held, FEW)
        terms = set(analyser(language, stop=True).analyze(prepare_question(text, language)))
        return frozenset(
            term for term in terms if self._frequency(f"words_{language}", term) <= most
        )

    def clauses(self, words: str) -> int:
        """Return how many terms of a text a search looks up: those that stand in some passage."""
        return len(self._word_clauses(words, CONTEXT_BOOST))

    def exact_terms(self, text: str) -> list[str]:
        """Return the terms of a text in order, lower-cased and unstemmed."""
        return list(self._analysers[EXACT].analyze(prepare_exact(text)))

    def _word_clauses(self, words: str, context_boost: float) -> list[tuple[Occur, Query]]:
        clauses: list[tuple[Occur, Query]] = []
        fields = [
            (name, boost) for name, boost in (("words", 1.0), ("context", context_boost)) if boost
        ]
        for language, terms in self.terms(words).items():
            for term, count in terms.items():
                for name, boost in fields:
                    # A word that is nowhere costs a clause all the same; a page has thousands.
                    if self._frequency(f"{name}_{language}", term):
                        query = Query.term_query(self._schema, f"{name}_{language}", term)
                        clauses.append((Occur.Should, Query.boost_query(query, boost * count)))
        return clauses

    def _told_apart(self, query: LexicalQuery) -> list[tuple[str, str]]:
        """Return the terms of a question, each once, with the language of the index it is of."""
        return [
            (language, term) for language, held in self.terms(query.words).items() for term in held
        ]

    def _best_of(
        self, terms: Sequence[Sequence[tuple[str, str, float]]], query: LexicalQuery, k: int
    ) -> tuple[Rows, Scores]:
        """Return the `k` best rows of a union of terms, within what the query allows.

        Of each term it is given where it is looked up: field, spelling and weight.
        """
        counted = []
        for term in terms:
            held = [(self._frequency(field, spelled), field, spelled, weight)
                    for field, spelled, weight in term]  # fmt: skip
            if any(each[0] for each in held):
                counted.append((sum(each[0] for each in held), held))
        counted.sort()
        totals = accumulate(count for count, _ in counted)
        union = [
            (Occur.Should, self._weighted(field, spelled, weight))
            for place, ((_, held), total) in enumerate(zip(counted, totals, strict=True))
            if place < _TERMS_KEPT or total <= _POSTINGS
            for count, field, spelled, weight in held
            if count
        ]
        if not union:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        return self._run(self._allowed(union, query), k)

    def _may(self, language: str, pair: tuple[str, str]) -> bool:
        """Tell whether a pair may stand in a passage: each of its words stands in some.

        Of a question in one language hardly a word stands in passages of another.
        """
        return all(self._frequency(f"words_{language}", term) for term in pair)

    def _weighted(self, field: str, term: str, weight: float) -> Query:
        query = Query.term_query(self._schema, field, term)
        return query if weight == 1 else Query.boost_query(query, weight)

    def _allowed(self, union: list[tuple[Occur, Query]], query: LexicalQuery) -> Query:
        """Return a union of terms within what a query allows.

        Bare where it allows everything: a query around it takes a sixth of the time of both.
        """
        constraints = self._constraints(query)
        terms = Query.boolean_query(union)
        return Query.boolean_query([(Occur.Must, terms), *constraints]) if constraints else terms

    def _constraints(self, query: LexicalQuery) -> list[tuple[Occur, Query]]:
        clauses = [(Occur.Must, self._phrase(phrase)) for phrase in query.phrases]
        clauses += [(Occur.MustNot, self._phrase(phrase)) for phrase in query.excluded]
        selection = query.selection
        for facet, values in selection.values.items():
            if values:
                clauses.append(
                    (Occur.Must, Query.term_set_query(self._schema, facet, list(values)))
                )
        for facet, values in selection.excluded.items():
            if values:
                unwanted = Query.term_set_query(self._schema, facet, list(values))
                clauses.append((Occur.MustNot, unwanted))
        if selection.year_from is not None or selection.year_to is not None:
            years = Query.range_query(
                self._schema,
                "year",
                tantivy.FieldType.Unsigned,
                selection.year_from,
                selection.year_to,
            )
            clauses.append((Occur.Must, years))
        return [
            (occur, Query.const_score_query(clause, 0.0) if occur == Occur.Must else clause)
            for occur, clause in clauses
        ]

    def _phrase(self, phrase: str) -> Query:
        terms = self.exact_terms(phrase)
        if not terms:  # nothing that is indexed: it stands nowhere
            return Query.empty_query()
        if len(terms) == 1:
            return Query.term_query(self._schema, EXACT, terms[0])
        return Query.phrase_query(self._schema, EXACT, list(terms))

    def _run(self, query: Query, k: int) -> tuple[Rows, Scores]:
        hits = self._searcher.search(query, limit=k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        scores = np.array([score for score, _ in hits], np.float32)
        return np.array(rows, np.int64), scores
