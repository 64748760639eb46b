"""Figures in the documentation are those of the committed results."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import ablation, compare, crosslingual, ingest, page, rerank
from benchmarks.quality import by_model, table
from benchmarks.results import RESULTS_DIR

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = (RESULTS_DIR.parent / "README.md").read_text(encoding="utf-8")
MODELS = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _result(name: str) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((RESULTS_DIR / f"{name}.json").read_text())
    return loaded


def test_the_quality_table_is_the_committed_result() -> None:
    assert table(_result("quality-multilingual-e5-small")) in README


def test_the_table_of_models_is_the_committed_result() -> None:
    names = ("multilingual-e5-small", "bge-small-en-v1.5")
    assert by_model([_result(f"quality-{name}") for name in names]) in MODELS


def test_the_table_of_parts_is_the_committed_result() -> None:
    assert ablation.table(_result("ablation")) in BENCHMARKS


def test_the_table_of_contenders_is_the_committed_result() -> None:
    assert compare.table(_result("compare")) in BENCHMARKS


def test_the_table_of_the_page_is_the_committed_result() -> None:
    assert page.table(_result("page")) in BENCHMARKS


def test_a_slow_line_brings_the_page_sooner_than_streamlit_alone() -> None:
    pages: dict[str, list[dict[str, object]]] = _result("page")["pages"]  # type: ignore[assignment]

    def cold(what: str) -> float:
        return next(
            float(str(row["useful_s"]))
            for row in pages[what]
            if (row["line"], row["cache"]) == ("slow line", "cold")
        )

    assert cold("the hits of a question") < cold("Streamlit by itself") / 2


def test_the_tables_of_reading_are_the_committed_result() -> None:
    result = _result("ingest")
    assert ingest.checked_table(result) in README
    assert ingest.table(result) in (RESULTS_DIR.parent / "README.md").read_text(encoding="utf-8")


def test_the_speed_of_reading_is_the_committed_result() -> None:
    speed: dict[str, float] = _result("ingest")["speed"]  # type: ignore[assignment]
    assert f"{speed['pages_per_s']:.0f} pages a second" in README
    assert f"{speed['ratio']} times" in README
    assert f"{speed['worker_peak_mib']} MiB" in README


def test_the_round_trip_is_the_committed_result() -> None:
    templates: dict[str, dict[str, float]] = _result("roundtrip")["templates"]  # type: ignore[assignment]
    found = min(one["numbers_found"] for one in templates.values())
    clean = min(one["clean_start_and_end"] for one in templates.values())
    assert f"{100 * found:.2f} %" in README
    assert f"{100 * clean:.2f} %" in README


def test_reading_reaches_its_targets() -> None:
    printed: dict[str, dict[str, float]] = _result("ingest")["hand_checked"]["printed"]  # type: ignore[index]
    targets = {"number": 0.995, "start": 0.99, "end": 0.99, "pages": 0.99}
    targets |= {"metadata.symbol": 0.99, "metadata.title": 0.95}
    targets |= dict.fromkeys((f"metadata.{f}" for f in ("date", "body", "kind", "language")), 0.97)
    for aspect, target in targets.items():
        assert printed[aspect]["share"] >= target, aspect


def test_the_encoding_figures_are_the_committed_result() -> None:
    result = _result("encode-multilingual-e5-small")
    speed: dict[str, dict[str, float]] = result["speed"]["engines"]  # type: ignore[index]
    agreement: dict[str, dict[str, float]] = result["agreement"]  # type: ignore[assignment]
    assert f"{speed['precedent']['ratio_cpu']} times the processor time" in README
    assert f"{100 * speed['precedent']['share_of_bf16_peak']:.1f} %" in README
    for engine in ("precedent", "precedent-int8"):
        assert str(agreement[engine]["top_ten"]) in README
    assert str(agreement["precedent"]["cosine_min"]) in README


def test_the_table_across_languages_is_the_committed_result() -> None:
    rows: list[dict[str, object]] = _result("crosslingual")["rows"]  # type: ignore[assignment]
    assert crosslingual.table(rows) in BENCHMARKS
    together = [row for row in rows if row["index"] == "all languages"]
    worst = min(score for row in together for name, score in row.items() if "-" in name)  # type: ignore[type-var]
    assert worst >= 0.95
    assert f"{100 * worst:.0f} of 100" in README


def test_the_vectors_figures_are_the_committed_result() -> None:
    found: dict[str, dict[str, float]] = _result("vectors-1000000")["search"]  # type: ignore[assignment]
    assert f"recall@10 of {found['no filter']['recall@10']}" in README
    assert f"{found['no filter']['cpu_ms']} ms" in README
    assert min(row["recall@10"] for row in found.values()) >= 0.99


def test_the_time_of_a_changed_document_is_the_committed_result() -> None:
    result = _result("index-multilingual-e5-small")
    for run in ("one file, unchanged", "one file, one record changed"):
        took: dict[str, float] = result[run]  # type: ignore[assignment]
        assert f"{took['wall_s']} s" in README
    whole: dict[str, float] = result["one file, indexed"]  # type: ignore[assignment]
    assert f"{whole['wall_s'] / 60:.0f} minutes" in README
    assert whole["paragraphs"] == 122_954


def test_the_latencies_are_the_committed_result() -> None:
    result = _result("query")
    assert f"{result['passages']:,} passages" in README
    for kind in ("short questions", "pasted paragraphs"):
        total: dict[str, float] = result[kind]["total"]  # type: ignore[index]
        assert str(total["p50"]) in README
        assert str(total["p99"]) in README


def test_the_cost_at_scale_is_the_committed_result() -> None:
    result = _result("scale")
    for kind in ("typed", "pasted"):
        row: dict[str, float] = result[f"{kind}, 100.0000% of the passages"]  # type: ignore[assignment]
        assert f"{row['cpu_ms']} ms" in README
    assert str(result["typed, 100.0000% of the passages"]["recall@10"]) in README  # type: ignore[index]
    shares = [
        row["recall@10"] for row in result.values() if isinstance(row, dict) and "cpu_ms" in row
    ]
    assert len(shares) == 12
    assert min(shares) >= 0.99


def test_serving_is_the_committed_result() -> None:
    result, readme = _result("serve"), " ".join(README.split())
    assert f"Over {result['passages']:,} the server is ready in {result['ready_s']} s" in readme
    loads: dict[str, dict[str, float]] = result["loads"]  # type: ignore[assignment]
    for kind in ("asked again, with highlights", "asked once, with highlights"):
        assert f"{loads[kind]['requests_per_s']} times" in readme
    assert f"{_result('serve-swap')['longest_pause_ms']} ms at most" in readme


@pytest.mark.parametrize("path", sorted(RESULTS_DIR.glob("*.json")), ids=lambda path: path.stem)
def test_every_result_names_its_command_and_machine(path: Path) -> None:
    result = json.loads(path.read_text())
    assert re.match(r"python -m (?:benchmarks|tools)\.\w+", result["command"])
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


def test_the_gain_and_cost_of_reranking_are_the_committed_result() -> None:
    result = _result("rerank")
    quality: dict[str, list[float]] = result["scifact test"]  # type: ignore[assignment]
    low, high = quality["gain_95"]
    assert rerank.compared(result) in MODELS
    assert f"between {low:.3f} and {high:.3f}" in MODELS
    train: dict[str, dict[str, float]] = result["scifact train"]  # type: ignore[assignment]
    for share, measured in train["nDCG@10 by weight"].items():
        assert f"{100 * float(share):.0f} % {measured:.3f}" in " ".join(MODELS.split()), share


def test_the_quality_of_grades_is_the_committed_result() -> None:
    result = _result("grades")
    held: dict[str, dict[str, float]] = result["held out"]  # type: ignore[assignment]
    page = (ROOT / "docs" / "drafting.md").read_text(encoding="utf-8")
    for name, key in (
        ("near-verbatim", "near-verbatim"),
        ("same-meaning", "same-meaning"),
        ("said at all (any grade but none)", "said"),
    ):
        row = held[key]
        line = f"| {name} | {row['pairs']} | {row['precision']:.3f} | {row['recall']:.3f} |"
        assert line in page
    abroad: dict[str, float] = result["across languages"]  # type: ignore[assignment]
    assert f"Across languages {abroad['reach']} of" in page
    assert f"right one in {abroad['right_where_reached']} of" in page
    again: dict[str, dict[str, float]] = result["said again"]  # type: ignore[assignment]
    same, changed, halves = again.values()
    said = " ".join(page.split())
    assert f"of {same['sentences']} sentences" in said
    assert f"word for word {same['verbatim']:.3f} are found" in said
    assert f"one word of them changed {changed['near-verbatim']:.3f} are" in said
    assert changed["verbatim"] == 0
    assert f"sentences joined {halves['verbatim']:.3f} are `verbatim`" in said


def test_the_time_of_a_draft_is_the_committed_result() -> None:
    statements: list[dict[str, float]] = _result("drafting")["statements"]  # type: ignore[assignment]
    page = (ROOT / "docs" / "drafting.md").read_text(encoding="utf-8")
    for each in statements:
        assert f"{each['wall_s']:.1f} s against {each['passages']:,} passages" in page


def test_reading_results_changes_no_environment() -> None:
    """What a benchmark asks of its libraries is for its own run, not for whoever imports it."""
    modules = [path.stem for path in RESULTS_DIR.parent.glob("*.py") if path.stem != "__init__"]
    script = (
        "import importlib, os, sys; before = dict(os.environ);"
        "[importlib.import_module(f'benchmarks.{name}') for name in sys.argv[1:]];"
        "after = dict(os.environ);"
        "print(sorted(k for k in before | after if before.get(k) != after.get(k)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *modules], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
