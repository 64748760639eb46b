"""Retrieval quality by set and signal: `python -m benchmarks.quality`, with the shared real data.

Each set is measured with words alone, meaning alone and both, by the engine that serves users. The
table in the README is made from the result, and a test compares them.

Ranking of pasted texts is learned from gc-citations (dev), so that its figure there would be that
of a lesson known by heart: what stands in its place is the cross-validated one that
`python -m benchmarks.learn` keeps, which is to be run before. The trees that ship were grown with
the default model. For another one it is measured what such trees, grown on the other folds with the
default model, make of its evidence; both models and `lightgbm` are then to be installed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.results import RESULTS_DIR, save
from benchmarks.texts import real_data_dir
from indexer.build import Progress
from indexer.models import DEFAULT_MODEL
from search_api.evaluate import evaluate
from search_api.schemas import Signals

if TYPE_CHECKING:
    from benchmarks.learn import Example
    from search_api.evaluation_set import EvaluationSet

SETS = (("gc-citations", "dev"), ("scifact", "test"), ("ohchr-issues", "dev"))
SIGNALS: tuple[Signals, ...] = ("lexical", "dense", "hybrid")
LEARNED_FROM = "gc-citations"
MEASURES = ("nDCG@10", "RR@10", "R@10", "R@100")


def table(result: dict[str, object]) -> str:
    """Return the result as a Markdown table."""
    lines = [
        f"| set (split) | signals | {' | '.join(MEASURES)} |",
        "|---|---|" + "---:|" * len(MEASURES),
    ]
    rows: list[dict[str, object]] = result["evaluations"]  # type: ignore[assignment]
    for row in rows:
        measures: dict[str, float] = row["measures"]  # type: ignore[assignment]
        cells = [f"{measures[name]:.3f}" for name in MEASURES]
        lines.append(
            f"| {row['dataset']} ({row['split']}) | {row['signals']} | {' | '.join(cells)} |"
        )
    return "\n".join(lines)


def by_model(results: Sequence[dict[str, object]]) -> str:
    """Return nDCG@10 of models side by side on scifact, as a Markdown table."""
    lines = ["| scifact (test), nDCG@10 | words | meaning | both |", "|---|---:|---:|---:|"]
    for result in results:
        rows: list[dict[str, object]] = result["evaluations"]  # type: ignore[assignment]
        found = {row["signals"]: row for row in rows if row["dataset"] == "scifact"}
        cells = [f"{found[each]['measures']['nDCG@10']:.3f}" for each in SIGNALS]  # type: ignore[index]
        lines.append(f"| `{found['dense']['model']}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cross_validated() -> dict[str, object]:
    """Return the row of the set that ranking is learned from."""
    kept = json.loads((RESULTS_DIR / "learn.json").read_text())["cross_validated"]
    return {
        "dataset": kept["set"],
        "split": kept["split"],
        "signals": "hybrid",
        "cross_validated_in_folds": kept["folds"],
        "queries": kept["questions"],
        "measures": {name: kept[name] for name in MEASURES},
    }


def _handed_on(folder: Path, model: str) -> dict[str, object]:
    """Return the same row for a model that the trees were not grown with."""
    from benchmarks.learn import FOLDS, SET, SPLIT, cross_validated, examples_of, measured
    from search_api.evaluation_set import open_set
    from search_api.ranking.features import FEATURES

    def opened(name: str) -> tuple[EvaluationSet, list[Example]]:
        held = open_set(folder, split=SPLIT, model=name, on_progress=_show)
        try:
            return held, examples_of(held)
        finally:
            held.engine.close()

    _, grown_on = opened(DEFAULT_MODEL)
    held, asked = opened(model)
    scores = cross_validated(grown_on, range(len(FEATURES)), asked)
    return {
        "dataset": SET,
        "split": SPLIT,
        "signals": "hybrid",
        "model": model,
        "grown_with": DEFAULT_MODEL,
        "cross_validated_in_folds": FOLDS,
        "queries": len(asked),
        "measures": measured(held, asked, scores),
    }


def _show(progress: Progress) -> None:
    if progress.total and progress.done % 256 == 0:
        print(f"\r{progress.stage} {progress.done}/{progress.total}  ", end="", file=sys.stderr)


def main() -> None:
    """Measure the sets that are there and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--sets", nargs="*", default=["gc-citations", "scifact"])
    parser.add_argument("--table", action="store_true", help="print the kept result and stop")
    given = parser.parse_args()
    name = f"quality-{given.model}"
    if given.table:
        print(table(json.loads((RESULTS_DIR / f"{name}.json").read_text())))
        return
    folder = real_data_dir()
    if folder is None:
        raise SystemExit("no real data; set PRECEDENT_DATA to a folder that has eval/")
    evaluations = []
    for dataset, split in SETS:
        path: Path = folder / "eval" / dataset
        for signals in SIGNALS if dataset in given.sets else ():
            if (dataset, signals) == (LEARNED_FROM, "hybrid"):
                default = given.model == DEFAULT_MODEL
                evaluations.append(_cross_validated() if default else _handed_on(path, given.model))
                continue
            done = evaluate(
                path, split=split, signals=signals, model=given.model, on_progress=_show
            )
            evaluations.append(done.as_dict())
            print(f"\n{dataset} {split} {signals} {done.measures}")
    command = f"python -m benchmarks.quality --model {given.model} --sets {' '.join(given.sets)}"
    result: dict[str, object] = {"evaluations": evaluations}
    print("kept in", save(name, command, result).name)
    print(table(result))


if __name__ == "__main__":
    main()
