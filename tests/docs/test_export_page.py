"""The page about exports shows what the sample corpus is cited as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.snapshot import Snapshot
from search_api.bench.exporting import export
from search_api.schemas import ExportRequest
from tests.fakes import FakeEncoder

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "corpus" / "sample" / "documents"
PAGE = " ".join(
    re.sub(
        r"^> ", "", (ROOT / "docs" / "export.md").read_text(encoding="utf-8"), flags=re.M
    ).split()
)
SHOWN = (
    "res-2024-1.en.pdf", "gc-2.en.pdf", "decision-12-2021.en.pdf", "eg-2024-1.en.pdf",
    "draft-2025-L1.en.pdf", "letter-2024.en.pdf",
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    folder = tmp_path_factory.mktemp("index")
    build_index([DOCUMENTS / name for name in SHOWN], folder, encoder=FakeEncoder())
    snapshot = Snapshot.open(folder)
    yield snapshot
    snapshot.close()


def cited(snapshot: Snapshot, form: str, *ids: str) -> list[str]:
    request = ExportRequest.model_validate({"passage_ids": ids, "format": form})
    lines = export(snapshot, request).content.decode().splitlines()
    return [re.sub(r"^\d+\. ", "", line) for line in lines]


@pytest.mark.parametrize("form", ["un", "oscola", "chicago"])
def test_the_forms_are_those_of_the_page(sample: Snapshot, form: str) -> None:
    for note in cited(sample, form, "SAMPLE_2024_RES_1:en:3", "SAMPLE_2024_RES_1:en:4"):
        assert note in PAGE


@pytest.mark.parametrize(
    "passage_id",
    [
        "SAMPLE_GC_2:en:4",
        "SAMPLE_C_77_D_12_2021:en:2.2",
        "SAMPLE_2024_EG_1:en:3",
        "SAMPLE_2025_L.1:en:3",
        "~letter-2024-en:en:u4",
    ],
)
def test_the_table_of_kinds_is_what_is_written(sample: Snapshot, passage_id: str) -> None:
    (note,) = cited(sample, "un", passage_id)
    assert f"| {note} |" in PAGE
