"""What `rerank` gives and costs: `python -m benchmarks.rerank`, with the shared real data.

Quality: the claims of scifact's test split, with and without, by the engine that serves users; how
the two scores are mixed was chosen on claims of its train split, which are measured too, by weight.
Cost: processor time that an answer takes on top, for those claims over abstracts and for short
questions over paragraphs of general comments.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import nDCG
from numpy.typing import NDArray

from benchmarks.bootstrap import interval
from benchmarks.questions import repeated
from benchmarks.results import save
from benchmarks.texts import real_data_dir
from indexer.home import models_dir
from indexer.models import DEFAULT_RERANKER, require_reranker
from indexer.reranker import LazyReranker
from search_api.engine import Engine
from search_api.evaluate import answer
from search_api.evaluation_set import EvaluationSet, open_set
from search_api.ranking import reranking
from search_api.remembered import RememberingReranker
from search_api.schemas import SearchRequest

WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
_SEED = 11

Run = dict[str, dict[str, float]]
Values = NDArray[np.float64]


def compared(result: dict[str, object]) -> str:
    """Return the result as a Markdown table."""
    quality: dict[str, float] = result["scifact test"]  # type: ignore[assignment]
    cost: dict[str, dict[str, float]] = result["processor_ms"]  # type: ignore[assignment]
    lines = ["| | without | with `rerank` |", "|---|---:|---:|"]
    lines.append(
        f"| nDCG@10, {quality['queries']} claims of scifact (test) "
        f"| {quality['without']:.3f} | {quality['with']:.3f} |"
    )
    for kind, row in cost.items():
        lines.append(f"| processor time, {kind}, ms | {row['without']:.0f} | {row['with']:.0f} |")
    return "\n".join(lines)


def _by_query(held: EvaluationSet, run: Run) -> Values:
    """Return nDCG@10 of each query, in the order of the set; 0 where nothing was found."""
    found = {
        each.query_id: each.value
        for each in ir_measures.iter_calc([nDCG @ 10], held.judgements, run)
    }
    return np.array([found.get(query, 0.0) for query in run])


def _answers(held: EvaluationSet, queries: Iterable[str], *, rerank: bool) -> tuple[Run, Values]:
    """Return what is found, and the processor milliseconds of each answer."""
    run: Run = {}
    took = []
    for query in queries:
        start = time.process_time()
        run[query] = answer(held, held.queries[query], rerank=rerank)
        took.append(1000 * (time.process_time() - start))
    return run, np.array(took)


def _test(folder: Path, count: int | None) -> tuple[dict[str, object], dict[str, float]]:
    """Return the quality with and without, with an interval of the gain, and the cost."""
    held = open_set(folder, split="test")
    try:
        queries = list(held.queries)[:count]
        _answers(held, queries[:2], rerank=True)  # loads the model
        plain, plain_ms = _answers(held, queries, rerank=False)
        read, read_ms = _answers(held, queries, rerank=True)
    finally:
        held.engine.close()
    without, with_ = _by_query(held, plain), _by_query(held, read)
    quality: dict[str, object] = {
        "queries": len(queries),
        "without": round(float(without.mean()), 4),
        "with": round(float(with_.mean()), 4),
        "gain_95": interval(without, with_),
    }
    return quality, _cost(plain_ms, read_ms)


def _train(folder: Path, count: int) -> dict[str, object]:
    """Return nDCG@10 by weight of the cross-encoder; 0 is the ranking's own order."""
    held = open_set(folder, split="train")
    chosen = random.Random(_SEED).sample(list(held.queries), count)  # noqa: S311
    remembering = RememberingReranker(LazyReranker(models_dir()))  # each pair is read once
    held = replace(held, engine=Engine(held.engine.snapshot, held.engine.encoder, remembering))
    measured: dict[str, float] = {}
    shipped = reranking.WEIGHT
    try:
        for weight in WEIGHTS:
            reranking.WEIGHT = weight
            run, _ = _answers(held, chosen, rerank=True)
            measured[str(weight)] = round(float(_by_query(held, run).mean()), 4)
    finally:
        reranking.WEIGHT = shipped
        held.engine.close()
    return {"queries": count, "nDCG@10 by weight": measured, "shipped": shipped}


def _questions(folder: Path, count: int) -> dict[str, float]:
    """Return what short questions over paragraphs of general comments cost."""
    held = open_set(folder, split="dev")
    try:
        took = {}
        for rerank in (False, True):
            held.engine.search(SearchRequest(query="torture", rerank=rerank))
            times = []
            for question in repeated(count):
                start = time.process_time()
                held.engine.search(SearchRequest(query=question, rerank=rerank))
                times.append(1000 * (time.process_time() - start))
            took[rerank] = np.array(times)
    finally:
        held.engine.close()
    return _cost(took[False], took[True])


def _cost(without: Values, with_: Values) -> dict[str, float]:
    return {
        "without": round(float(without.mean()), 1),
        "with": round(float(with_.mean()), 1),
        "added": round(float(with_.mean() - without.mean()), 1),
    }


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, help="of the test split (all)")
    parser.add_argument("--train", type=int, default=100, help="claims of the train split (100)")
    parser.add_argument("--questions", type=int, default=60, help="short questions (60)")
    given = parser.parse_args()
    folder = real_data_dir()
    if folder is None:
        raise SystemExit("no real data; set PRECEDENT_DATA to a folder that has eval/")
    model, _ = require_reranker(DEFAULT_RERANKER, models_dir())
    quality, claims = _test(folder / "eval" / "scifact", given.claims)
    print(quality, claims, flush=True)
    questions = _questions(folder / "eval" / "gc-citations", given.questions)
    print(questions, flush=True)
    result: dict[str, object] = {
        "model": model.name,
        "digest": model.digest,
        "hits_read": reranking.HITS_READ,
        "scifact test": quality,
        "scifact train": _train(folder / "eval" / "scifact", given.train),
        "processor_ms": {
            "a claim over abstracts": claims,
            "a short question over paragraphs": questions,
        },
    }
    print("kept in", save("rerank", "python -m benchmarks.rerank", result).name)
    print(compared(result))


if __name__ == "__main__":
    main()
