"""What a search costs at scale: `python -m benchmarks.scale INDEX`, grown by `benchmarks.grow`.

Processor time of a whole search (words, meaning, comparing, ordering, ten hits to show) without
encoding the question, under filters that leave from all to a ten-thousandth of the passages. The
questions' vectors are computed before, as they are for a question that was asked before. Filters
are those of users: years for large shares, documents for small ones. Recall@10 is that of the
passages nearest in meaning, against an exhaustive scan, for the same questions and filters. As in
the service, OpenBLAS has one thread. All questions are new to the first filter, of all passages.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.query import QUESTIONS
from benchmarks.results import save
from benchmarks.texts import sample_of_paragraphs
from indexer.encoder import Encoder, EncoderIdentity, OpenVinoEncoder, Vectors
from indexer.home import models_dir
from indexer.models import require
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.ranking import Question, meaning_of
from search_api.ranking.candidates import PASTED_DEPTH, TYPED_DEPTH
from search_api.schemas import Filters, SearchRequest
from search_api.selection import selection_of

SHARES = (1.0, 0.3, 0.1, 0.01, 0.001, 0.0001)

_MOST_SYMBOLS = 200
"""Values that one filter takes."""

_BLOCK = 50_000
"""Rows that are scored at once in the exhaustive scan."""

_TIE = 1e-5
"""Cosines that differ by less are the same: FAISS adds in another order than NumPy."""


class _Known:
    """An encoder that encodes and counts each list of texts once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._held: dict[tuple[str, tuple[str, ...]], object] = {}

    @property
    def key(self) -> str:
        return self._encoder.key

    @property
    def identity(self) -> EncoderIdentity:
        return self._encoder.identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return cast("Vectors", self._once("encode_queries", texts))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return cast("Vectors", self._once("encode_passages", texts))

    def encode_both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        return cast("tuple[Vectors, Vectors]", self._once("encode_both", texts))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return cast("list[int]", self._once("count_tokens", texts))

    def _once(self, name: str, texts: Sequence[str]) -> object:
        key = name, tuple(texts)
        if key not in self._held:
            self._held[key] = getattr(self._encoder, name)(texts)
        return self._held[key]


def filters_of(snapshot: Snapshot) -> Iterator[tuple[float, Filters]]:
    """Yield for each of `SHARES` what it comes to in this index, and filters that leave it."""
    columns = snapshot.columns
    passages = columns.passages_by_document()
    total = int(passages.sum())
    years = np.unique(columns.year[columns.year > 0])
    since = [(int(passages[columns.year >= year].sum()) / total, int(year)) for year in years]
    symbols = columns.values["symbol"].names
    named = columns.values["symbol"].first()
    order = np.random.default_rng(3).permutation(len(columns.document_ids))
    for share in SHARES:
        if share == 1.0:
            yield 1.0, Filters()
            continue
        left, year = min(since, key=lambda each: abs(each[0] - share))
        if abs(left - share) < share / 2:
            yield left, Filters(year_from=year)
            continue
        chosen: list[str] = []
        count = 0
        for number in order.tolist():
            if named[number] >= 0 and len(chosen) < _MOST_SYMBOLS and count < share * total:
                chosen.append(symbols[int(named[number])])
                count += int(passages[number])
        yield count / total, Filters(symbol=tuple(chosen))


def _cost(engine: Engine, queries: Sequence[str], filters: Filters) -> dict[str, float]:
    wall, cpu = [], []
    for query in queries:
        request = SearchRequest(query=query[:20_000], filters=filters)
        engine.search(request)  # its vector is known from here on
        started, spent = time.perf_counter(), time.process_time()
        engine.search(request)
        wall.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - spent))
    return {
        "cpu_ms": round(float(np.mean(cpu)), 2),
        "wall_p50_ms": round(float(np.percentile(wall, 50)), 2),
        "wall_p99_ms": round(float(np.percentile(wall, 99)), 2),
    }


def _recall(
    snapshot: Snapshot, encoder: Encoder, queries: Sequence[str], filters: Filters
) -> float:
    """Return recall@10 of what a search looks at for its meaning; ties with the tenth will do."""
    mask = snapshot.columns.mask(selection_of(filters))
    rows = np.arange(len(snapshot.vectors)) if mask is None else np.flatnonzero(mask)
    questions = [Question(words=query[:20_000]) for query in queries]
    asked = np.vstack([meaning_of(snapshot, encoder, each).own[:1] for each in questions])
    best = np.empty((len(asked), 0), np.float32)
    for start in range(0, len(rows), _BLOCK):
        block = snapshot.vectors.floats_of(rows[start : start + _BLOCK])
        best = -np.sort(-np.hstack([best, asked @ block.T]), axis=1)[:, :10]
    shares = []
    for question, vector, exact in zip(questions, asked, best, strict=True):
        depth = PASTED_DEPTH if question.is_pasted else TYPED_DEPTH
        found = snapshot.vectors.search(vector, depth, mask, thorough=not question.is_pasted)[1]
        shares.append(float(np.mean(found[:10] >= exact[-1] - _TIE)) if len(exact) else 1.0)
    return round(float(np.mean(shares)), 4)


def _anonymous_mb() -> int:
    """Return memory that is this process's own, without mapped files, in MB."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) // 1024
    return 0


def main() -> None:
    """Ask under each filter, and keep what it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--queries", type=int, default=100, help="of each kind (100)")
    given = parser.parse_args()
    threadpool_limits(1, user_api="blas")
    snapshot = Snapshot.open(given.index)
    before = _anonymous_mb()
    # Networks of fixed shape are made aside while it serves, and would be counted in.
    installed = require(snapshot.manifest.encoder.model, models_dir())
    inner = OpenVinoEncoder(installed, fixed_shapes=False)
    with_model = _anonymous_mb() - before
    known = _Known(inner)
    engine = Engine(snapshot, known)
    pasted = [text for text in sample_of_paragraphs(given.queries)[1] if len(text.split()) > 32]
    typed = [" ".join(text.split()[4 : 4 + 5 + i % 6]) for i, text in enumerate(pasted)]
    kinds = {"typed": [*QUESTIONS, *typed][: given.queries], "pasted": pasted[: given.queries]}
    measured: dict[str, object] = {
        "passages": engine.info().passages,
        "documents": engine.info().documents,
        "unit": "milliseconds a search, its question's vector known",
    }
    for share, filters in filters_of(snapshot):
        for kind, queries in kinds.items():
            cost = _cost(engine, queries, filters)
            cost["recall@10"] = _recall(snapshot, known, queries, filters)
            measured[f"{kind}, {share:.4%} of the passages"] = cost
            print(f"{kind:8} {share:9.4%} {cost}", flush=True)
    measured["memory_mb"] = {"model": with_model, "all_but_model": _anonymous_mb() - with_model}
    print("kept in", save("scale", "python -m benchmarks.scale INDEX", measured).name)


if __name__ == "__main__":
    main()
