"""The lists of passages of a lexical store, term by term: for checking, not for searching."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from indexer.analysis import EXACT, prepare_exact, prepare_words
from indexer.damage import damaged
from indexer.lexical.fields import register
from indexer.lexical.locking import lockable

__all__ = ["Postings"]

Rows = NDArray[np.int64]


class Postings:
    """Which passages have a term."""

    def __init__(self, index: tantivy.Index) -> None:
        """Take an opened index; use `open` instead."""
        self._schema = index.schema
        self._analysers = register(index)
        index.config_reader(reload_policy="manual")
        index.reload()
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> Postings:
        """Open a store beside whoever else reads it.

        Raises:
            IndexDamagedError: files are missing or cut short.
        """
        try:
            with lockable(folder) as place:
                return cls(tantivy.Index.open(str(place)))
        except ValueError as error:
            raise damaged(folder, "Tantivy cannot open it", error) from error

    def rows(self) -> Rows:
        """Return the rows of all passages, in no order."""
        return self._run(Query.all_query(), int(self._searcher.num_docs))

    def rows_of(self, field: str, term: str) -> Rows:
        """Return the rows of the passages that have a term in a field, in no order."""
        query = Query.term_query(self._schema, field, term)
        return self._run(query, int(self._searcher.doc_freq(field, term)))

    def rows_of_year(self, year: int) -> Rows:
        """Return the rows of the passages of a year, in no order."""
        query = Query.range_query(self._schema, "year", tantivy.FieldType.Unsigned, year, year)
        return self._run(query, int(self._searcher.num_docs))

    def stands_in(self, row: int, phrase: list[str]) -> bool:
        """Tell whether words stand in a passage side by side, as a quoted phrase must."""
        words = (
            Query.phrase_query(self._schema, EXACT, list(phrase))
            if len(phrase) > 1
            else Query.term_query(self._schema, EXACT, phrase[0])
        )
        there = Query.term_set_query(self._schema, "row", [row])
        both = Query.boolean_query([(Occur.Must, words), (Occur.Must, there)])
        return bool(self._searcher.search(both, limit=1, count=False).hits)

    def terms_of(self, language: str, text: str) -> list[str]:
        """Return the terms of a text as a `field_language` analyses it, in order."""
        return list(self._analysers[language].analyze(prepare_words(text, language)))

    def exact_terms(self, text: str) -> list[str]:
        """Return the terms of a text in order, lower-cased and unstemmed."""
        return list(self._analysers[EXACT].analyze(prepare_exact(text)))

    def _run(self, query: Query, k: int) -> Rows:
        if not k:
            return np.empty(0, np.int64)
        hits = self._searcher.search(Query.const_score_query(query, 0.0), limit=k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, np.int64)
