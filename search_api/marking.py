"""Why passages answer: words and phrases of the query in them, the sentence that means it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.passages import sentences
from search_api.highlights import Highlighter
from search_api.nearest import NearestSentence, Shown
from search_api.runs import longest_run
from search_api.schemas import Highlight, Sentence, Why

__all__ = ["EXPLAINED_HITS", "Marked", "Marker"]

EXPLAINED_HITS = 20
"""Hits of one answer whose sentences are compared where that is asked for. Two hundred, by
documents, kept a thread for twenty seconds; two such requests, and nobody else was answered."""

UNSAID_HITS = 10
"""Hits of one answer without a word in common whose sentences are compared without being asked to:
each costs some milliseconds of encoding."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage of an answer with the reasons for its being there.

    Attributes:
        highlights: parts to mark, by start, not overlapping.
        why: the same in words, and the sentence nearest in meaning where it was looked for; None
            where none were asked for.
    """

    highlights: tuple[Highlight, ...]
    why: Why | None


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks the passages of one answer.

    A hit in another language than the question, or in other words, would otherwise show no reason
    for being there: where nothing else is marked, the nearest sentence is.

    Attributes:
        highlighter: of the query's words and phrases.
        query: the words.
        nearest: compares sentences; None where meaning did not count.
        explain: look for the nearest sentence of the first passages, and in all for the longest
            run of words in common with the query.
    """

    highlighter: Highlighter
    query: str
    nearest: NearestSentence | None = None
    explain: bool = False

    def mark(self, passages: Sequence[Shown]) -> list[Marked]:
        """Return the reasons of each passage."""
        marks = [self.highlighter.mark(each.text, each.language) for each in passages]
        carrying = self._carrying(passages, marks)
        found = []
        for i, (passage, highlights) in enumerate(zip(passages, marks, strict=True)):
            sentence = carrying.get(i)
            why = Why(
                words=_distinct(passage.text, highlights, "word"),
                phrases=_distinct(passage.text, highlights, "phrase"),
                run=longest_run(self.query, passage.text) if self.explain else None,
                sentence=sentence,
            )
            if not highlights and sentence is not None and _is_part(sentence, passage.text):
                mark = Highlight(start=sentence.start, end=sentence.end, kind="sentence")
                found.append(Marked((mark,), why))
            else:
                found.append(Marked(highlights, why))
        return found

    def _carrying(
        self, passages: Sequence[Shown], marks: Sequence[tuple[Highlight, ...]]
    ) -> dict[int, Sentence]:
        """Return the nearest sentence of each place where it is looked for."""
        if self.nearest is None:
            return {}
        places = list(range(len(passages)))
        unsaid = (i for i in places if not marks[i] and _has_several(passages[i].text))
        places = places[:EXPLAINED_HITS] if self.explain else list(islice(unsaid, UNSAID_HITS))
        found = self.nearest.of([passages[i] for i in places])
        return {i: each for i, each in zip(places, found, strict=True) if each is not None}


def _distinct(text: str, highlights: Sequence[Highlight], kind: str) -> tuple[str, ...]:
    """Return the marked parts of a kind as they stand in the text, each once, whatever its case."""
    said: dict[str, str] = {}
    for each in highlights:
        if each.kind == kind:
            part = text[each.start : each.end]
            said.setdefault(part.casefold(), part)
    return tuple(said.values())


def _has_several(text: str) -> bool:
    return sum(1 for _ in zip(sentences(text), range(2), strict=False)) > 1


def _is_part(sentence: Sentence, text: str) -> bool:
    return text[sentence.start : sentence.end] != text.strip()
