"""What a State accepted in its review is its commitment; what it will examine is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.parse import parse_file
from corpus.types import Paragraph, ParagraphKind
from indexer.build import build_index
from indexer.snapshot import Snapshot
from search_api.present import passage
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, published

_ACCEPTED = "The recommendations below have been examined by Freedonia and enjoy its support:"
_OPEN = "The following recommendations will be examined by Freedonia in due course:"


def _listed(number: str, lead: str, item: str) -> list[Paragraph]:
    return [
        Paragraph(number, number, ParagraphKind.BODY, (), (), lead),
        Paragraph(f"{number}.1", "1", ParagraphKind.RECOMMENDATION, (), (), item),
    ]


def _standings(snapshot: Snapshot, document_id: str) -> dict[str, str]:
    rows = snapshot.passages(list(snapshot.document_rows(document_id)))
    return {one.paragraph_id: one.standing.name for one in map(passage, rows)}


def test_the_paragraph_that_leads_a_list_says_how_it_was_received(tmp_path: Path) -> None:
    report = replace(
        made("A/HRC/15/16", [], kind="upr-report"),
        paragraphs=(
            *_listed("97", _ACCEPTED, "Ratify the Sample Convention (Ruritania);"),
            *_listed("98", _OPEN, "Abolish the death penalty (Ruritania);"),
        ),
    )
    snapshot = published(tmp_path, report)
    assert _standings(snapshot, "A_HRC_15_16:en") == {
        "97": "review-record",
        "97.1": "state-commitment",
        "98": "review-record",
        "98.1": "state-recommendation",
    }
    snapshot.close()


@pytest.mark.real
def test_a_real_report_is_read_so(tmp_path: Path, real_data: Path) -> None:
    path = real_data / "pdf" / "upr__belgium2011.pdf"
    assert parse_file(path)[0].symbol == "A/HRC/18/3"
    build_index([path], tmp_path / "index", encoder=FakeEncoder())
    snapshot = Snapshot.open(tmp_path / "index")
    standings = _standings(snapshot, "A_HRC_18_3:en")
    assert standings["100.1"] == standings["101.2"] == "state-commitment"
    assert standings["102.1"] == standings["103.1"] == "state-recommendation"
    snapshot.close()
