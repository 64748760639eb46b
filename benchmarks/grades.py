"""How often a grade is right: `python -m benchmarks.grades INDEX`, an index of the shared data.

`graded_pairs.jsonl` names sentences of real documents and, for each, a passage of another document
that was found for it, with the grade a reader gave the two: none where they only share a theme.
Most pairs were drawn from those nearest in meaning, so that the hard ones are many. The constants
of `workbench.grading` are learned from the pairs that are not held out (`--learn` prints them), and
precision and recall of each grade are told apart for those that are.

Sentences that are known to be said again need no reading: see `benchmarks.said_again`. Across
languages it is the articles of the Universal Declaration: every sentence of the English text
against the sentences of the same article, and of all others, in each of the other languages.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.results import save
from benchmarks.said_again import said_again
from benchmarks.texts import real_data_dir
from indexer.home import models_dir
from indexer.passages import sentences
from search_api.bench.matching import Match, compared
from search_api.engine import Engine
from workbench.grading import ABROAD_COSINE, Grade

PAIRS = Path(__file__).with_name("graded_pairs.jsonl")
_SHORT = {"zh": 8}
_SHORTEST = 25


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and a passage that a reader graded.

    Attributes:
        sentence_of: id of the passage that the sentence is of.
        start: first character of the sentence.
        end: one past its last.
        passage: id of the passage it was compared with.
        grade: as read.
        held_out: nothing was learned from it.
    """

    sentence_of: str
    start: int
    end: int
    passage: str
    grade: Grade
    held_out: bool


def graded_pairs() -> list[Pair]:
    """Return the pairs that were graded by reading."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    return [Pair(**{**row, "grade": Grade(row["grade"])}) for row in rows]


def quality(read: Sequence[Grade], given: Sequence[Grade]) -> dict[str, dict[str, float]]:
    """Return precision and recall by grade, and of "someone said it": of any grade but none."""
    out: dict[str, dict[str, float]] = {}
    for grade in Grade:
        out[grade] = _rates([one is grade for one in read], [one is grade for one in given])
    out["said"] = _rates(
        [one is not Grade.NONE for one in read], [one is not Grade.NONE for one in given]
    )
    return out


def _rates(true: Sequence[bool], said: Sequence[bool]) -> dict[str, float]:
    right = sum(a and b for a, b in zip(true, said, strict=True))
    return {
        "pairs": sum(true),
        "precision": round(right / sum(said), 3) if any(said) else 0.0,
        "recall": round(right / sum(true), 3) if any(true) else 0.0,
    }


def _compared(engine: Engine, pairs: Sequence[Pair]) -> Iterator[Match]:
    snapshot = engine.snapshot
    for pair in pairs:
        rows = [snapshot.row_of(pair.sentence_of), snapshot.row_of(pair.passage)]
        if None in rows:
            raise SystemExit(f"{pair.passage} or {pair.sentence_of} is not in this index")
        (source,) = snapshot.passages([rows[0] or 0])
        text = source["text"][pair.start : pair.end]
        yield compared(snapshot, engine.encoder, text, [rows[1] or 0], language=source["language"])[
            0
        ]


def _learned(pairs: Sequence[Pair], matches: Sequence[Match]) -> dict[str, float]:
    """Return the weights of `probability_of_same_meaning` as the pairs not held out give them."""
    from sklearn.linear_model import LogisticRegression

    rows, said = [], []
    for pair, match in zip(pairs, matches, strict=True):
        held = match.evidence
        likely = pair.grade in (Grade.SAME_MEANING, Grade.NONE)
        if likely and not pair.held_out and held.cosine is not None:
            rows.append([held.cosine, held.told, held.telling])
            said.append(pair.grade is Grade.SAME_MEANING)
    model = LogisticRegression(C=10).fit(rows, said)
    cosine, told, telling = model.coef_[0]
    return {
        "cosine": round(float(cosine), 2),
        "told": round(float(told), 2),
        "telling": round(float(telling), 2),
        "offset": round(float(model.intercept_[0]), 2),
    }


def _abroad(engine: Engine) -> dict[str, float]:
    """Return, over all languages, how many sentences reach the threshold rightly and wrongly."""
    articles = _declaration(real_data_dir() / "eval" / "udhr")
    english = articles.pop("en")
    asked = _vectors(engine, [text for _, text in english], "en")
    right: list[float] = []
    wrong: list[float] = []
    for language, held in sorted(articles.items()):
        cosines = asked @ _vectors(engine, [text for _, text in held], language).T
        numbers = np.array([number for number, _ in held])
        for (number, _), row in zip(english, cosines, strict=True):
            right.append(float(row[numbers == number].max(initial=0.0)))
            wrong.append(float(row[numbers != number].max(initial=0.0)))
    best, other = np.array(right), np.array(wrong)
    reached = np.maximum(best, other) >= ABROAD_COSINE
    return {
        "sentences": len(right),
        "reach": round(float((best >= ABROAD_COSINE).mean()), 3),
        "right_where_reached": round(float((best > other)[reached].mean()), 3),
    }


def _declaration(folder: Path) -> dict[str, list[tuple[int, str]]]:
    held: dict[str, list[tuple[int, str]]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        shortest = _SHORT.get(path.stem, _SHORTEST)
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            parts = [row["text"][start:end] for start, end in sentences(row["text"])]
            own = held.setdefault(path.stem, [])
            own.extend((row["article"], part) for part in parts if len(part) >= shortest)
    return held


def _vectors(engine: Engine, texts: list[str], language: str) -> NDArray[np.float32]:
    encoded = engine.encoder.encode_passages(texts)
    return engine.snapshot.centring.of_passages(encoded, [language] * len(texts))


def main() -> None:
    """Measure, print and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--learn", action="store_true", help="also print the constants learned")
    arguments = parser.parse_args()
    pairs = graded_pairs()
    engine = Engine.open(arguments.index, models_dir=models_dir())
    try:
        matches = list(_compared(engine, pairs))
        measured: dict[str, object] = {}
        for name, held_out in (("learned from", False), ("held out", True)):
            chosen = [i for i, pair in enumerate(pairs) if pair.held_out is held_out]
            read = [pairs[i].grade for i in chosen]
            measured[name] = quality(read, [matches[i].grade for i in chosen])
        measured["across languages"] = _abroad(engine)
        measured["said again"] = said_again(engine)
        if arguments.learn:
            print(_learned(pairs, matches))
    finally:
        engine.close()
    print(json.dumps(measured, indent=1))
    save("grades", "python -m benchmarks.grades INDEX", measured)


if __name__ == "__main__":
    main()
