"""The lexical store: Tantivy, BM25 over stemmed words, exact phrases, filters inside the search.

Tantivy answers an OR of all words of a question over 200,000 passages in 0.8 ms, where SQLite's
FTS5 takes 109 ms.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from corpus.errors import IndexDamagedError
from indexer.analysis import EXACT, analyser, field_language, prepare_exact, prepare_words
from indexer.facets import FACETS, Selection

__all__ = ["LexicalEntry", "LexicalQuery", "LexicalStore"]

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

LANGUAGES = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh", "xx")
_HEAP_BYTES = 256 << 20
CONTEXT_BOOST = 0.3
"""Weight of title and headings. Between 0.2 and 0.5 nDCG@10 rises on both sets it was measured on
(0.579 to 0.586 for the precedent task, 0.675 to 0.688 on scifact); at 1 it falls below none."""

COMMON = 0.3
"""Share of the passages of a language beyond which a word no longer tells them apart."""


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """A passage as the lexical store takes it.

    Attributes:
        row: its number in the snapshot.
        text: its words.
        context: title and headings, which say what the words are about.
        language: ISO 639-1, or None.
        facets: values by facet name.
        year: or None.
    """

    row: int
    text: str
    context: str
    language: str | None
    facets: dict[str, tuple[str, ...]]
    year: int | None


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """What must, may and must not stand in a passage.

    Attributes:
        words: plain text; a passage with more and rarer of its words scores higher.
        phrases: each must stand in the passage, word for word.
        excluded: none may stand in it; a single word or a phrase.
        selection: facet values a passage must have.
    """

    words: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Selection)

    @property
    def constrains(self) -> bool:
        """Whether phrases or exclusions narrow the passages down."""
        return bool(self.phrases or self.excluded)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_unsigned_field("year", indexed=True, fast=True)
    builder.add_text_field("exact", tokenizer_name="exact", index_option="position")
    for language in LANGUAGES:
        for name in ("words", "context"):
            builder.add_text_field(
                f"{name}_{language}", tokenizer_name=f"words_{language}", index_option="freq"
            )
    for facet in ("analysis", *FACETS):
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic")
    return builder.build()


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """Yield the folder, or links to its files where nothing can be written beside them.

    Tantivy writes a lock beside its files even to read them, which fails on a read-only volume.
    Once the reader is loaded the files are held open, and the links may go.
    """
    if os.access(folder, os.W_OK):
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="precedent-words-") as links:
        for file in folder.iterdir():
            if file.suffix != ".lock":
                Path(links, file.name).symlink_to(file.resolve())
        yield Path(links)


class LexicalStore:
    """Passages by row number, searched by words."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._analysers = _register(index)
        index.config_reader(reload_policy="manual")
        index.reload()
        self._searcher = index.searcher()
        self._languages = tuple(
            language for language in LANGUAGES if self._searcher.doc_freq("analysis", language)
        )

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    @classmethod
    def build(cls, folder: Path, entries: Iterable[LexicalEntry]) -> LexicalStore:
        """Write a new index into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(_schema(), path=str(folder))
        _register(index)
        writer = index.writer(_HEAP_BYTES, num_threads=1)
        for entry in entries:
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> LexicalStore:
        """Open an index written by `build`.

        Raises:
            IndexDamagedError: files are missing or cut short.
        """
        try:
            with _lockable(folder) as place:
                return cls(tantivy.Index.open(str(place)))
        except ValueError as error:
            raise IndexDamagedError(
                str(folder),
                f"Tantivy cannot open it: {str(error).splitlines()[0]}",
                "run `precedent index` with any path to rebuild it from the catalogue",
            ) from error

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
        any_word = Query.boolean_query(words)
        return self._run(
            Query.boolean_query([(Occur.Must, any_word), *self._constraints(query)]), k
        )

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

    def matching(self, query: LexicalQuery) -> Rows:
        """Return all rows that satisfy phrases, exclusions and selection, in no order."""
        clauses = self._constraints(query)
        every = Query.boolean_query([(Occur.Must, Query.all_query()), *clauses])
        return self._run(every, max(1, len(self)))[0]

    def terms(self, text: str) -> dict[str, Counter[str]]:
        """Return how often each term occurs in a text, by language present in the index."""
        prepared = prepare_words(text)
        return {
            language: Counter(self._analysers[language].analyze(prepared))
            for language in self._languages
        }

    def terms_of(self, language: str, text: str) -> list[str]:
        """Return the terms of a text as a `field_language` analyses it, in order."""
        return list(self._analysers[language].analyze(prepare_words(text)))

    def telling_terms(self, language: str, text: str) -> frozenset[str]:
        """Return the terms of a text that tell passages of a `field_language` apart.

        Words that say nothing by themselves are left out, and so is what stands in more than
        `COMMON` of the passages of that language.
        """
        held = self._searcher.doc_freq("analysis", language)
        terms = set(analyser(language, stop=True).analyze(prepare_words(text)))
        return frozenset(
            term
            for term in terms
            if self._searcher.doc_freq(f"words_{language}", term) <= COMMON * held
        )

    def exact_terms(self, text: str) -> list[str]:
        """Return the terms of a text in order, lower-cased and unstemmed."""
        return list(self._analysers[EXACT].analyze(prepare_exact(text)))

    def _word_clauses(self, words: str, context_boost: float) -> list[tuple[Occur, Query]]:
        clauses: list[tuple[Occur, Query]] = []
        for language, terms in self.terms(words).items():
            for term, count in terms.items():
                for name, boost in (("words", 1.0), ("context", context_boost)):
                    if boost:
                        query = Query.term_query(self._schema, f"{name}_{language}", term)
                        clauses.append((Occur.Should, Query.boost_query(query, boost * count)))
        return clauses

    def _constraints(self, query: LexicalQuery) -> list[tuple[Occur, Query]]:
        clauses = [(Occur.Must, self._phrase(phrase)) for phrase in query.phrases]
        clauses += [(Occur.MustNot, self._phrase(phrase)) for phrase in query.excluded]
        selection = query.selection
        for facet, values in selection.values.items():
            if values:
                clauses.append(
                    (Occur.Must, Query.term_set_query(self._schema, facet, list(values)))
                )
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
        if not terms:
            return Query.all_query()
        if len(terms) == 1:
            return Query.term_query(self._schema, EXACT, terms[0])
        return Query.phrase_query(self._schema, EXACT, list(terms))

    def _run(self, query: Query, k: int) -> tuple[Rows, Scores]:
        hits = self._searcher.search(query, limit=k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        scores = np.array([score for score, _ in hits], np.float32)
        return np.array(rows, np.int64), scores


def _register(index: tantivy.Index) -> dict[str, tantivy.TextAnalyzer]:
    analysers = {language: analyser(language) for language in (*LANGUAGES, EXACT)}
    for language in LANGUAGES:
        index.register_tokenizer(f"words_{language}", analysers[language])
    index.register_tokenizer(EXACT, analysers[EXACT])
    return analysers


def _document(entry: LexicalEntry) -> tantivy.Document:
    language = field_language(entry.language)
    document = tantivy.Document()
    document.add_unsigned("row", entry.row)
    if entry.year is not None:
        document.add_unsigned("year", entry.year)
    document.add_text(EXACT, prepare_exact(entry.text))
    document.add_text(f"words_{language}", prepare_words(entry.text))
    document.add_text(f"context_{language}", prepare_words(entry.context))
    document.add_text("analysis", language)
    for facet, values in entry.facets.items():
        for value in values:
            document.add_text(facet, value)
    return document
