"""The fields of a passage in Tantivy, and how terms stand in them.

Words are analysed before they are handed over, once for this store and for the forward index, so
the fields of terms split at spaces and do nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import tantivy
from tantivy import TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from indexer.analysis import EXACT, FIELD_LANGUAGES, analyser, prepare_exact
from indexer.facets import FACETS
from indexer.lexical.entries import LexicalEntry

__all__ = ["PAIRS", "document_of", "pair_term", "register", "schema"]

PAIRS = "pairs"
"""Field of adjacent pairs of terms: the rarest thing that a short question and an answer share. A
list of pairs is read where positions would be compared, and how many passages hold one is known."""

_TERMS = "terms"


def schema() -> tantivy.Schema:
    """Return the fields of a passage."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_unsigned_field("year", indexed=True, fast=True)
    builder.add_text_field(EXACT, tokenizer_name=EXACT, index_option="position")
    for language in FIELD_LANGUAGES:
        for name in ("words", "context"):
            builder.add_text_field(f"{name}_{language}", tokenizer_name=_TERMS, index_option="freq")
    # Of all languages, which the pairs name: a field costs a byte a passage even where it is empty.
    # With frequencies, because only then does Tantivy skip what cannot be among the best.
    builder.add_text_field(PAIRS, tokenizer_name=_TERMS, index_option="freq")
    for facet in ("analysis", *FACETS):
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic")
    return builder.build()


def register(index: tantivy.Index) -> dict[str, TextAnalyzer]:
    """Teach an index its tokenizers; return the analysers by language, with `EXACT`."""
    analysers = {language: analyser(language) for language in (*FIELD_LANGUAGES, EXACT)}
    index.register_tokenizer(_TERMS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    index.register_tokenizer(EXACT, analysers[EXACT])
    return analysers


def pair_term(language: str, left: str, right: str) -> str:
    """Return the term of a pair: no part has an underscore, which is no letter and no figure."""
    return f"{language}_{left}_{right}"


def document_of(
    entry: LexicalEntry, language: str, words: Sequence[str], context: Sequence[str]
) -> tantivy.Document:
    """Return a passage as Tantivy takes it.

    Args:
        entry: the passage.
        language: its `field_language`.
        words: terms of its text, in order.
        context: terms of its context.
    """
    document = tantivy.Document()
    document.add_unsigned("row", entry.row)
    if entry.year is not None:
        document.add_unsigned("year", entry.year)
    document.add_text(EXACT, prepare_exact(entry.text))
    document.add_text(f"words_{language}", " ".join(words))
    document.add_text(f"context_{language}", " ".join(context))
    document.add_text(PAIRS, " ".join([f"{language}_{a}_{b}" for a, b in pairwise(words)]))
    document.add_text("analysis", language)
    for facet, values in entry.facets.items():
        for value in values:
            document.add_text(facet, value)
    return document
