"""Writing the lexical store: a new one, or one that shares what it can with an earlier one.

Tantivy never changes a file of a segment once it is written; what it replaces (`meta.json`, the
list of its files) it writes aside and renames. A folder of links can therefore be written to, and
the folder that it was linked from stays as it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tantivy
from tantivy import Query

from indexer.analysis import field_language, prepare_words
from indexer.lexical.entries import LexicalEntry
from indexer.lexical.fields import document_of, register, schema
from indexer.linked_files import link_or_copy

__all__ = ["Analysed", "LexicalWriter"]

_HEAP_BYTES = 256 << 20
"""Before a segment is written: fewer and larger ones are searched faster."""

_SMALL_HEAP_BYTES = 32 << 20
"""The same for a few documents: a large heap is set aside at once, and takes a while to clear."""

_SMALL = 5_000
"""Passages that fit into the small heap."""

_REPLACED = frozenset({".json", ".lock"})
"""What Tantivy writes anew or locks: copied, and left out, where its segments are linked."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """The terms of a passage, in order.

    Attributes:
        words: of its text.
        context: of its title and headings.
    """

    words: list[str]
    context: list[str]


class LexicalWriter:
    """Adds and removes passages; nothing is seen of it before the block of `opened` ends."""

    def __init__(self, index: tantivy.Index, heap_bytes: int) -> None:
        """Take an index to write to; use `opened` instead."""
        self._analysers = register(index)
        self._schema = index.schema
        self._writer = index.writer(heap_bytes, num_threads=1)
        # Passages of one section have one context.
        self._context = lru_cache(maxsize=256)(self._terms)

    @classmethod
    @contextmanager
    def opened(
        cls, folder: Path, previous: Path | None = None, passages: int | None = None
    ) -> Iterator[LexicalWriter]:
        """Yield a writer into an empty or missing folder; commit where the block ends well.

        However it ends, nothing writes to the folder any more.

        Args:
            folder: to write to.
            previous: folder of a store to go on from, which is left as it is.
            passages: how many will be added, where it is known.
        """
        folder.mkdir(parents=True, exist_ok=True)
        if previous is None:
            index = tantivy.Index(schema(), path=str(folder))
        else:
            for file in previous.iterdir():
                if file.suffix not in _REPLACED:
                    link_or_copy(file, folder / file.name)
                elif file.suffix == ".json":
                    shutil.copyfile(file, folder / file.name)
            index = tantivy.Index.open(str(folder))
        small = passages is not None and passages <= _SMALL
        writer = cls(index, _SMALL_HEAP_BYTES if small else _HEAP_BYTES)
        try:
            yield writer
            writer._writer.commit()
        except BaseException:
            # Its threads go on writing: a folder that is removed meanwhile is not gone.
            with suppress(Exception):
                writer._writer.wait_merging_threads()
            raise
        writer._writer.wait_merging_threads()

    def add(self, entry: LexicalEntry) -> Analysed:
        """Add a passage and return its terms, which the forward index keeps."""
        language = field_language(entry.language)
        analysed = Analysed(
            self._terms(language, entry.text), self._context(language, entry.context)
        )
        self._writer.add_document(document_of(entry, language, analysed.words, analysed.context))
        return analysed

    def remove(self, rows: Iterable[int]) -> None:
        """Remove passages by row; one that is added afterwards may take the same number."""
        gone = [int(row) for row in rows]
        if gone:  # by a query: a term made of a Python int is of another type than the field
            self._writer.delete_documents_by_query(Query.term_set_query(self._schema, "row", gone))

    def _terms(self, language: str, text: str) -> list[str]:
        return list(self._analysers[language].analyze(prepare_words(text, language)))
