"""Candidates by words: `python -m benchmarks.words INDEX`, processor time and what is missed.

Questions are taken from the index itself: five words that stand together in a passage, and whole
passages of sixty words or more. `search` is BM25 over all words with title and headings,
`candidates` and `search_pairs` are what ranking takes its candidates from. Of the ten and the
hundred that are best by BM25 over all words of the text it is told how many are among 200 of each.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.results import save
from indexer.lexical import LexicalQuery, LexicalStore
from indexer.snapshot import Snapshot

__all__ = ["main"]

_QUESTIONS = 40
_CANDIDATES = 200
_LEAST_WORDS = 60
_SEED = 5

Rows = NDArray[np.int64]


def _questions(snapshot: Snapshot) -> dict[str, list[str]]:
    chance = random.Random(_SEED)  # noqa: S311 - which passages, not a secret
    drawn = chance.sample(range(snapshot.rows), min(snapshot.rows, 20 * _QUESTIONS))
    rows = [row for row in drawn if snapshot.live is None or snapshot.live[row]]
    texts = [text.split() for text in snapshot.texts(rows)]
    long = [words for words in texts if len(words) >= _LEAST_WORDS][:_QUESTIONS]
    return {
        "five words": [" ".join(words[10:15]) for words in long],
        "a passage": [" ".join(words) for words in long],
    }


def _measured(ask: Callable[[str], Rows], questions: list[str]) -> tuple[float, list[Rows]]:
    for question in questions[:3]:
        ask(question)
    start = time.process_time()
    found = [ask(question) for question in questions]
    return round((time.process_time() - start) / len(questions) * 1e3, 2), found


def _share(expected: list[Rows], found: list[Rows], k: int) -> float:
    shares = [
        len(np.intersect1d(best[:k], rows)) / max(1, len(best[:k]))
        for best, rows in zip(expected, found, strict=True)
    ]
    return round(float(np.mean(shares)), 4)


def _of_kind(lexical: LexicalStore, questions: list[str]) -> dict[str, object]:
    full_ms, _ = _measured(lambda q: lexical.search(LexicalQuery(q), _CANDIDATES)[0], questions)
    text_ms, best = _measured(
        lambda q: lexical.search(LexicalQuery(q), _CANDIDATES, context_boost=0.0)[0], questions
    )
    measured: dict[str, object] = {"search_ms": full_ms, "search_text_alone_ms": text_ms}
    found: dict[str, list[Rows]] = {}
    for name, search in (("candidates", lexical.candidates), ("pairs", lexical.search_pairs)):
        ask = lambda q, search=search: search(LexicalQuery(q), _CANDIDATES)[0]  # noqa: E731
        milliseconds, found[name] = _measured(ask, questions)
        measured[f"{name}_ms"] = milliseconds
    found["both"] = [
        np.union1d(*each) for each in zip(found["candidates"], found["pairs"], strict=True)
    ]
    for name, rows in found.items():
        for k in (10, 100):
            measured[f"{name}_share_of_best_{k}"] = _share(best, rows, k)
    return measured


def main() -> None:
    """Measure and save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    snapshot = Snapshot.open(parser.parse_args().index)
    results: dict[str, object] = {
        kind: _of_kind(snapshot.lexical, questions)
        for kind, questions in _questions(snapshot).items()
    }
    print(results)
    size = {"passages": snapshot.passages_held, "segments": snapshot.lexical.segments}
    save(f"words-{snapshot.passages_held}", "python -m benchmarks.words INDEX", size | results)


if __name__ == "__main__":
    main()
