"""One order of all candidates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.lexical import LexicalQuery
from indexer.passages import sentences
from indexer.snapshot import Snapshot
from search_api.ranking.candidates import candidate_rows
from search_api.ranking.evidence import Evidence, evidence_of
from search_api.ranking.features import features_of
from search_api.ranking.feedback import with_feedback
from search_api.ranking.judge import judge
from search_api.ranking.meaning import Meaning, meaning_of
from search_api.ranking.question import Question, Ranking
from search_api.ranking.reranking import reranked
from search_api.ranking.standing import in_standing
from search_api.ranking.timing import timed
from search_api.ranking.typed import literal_first, typed_scores
from search_api.ranking.unread import by_what_is_read
from search_api.ranking.whole import WholeDocuments, whole_documents

__all__ = ["candidates", "gather", "rank"]

Values = NDArray[np.float32]
Rows = NDArray[np.int64]


def rank(snapshot: Snapshot, encoder: Encoder, question: Question) -> Ranking:
    """Rank the passages that a question allows.

    Candidates are the best of each signal; all are then compared with the question in the same way,
    so that none is ranked by a score it merely lacks. Ties keep the order of rows, which is stable.
    """
    seconds: dict[str, float] = {}
    question, told = by_what_is_read(snapshot, question)
    found = gather(snapshot, encoder, question, seconds)
    if found is None:
        return replace(Ranking.empty(seconds), warnings=told)
    evidence, meaning = found
    with timed(seconds, "order"):
        fused = _fused(snapshot, question, evidence, meaning)
    again = reranked(snapshot, question, evidence, fused, seconds)
    with timed(seconds, "order"):
        order, fused = in_standing(snapshot, snapshot.columns.document[evidence.rows], again.fused)
    by_words = question.signals != "dense"
    whole = WholeDocuments()
    if question.by_document and by_words and not question.is_pasted:
        with timed(seconds, "documents"):
            whole = whole_documents(snapshot, evidence, again.fused, question.words)
    return Ranking(
        rows=tuple(evidence.rows[order].tolist()),
        fused=fused,
        lexical=evidence.lexical[order] if by_words else None,
        dense=None if evidence.dense is None else evidence.dense[order],
        quoted=evidence.signals["run_words"][order] if by_words else None,
        seconds=seconds,
        meaning=meaning,
        rerank=None if again.scores is None else again.scores[order],
        whole=whole.words,
        articles=whole.articles,
        warnings=(*told, *again.warnings),
    )


def gather(
    snapshot: Snapshot, encoder: Encoder, question: Question, seconds: dict[str, float]
) -> tuple[Evidence, Meaning | None] | None:
    """Find candidates and compare them with the question; None where there are none."""
    parts = [question.words]
    if question.is_pasted:
        spans = sentences(question.words)
        parts = [question.words[start:end] for start, end in spans]
    meaning = None
    if question.signals != "lexical":
        with timed(seconds, "encode"):
            meaning = meaning_of(snapshot, encoder, question)
    rows = candidates(snapshot, question, meaning, seconds)
    if not len(rows):
        return None
    with timed(seconds, "compare"):
        return evidence_of(snapshot, rows, parts, meaning), meaning


def candidates(
    snapshot: Snapshot, question: Question, meaning: Meaning | None, seconds: dict[str, float]
) -> Rows:
    """Return the rows that a question ranks, ascending; `meaning` is None where it does not count.

    A third of what ranking them costs: enough to count them.
    """
    query = LexicalQuery(question.words, question.phrases, question.excluded, question.selection)
    mask = question.mask
    if query.constrains:
        with timed(seconds, "match"):
            matching = np.zeros(len(snapshot.vectors), np.bool_)
            matching[snapshot.lexical.matching(query)] = True
            mask = matching if mask is None else mask & matching
    return candidate_rows(snapshot, question, query, mask, meaning, seconds)


def _fused(
    snapshot: Snapshot, question: Question, evidence: Evidence, meaning: Meaning | None
) -> Values:
    if question.signals == "lexical" or evidence.dense is None or meaning is None:
        return evidence.lexical / max(float(evidence.lexical.max(initial=0.0)), 1e-9)
    if question.signals == "dense":
        return np.clip(evidence.dense, 0.0, 1.0)
    if question.is_pasted:
        return judge().scores(features_of(snapshot, evidence, meaning), evidence.foreign)
    scores = typed_scores(evidence)
    if question.by_document:
        scores = with_feedback(snapshot, evidence, scores)
    return literal_first(scores, evidence.signals["coverage"])
