"""Precedent's own part of `benchmarks.compare`, and the corpora that all contenders are given."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.contenders import memory_mb
from benchmarks.copying import copy_catalogue
from benchmarks.questions import repeated
from indexer.catalogue import Catalogue
from indexer.encoder import Encoder, EncoderIdentity, Vectors, open_encoder
from indexer.home import home_dir, models_dir
from indexer.manifest import Manifest, current_dir
from indexer.models import DEFAULT_MODEL, require
from indexer.publish import publish
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.evaluate import evaluate
from search_api.evaluation_set import judged_names
from search_api.schemas import SearchRequest

__all__ = ["PRECEDENT", "Corpus", "build", "encode", "prepare", "search"]

PRECEDENT = "precedent"
QUESTIONS = 200
NEAREST = 10


@dataclass(frozen=True, slots=True)
class Corpus:
    """Passages, questions and the vectors of both, in files.

    Attributes:
        folder: of the files.
        index: Precedent's, of the same passages.
        data: judged set in BEIR layout; for speed alone, the index again.
    """

    folder: Path
    index: Path
    data: Path

    @property
    def texts(self) -> Path:
        """JSON array of passages, by row."""
        return self.folder / "texts.json"

    @property
    def vectors(self) -> Path:
        """(n, dim) float32, L2-normalised."""
        return self.folder / "vectors.npy"

    @property
    def owners(self) -> Path:
        """JSON array: the judged unit that each passage is a part of."""
        return self.folder / "owners.json"

    @property
    def questions(self) -> Path:
        """JSON array of questions."""
        return self.folder / "questions.json"

    @property
    def question_names(self) -> Path:
        """JSON array of their ids."""
        return self.folder / "question-names.json"

    @property
    def question_vectors(self) -> Path:
        """(questions, dim) float32, L2-normalised."""
        return self.folder / "question-vectors.npy"


def prepare(folder: Path, data: Path | None, split: str, *, index: Path | None = None) -> Corpus:
    """Write the files of a corpus, unless they are there."""
    corpus = Corpus(folder, index or _evaluated(data, split), data or folder)
    if corpus.question_vectors.exists():
        return corpus
    folder.mkdir(parents=True, exist_ok=True)
    if data is None:
        questions = {str(i): text for i, text in enumerate(repeated(QUESTIONS))}
    else:
        lines = (data / "queries.jsonl").read_text().splitlines()
        texts = {record["_id"]: record["text"] for record in map(json.loads, lines)}
        judged = (data / "qrels" / f"{split}.tsv").read_text().splitlines()[1:]
        questions = {name: texts[name] for name in sorted({line.split("\t")[0] for line in judged})}
    snapshot = Snapshot.open(corpus.index)
    rows = range(len(snapshot.vectors))
    passages = snapshot.passages(rows)
    corpus.texts.write_text(json.dumps([_text(row) for row in passages]))
    names = {} if data is None else judged_names(data / "corpus.jsonl")
    owners = [names.get((row["symbol"], row["paragraph_id"]), row["symbol"]) for row in passages]
    corpus.owners.write_text(json.dumps(owners))
    known = _vectors_as_encoded(corpus.index, snapshot.manifest.encoder.digest)
    np.save(corpus.vectors, np.stack([known[row["passage_id"]] for row in passages]))
    corpus.questions.write_text(json.dumps(list(questions.values())))
    corpus.question_names.write_text(json.dumps(list(questions)))
    encoder = open_encoder(DEFAULT_MODEL, models_dir())
    np.save(corpus.question_vectors, encoder.encode_queries(list(questions.values())))
    return corpus


def _vectors_as_encoded(index: Path, digest: str) -> dict[str, Vectors]:
    """Return vectors by passage id; those in service have the mean of their language taken out."""
    with closing(sqlite3.connect(f"file:{index / 'catalogue.sqlite'}?mode=ro", uri=True)) as held:
        rows = held.execute(
            "SELECT passage_id, vector FROM passages JOIN vectors USING (text_sha256) "
            "WHERE model_digest = ?",
            (digest,),
        )
        return {name: np.frombuffer(vector, "<f2").astype(np.float32) for name, vector in rows}


def _text(row: sqlite3.Row) -> str:
    """Return a passage as others are given it: no field of theirs is weighted, so the title too."""
    return f"{row['title']} {row['text']}" if row["title"] else str(row["text"])


def _evaluated(data: Path | None, split: str) -> Path:
    """Return the index that evaluation keeps of a set, made or brought up to date if need be."""
    assert data is not None
    evaluate(data, split=split, signals="lexical")  # by words: no question has to be encoded
    return max((home_dir() / "evaluate").glob(f"{data.name}-*-{DEFAULT_MODEL}-*"))


class GivenVectors:
    """An encoder that knows the questions of a corpus, so that encoding them is not counted."""

    def __init__(self, identity: EncoderIdentity, given: dict[str, Vectors]) -> None:
        self.identity = identity
        self.key = f"{identity.model} {identity.digest}"
        self._given = given
        self._real: Encoder | None = None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return what was given, and encode the rest."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        if text not in self._given:
            self._given[text] = self._encoder().encode_queries([text])[0]
        return self._given[text]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode."""
        return self._encoder().encode_passages(texts)

    def encode_both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return what `encode_queries` and `encode_passages` give."""
        return self.encode_queries(texts), self.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count."""
        return self._encoder().count_tokens(texts)

    def _encoder(self) -> Encoder:
        if self._real is None:
            self._real = open_encoder(self.identity.model, models_dir())
        return self._real


def build(index: Path, job: dict[str, Any]) -> dict[str, Any]:
    """Publish a copy of a catalogue, whose vectors are there."""
    folder = Path(job["folder"])
    identity = Manifest.read(current_dir(index)).encoder
    with Catalogue(copy_catalogue(index, folder)) as catalogue:
        wall, cpu = time.perf_counter(), time.process_time()
        publish(catalogue, folder, identity)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    size = sum(file.stat().st_size for file in current_dir(folder).rglob("*") if file.is_file())
    return {"wall_s": wall, "cpu_s": cpu, "disk_mb": size / 1e6}


def search(job: dict[str, Any]) -> dict[str, Any]:
    """Open, and ask every question."""
    questions = json.loads(Path(job["questions"]).read_text())
    vectors = np.load(job["vectors"])
    before = memory_mb()
    start = time.perf_counter()
    snapshot = Snapshot.open(Path(job["folder"]))
    given = dict(zip(questions, vectors, strict=True))
    engine = Engine(snapshot, GivenVectors(snapshot.manifest.encoder, given))
    engine.search(SearchRequest(query=questions[0][:20_000], k=job["k"], highlights=False))
    opened_s, memory = time.perf_counter() - start, memory_mb() - before
    rows = {
        row["passage_id"]: row["row"] for row in snapshot.passages(range(len(snapshot.vectors)))
    }
    cpu = time.process_time()
    answers = [
        engine.search(SearchRequest(query=text[:20_000], k=job["k"], highlights=False))
        for text in questions
    ]
    cpu = time.process_time() - cpu
    return {
        "open_s": opened_s,
        "memory_mb": memory,
        "query_cpu_ms": 1000 * cpu / len(questions),
        "found": [[(rows[hit.passage_id], hit.score) for hit in each.hits] for each in answers],
        "recall": _recall(snapshot, vectors[: job["nearest"]]),
    }


def _recall(snapshot: Snapshot, questions: Vectors) -> float:
    """Return how many of the ten nearest by exact search the vectors in service give."""
    exact = snapshot.vectors.floats(slice(0, len(snapshot.vectors)))
    shares = []
    for vector in snapshot.centring.of_questions(questions, None):
        scores = exact @ vector
        found, _ = snapshot.vectors.search(vector, NEAREST)
        shares.append(np.mean(scores[found] >= np.sort(scores)[-NEAREST] - 1e-4))
    return round(float(np.mean(shares)), 4)


def encode(job: dict[str, Any]) -> dict[str, Any]:
    """Measure encoding on the sample that the others are measured on."""
    encoder = open_encoder(require(DEFAULT_MODEL, models_dir()).name, models_dir())
    texts = json.loads(Path(job["texts"]).read_text())
    sample = texts[:: max(1, len(texts) // job["sample"])][: job["sample"]]
    questions = json.loads(Path(job["questions"]).read_text())[: job["sample"]]
    encoder.encode_passages(sample[:4])
    cpu = time.process_time()
    encoder.encode_passages(sample)
    passages_cpu = time.process_time() - cpu
    cpu = time.process_time()
    for question in questions:
        encoder.encode_queries([question])
    return {
        "passage_cpu_ms": 1000 * passages_cpu / len(sample),
        "question_cpu_ms": 1000 * (time.process_time() - cpu) / len(questions),
        "sample": len(sample),
        "memory_with_model_mb": memory_mb(),
    }


def main() -> None:
    """Do the job on stdin and write what it gave."""
    step, index = sys.argv[1], Path(sys.argv[2])
    job = json.load(sys.stdin)
    if step == "build":
        done = build(index, job)
    else:
        done = search(job) if step == "search" else encode(job)
    Path(job["out"]).write_text(json.dumps(done))


if __name__ == "__main__":
    main()
