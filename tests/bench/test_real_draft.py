"""A real draft resolution against what was adopted of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import Precedents, PrecedentsRequest
from tests.fakes import FakeEncoder

pytestmark = pytest.mark.real

DRAFT, ADOPTED = "A/HRC/59/L.17", "A/HRC/RES/59/25"


@pytest.fixture(scope="module")
def engine(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    index = tmp_path_factory.mktemp("twins")
    names = ("aiun__A_HRC_59_L.17.en.pdf", "aiun__A_HRC_RES_59_25.en.pdf")
    build_index([real_data / "pdf" / name for name in names], index, encoder=FakeEncoder())
    snapshot = Snapshot.open(index)
    yield Engine(snapshot, FakeEncoder())
    snapshot.close()


def checked(engine: Engine, symbol: str, *excluded: str) -> Precedents:
    document = engine.document(symbol)
    text = "\n\n".join(f"{one.number or ''}. {one.text}".lstrip(". ") for one in document.contents)
    return engine.bench.precedents(PrecedentsRequest(text=text, exclude=excluded))


def test_what_was_adopted_is_the_precedent_of_the_draft(engine: Engine) -> None:
    found = checked(engine, DRAFT, DRAFT)
    assert found.counts.verbatim + found.counts.near_verbatim >= 0.95 * found.total
    assert found.counts.near_verbatim >= 1
    for unit in found.units:
        assert {match.passage.symbol for match in unit.precedents} <= {ADOPTED}


def test_the_draft_alone_is_no_precedent_of_what_was_adopted(engine: Engine) -> None:
    found = checked(engine, ADOPTED, ADOPTED)
    assert found.counts.none == found.total
    said = [match for unit in found.units for match in unit.not_precedent]
    assert {match.passage.symbol for match in said} == {DRAFT}
    assert {match.passage.standing.counts for match in said} == {False}
