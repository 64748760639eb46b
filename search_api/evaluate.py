"""Measure retrieval quality on a set in BEIR layout, with the engine that serves users.

The corpus is indexed like any documents, in a cache keyed by its digest and the model's; each `_id`
is a document, its passages are folded back to it by the best. Measures are those of `ir_measures`;
queries without an answer count, with zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import RR, R, nDCG

from indexer.build import Progress
from indexer.encoder import Precision
from indexer.models import DEFAULT_MODEL
from search_api.evaluation_set import EvaluationSet, open_set
from search_api.schemas import SearchRequest, Signals

__all__ = ["Evaluation", "answer", "evaluate"]

MEASURES = (nDCG @ 10, RR @ 10, R @ 10, R @ 100)
_K = 100


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured.

    Attributes:
        dataset: name of the folder.
        split: of the judgements.
        signals: ranked by.
        rerank: whether the best were read again.
        model: embedding model.
        model_digest: of its weights, and of the arithmetic it ran in.
        queries: judged queries, all of which count.
        documents: in the corpus.
        passages: they were split into.
        measures: by name, mean over queries.
        by_query: nDCG@10 of each query, for paired comparison.
        run: score of each document, by query.
    """

    dataset: str
    split: str
    signals: str
    rerank: bool
    model: str
    model_digest: str
    queries: int
    documents: int
    passages: int
    measures: dict[str, float]
    by_query: dict[str, float]
    run: dict[str, dict[str, float]]

    def as_dict(self) -> dict[str, object]:
        """Return what is worth keeping as JSON: all but the run and the single queries."""
        return {
            "dataset": self.dataset,
            "split": self.split,
            "signals": self.signals,
            "rerank": self.rerank,
            "model": self.model,
            "model_digest": self.model_digest,
            "queries": self.queries,
            "documents": self.documents,
            "passages": self.passages,
            "measures": {name: round(value, 4) for name, value in self.measures.items()},
        }


def evaluate(
    folder: Path,
    *,
    split: str = "dev",
    signals: Signals = "hybrid",
    rerank: bool = False,
    model: str = DEFAULT_MODEL,
    precision: Precision = "float",
    models_dir: Path | None = None,
    cache_dir: Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Evaluation:
    """Index a BEIR corpus, run its queries and measure.

    Args:
        folder: holds `corpus.jsonl`, `queries.jsonl` and `qrels/SPLIT.tsv`.
        split: of the judgements.
        signals: to rank by.
        rerank: whether to read the best again with a cross-encoder.
        model: embedding model.
        precision: that the model runs in, for passages and queries alike.
        models_dir: where models are installed.
        cache_dir: where indexes of corpora are kept between runs.
        on_progress: told how far indexing and searching have come.

    Raises:
        InputError: the folder is not in BEIR layout, or has no such split, or nothing to rerank
            with is installed.
        ModelError: the model is not installed.
    """
    tell = on_progress or (lambda _progress: None)
    held = open_set(
        folder,
        split=split,
        model=model,
        precision=precision,
        models_dir=models_dir,
        cache_dir=cache_dir,
        on_progress=on_progress,
    )
    run: dict[str, dict[str, float]] = {}
    try:
        for number, (query, text) in enumerate(held.queries.items(), 1):
            run[query] = answer(held, text, signals, rerank=rerank)
            tell(Progress("search", number, len(held.queries), "query"))
    finally:
        held.engine.close()
    by_query = {
        each.query_id: each.value
        for each in ir_measures.iter_calc([nDCG @ 10], held.judgements, run)
    }
    measured = ir_measures.calc_aggregate(MEASURES, held.judgements, run)
    return Evaluation(
        dataset=folder.name,
        split=split,
        signals=signals,
        rerank=rerank,
        model=model,
        model_digest=held.model_digest,
        queries=len(held.queries),
        documents=held.report.documents,
        passages=held.report.passages,
        measures={str(measure): float(measured[measure]) for measure in MEASURES},
        by_query={query: by_query.get(query, 0.0) for query in held.queries},
        run=run,
    )


def answer(
    held: EvaluationSet, query: str, signals: Signals = "hybrid", *, rerank: bool = False
) -> dict[str, float]:
    """Return the score of each `_id` that the engine finds for a query, the best `_K` at most."""
    request = SearchRequest(
        query=query,
        k=_K if held.of_documents else 2 * _K,
        signals=signals,
        rerank=rerank,
        group_by_document=held.of_documents,
        highlights=False,
    )
    found = held.engine.search(request)
    scores: dict[str, float] = {}
    for group in found.groups:
        best = group.hits[0]
        scores.setdefault(held.names[best.symbol or "", best.paragraph_id], group.score)
    for hit in found.hits:
        scores.setdefault(held.names[hit.symbol or "", hit.paragraph_id], hit.score)
    return dict(list(scores.items())[:_K])
