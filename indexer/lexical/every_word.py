"""Passages that have every word of a text: the exact count behind a trend, not a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tantivy import Occur, Query, Schema, TextAnalyzer

from indexer.analysis import analyser, prepare_question

__all__ = ["every_word"]


def every_word(
    schema: Schema, analysers: Mapping[str, TextAnalyzer], languages: Iterable[str], words: str
) -> Query:
    """Return a query for passages with every word of a text, as their language inflects it.

    Words that say nothing by themselves ("to", "the") need not stand there, unless there are no
    others. A word with a hyphen may be written as one word or as two.

    Args:
        schema: of the fields.
        analysers: by `field_language`.
        languages: `field_language`s to look through; a passage is of one of them.
        words: plain text.
    """
    ways = []
    for language in languages:
        telling = analyser(language, stop=True)
        wanted = _wanted(telling, language, words) or _wanted(analysers[language], language, words)
        if wanted:
            each = [(Occur.Must, _any(schema, language, spellings)) for spellings in wanted]
            ways.append((Occur.Should, Query.boolean_query(each)))
    return Query.boolean_query(ways) if ways else Query.empty_query()


def _wanted(how: TextAnalyzer, language: str, words: str) -> list[list[list[str]]]:
    """Return for each word its spellings, each as the terms it has."""
    found = []
    for word in words.split():
        forms = dict.fromkeys((word.replace("-", " "), word.replace("-", "")))
        spellings = [how.analyze(prepare_question(form, language)) for form in forms]
        if kept := [terms for terms in spellings if terms]:
            found.append(kept)
    return found


def _any(schema: Schema, language: str, spellings: Iterable[Sequence[str]]) -> Query:
    ways = []
    for terms in spellings:
        each = [(Occur.Must, Query.term_query(schema, f"words_{language}", t)) for t in terms]
        ways.append((Occur.Should, Query.boolean_query(each)))
    return Query.boolean_query(ways)
