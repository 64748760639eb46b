"""What each part of the ranking gives: `python -m benchmarks.ablation`, with the shared real data.

By set, nDCG@10 of the whole and of the ranking without one of its parts, with the 95 % interval of
the difference by paired bootstrap over questions. Pasted texts (gc-citations) are ranked by trees;
there a part is a group of features, and each row is cross-validated by decision as in
`benchmarks.learn`, with `lightgbm` installed. Typed questions (scifact, ohchr-issues) are asked of
the engine as it serves.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from unittest.mock import patch

import numpy as np
from ir_measures import iter_calc, nDCG
from numpy.typing import NDArray

from benchmarks.bootstrap import interval
from benchmarks.learn import SET, SPLIT, cross_validated, examples_of, run_of
from benchmarks.results import RESULTS_DIR, save
from benchmarks.texts import real_data_dir
from search_api.evaluate import answer
from search_api.evaluation_set import EvaluationSet, open_set
from search_api.ranking import feedback, grouping, order
from search_api.ranking.features import FEATURES
from search_api.schemas import Signals

Values = NDArray[np.float64]
Run = dict[str, dict[str, float]]

TYPED_SETS = (("scifact", "test"), ("ohchr-issues", "dev"))

GROUPS: dict[str, Callable[[str], bool]] = {
    "meaning": lambda name: "meaning" in name,
    "pairs of words": lambda name: "pair" in name,
    "sentences": lambda name: "sentence" in name,
    "the longest run of words": lambda name: name.partition("/")[0] == "run",
    "what the document says beside": lambda name: (
        name.partition("/")[0]
        in {"document", "document_sum", "neighbour", "document_meaning-best", "context"}
    ),
    "what the whole document is about": lambda name: name.startswith("whole_meaning"),
}

PARTS: dict[str, tuple[Signals, Callable[[], AbstractContextManager[object]]]] = {
    "meaning": ("lexical", nullcontext),
    "words": ("dense", nullcontext),
    "feedback from the best passages": ("hybrid", lambda: patch.object(feedback, "WEIGHT", 0.0)),
    "the second and third passage": (
        "hybrid", lambda: patch.object(grouping, "WEIGHTS", (1.0,)),
    ),
    "the words of the whole document": (
        "hybrid", lambda: patch.object(grouping, "WHOLE_WEIGHT", 0.0),
    ),
    "the articles that guarantee what is asked for": (
        "hybrid", lambda: patch.object(grouping, "ARTICLES_WEIGHT", 0.0),
    ),
    "literal hits first": (
        "hybrid", lambda: patch.object(order, "literal_first", lambda scores, _coverage: scores),
    ),
}  # fmt: skip


def table(result: dict[str, object]) -> str:
    """Return the result as a Markdown table."""
    lines = ["| set (split) | without | nDCG@10 | difference, 95 % |", "|---|---|---:|---|"]
    for name, rows in result["sets"].items():  # type: ignore[attr-defined]
        for part, row in rows.items():
            low, high = row.get("difference_95", (0, 0))
            cell = f"{low:+.3f} to {high:+.3f}" if "difference_95" in row else ""
            lines.append(f"| {name} | {part} | {row['nDCG@10']:.3f} | {cell} |")
    return "\n".join(lines)


def _ndcg(held: EvaluationSet, run: Run) -> Values:
    found = {each.query_id: each.value for each in iter_calc([nDCG @ 10], held.judgements, run)}
    return np.array([found.get(query, 0.0) for query in held.queries])


def _compared(whole: Values, without: dict[str, Values]) -> dict[str, object]:
    rows: dict[str, object] = {"nothing": {"nDCG@10": round(float(whole.mean()), 4)}}
    for part, values in without.items():
        rows[part] = {
            "nDCG@10": round(float(values.mean()), 4),
            "difference_95": interval(whole, values),
        }
        print(part, rows[part], flush=True)
    return rows


def pasted(data: Path) -> dict[str, object]:
    """Return the rows of the set that trees are learned from."""
    held = open_set(data / "eval" / SET, split=SPLIT)
    try:
        examples = examples_of(held)
    finally:
        held.engine.close()

    def by_trees(left_out: Callable[[str], bool]) -> Values:
        columns = [i for i, name in enumerate(FEATURES) if not left_out(name)]
        return _ndcg(held, run_of(examples, cross_validated(examples, columns)))

    words = FEATURES.index("words/best")
    without = {name: by_trees(left_out) for name, left_out in GROUPS.items()}
    alone = [example.matrix[:, words] for example in examples]
    without["all but BM25 of the whole text"] = _ndcg(held, run_of(examples, alone))
    return _compared(by_trees(lambda _: False), without)


def typed(data: Path, name: str, split: str) -> dict[str, object]:
    """Return the rows of a set of questions."""
    held = open_set(data / "eval" / name, split=split)

    def asked(signals: Signals) -> Values:
        return _ndcg(held, {q: answer(held, text, signals) for q, text in held.queries.items()})

    try:
        without = {}
        for part, (signals, leaving_out) in PARTS.items():
            with leaving_out():
                without[part] = asked(signals)
        return _compared(asked("hybrid"), without)
    finally:
        held.engine.close()


def main() -> None:
    """Measure every part and keep what each gives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true", help="print the kept result and stop")
    given = parser.parse_args()
    if given.table:
        print(table(json.loads((RESULTS_DIR / "ablation.json").read_text())))
        return
    data = real_data_dir()
    if data is None:
        raise SystemExit("no real data; set PRECEDENT_DATA to a folder that has eval/")
    sets: dict[str, object] = {f"{SET} ({SPLIT})": pasted(data)}
    for name, split in TYPED_SETS:
        sets[f"{name} ({split})"] = typed(data, name, split)
    result: dict[str, object] = {"sets": sets}
    print("kept in", save("ablation", "python -m benchmarks.ablation", result).name)
    print(table(result))


if __name__ == "__main__":
    main()
