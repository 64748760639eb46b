"""What Precedent is compared with, each behind the same three steps; run by `benchmarks.compare`.

It runs in the contenders' own environment (`requirements-compare.txt`), imports nothing of the
project's, and reaches no network: the model is a local folder, telemetry is switched off. Defaults
of each library are kept but for what makes them comparable (inner product, no result cache).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "",
    "TOKENIZERS_PARALLELISM": "false",
}
"""What keeps the libraries on this machine; set before any of them is imported."""

Vectors = Any
Found = list[tuple[int, float]]


class Contender(Protocol):
    """A library that finds passages."""

    def build(self, texts: list[str], vectors: Vectors, folder: Path) -> None:
        """Index passages whose vectors are given, and keep the index in a folder."""

    def open(self, folder: Path) -> None:
        """Open what was kept."""

    def search(self, text: str, vector: Vectors, k: int) -> Found:
        """Return (number of the passage, score), best first, in the way that ranks best."""

    def nearest(self, vector: Vectors, k: int) -> list[int]:
        """Return passages by meaning alone."""


class Plain:
    """sentence-transformers and an exact FAISS index: meaning alone."""

    def build(self, texts: list[str], vectors: Vectors, folder: Path) -> None:
        """Index and keep; see `Contender`."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(folder / "flat"))
        (folder / "texts.json").write_text(json.dumps(texts))

    def open(self, folder: Path) -> None:
        """Open what was kept."""
        import faiss

        self._index = faiss.read_index(str(folder / "flat"))
        self._texts = json.loads((folder / "texts.json").read_text())

    def search(self, text: str, vector: Vectors, k: int) -> Found:  # noqa: ARG002
        """Return the best passages; see `Contender`."""
        scores, rows = self._index.search(vector.reshape(1, -1), k)
        assert self._texts
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True)]

    def nearest(self, vector: Vectors, k: int) -> list[int]:
        """Return passages by meaning alone."""
        return [row for row, _ in self.search("", vector, k)]


class Txtai:
    """txtai, hybrid: vectors in FAISS and BM25, scores normalised and added."""

    def __init__(self) -> None:
        self._vector_of: Callable[[str], Vectors]

    def _transform(self) -> Callable[[list[str]], Vectors]:
        """Return what txtai calls to encode; of callables it takes plain functions alone."""
        return lambda texts: np.stack([self._vector_of(text) for text in texts])

    def build(self, texts: list[str], vectors: Vectors, folder: Path) -> None:
        """Index and keep; see `Contender`."""
        from txtai import Embeddings  # type: ignore[import-not-found]

        by_text = dict(zip(texts, vectors, strict=True))
        self._vector_of = by_text.__getitem__
        embeddings = Embeddings(
            {"method": "external", "transform": self._transform(), "hybrid": True, "content": True}
        )
        embeddings.index((number, text, None) for number, text in enumerate(texts))
        embeddings.config["transform"] = None
        embeddings.save(str(folder / "txtai"))

    def open(self, folder: Path) -> None:
        """Open what was kept."""
        from txtai import Embeddings

        self._embeddings = Embeddings()
        self._embeddings.load(str(folder / "txtai"), config={"transform": self._transform()})

    def search(self, text: str, vector: Vectors, k: int) -> Found:
        """Return the best passages; see `Contender`."""
        return self._search(text, vector, k, None)

    def nearest(self, vector: Vectors, k: int) -> list[int]:
        """Return passages by meaning alone."""
        return [row for row, _ in self._search("meaning", vector, k, 1.0)]

    def _search(self, text: str, vector: Vectors, k: int, weights: float | None) -> Found:
        self._vector_of = lambda _text: vector
        found = self._embeddings.search(_unquoted(text), k, weights=weights)
        return [(int(each["id"]), float(each["score"])) for each in found]


def _unquoted(text: str) -> str:
    """Keep txtai from reading a paragraph as SQL."""
    return " ".join(text.replace("'", " ").split())


class Chroma:
    """Chroma: meaning alone, by its graph (HNSW)."""

    def build(self, texts: list[str], vectors: Vectors, folder: Path) -> None:
        """Index and keep; see `Contender`."""
        collection = self._client(folder).create_collection(
            "passages", embedding_function=None, configuration={"hnsw": {"space": "ip"}}
        )
        for start in range(0, len(texts), 5000):
            stop = min(start + 5000, len(texts))
            collection.add(
                ids=[str(i) for i in range(start, stop)],
                embeddings=vectors[start:stop],
                documents=texts[start:stop],
            )

    def open(self, folder: Path) -> None:
        """Open what was kept."""
        self._collection = self._client(folder).get_collection("passages", embedding_function=None)

    def search(self, text: str, vector: Vectors, k: int) -> Found:  # noqa: ARG002
        """Return the best passages; see `Contender`."""
        found = self._collection.query(
            query_embeddings=vector.reshape(1, -1), n_results=k, include=["documents", "distances"]
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(int(row), 1.0 - float(distance)) for row, distance in pairs]

    def nearest(self, vector: Vectors, k: int) -> list[int]:
        """Return passages by meaning alone."""
        return [row for row, _ in self.search("", vector, k)]

    @staticmethod
    def _client(folder: Path) -> Any:
        import chromadb  # type: ignore[import-not-found]

        settings = chromadb.Settings(anonymized_telemetry=False)
        return chromadb.PersistentClient(str(folder / "chroma"), settings=settings)


CONTENDERS: dict[str, type[Any]] = {"plain": Plain, "txtai": Txtai, "chroma": Chroma}


def _build(contender: Contender, job: dict[str, Any]) -> dict[str, Any]:
    folder = Path(job["folder"])
    texts, vectors = json.loads(Path(job["texts"]).read_text()), np.load(job["vectors"])
    wall, cpu = time.perf_counter(), time.process_time()
    contender.build(texts, vectors, folder)
    return {
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - cpu,
        "disk_mb": sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6,
    }


def _encode(job: dict[str, Any]) -> dict[str, Any]:
    """Measure plain `SentenceTransformer.encode` on samples of passages and of questions."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(job["model"], device="cpu")
    texts = json.loads(Path(job["texts"]).read_text())
    sample = texts[:: max(1, len(texts) // job["sample"])][: job["sample"]]
    questions = json.loads(Path(job["questions"]).read_text())[: job["sample"]]
    model.encode(sample[:4])
    cpu = time.process_time()
    model.encode(sample, prompt_name="document", show_progress_bar=False)
    passages_cpu = time.process_time() - cpu
    cpu = time.process_time()
    for question in questions:
        model.encode([question], prompt_name="query", show_progress_bar=False)
    return {
        "passage_cpu_ms": 1000 * passages_cpu / len(sample),
        "question_cpu_ms": 1000 * (time.process_time() - cpu) / len(questions),
        "sample": len(sample),
        "memory_with_model_mb": memory_mb(),
    }


def _search(contender: Contender, job: dict[str, Any]) -> dict[str, Any]:
    before = memory_mb()
    start = time.perf_counter()
    contender.open(Path(job["folder"]))
    questions, vectors = json.loads(Path(job["questions"]).read_text()), np.load(job["vectors"])
    contender.search(questions[0], vectors[0], job["k"])
    opened_s = time.perf_counter() - start
    memory = memory_mb() - before
    cpu = time.process_time()
    found = [contender.search(q, v, job["k"]) for q, v in zip(questions, vectors, strict=True)]
    cpu = time.process_time() - cpu
    return {
        "open_s": opened_s,
        "memory_mb": memory,
        "query_cpu_ms": 1000 * cpu / len(questions),
        "found": found,
        "nearest": [contender.nearest(v, 10) for v in vectors[: job["nearest"]]],
    }


def memory_mb() -> float:
    """Return the resident memory of this process, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise SystemExit("no VmRSS in /proc/self/status")


def main() -> None:
    """Do the job on stdin for the contender that is named, and print what it gave."""
    os.environ |= OFFLINE
    name, step = sys.argv[1:3]
    job = json.load(sys.stdin)
    if step == "encode":
        done = _encode(job)
    else:
        done = (_build if step == "build" else _search)(CONTENDERS[name](), job)
    Path(job["out"]).write_text(json.dumps(done))


if __name__ == "__main__":
    main()
