"""Learn to rank: `python -m benchmarks.learn`, with the shared real data and `lightgbm` installed.

What decides the order of candidates for a pasted text is learned from judged ones: the paragraphs
of decisions that cite general comments (the dev half of gc-citations). The engine itself gathers
candidates and compares them with the text, so that what is learned from is what users get. Trees
are grown by LambdaMART (Burges, "From RankNet to LambdaRank to LambdaMART", 2010).

Quality is told by cross-validation in five folds, all questions of one document in the same fold.
What ships is then grown on all of it. Nothing of the corpora is kept in it but numbers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
from ir_measures import RR, R, calc_aggregate, nDCG
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

import search_api.ranking
from benchmarks.results import save
from benchmarks.texts import real_data_dir
from search_api.evaluation_set import EvaluationSet, open_set
from search_api.ranking import Question, gather
from search_api.ranking.features import FEATURES, features_of
from search_api.ranking.judge import MEANING_FEATURES, PASTED

SET, SPLIT = "gc-citations", "dev"

FOLDS = 5
TREES = 150
GROWTH = {
    "objective": "lambdarank",
    "metric": "None",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 50,
    "lambda_l2": 5,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambdarank_truncation_level": 15,
    "seed": 1,
    "deterministic": True,
    "verbosity": -1,
}

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question.

    Attributes:
        query_id: of the question.
        names: `_id` of each candidate.
        matrix: (n, features) float32.
        right: (n,) int, 1 for answers.
        fold: from 0.
    """

    query_id: str
    names: list[str]
    matrix: Values
    right: NDArray[np.int64]
    fold: int


def examples_of(held: EvaluationSet) -> list[Example]:
    """Gather and compare the candidates of every question of a set."""
    answers: dict[str, set[str]] = {}
    for judgement in held.judgements:
        if judgement.relevance > 0:
            answers.setdefault(judgement.query_id, set()).add(judgement.doc_id)
    snapshot, encoder = held.engine.snapshot, held.engine.encoder
    made = []
    for number, (query_id, text) in enumerate(held.queries.items(), 1):
        question = Question(text, by_document=held.of_documents)
        found = gather(snapshot, encoder, question, {})
        if found is None:
            continue
        evidence, meaning = found
        assert meaning is not None
        rows = snapshot.passages(evidence.rows.tolist())
        names = [held.names[row["symbol"], row["paragraph_id"]] for row in rows]
        right = np.array([name in answers.get(query_id, ()) for name in names], np.int64)
        matrix = features_of(snapshot, evidence, meaning)
        made.append(Example(query_id, names, matrix, right, _fold(query_id)))
        if number % 100 == 0:
            print(f"compared the candidates of {number} of {len(held.queries)} questions")
    return made


def _fold(query_id: str) -> int:
    document = query_id.partition("#")[0]
    return int(hashlib.sha1(document.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def grow(examples: Sequence[Example], columns: Sequence[int]) -> lightgbm.Booster:
    """Grow trees on examples that have an answer among their candidates."""
    useful = [example for example in examples if example.right.any()]
    data = lightgbm.Dataset(
        np.concatenate([example.matrix[:, columns] for example in useful]),
        np.concatenate([example.right for example in useful]),
        group=[len(example.right) for example in useful],
    )
    return lightgbm.train(GROWTH, data, TREES)


def cross_validated(
    examples: Sequence[Example],
    columns: Sequence[int],
    asked: Sequence[Example] | None = None,
) -> list[Values]:
    """Return what trees grown on the other folds give each example's candidates.

    `asked` are examples of the same questions to be scored in their place, as found and compared
    with another model than the trees were grown with.
    """
    scored = examples if asked is None else asked
    scores: list[Values] = [np.empty(0, np.float32)] * len(scored)
    for fold in range(FOLDS):
        trees = grow([each for each in examples if each.fold != fold], columns)
        for i, example in enumerate(scored):
            if example.fold == fold:
                scores[i] = trees.predict(example.matrix[:, columns], num_threads=1)
    return scores


def run_of(
    examples: Sequence[Example], scores: Sequence[NDArray[np.floating]]
) -> dict[str, dict[str, float]]:
    """Return the hundred best candidates of each question with their scores."""
    run: dict[str, dict[str, float]] = {}
    for example, values in zip(examples, scores, strict=True):
        best: dict[str, float] = {}
        for i in np.argsort(-values, kind="stable"):
            best.setdefault(example.names[i], float(values[i]))
        run[example.query_id] = dict(list(best.items())[:100])
    return run


def measured(
    held: EvaluationSet, examples: Sequence[Example], scores: Sequence[Values]
) -> dict[str, float]:
    """Return the measures of candidates ordered by scores."""
    run = run_of(examples, scores)
    found = calc_aggregate([nDCG @ 10, RR @ 10, R @ 10, R @ 100], held.judgements, run)
    return {str(measure): round(float(value), 4) for measure, value in found.items()}


def likelihood(scores: Sequence[Values], examples: Sequence[Example]) -> tuple[float, float]:
    """Return slope and offset that make likelihoods of scores of unseen questions (Platt, 1999)."""
    fitted = LogisticRegression(C=1e6).fit(
        np.concatenate(scores)[:, None], np.concatenate([each.right for each in examples])
    )
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def meaning_alone(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Return the weights of `MEANING_FEATURES` and their offset."""
    columns = [FEATURES.index(name) for name in MEANING_FEATURES]
    fitted = LogisticRegression(C=1e6).fit(
        np.concatenate([each.matrix[:, columns] for each in examples]),
        np.concatenate([each.right for each in examples]),
    )
    if min(fitted.coef_[0]) < 0:
        raise SystemExit("a passage nearer in meaning would be less likely: look at the examples")
    weights = zip(MEANING_FEATURES, fitted.coef_[0], strict=True)
    return {name: round(float(weight), 4) for name, weight in weights}, float(fitted.intercept_[0])


def nodes_of(tree: dict[str, object]) -> list[list[float]]:
    """Return a tree of lightgbm as `Forest.from_json` reads it."""
    nodes: list[list[float]] = []

    def add(node: dict[str, object]) -> int:
        place = len(nodes)
        nodes.append([])
        if "leaf_value" in node:
            nodes[place] = [round(float(node["leaf_value"]), 6)]  # type: ignore[arg-type]
        else:
            left = add(node["left_child"])  # type: ignore[arg-type]
            right = add(node["right_child"])  # type: ignore[arg-type]
            threshold = float(f"{node['threshold']:.7g}")
            nodes[place] = [int(node["split_feature"]), threshold, left, right]  # type: ignore[call-overload]
        return place

    add(tree)
    return nodes


def learn(data: Path, folder: Path) -> dict[str, object]:
    """Learn, write the file, and return what was measured."""
    held = open_set(data / "eval" / SET, split=SPLIT)
    try:
        examples = examples_of(held)
    finally:
        held.engine.close()
    columns = list(range(len(FEATURES)))
    scores = cross_validated(examples, columns)
    slope, offset = likelihood(scores, examples)
    weights, meaning_offset = meaning_alone(examples)
    trees = grow(examples, columns).dump_model()["tree_info"]
    quality = measured(held, examples, scores)
    learned = {
        "learned_from": f"{SET} ({SPLIT}), {len(examples)} questions",
        "cross_validated": quality,
        "slope": round(slope, 6),
        "offset": round(offset, 6),
        "meaning": weights,
        "meaning_offset": round(meaning_offset, 6),
        "features": list(FEATURES),
        "trees": [nodes_of(tree["tree_structure"]) for tree in trees],
    }
    text = json.dumps(learned, separators=(",", ":")).replace('"trees":[', '"trees":[\n')
    (folder / PASTED).write_text(text.replace("]],[[", "]],\n[[") + "\n", encoding="utf-8")
    return {"set": SET, "split": SPLIT, "questions": len(examples), "folds": FOLDS, **quality}


def main() -> None:
    """Learn, and keep what cross-validation tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(search_api.ranking.__file__).parent)
    given = parser.parse_args()
    data = real_data_dir()
    if data is None:
        raise SystemExit("no real data; set PRECEDENT_DATA to a folder that has eval/")
    learned = learn(data, given.out)
    print(learned)
    print("kept in", save("learn", "python -m benchmarks.learn", {"cross_validated": learned}).name)


if __name__ == "__main__":
    main()
