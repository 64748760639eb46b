"""The vector store at scale: `python -m benchmarks.vectors CATALOGUE [CATALOGUE ...]`.

Real vectors of catalogues of one model are grown to `--rows` (`benchmarks.grown_vectors` says how)
and searched with held-out real ones. Recall@10 is against an exhaustive scan in float32. All times
of searches are processor time of one thread. Files are written under `--scratch` and removed.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.grown_vectors import Floats, Grown, real_vectors
from benchmarks.results import save
from indexer.vectors import KINDS, VectorStore

SHARES = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0001)
SIZES = (10_000, 20_000, 30_000, 50_000, 100_000, 200_000)
K = 10
_BLOCK = 50_000

Masks = dict[str, NDArray[np.bool_] | None]


def _masks(rows: int) -> Masks:
    """Return masks by name: rows at random, and runs of rows, as of one body or year."""
    rng = np.random.default_rng(3)
    masks: Masks = {"no filter": None, "1 % dead": rng.random(rows) > 0.01}
    for share in SHARES[1:]:
        count = max(K, round(rows * share))
        mask = np.zeros(rows, np.bool_)
        mask[rng.choice(rows, count, replace=False)] = True
        masks[f"{share:.2%} at random"] = mask
        for number in (1, 2):
            mask = np.zeros(rows, np.bool_)
            start = int(rng.integers(0, rows - count))
            mask[start : start + count] = True
            masks[f"{share:.2%} in one run, {number}"] = mask
    return masks


def _truth(
    blocks: Iterator[Floats], queries: Floats, masks: Masks
) -> tuple[dict[str, Floats], Floats]:
    """Return the ten best cosines by exhaustive scan, best first, by mask, and the best 1000."""
    best = {name: np.empty((len(queries), 0), np.float32) for name in masks}
    cosines = np.empty((len(queries), 0), np.float32)
    start = 0
    for block in blocks:
        products = queries @ block.T
        cosines = _greatest(np.hstack([cosines, products]), 1000)
        for name, mask in masks.items():
            inside = (
                np.arange(len(block))
                if mask is None
                else np.flatnonzero(mask[start : start + len(block)])
            )
            if not len(inside):
                continue
            together = np.hstack([best[name], products[:, inside]])
            best[name] = _greatest(together, K)
        start += len(block)
    return best, cosines


def _greatest(values: Floats, count: int) -> Floats:
    """Return the greatest `count` of each row, best first."""
    if values.shape[1] > count:
        values = -np.partition(-values, count - 1, axis=1)[:, :count]
    return np.asarray(-np.sort(-values, axis=1), np.float32)


def _read(store: VectorStore) -> Iterator[Floats]:
    for start in range(0, len(store), _BLOCK):
        yield store.floats(slice(start, start + _BLOCK))


def _cpu_ms(call: Callable[[Floats], object], queries: Floats) -> dict[str, float]:
    """Return the mean and the 99th percentile of the processor time of a call a query."""
    call(queries[0])
    taken = []
    for query in queries:
        start = time.thread_time()
        call(query)
        taken.append((time.thread_time() - start) * 1000)
    return {
        "cpu_ms": round(float(np.mean(taken)), 2),
        "p99_cpu_ms": round(float(np.percentile(taken, 99)), 2),
    }


def _recall(found: list[Floats], truth: Floats) -> float:
    """Return recall@10 by score: where several rows tie with the tenth, any of them will do."""
    hits = [np.mean(f[: t.size] >= t[-1] - 1e-6) for f, t in zip(found, truth, strict=True)]
    return round(float(np.mean(hits)), 4)


def _searched(
    store: VectorStore, queries: Floats, truth: dict[str, Floats], masks: Masks
) -> dict[str, object]:
    measured: dict[str, object] = {}
    for name, mask in masks.items():
        found = [store.search(query, K, mask)[1] for query in queries]
        assert all(len(f) == len(t) for f, t in zip(found, truth[name], strict=True))
        times = _cpu_ms(partial(_searching, store, mask), queries)
        measured[name] = {"recall@10": _recall(found, truth[name]), **times}
        print(f"  {name:24} {measured[name]}", flush=True)
    return measured


def _searching(store: VectorStore, mask: NDArray[np.bool_] | None, query: Floats) -> object:
    return store.search(query, K, mask)


def _memory_mb() -> dict[str, int]:
    """Return resident memory now, without mapped files and with, and the most there ever was."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    kept = {"anonymous_mb": "RssAnon", "with_mapped_files_mb": "VmRSS"}
    found = {name: int(status[field].split()[0]) // 1024 for name, field in kept.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {**found, "peak_mb": peak}


def _made(path: Path, grown: Grown, kind: str) -> tuple[VectorStore, dict[str, object]]:
    """Build, reopen and grow by thirty rows; return the store and what each took."""
    generating = 0.0

    def blocks() -> Iterator[NDArray[np.float16]]:
        nonlocal generating
        source = grown.blocks()
        while True:
            start = time.process_time()
            block = next(source, None)
            generating += time.process_time() - start
            if block is None:
                return
            yield block

    path.parent.mkdir(parents=True)
    start, before = time.perf_counter(), time.process_time()
    VectorStore.create(path, blocks(), grown.dim, kind=kind)  # type: ignore[arg-type]
    build = {
        "build_cpu_s": round(time.process_time() - before - generating, 2),
        "growing_cpu_s": round(generating, 2),
        "both_wall_s": round(time.perf_counter() - start, 2),
        "memory_after_build": _memory_mb(),
    }
    start = time.perf_counter()
    store = VectorStore.open(path)
    build["open_ms"] = round((time.perf_counter() - start) * 1000, 2)
    beside = path.parent / "grown"
    beside.mkdir()
    before = time.process_time()
    store.appended(grown.queries[:30]).save(beside / path.name)
    build["append_30_cpu_ms"] = round((time.process_time() - before) * 1000, 2)
    files = [f for f in path.parent.iterdir() if f.is_file()]
    codes = sum(f.stat().st_size for f in files if f.suffix == ".rabitq")
    build["bytes_in_memory_a_passage"] = round(codes / len(store), 1)
    total = sum(f.stat().st_size for f in files)
    build["bytes_mapped_a_passage"] = round((total - codes) / len(store), 1)
    build["segments"] = len(store.segments)
    return store, build


def _by_size(real: Floats, queries: int, scratch: Path) -> dict[str, object]:
    measured: dict[str, object] = {}
    for rows in SIZES:
        grown = Grown(real, rows, queries)
        for kind in KINDS[1:]:
            path = scratch / f"{rows}-{kind}" / "vectors.faiss"
            store, build = _made(path, grown, kind)
            truth, _ = _truth(_read(store), grown.queries, {"no filter": None})
            print(rows, kind, build["build_cpu_s"], flush=True)
            found = _searched(store, grown.queries, truth, {"no filter": None})
            measured[f"{rows} {kind}"] = {**found, "build_cpu_s": build["build_cpu_s"]}
            shutil.rmtree(path.parent)
    return measured


def _many(store: VectorStore, queries: Floats) -> dict[str, float]:
    """Return processor time a query of ten searched together, as a ratio to one by one."""
    together, alone = [], []
    for start in range(0, len(queries) - 9, 10):
        ten = queries[start : start + 10]
        before = time.thread_time()
        store.search_many(ten, K)
        middle = time.thread_time()
        for query in ten:
            store.search(query, K)
        together.append(middle - before)
        alone.append(time.thread_time() - middle)
    return {
        "cpu_ms_a_query": round(float(np.mean(together)) * 100, 2),
        "ratio_to_one_by_one": round(float(np.sum(together) / np.sum(alone)), 2),
    }


def main() -> None:
    """Grow, build, search under filters, and keep what each cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("catalogues", nargs="+", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--sizes", action="store_true", help="both kinds at sizes to 200,000 too")
    parser.add_argument("--scratch", type=Path, help="folder for 0.9 GB a million rows")
    given = parser.parse_args()
    real = real_vectors(given.catalogues)
    grown = Grown(real, given.rows, given.queries)
    masks = _masks(given.rows)
    with tempfile.TemporaryDirectory(dir=given.scratch) as folder:
        store, build = _made(Path(folder) / "store" / "vectors.faiss", grown, "auto")
        print(build, flush=True)
        faiss.omp_set_num_threads(1)
        truth, cosines = _truth(_read(store), grown.queries, masks)
        near = -np.sort(-grown.queries @ grown.real.T, axis=1)
        ranks = [rank for rank in (1, 10, 100, 1000) if rank <= given.rows]
        measured: dict[str, object] = {
            "rows": given.rows,
            "real_vectors": len(real),
            "queries": given.queries,
            "median_cosine_by_rank": {
                "real": {r: round(float(np.median(near[:, r - 1])), 3) for r in ranks},
                "grown": {r: round(float(np.median(cosines[:, r - 1])), 3) for r in ranks},
            },
            "build": build,
            "search": _searched(store, grown.queries, truth, masks),
            "ten_queries_together": _many(store, grown.queries),
        }
        rows = np.random.default_rng(5).choice(given.rows, 500, replace=False)
        measured["scores_of_500_rows"] = _cpu_ms(lambda q: store.scores(q, rows), grown.queries)
        measured["memory_after_search"] = _memory_mb()
        if given.sizes:
            measured["by_size"] = _by_size(real, given.queries, Path(folder))
    command = f"python -m benchmarks.vectors CATALOGUE ... --rows {given.rows}"
    command += " --sizes" if given.sizes else ""
    print("kept in", save(f"vectors-{given.rows}", command, measured).name)


if __name__ == "__main__":
    main()
