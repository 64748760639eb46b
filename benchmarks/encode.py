"""Encoding: speed against `SentenceTransformer.encode` and the cores' peak, agreement, memory.

`python -m benchmarks.encode`. The engines run in turn, each round in a process of its own, so that
neither's threads or caches help or hinder the other. Loading is not counted. The peak is that of a
large bf16 matrix product on one thread, measured in the same rounds. Agreement is how many of the
ten passages nearest to a query, of all the passages, are the same ten as in float32.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.encoding import OURS, REFERENCE
from benchmarks.results import save
from benchmarks.texts import sample_of_paragraphs
from indexer.models import DEFAULT_MODEL

ENGINES = (REFERENCE, *OURS)
Measured = dict[str, float]


class Bench:
    """Runs jobs in processes of their own, and passes texts and vectors by file."""

    def __init__(self, model: str, folder: Path) -> None:
        self._model = model
        self._folder = folder

    def run(self, job: str, engine: str, texts: dict[str, list[str]]) -> Measured:
        """Do a job of `benchmarks.encoding` and return what it printed."""
        texts_file = self._folder / "texts.json"
        texts_file.write_text(json.dumps(texts))
        command = [sys.executable, "-m", "benchmarks.encoding", job, engine, self._model]
        command += [str(texts_file), str(self.vectors_file(engine))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        measured: Measured = json.loads(done.stdout.splitlines()[-1])
        return measured

    def vectors_file(self, engine: str) -> Path:
        """Return where the vectors of an engine's last job lie, by role."""
        return self._folder / f"{engine}.npz"


def _speed(bench: Bench, texts: list[str], rounds: int) -> dict[str, object]:
    kept, peaks = [], []
    for number in range(rounds):
        peaks.append(bench.run("peak", "torch", {})["bf16_gflop_a_cpu_s"])
        kept.append({e: bench.run("speed", e, {"document": texts}) for e in ENGINES})
        print(f"round {number + 1}: peak {peaks[-1]}, {kept[-1]}", flush=True)
    peak = statistics.median(peaks)

    def ratio(engine: str, measure: str) -> float:
        pairs = [pair[REFERENCE][measure] / pair[engine][measure] for pair in kept]
        return round(statistics.median(pairs), 2)

    def share(engine: str) -> float:
        reached = statistics.median(pair[engine]["gflop_a_cpu_s"] for pair in kept)
        return round(reached / peak, 3)

    return {
        "bf16_peak_gflop_a_cpu_s": peak,
        "engines": {
            engine: {
                "ratio_wall": ratio(engine, "wall_s"),
                "ratio_cpu": ratio(engine, "cpu_s"),
                "share_of_bf16_peak": share(engine),
            }
            for engine in ENGINES
        },
        "rounds": kept,
    }


def _agreement(
    bench: Bench, texts: list[str], queries: int, kept: Path | None
) -> dict[str, object]:
    """Compare the top ten of held-out paragraphs and openings of paragraphs with float32's."""
    held = texts[-queries:]
    half = queries // 2
    asked = held[:half] + [" ".join(text.split()[:8]) for text in held[half:]]
    roles = {"document": texts[:-queries], "query": asked}
    reference = kept or bench.vectors_file(REFERENCE)
    if kept is None or not kept.exists():
        bench.run("agreement", REFERENCE, roles)
        if kept is not None:
            kept.write_bytes(bench.vectors_file(REFERENCE).read_bytes())
    expected = np.load(reference)
    if len(expected["document"]) != len(roles["document"]):
        raise SystemExit(f"{reference} is of other texts; delete it")
    nearest = _top_ten(expected)
    found: dict[str, object] = {}
    for engine in OURS:
        bench.run("agreement", engine, roles)
        ours = np.load(bench.vectors_file(engine))
        top = _top_ten(ours)
        same = [len(set(a) & set(b)) / 10 for a, b in zip(nearest, top, strict=True)]
        cosines = (expected["document"] * ours["document"]).sum(axis=1)
        found[engine] = {
            "top_ten": round(statistics.mean(same), 4),
            "top_ten_of_paragraphs": round(statistics.mean(same[:half]), 4),
            "top_ten_of_openings": round(statistics.mean(same[half:]), 4),
            "same_first": round(float((nearest[:, 0] == top[:, 0]).mean()), 4),
            "cosine_min": round(float(cosines.min()), 6),
            "cosine_mean": round(float(cosines.mean()), 6),
        }
        print(engine, found[engine], flush=True)
    return {"passages": len(texts) - queries, "queries": queries, **found}


def _top_ten(vectors: dict[str, np.ndarray]) -> np.ndarray:
    scores = vectors["query"] @ vectors["document"].T
    return np.argsort(-scores, axis=1, kind="stable")[:, :10]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--count", type=int, default=300, help="paragraphs to time (300)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of every engine (3)")
    parser.add_argument("--passages", type=int, default=2000, help="to agree over (2000; 0: not)")
    parser.add_argument("--queries", type=int, default=200, help="held out for agreement (200)")
    parser.add_argument("--short-queries", type=int, default=100, help="to time (100; 0: not)")
    parser.add_argument("--long-run", type=int, default=10_000, help="passages (10000; 0: not)")
    parser.add_argument("--reference", type=Path, help="keep float32's vectors here, for next time")
    return parser.parse_args()


def main() -> None:
    """Measure, print and keep."""
    given = _options()
    origin, texts = sample_of_paragraphs(given.count)
    measured: dict[str, object] = {
        "baseline": "SentenceTransformer.encode, float32, batches of 32",
        "model": given.model,
        "texts": f"{len(texts)} paragraphs of {origin}",
    }
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(given.model, Path(scratch))
        if given.rounds:
            measured["speed"] = _speed(bench, texts, given.rounds)
        if given.short_queries:
            _, asked = sample_of_paragraphs(given.short_queries)
            roles = {"query": asked}
            measured["short_queries"] = {e: bench.run("queries", e, roles) for e in OURS}
            print("short queries", measured["short_queries"], flush=True)
        if given.passages:
            _, more = sample_of_paragraphs(given.passages + given.queries)
            measured["agreement"] = _agreement(bench, more, given.queries, given.reference)
        if given.long_run:
            _, many = sample_of_paragraphs(given.long_run)
            measured["long_run"] = bench.run("memory", OURS[0], {"document": many})
            print("memory", measured["long_run"], flush=True)
    command = f"python -m benchmarks.encode --model {given.model} --count {given.count}"
    command += f" --rounds {given.rounds} --passages {given.passages} --queries {given.queries}"
    command += f" --long-run {given.long_run}"
    print(f"kept in {save(f'encode-{given.model}', command, measured).name}")


if __name__ == "__main__":
    main()
