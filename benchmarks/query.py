"""Query latency by stage: `python -m benchmarks.query INDEX`, made by `precedent index`.

Stages are those an answer reports: encode, lexical, dense, fuse, present. The engine is called as
the API calls it, one query at a time, and OpenBLAS has one thread, as in the service.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.results import save
from benchmarks.texts import sample_of_paragraphs
from search_api.engine import Engine
from search_api.schemas import SearchRequest

QUESTIONS = (
    "access of detainees to a lawyer of their choice",
    "moratorium on the death penalty",
    "evidence obtained by torture",
    "free primary education",
    "freedom of association",
    "независимость судей",
    "liberté de la presse",
    "incommunicado detention and family visits",
    "protection of witnesses from reprisals",
    "privatization of schools",
)


def _quantiles(values: list[float]) -> dict[str, float]:
    return {f"p{q}": round(float(np.percentile(values, q)), 2) for q in (50, 95, 99)}


def main() -> None:
    """Ask short questions and pasted paragraphs, and keep the quantiles of each stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--repeat", type=int, default=20, help="rounds of the questions (20)")
    given = parser.parse_args()
    threadpool_limits(1, user_api="blas")
    start = time.perf_counter()
    engine = Engine.open(given.index)
    opened_s = time.perf_counter() - start
    kinds = {
        "short questions": list(QUESTIONS) * given.repeat,
        "pasted paragraphs": sample_of_paragraphs(10 * given.repeat)[1],
    }
    measured: dict[str, object] = {
        "passages": engine.info().passages,
        "open_s": round(opened_s, 2),
        "unit": "milliseconds",
    }
    for kind, queries in kinds.items():
        stages: dict[str, list[float]] = {}
        for query in queries:
            took = engine.search(SearchRequest(query=query[:20_000], k=10)).took_ms
            for stage, value in took.items():
                stages.setdefault(stage, []).append(value)
        measured[kind] = {stage: _quantiles(values) for stage, values in stages.items()}
        print(kind, measured[kind])
    print("kept in", save("query", "python -m benchmarks.query INDEX", measured).name)


if __name__ == "__main__":
    main()
