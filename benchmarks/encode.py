"""Encoding speed as a ratio to plain `SentenceTransformer.encode`, on the same texts, in one run.

`python -m benchmarks.encode`. The two run in turn, each round in a process of its own, so that
neither's threads or caches help or hinder the other. Loading is not counted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.results import save
from benchmarks.texts import sample_of_paragraphs
from indexer.home import models_dir
from indexer.models import DEFAULT_MODEL, require

ENGINES = ("sentence-transformers", "precedent")


def _measure(engine: str, model: str, texts_file: Path, vectors_file: Path) -> None:
    """Encode in this process and print wall and CPU seconds."""
    texts = json.loads(texts_file.read_text())
    installed = require(model, models_dir())
    if engine == "precedent":
        from indexer.encoder import OpenVinoEncoder

        encoder = OpenVinoEncoder(installed)
        encode = encoder.encode_passages
    else:
        from sentence_transformers import SentenceTransformer

        reference = SentenceTransformer(str(installed.sentence_transformer_dir), device="cpu")

        def encode(batch: list[str]) -> np.ndarray:
            return reference.encode(batch, prompt_name="document", show_progress_bar=False)

    encode(texts[:16])
    wall, cpu = time.perf_counter(), time.process_time()
    vectors = encode(texts)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    np.save(vectors_file, vectors)
    print(json.dumps({"wall_s": wall, "cpu_s": cpu}))


def _run(engine: str, model: str, texts_file: Path, vectors_file: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.encode", "--model", model, "--engine", engine]
    command += ["--texts", str(texts_file), "--vectors", str(vectors_file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main() -> None:
    """Run the rounds, print the ratios and keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--count", type=int, default=300, help="paragraphs (300)")
    parser.add_argument("--rounds", type=int, default=3, help="pairs of runs (3)")
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--vectors", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.engine:
        _measure(given.engine, given.model, given.texts, given.vectors)
        return
    origin, texts = sample_of_paragraphs(given.count)
    rounds = []
    with tempfile.TemporaryDirectory() as scratch:
        texts_file = Path(scratch, "texts.json")
        texts_file.write_text(json.dumps(texts))
        for number in range(given.rounds):
            pair = {e: _run(e, given.model, texts_file, Path(scratch, f"{e}.npy")) for e in ENGINES}
            rounds.append(pair)
            print(f"round {number + 1}: {pair}")
        baseline, ours = (np.load(Path(scratch, f"{engine}.npy")) for engine in ENGINES)
    cosines = (baseline * ours).sum(axis=1)

    def ratio(measure: str) -> float:
        ratios = [pair[ENGINES[0]][measure] / pair[ENGINES[1]][measure] for pair in rounds]
        return round(statistics.median(ratios), 2)

    measured = {
        "baseline": "SentenceTransformer.encode, float32, batches of 32",
        "model": given.model,
        "texts": f"{len(texts)} paragraphs of {origin}",
        "ratio_wall": ratio("wall_s"),
        "ratio_cpu": ratio("cpu_s"),
        "cosine_min": round(float(cosines.min()), 6),
        "cosine_mean": round(float(cosines.mean()), 6),
        "rounds": rounds,
    }
    command = f"python -m benchmarks.encode --model {given.model}"
    command += f" --count {given.count} --rounds {given.rounds}"
    path = save(f"encode-{given.model}", command, measured)
    print(f"{measured['ratio_wall']} x by wall, {measured['ratio_cpu']} x by CPU, "
          f"cosine {measured['cosine_min']} at least; kept in {path.name}")  # fmt: skip


if __name__ == "__main__":
    main()
