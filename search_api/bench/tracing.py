"""Finding a paragraph in each text of a series."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.snapshot import Snapshot
from indexer.whole import WholeParagraph, whole_paragraphs
from search_api.bench.paragraphs import vectors_of
from search_api.bench.series import Series
from search_api.ranking import Question, rank
from search_api.schemas.lineage import Graded
from workbench.aligning import SAME_WORDING
from workbench.closeness import closeness
from workbench.grading import Grade, grade_of_paragraph
from workbench.likeness import Text, similarity
from workbench.words import words_of

__all__ = ["Candidate", "Tracer", "graded", "is_proposal"]

MOST_TEXTS = 400
"""Texts that are looked through one by one, at some milliseconds each. A mandate has had 69 in
forty years; what has more, as the decisions of a committee, is no series of yearly texts."""

CANDIDATES = 3
"""Paragraphs of a text, nearest in meaning, whose words are compared, beside those that rank."""

RANKED = 200

REWORDED = 1.0
"""Least similarity and cosine together of a paragraph and its rewording in another text, where each
is the closest to the other: 0.1 above what is asked where both stand between the same neighbours
(`workbench.aligning.IN_PLACE`)."""

RIVAL = 0.1
"""By how much more of a paragraph's words another one beside the one that is followed must have to
be its continuation instead; where a paragraph was split in two, both halves are."""

_ORDER = (Grade.VERBATIM, Grade.NEAR_VERBATIM, Grade.SAME_MEANING, Grade.NONE)

_CARRIES = (Grade.VERBATIM, Grade.NEAR_VERBATIM)
"""Grades of versions that a later one may be compared with in place of the one asked for."""


def is_proposal(document: sqlite3.Row) -> bool:
    """Tell a draft, an amendment or what was rejected from a text that was in force."""
    return (document["kind"] or "").startswith("draft-") or document["status"] in {
        "draft",
        "rejected",
    }


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph of a text of the series, compared with one that is followed.

    Attributes:
        whole: the paragraph.
        grade: how close it is.
        similarity: of the words, 0 to 1.
        meaning: cosine.
        alike: similarity of the two whole paragraphs, as comparing documents measures it.
        through: document of the version it was compared with, where not with the one asked for.
    """

    whole: WholeParagraph
    grade: Grade
    similarity: float
    meaning: float
    alike: float
    through: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it is a version: by its grade, or as a rewording of what is followed."""
        reworded = self.alike >= SAME_WORDING or self.alike + self.meaning >= REWORDED
        return self.grade is not Grade.NONE or reworded

    @property
    def closeness(self) -> tuple[int, float, float]:
        """Return what orders candidates, the closest greatest."""
        return -_ORDER.index(self.grade), max(self.similarity, self.alike), self.meaning


def graded(candidate: Candidate) -> Graded:
    """Return the grade of a version, as answers name it."""
    grades: dict[Grade, Graded] = {
        Grade.VERBATIM: "verbatim",
        Grade.NEAR_VERBATIM: "near-verbatim",
        Grade.SAME_MEANING: "same-meaning",
        Grade.NONE: "reworded",
    }
    return grades[candidate.grade]


class Tracer:
    """Finds, in each text of a series, the paragraph that says the one asked for."""

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        asked: WholeParagraph,
        series: Series,
        *,
        exhaustive: bool,
    ) -> None:
        """Prepare; nothing is compared yet.

        Args:
            snapshot: where to look.
            encoder: of the snapshot.
            asked: paragraph to follow.
            series: texts to look through.
            exhaustive: whether every text is looked through, where they are not too many.
        """
        self._snapshot = snapshot
        self._encoder = encoder
        self._asked = asked
        self._documents = series.documents
        self.complete = exhaustive and len(series.documents) <= MOST_TEXTS

    def trace(self) -> dict[str, Candidate]:
        """Return the paragraph of each text that has it, by document id.

        A text that has it in nearly the words of a neighbouring version has it too, however far
        the two have grown from the paragraph asked for; likeness of meaning alone does not carry
        on from version to version, or a paragraph would turn into its subject.
        """
        found: dict[str, Candidate] = {}
        ids = [row["document_id"] for row in self._documents]
        at = ids.index(self._asked.document_id)
        found[ids[at]] = Candidate(self._asked, Grade.VERBATIM, 1.0, 1.0, 1.0)
        for side in (range(at - 1, -1, -1), range(at + 1, len(ids))):
            reference = self._asked
            for place in side:
                best = self._mutual(ids[place], self._asked)
                if best is None or best.grade not in _CARRIES:
                    best = self._through(ids[place], reference, best)
                if best is None:
                    continue
                found[ids[place]] = best
                if best.grade in _CARRIES and not is_proposal(self._documents[place]):
                    reference = best.whole
        return found

    def nearest(self, document_id: str, whole: WholeParagraph) -> Candidate | None:
        """Return the paragraph of a text that is closest to one; None where none comes near."""
        return self._mutual(document_id, whole)

    def _through(
        self, document_id: str, reference: WholeParagraph, best: Candidate | None
    ) -> Candidate | None:
        """Compare with the neighbouring version; what is closest to either is the version."""
        if reference is self._asked or not self.complete:
            return best
        near = self._mutual(document_id, reference)
        if near is None or near.grade is Grade.SAME_MEANING:
            return best
        if best is not None and best.closeness >= near.closeness:
            return best
        return replace(near, through=reference.document_id)

    def _best(self, document_id: str, wanted: WholeParagraph) -> Candidate | None:
        rows = set(self._ranked.get(document_id, ()))
        if self.complete:
            held = np.asarray(self._snapshot.document_rows(document_id), np.int64)
            if len(held):
                scores = self._snapshot.vectors.scores(self._vector(wanted), held)
                rows.update(held[np.argsort(-scores, kind="stable")[:CANDIDATES]].tolist())
        candidates = self._compared(wanted, whole_paragraphs(self._snapshot, sorted(rows)))
        return max(candidates, key=lambda each: each.closeness, default=None)

    def _mutual(self, document_id: str, wanted: WholeParagraph) -> Candidate | None:
        """Return the paragraph of a text that says another, where no neighbour of it is closer.

        Two mandates are extended in the same words: the paragraph of an earlier text that is only
        near to the one, and has its own continuation beside it, is no version of it.
        """
        best = self._best(document_id, wanted)
        if best is None or not best.counts:
            return None
        if best.grade is Grade.VERBATIM or not self.complete:
            return best
        back = self._best(wanted.document_id, best.whole)
        if back is None or back.whole.rows == wanted.rows:
            return best
        (own,) = self._compared(best.whole, [wanted])
        rival = back.grade is Grade.VERBATIM or back.alike > own.alike + RIVAL
        return None if rival else best

    def _compared(
        self, wanted: WholeParagraph, wholes: list[WholeParagraph]
    ) -> Iterable[Candidate]:
        if not wholes:
            return
        words = words_of(wanted.text)
        text = Text(wanted.paragraph_id, numbered=False, words=tuple(words))
        cosines = vectors_of(self._snapshot, wholes) @ self._vector(wanted)
        for whole, cosine in zip(wholes, cosines.tolist(), strict=True):
            near = closeness(words, words_of(whole.text))
            # The part that is closest may be short: "Requests the High Commissioner to" alone is no
            # version of a request, so as much of the paragraph must have been kept.
            kept = min(near.similarity, near.kept)
            cosine = min(float(cosine), 1.0)
            alike = similarity(text, Text.of(whole.paragraph_id, whole.text, numbered=False))
            yield Candidate(whole, grade_of_paragraph(kept, cosine), kept, cosine, alike)

    def _vector(self, whole: WholeParagraph) -> NDArray[np.float32]:
        return np.asarray(vectors_of(self._snapshot, [whole])[0])

    @cached_property
    def _ranked(self) -> dict[str, list[int]]:
        """What the engine ranks first for the paragraph among the texts, by document id."""
        columns = self._snapshot.columns
        wanted = {row["document_id"] for row in self._documents}
        chosen = np.array([name in wanted for name in columns.document_ids], np.bool_)
        mask = chosen[columns.document]
        if columns.live is not None:
            mask &= columns.live
        question = Question(
            words=self._asked.text,
            vector=self._vector(self._asked),
            mask=mask,
            k=RANKED,
        )
        ranking = rank(self._snapshot, self._encoder, question)
        by_document: dict[str, list[int]] = {}
        for row in ranking.rows[:RANKED]:
            name = columns.document_ids[columns.document[row]]
            by_document.setdefault(name, []).append(row)
        return by_document
