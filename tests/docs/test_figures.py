"""Figures in the documentation are those of the committed results."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks.quality import table
from benchmarks.results import RESULTS_DIR

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _result(name: str) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((RESULTS_DIR / f"{name}.json").read_text())
    return loaded


def test_the_quality_table_is_the_committed_result() -> None:
    assert table(_result("quality-multilingual-e5-small")) in README


def test_the_encoding_figures_are_the_committed_result() -> None:
    result = _result("encode-multilingual-e5-small")
    assert f"{result['ratio_cpu']} times the processor time" in README
    assert str(result["cosine_min"]) in README


def test_the_latencies_are_the_committed_result() -> None:
    result = _result("query")
    assert f"{result['passages']:,} passages" in README
    for kind in ("short questions", "pasted paragraphs"):
        total: dict[str, float] = result[kind]["total"]  # type: ignore[index]
        assert str(total["p50"]) in README
        assert str(total["p99"]) in README


@pytest.mark.parametrize("path", sorted(RESULTS_DIR.glob("*.json")), ids=lambda path: path.stem)
def test_every_result_names_its_command_and_machine(path: Path) -> None:
    result = json.loads(path.read_text())
    assert re.match(r"python -m benchmarks\.\w+", result["command"])
    assert result["machine"]["cores"] >= 1


def test_hybrid_is_never_below_the_better_of_its_parts() -> None:
    rows: list[dict[str, object]] = _result("quality-multilingual-e5-small")["evaluations"]  # type: ignore[assignment]
    by_set: dict[object, dict[object, float]] = {}
    for row in rows:
        measures: dict[str, float] = row["measures"]  # type: ignore[assignment]
        by_set.setdefault(row["dataset"], {})[row["signals"]] = measures["nDCG@10"]
    assert len(by_set) >= 2
    for dataset, scores in by_set.items():
        assert scores["hybrid"] >= max(scores["lexical"], scores["dense"]), dataset
