"""The jobs of `benchmarks.encode`, each done in a process of its own.

`python -m benchmarks.encoding JOB ENGINE MODEL TEXTS VECTORS` prints what it measured as one line
of JSON. CPU time is of the whole process, all threads.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from indexer.home import models_dir
from indexer.models import InstalledModel, require

__all__ = ["JOBS", "OURS", "REFERENCE"]

REFERENCE = "sentence-transformers"
OURS = ("precedent", "precedent-int8")
BLOCK = 256
"""Passages given to the encoder at once in a long run; what the indexer gives."""

Roles = dict[str, list[str]]
Encode = Callable[[list[str], str], np.ndarray]


def _encode_with(engine: str, model: InstalledModel) -> Encode:
    """Return a function of (texts, "query" or "document") that runs them through the engine."""
    if engine == REFERENCE:
        from sentence_transformers import SentenceTransformer

        reference = SentenceTransformer(str(model.sentence_transformer_dir), device="cpu")
        return lambda texts, role: reference.encode(
            texts, prompt_name=role, show_progress_bar=False
        )
    from indexer.encoder import OpenVinoEncoder

    encoder = OpenVinoEncoder(model, int8=engine.endswith("int8"))
    by_role = {"query": encoder.encode_queries, "document": encoder.encode_passages}
    return lambda texts, role: by_role[role](texts)


def _gflop(model: InstalledModel, texts: list[str]) -> float:
    """Return the matrix products that the texts need, padding left out, in 10⁹ operations."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model.folder / "tokenizer.json"))
    tokenizer.enable_truncation(model.spec.max_tokens)
    tokenizer.no_padding()
    prompted = [model.spec.passage_prompt + text for text in texts]
    lengths = np.array([len(e.ids) for e in tokenizer.encode_batch_fast(prompted)], np.float64)
    hidden, inner, layers = (
        int(model.spec.config[k]) for k in ("hidden_size", "intermediate_size", "num_hidden_layers")
    )
    dense = 8 * hidden**2 + 4 * hidden * inner
    return float(layers * (dense * lengths.sum() + 4 * hidden * (lengths**2).sum()) / 1e9)


def _peak(_engine: str, _model: InstalledModel, _texts: Roles, _vectors: Path) -> object:
    """Multiply large bf16 matrices on one thread; the best of ten is what a core can do."""
    import torch

    torch.set_num_threads(1)
    size = 2048
    left, right = (torch.randn(size, size).to(torch.bfloat16) for _ in range(2))
    best = float("inf")
    for _ in range(10):
        cpu = time.process_time()
        torch.nn.functional.linear(left, right)
        best = min(best, time.process_time() - cpu)
    return {"bf16_gflop_a_cpu_s": round(2 * size**3 / best / 1e9, 1)}


def _speed(engine: str, model: InstalledModel, texts: Roles, _vectors: Path) -> object:
    encode, passages = _encode_with(engine, model), texts["document"]
    encode(passages[:16], "document")
    wall, cpu = time.perf_counter(), time.process_time()
    encode(passages, "document")
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    reached = round(_gflop(model, passages) / cpu, 1)
    return {"wall_s": round(wall, 2), "cpu_s": round(cpu, 2), "gflop_a_cpu_s": reached}


def _agreement(engine: str, model: InstalledModel, texts: Roles, vectors: Path) -> object:
    encode = _encode_with(engine, model)
    query, document = (encode(texts[role], role) for role in ("query", "document"))
    np.savez(vectors, query=query, document=document)
    return {}


def _queries(engine: str, model: InstalledModel, texts: Roles, _vectors: Path) -> object:
    """Encode openings of 3 to 14 words one at a time, first on any shape, then on fixed ones."""
    from indexer.encoder import OpenVinoEncoder

    int8 = engine.endswith("int8")
    fixed = OpenVinoEncoder(model, int8=int8)
    free = OpenVinoEncoder(model, int8=int8, fixed_shapes=False)
    asked = [" ".join(text.split()[: 3 + i % 12]) for i, text in enumerate(texts["query"])]

    def milliseconds(encoder: OpenVinoEncoder) -> float:
        cpu = time.process_time()
        for text in asked:
            encoder.encode_queries([text])
        return round((time.process_time() - cpu) / len(asked) * 1000, 2)

    for encoder in (free, fixed):
        milliseconds(encoder)
    fixed.wait_for_short_queries()
    rounds = [(milliseconds(free), milliseconds(fixed)) for _ in range(3)]
    any_shape, fixed_shapes = zip(*rounds, strict=True)
    return {"cpu_ms_any_shape": min(any_shape), "cpu_ms_fixed_shapes": min(fixed_shapes)}


def _memory(engine: str, model: InstalledModel, texts: Roles, _vectors: Path) -> object:
    """Encode passages cut at random, in the indexer's blocks, and note the memory at ten steps."""
    encode, chance = _encode_with(engine, model), random.Random(11)  # noqa: S311
    words = [text.split() for text in texts["document"]]
    cut = [" ".join(w[: chance.choice((3, 8, 15, 30, 60, 400))]) for w in words]
    steps = []
    for start in range(0, len(cut), BLOCK):
        encode(cut[start : start + BLOCK], "document")
        if start // BLOCK % max(1, len(cut) // BLOCK // 10) == 0:
            steps.append(
                {"passages": min(start + BLOCK, len(cut)), "anonymous_mb": _anonymous_mb()}
            )
    return {"passages": len(cut), "steps": steps}


def _anonymous_mb() -> int:
    """Return memory of this process's own: what is mapped from the model's file is not counted."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) // 1024


JOBS: dict[str, Callable[[str, InstalledModel, Roles, Path], object]] = {
    "agreement": _agreement,
    "memory": _memory,
    "peak": _peak,
    "queries": _queries,
    "speed": _speed,
}


def main() -> None:
    """Do one job and print what it measured."""
    job, engine, model, texts_file, vectors = sys.argv[1:]
    texts: Roles = json.loads(Path(texts_file).read_text())
    print(json.dumps(JOBS[job](engine, require(model, models_dir()), texts, Path(vectors))))


if __name__ == "__main__":
    main()
