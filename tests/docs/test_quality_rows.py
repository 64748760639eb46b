"""What `benchmarks.quality` keeps of a model is measured with that model."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks import quality
from indexer.models import DEFAULT_MODEL

ENGLISH = "bge-small-en-v1.5"


@pytest.mark.parametrize("model", [DEFAULT_MODEL, ENGLISH])
def test_the_learned_row_is_of_the_model_that_was_asked_for(
    model: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    measures = dict.fromkeys(quality.MEASURES, 0.5)
    kept: dict[str, Any] = {}

    def evaluate(path: Path, **asked: Any) -> SimpleNamespace:
        row = {"dataset": path.name, "model": asked["model"], "measures": measures, **asked}
        return SimpleNamespace(as_dict=lambda: row, measures=measures)

    def handed_on(path: Path, name: str) -> dict[str, Any]:
        row = {"dataset": path.name, "split": "dev", "signals": "hybrid", "model": name}
        return {**row, "measures": measures}

    def save(name: str, _command: str, result: dict[str, Any]) -> Path:
        kept[name] = result["evaluations"]
        return tmp_path / name

    monkeypatch.setattr(quality, "real_data_dir", lambda: tmp_path)
    monkeypatch.setattr(quality, "evaluate", evaluate)
    monkeypatch.setattr(quality, "_handed_on", handed_on)
    monkeypatch.setattr(quality, "save", save)
    monkeypatch.setattr(sys, "argv", ["quality", "--model", model, "--sets", "gc-citations"])

    quality.main()

    (learned,) = (row for row in kept[f"quality-{model}"] if row["signals"] == "hybrid")
    if model == DEFAULT_MODEL:
        assert learned["cross_validated_in_folds"] == 5
    else:
        assert learned["model"] == ENGLISH
