"""Two documents or two paragraphs held against each other."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QueryError
from indexer.linked import links_of
from indexer.linking.links import LinkKind
from indexer.snapshot import Snapshot
from indexer.whole import WholeParagraph, whole_paragraphs
from search_api.bench.naming import Named, named
from search_api.bench.paragraphs import vectors_of, verb_change, whole_passages, word_changes
from search_api.schemas import (
    CompareCounts,
    ComparedDocument,
    ComparedParagraph,
    CompareRequest,
    Comparison,
    Passage,
    StandsWithin,
)
from workbench.aligning import Alignment, Pair, Within, align
from workbench.likeness import Text, similarity

__all__ = ["compare"]

MOST_PAIRS = 16_000_000
"""Paragraphs of one document times those of the other; 4,000 of each take 0.5 GB."""


def compare(snapshot: Snapshot, request: CompareRequest) -> Comparison:
    """Say what became of the paragraphs of one text in another.

    Raises:
        UnknownNameError: one of the two is not in the index.
        QueryError: a document was given with a paragraph, or they are too long.
    """
    first = named(snapshot, request.first, request.language)
    second = named(snapshot, request.second, request.language)
    if (first.paragraph is None) != (second.paragraph is None):
        whole, part = (first, second) if first.paragraph is None else (second, first)
        raise QueryError(
            f"{request.first} and {request.second}",
            f"{whole.document_id} is a document, and the other a paragraph of {part.document_id}",
            "compare two documents, or two paragraphs",
        )
    sides = _Side.read(snapshot, first), _Side.read(snapshot, second)
    if len(sides[0].texts) * len(sides[1].texts) > MOST_PAIRS:
        raise QueryError(
            f"{request.first} and {request.second}",
            f"have {len(sides[0].texts):,} and {len(sides[1].texts):,} paragraphs, too many",
            "compare single paragraphs of them",
        )
    links = {row["other_id"]: row["kind"] for row in links_of(snapshot, first.document_id)}
    link = links.get(second.document_id)
    if sides[0].language == sides[1].language:
        aligned_by = "wording"
    else:
        aligned_by = "number" if link == LinkKind.LANGUAGE_VERSION else "meaning"
    cosines = vectors_of(snapshot, sides[0].wholes) @ vectors_of(snapshot, sides[1].wholes).T
    if first.paragraph is None:
        found = align(
            sides[0].texts,
            sides[1].texts,
            cosines,
            same_language=aligned_by == "wording",
            by_label=aligned_by == "number",
        )
    else:  # asked for as a pair: they are one, however little they have in common
        alike = similarity(sides[0].texts[0], sides[1].texts[0])
        measured = alike if aligned_by == "wording" else None
        found = Alignment((Pair(0, 0, measured, moved=False),), (), (), {}, {})
    paragraphs = _compared(found, sides, cosines)
    return Comparison(
        first=sides[0].shown(),
        second=sides[1].shown(),
        of="documents" if first.paragraph is None else "paragraphs",
        aligned_by=aligned_by,
        link=link,
        counts=_counts(paragraphs),
        paragraphs=paragraphs,
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts.

    Attributes:
        document: metadata of its document.
        wholes: its paragraphs, headings left out.
        passages: the same, as answers show them.
        texts: the same, as they are aligned.
    """

    document: sqlite3.Row
    wholes: list[WholeParagraph]
    passages: list[Passage]
    texts: list[Text]

    @classmethod
    def read(cls, snapshot: Snapshot, named: Named) -> _Side:
        """Read a document, or the one paragraph of it that is named."""
        if named.paragraph is not None:
            wholes = [named.paragraph]
        else:
            wholes = whole_paragraphs(snapshot, snapshot.document_rows(named.document_id))
            wholes = wholes[: _end_of_text(wholes)]
        passages = whole_passages(snapshot, wholes)
        (document,) = snapshot.documents([named.document_id])
        return cls(document, wholes, passages, [_text(passage) for passage in passages])

    @property
    def language(self) -> str | None:
        """Language of its document."""
        language: str | None = self.document["language"]
        return language

    def shown(self) -> ComparedDocument:
        """Return what an answer says of it."""
        return ComparedDocument(
            **{name: self.document[name] for name in _SHOWN}, paragraphs=len(self.wholes)
        )


_SHOWN = ("document_id", "symbol", "title", "kind", "date", "language")


def _end_of_text(wholes: list[WholeParagraph]) -> int:
    """Return how many paragraphs are text; of a resolution, those up to its last operative one.

    What follows says when and how it was adopted and who voted for it, which is no wording.
    """
    kinds = [whole.kind for whole in wholes]
    last = max((at for at, kind in enumerate(kinds) if kind == "operative"), default=None)
    if last is None:
        return len(wholes)
    closing = all(w.kind == "body" and w.number is None for w in wholes[last + 1 :])
    return last + 1 if closing else len(wholes)


def _text(passage: Passage) -> Text:
    label = passage.paragraph_id
    numbered = passage.number is not None or re.fullmatch(r"pp\d+", label) is not None
    return Text.of(label, passage.text, numbered=numbered and "~" not in label)


def _compared(
    found: Alignment, sides: tuple[_Side, _Side], cosines: NDArray[np.float32]
) -> tuple[ComparedParagraph, ...]:
    """Write down what became of each paragraph, in reading order."""
    pairs = {pair.first: pair for pair in found.pairs}
    out = []
    for a, b in found.order():
        if a is not None and b is not None:
            passages = sides[0].passages[a], sides[1].passages[b]
            out.append(_pair(pairs[a], *passages, float(cosines[a, b])))
        elif a is not None:
            within = _within(found.merged.get(a), sides[1])
            lost = sides[0].passages[a]
            out.append(ComparedParagraph(became="lost", first=lost, second=None, within=within))
        elif b is not None:
            within = _within(found.split.get(b), sides[0])
            added = sides[1].passages[b]
            out.append(ComparedParagraph(became="added", first=None, second=added, within=within))
    return tuple(out)


def _pair(pair: Pair, first: Passage, second: Passage, cosine: float) -> ComparedParagraph:
    changed = pair.similarity is not None and pair.similarity < 1
    became = "translated" if pair.similarity is None else "changed" if changed else "unchanged"
    return ComparedParagraph(
        became=became,
        moved=pair.moved,
        renumbered=first.paragraph_id != second.paragraph_id
        and (first.number is not None or second.number is not None),
        first=first,
        second=second,
        similarity=None if pair.similarity is None else round(pair.similarity, 4),
        meaning=round(min(cosine, 1.0), 4),
        words=word_changes(first.text, second.text) if changed else (),
        verb=verb_change(first, second) if changed else None,
    )


def _within(found: Within | None, side: _Side) -> StandsWithin | None:
    if found is None:
        return None
    longer = side.passages[found.place]
    return StandsWithin(
        passage_id=longer.passage_id, citation=longer.citation, kept=round(found.kept, 4)
    )


def _counts(paragraphs: tuple[ComparedParagraph, ...]) -> CompareCounts:
    became = Counter(each.became for each in paragraphs)
    strengths = Counter(each.verb.strength for each in paragraphs if each.verb is not None)
    within = Counter(each.became for each in paragraphs if each.within is not None)
    return CompareCounts(
        **{name: became[name] for name in ("unchanged", "changed", "translated", "lost", "added")},
        moved=sum(each.moved for each in paragraphs),
        renumbered=sum(each.renumbered for each in paragraphs),
        merged=within["lost"],
        split=within["added"],
        stronger=strengths["stronger"],
        weaker=strengths["weaker"],
    )
