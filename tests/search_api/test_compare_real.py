"""A real draft against the text that was adopted of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.parse import parse_file
from search_api.schemas import CompareRequest
from tests.search_api.yearly import engine_in


@pytest.mark.real
def test_a_real_draft_and_its_adopted_text(real_data: Path, tmp_path: Path) -> None:
    """Read by eye: one paragraph was put in before adoption, two differ in a word."""
    names = ("aiun__A_HRC_59_L.17.en.pdf", "aiun__A_HRC_RES_59_25.en.pdf")
    documents = [document for name in names for document in parse_file(real_data / "pdf" / name)]
    engine = engine_in(tmp_path, tuple(documents))
    found = engine.bench.compare(CompareRequest(first="A/HRC/59/L.17", second="A/HRC/RES/59/25"))
    engine.close()
    counts = found.counts
    assert (counts.unchanged, counts.changed, counts.lost, counts.added) == (81, 2, 0, 1)
    assert (counts.moved, counts.renumbered) == (0, 20)
    (added,) = [each.second for each in found.paragraphs if each.became == "added"]
    assert added is not None
    assert added.number == "7"
    changed = [each.second.paragraph_id for each in found.paragraphs if each.words and each.second]
    assert changed == ["pp40", "11"]
