"""What checking a draft costs: `python -m benchmarks.drafting INDEX ...`.

A statement of 2,000 words is made of sentences of the index: a third as they stand, a third with
every fourth word gone, a third of two halves of different sentences. The baseline is a search for
the same sentences, one after the other, by the same engine: what a person would have to do.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.results import save
from indexer.home import models_dir
from indexer.passages import sentences
from indexer.snapshot import Snapshot
from search_api.bench.units import draft_units
from search_api.engine import Engine
from search_api.schemas import PrecedentsRequest, SearchRequest

WORDS = 2_000
_SEED = 7
_SHORTEST, _LONGEST = 8, 60


def statement(snapshot: Snapshot) -> str:
    """Return a statement of some 2,000 words, the same for the same index."""
    chance = random.Random(_SEED)  # noqa: S311  (a fixed choice, for measuring)
    held = _sentences(snapshot, chance)
    paragraphs: list[str] = []
    count = 0
    while count < WORDS:
        words = next(held).split()
        if len(paragraphs) % 3 == 1:
            words = [word for place, word in enumerate(words) if place % 4 != 3]
        elif len(paragraphs) % 3 == 2:
            other = next(held).split()
            words = [*words[: len(words) // 2], *other[len(other) // 2 :]]
        paragraphs.append(" ".join(words).rstrip(".;") + ".")
        count += len(words)
    return "\n\n".join(paragraphs)


def _sentences(snapshot: Snapshot, chance: random.Random) -> Iterator[str]:
    rows = list(range(snapshot.rows))
    chance.shuffle(rows)
    for row in rows:
        (passage,) = snapshot.passages([row])
        if passage["language"] != "en":
            continue
        text = passage["text"]
        spans = [text[start:end] for start, end in sentences(text)]
        fitting = [span for span in spans if _SHORTEST <= len(span.split()) <= _LONGEST]
        if fitting:
            yield chance.choice(fitting)


def measured(engine: Engine) -> dict[str, object]:
    """Return what one statement costs, and what searching for its sentences does."""
    text = statement(engine.snapshot)
    request = PrecedentsRequest(text=text)
    units = draft_units(text)
    engine.bench.precedents_of(request, units, 0)
    wall, cpu = time.perf_counter(), time.process_time()
    each, grades = [], []
    began = wall
    for unit in engine.bench.each_precedents(request, units, range(len(units))):
        grades.append(unit.grade)
        each.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    began = time.process_time()
    for unit in units:
        engine.search(SearchRequest(query=unit.text[:20_000], k=10))
    searching = time.process_time() - began
    return {
        "passages": len(engine.snapshot.vectors),
        "words": len(text.split()),
        "units": len(units),
        "wall_s": round(wall, 2),
        "processor_s": round(cpu, 2),
        "next_unit_ms": {
            "p50": round(float(np.quantile(each, 0.5)), 1),
            "p99": round(float(np.quantile(each, 0.99)), 1),
        },
        "ratio_to_searching_each": round(cpu / searching, 2),
        "grades": {grade: grades.count(grade) for grade in sorted(set(grades))},
    }


def main() -> None:
    """Measure, print and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", type=Path, nargs="+")
    results = []
    for folder in parser.parse_args().index:
        engine = Engine.open(folder, models_dir=models_dir())
        try:
            results.append(measured(engine))
        finally:
            engine.close()
        print(json.dumps(results[-1], indent=1))
    save("drafting", "python -m benchmarks.drafting INDEX ...", {"statements": results})


if __name__ == "__main__":
    main()
