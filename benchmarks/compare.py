"""Side by side: `python -m benchmarks.compare INDEX --contenders-python PYTHON`.

Precedent, txtai (hybrid), Chroma (dense) and plain sentence-transformers with an exact FAISS index
are given the same passages, the same vectors of the same model and the same questions, on the same
machine, one after another. Quality is measured on two sets of judged queries, speed and memory also
on INDEX, a real one. PYTHON has `benchmarks/requirements-compare.txt` installed.

What is counted: the index is built from vectors that are given; encoding is measured apart, on a
sample of passages and of questions, because it is the same work for every contender that calls
`SentenceTransformer.encode`. A query's CPU is the whole call, texts of the hits included. Memory is
what opening and one query added to a process that had loaded nothing of it, without the model. Each
part is kept in the folder `--work` and not done again unless `--only` names it.

Precedent's order of pasted texts is learned from gc-citations (dev), so that its quality there is
the cross-validated one that `benchmarks.learn` keeps, as in `benchmarks.quality`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import R, nDCG

from benchmarks.comparing import PRECEDENT, Corpus, prepare
from benchmarks.results import RESULTS_DIR, save
from benchmarks.texts import real_data_dir
from indexer.home import home_dir, models_dir
from indexer.models import DEFAULT_MODEL, require

SETS = (("gc-citations", "dev"), ("scifact", "test"))
SPEED = "speed"
CONTENDERS = ("plain", "txtai", "chroma", PRECEDENT)
NAMES = {
    "plain": "sentence-transformers + FAISS Flat",
    "txtai": "txtai, hybrid",
    "chroma": "Chroma",
    PRECEDENT: "Precedent",
}
K = 100
SAMPLE = 48
"""Passages and questions whose encoding is timed: plain encoding takes 0.15 s of CPU for each."""


def _contend(python: str, name: str, step: str, job: dict[str, Any]) -> None:
    """Let a contender do a step in a process and an environment of its own."""
    done = subprocess.run(
        [python, "-m", "benchmarks.contenders", name, step],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{name}, {step}: {done.stderr.strip().splitlines()[-1]}")


def _part(corpus: Corpus, name: str, python: str, *, anew: bool) -> dict[str, Any]:
    """Return what one contender gave on one corpus, from the folder or measured."""
    folder = corpus.folder / name
    kept = folder / "done.json"
    if kept.exists() and not anew:
        content: dict[str, Any] = json.loads(kept.read_text())
        return content
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "index").mkdir(parents=True)
    job = {"folder": str(folder / "index"), "texts": str(corpus.texts), "k": K, "nearest": 100}
    done: dict[str, Any] = {}
    for step, vectors in (("build", corpus.vectors), ("search", corpus.question_vectors)):
        out = folder / f"{step}.json"
        given = job | {"vectors": str(vectors), "questions": str(corpus.questions), "out": str(out)}
        if name == PRECEDENT:
            command = [sys.executable, "-m", "benchmarks.comparing", step, str(corpus.index)]
            subprocess.run(command, input=json.dumps(given), text=True, check=True)
        else:
            _contend(python, name, step, given)
        done[step] = json.loads(out.read_text())
    kept.write_text(json.dumps(done))
    shutil.rmtree(folder / "index")
    return done


def _encoding(corpus: Corpus, python: str, work: Path, *, anew: bool) -> dict[str, Any]:
    kept = work / "encoding.json"
    if anew or not kept.exists():
        model = require(DEFAULT_MODEL, models_dir())
        out = work / "plain-encoding.json"
        job = {
            "model": str(model.sentence_transformer_dir),
            "texts": str(corpus.texts),
            "questions": str(corpus.questions),
            "sample": SAMPLE,
            "out": str(out),
        }
        _contend(python, "plain", "encode", job)
        ours = work / "precedent-encoding.json"
        command = [sys.executable, "-m", "benchmarks.comparing", "encode", str(corpus.index)]
        given = json.dumps(job | {"out": str(ours)})
        subprocess.run(command, input=given, text=True, check=True)
        both = {"plain": json.loads(out.read_text()), PRECEDENT: json.loads(ours.read_text())}
        kept.write_text(json.dumps(both))
    content: dict[str, Any] = json.loads(kept.read_text())
    return content


def _quality(corpus: Corpus, split: str, found: list[list[tuple[int, float]]]) -> dict[str, float]:
    """Fold passages to their documents by the best and measure."""
    path = corpus.data / "qrels" / f"{split}.tsv"
    rows = [line.split("\t") for line in path.read_text().splitlines()[1:] if line.strip()]
    judged = [ir_measures.Qrel(query, document, int(score)) for query, document, score in rows]
    owners = json.loads(corpus.owners.read_text())
    names = json.loads(corpus.question_names.read_text())
    run: dict[str, dict[str, float]] = {}
    for name, passages in zip(names, found, strict=True):
        scores = run.setdefault(name, {})
        for row, score in passages:
            scores[owners[row]] = max(score, scores.get(owners[row], -1e9))
    measured = ir_measures.calc_aggregate([nDCG @ 10, R @ K], judged, run)
    return {str(measure): round(float(value), 4) for measure, value in measured.items()}


def _recall(corpus: Corpus, nearest: list[list[int]]) -> float:
    """Return how many of the ten nearest by exact search were found, by meaning alone."""
    vectors, questions = np.load(corpus.vectors), np.load(corpus.question_vectors)
    shares = []
    for vector, rows in zip(questions, nearest, strict=False):
        scores = vectors @ vector
        tenth = np.sort(scores)[-10]
        shares.append(float(np.mean(scores[rows[:10]] >= tenth - 1e-4)) * len(rows[:10]) / 10)
    return round(float(np.mean(shares)), 4)


def table(measured: dict[str, Any]) -> str:
    """Return the comparison as a Markdown table."""
    sets = [name for name, _ in SETS]
    heads = ["", "index s", "encode passages s", "query ms", "encode question ms", "memory MB"]
    heads += ["recall@10", *(f"nDCG@10 {name}" for name in sets)]
    lines = [f"| {' | '.join(heads)} |", "|---|" + "---:|" * (len(heads) - 1)]
    for name, row in measured["contenders"].items():
        cells = [row["index_cpu_s"], row["encode_passages_cpu_s"], row["query_cpu_ms"]]
        cells += [row["encode_question_cpu_ms"], row["memory_mb"], row["recall@10"]]
        cells += [row["quality"][each]["nDCG@10"] for each in sets]
        lines.append(f"| {NAMES[name]} | {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Measure what is not yet, keep the whole and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, nargs="?", help="a real index, for speed and memory")
    parser.add_argument("--contenders-python", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--work", type=Path, default=home_dir() / "compare")
    parser.add_argument("--only", choices=(*CONTENDERS, "encoding"), help="measure this anew")
    parser.add_argument("--table", action="store_true", help="print the kept result and stop")
    given = parser.parse_args()
    if given.table:
        print(table(json.loads((RESULTS_DIR / "compare.json").read_text())))
        return
    data = real_data_dir()
    if data is None or given.index is None:
        parser.error("give an index, and real data (PRECEDENT_DATA)")
    corpora = [prepare(given.work / name, data / "eval" / name, split) for name, split in SETS]
    corpora.append(prepare(given.work / SPEED, None, "", index=given.index))
    measured: dict[str, Any] = {"contenders": {}}
    speed = corpora[-1]
    encoding = _encoding(speed, given.contenders_python, given.work, anew=given.only == "encoding")
    passages = len(json.loads(speed.texts.read_text()))
    for name in CONTENDERS:
        parts = []
        for corpus in corpora:
            print(f"{name}: {corpus.folder.name}", file=sys.stderr)
            anew = given.only == name
            parts.append(_part(corpus, name, given.contenders_python, anew=anew))
        engine = encoding[PRECEDENT if name == PRECEDENT else "plain"]
        built, searched = parts[-1]["build"], parts[-1]["search"]
        measured["contenders"][name] = {
            "index_cpu_s": round(built["cpu_s"], 1),
            "index_wall_s": round(built["wall_s"], 1),
            "disk_mb": round(built["disk_mb"]),
            "encode_passages_cpu_s": round(engine["passage_cpu_ms"] * passages / 1000),
            "encode_question_cpu_ms": round(engine["question_cpu_ms"], 2),
            "query_cpu_ms": round(searched["query_cpu_ms"], 2),
            "open_s": round(searched["open_s"], 2),
            "memory_mb": round(searched["memory_mb"]),
            "recall@10": searched.get("recall") or _recall(speed, searched["nearest"]),
            "quality": {
                corpus.folder.name: _quality(corpus, split, part["search"]["found"])
                | {"query_cpu_ms": round(part["search"]["query_cpu_ms"], 2)}
                for corpus, part, (_, split) in zip(corpora[:-1], parts[:-1], SETS, strict=True)
            },
        }
    requirements = Path(__file__).with_name("requirements-compare.txt").read_text().splitlines()
    learned = json.loads((RESULTS_DIR / "learn.json").read_text())["cross_validated"]
    ours = measured["contenders"][PRECEDENT]["quality"][learned["set"]]
    ours |= {str(measure): learned[str(measure)] for measure in (nDCG @ 10, R @ K)}
    measured |= {
        "passages": passages,
        "model": DEFAULT_MODEL,
        "encoding_sample": SAMPLE,
        "versions": [line for line in requirements if line and not line.startswith("#")],
    }
    command = "python -m benchmarks.compare INDEX --contenders-python PYTHON"
    print(table(measured))
    print("kept in", save("compare", command, measured).name)


if __name__ == "__main__":
    main()
