"""How often what counts "by meaning" in a trend is about the question, by the bar it must reach.

    python -m benchmarks.trend_bar [--data DATA]

Themes of OHCHR's index of views (ohchr-issues), every second one to choose by and the others to
report, and paragraphs of views with the general comments they cite (gc-citations). Judgements name
a few documents of each theme and call nothing else right, so precision is a lower bound: look at
how it rises with the bar, against `chance`, which is what documents drawn blindly would have.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median

from benchmarks.results import save
from search_api.evaluation_set import EvaluationSet, open_set
from search_api.ranking import Question, rank
from search_api.trends.saying import BAR, DEPTH

BARS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
MOST_QUERIES = 300

Answered = tuple[set[str], dict[str, float]]
"""What is judged right for a question, and the best score of each that was found."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("PRECEDENT_DATA", "../shared/data"))
    )
    folder = parser.parse_args(arguments).data / "eval"
    if not folder.is_dir():
        print(f"{folder} is not there; give --data or PRECEDENT_DATA", file=sys.stderr)
        return 1
    themes, held = _answers(folder / "ohchr-issues")
    cited, paragraphs = _answers(folder / "gc-citations")
    measured = {
        "ohchr-issues, even themes": _measured(themes[::2], held),
        "ohchr-issues, odd themes": _measured(themes[1::2], held),
        "gc-citations": _measured(cited, paragraphs),
    }
    for name, rows in measured.items():
        print(name)
        for row in rows:
            print("  ", " ".join(f"{key} {value}" for key, value in row.items()))
    save("trend-bar", "python -m benchmarks.trend_bar", {"bar": BAR, "sets": measured})
    return 0


def _answers(folder: Path) -> tuple[list[Answered], int]:
    """Return what each question of a set finds, and how many there are to find."""
    opened = open_set(folder)
    right: dict[str, set[str]] = defaultdict(set)
    for each in opened.judgements:
        if each.relevance > 0:
            right[each.query_id].add(each.doc_id)
    queries = list(opened.queries.items())[:MOST_QUERIES]
    found = [(right[query], _scores(opened, words)) for query, words in queries]
    opened.engine.close()
    return found, len(opened.names)


def _scores(opened: EvaluationSet, words: str) -> dict[str, float]:
    snapshot = opened.engine.snapshot
    ranking = rank(snapshot, opened.engine.encoder, Question(words=words, k=DEPTH))
    best: dict[str, float] = {}
    rows = snapshot.passages(ranking.rows)
    for row, score in zip(rows, ranking.fused.tolist(), strict=True):
        best.setdefault(opened.names[row["symbol"], row["paragraph_id"]], score)
    return best


def _measured(answers: Sequence[Answered], held: int) -> list[dict[str, float]]:
    rows = []
    for bar in BARS:
        counted = [{name for name, s in scores.items() if s >= bar} for _, scores in answers]
        pairs = list(zip(counted, (right for right, _ in answers), strict=True))
        precisions = [len(each & right) / len(each) for each, right in pairs if each]
        rows.append(
            {
                "bar": bar,
                "precision": round(mean(precisions), 3) if precisions else 0.0,
                "recall": round(mean(len(each & right) / len(right) for each, right in pairs), 3),
                "chance": round(mean(len(right) / held for _, right in pairs), 4),
                "counted": median(len(each) for each in counted),
                "nothing": sum(not each for each in counted),
            }
        )
    return rows


if __name__ == "__main__":
    raise SystemExit(main())
