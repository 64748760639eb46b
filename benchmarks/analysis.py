"""What the analysis of each language gives, and what it costs.

    python -m benchmarks.analysis [--data DATA]

Two measures over the articles of the Universal Declaration in eleven languages:

- *the other half*: of each article, every second sentence (or clause) is the query and the rest the
  document. The halves speak of one thing and inflect its names differently, which is all that
  stemming can help with. Compared with the same store without stemming; 30 articles are few, so
  look at the sum, not at one language.
- *µs a passage*: processor time that preparing the text takes, which is Python's part of indexing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.results import save
from indexer.analysis import ANALYSIS_VERSION, prepare_exact, prepare_words
from indexer.lexical import LexicalEntry, LexicalQuery, LexicalStore

LANGUAGES = ("ar", "be", "de", "en", "es", "fr", "pl", "pt", "ru", "uk", "zh")
_CLAUSE = re.compile(r"(?<=[.;:,!?؛،。；，、])\s*")
_ROUNDS = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("PRECEDENT_DATA", "../shared/data"))
    )
    folder = parser.parse_args(arguments).data / "eval" / "udhr"
    if not folder.is_dir():
        print(f"{folder} is not there; give --data or PRECEDENT_DATA", file=sys.stderr)
        return 1
    measured = {language: _measure(folder / f"{language}.jsonl") for language in LANGUAGES}
    for language, row in measured.items():
        print(language, " ".join(f"{name} {value}" for name, value in row.items()))
    total = {
        name: round(sum(row[name] for row in measured.values()) / len(measured), 3)
        for name in ("rr_stemmed", "rr_plain")
    }
    print("mean", total)
    save(
        "analysis",
        "python -m benchmarks.analysis",
        {"analysis_version": ANALYSIS_VERSION, "mean": total, "languages": measured},
    )
    return 0


def _measure(path: Path) -> dict[str, float]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [record["text"] for record in records]
    language = path.stem
    halves = [_halves(text) for text in texts]
    return {
        "rr_stemmed": _reciprocal_rank(halves, language),
        "rr_plain": _reciprocal_rank(halves, None),
        "characters": round(sum(map(len, texts)) / len(texts)),
        "words_us": _cost_us(texts, language),
        "exact_us": _cost_us(texts, None),
    }


def _halves(text: str) -> tuple[str, str]:
    """Return the even and the odd clauses of a text, each joined."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    return " ".join(clauses[::2]), " ".join(clauses[1::2])


def _reciprocal_rank(halves: Sequence[tuple[str, str]], language: str | None) -> float:
    """Return the mean reciprocal rank of the other half of each text that has one."""
    with tempfile.TemporaryDirectory() as folder:
        store = LexicalStore.build(
            Path(folder, "words"),
            (
                LexicalEntry(row, kept, "", language, {}, None)
                for row, (kept, _) in enumerate(halves)
            ),
        )
        ranks = []
        for row, (_, asked) in enumerate(halves):
            if asked:
                found = store.search(LexicalQuery(asked), len(halves))[0].tolist()
                ranks.append(1 / (found.index(row) + 1) if row in found else 0.0)
    return round(sum(ranks) / len(ranks), 3)


def _cost_us(texts: Sequence[str], language: str | None) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        for text in texts:
            if language is None:
                prepare_exact(text)
            else:
                prepare_words(text, language)
        best = min(best, time.process_time() - start)
    return round(best / len(texts) * 1e6, 1)


if __name__ == "__main__":
    sys.exit(main())
