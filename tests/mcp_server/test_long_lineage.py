"""A series of many years: what one answer holds of it, and what is never left out."""

from __future__ import annotations

import pytest

from mcp_server import asking
from precedent_client import Client
from search_api.schemas import Lineage

REFERENCE = "SAMPLE_2024_RES_1:en:1"


@pytest.fixture
def long(client: Client, monkeypatch: pytest.MonkeyPatch) -> Lineage:
    """A lineage of fifty versions, of which the tenth is asked for, and of fifty without it."""
    found = client.lineage(REFERENCE)
    one, without = found.versions[0], found.without[0]
    versions = tuple(
        one.model_copy(update={
            "passage": one.passage.model_copy(update={"passage_id": f"V{at}"}),
            "first_use": at == 0, "asked": at == 9, "proposals": (),
        })
        for at in range(50)
    )  # fmt: skip
    series = found.series.model_copy(update={"complete": True})
    update = {"versions": versions, "without": (without,) * 50, "series": series}
    made = found.model_copy(update=update)
    monkeypatch.setattr(asking, "_named", lambda *_: (REFERENCE, ()))
    monkeypatch.setattr(client, "lineage", lambda *_, **__: made)
    return made


def test_first_use_and_the_asked_are_kept_among_twenty(client: Client, long: Lineage) -> None:
    answer = asking.lineage(client, REFERENCE, scope="series", language=None)
    kept = [each.passage_id for each in answer.versions]
    assert kept == ["V0", "V9", *(f"V{at}" for at in range(32, 50))]
    assert len(answer.versions) + len(answer.proposals) == 20
    assert answer.left_out == 30 + len(long.proposals)


def test_texts_without_it_that_are_not_named_are_owned_up_to(client: Client, long: Lineage) -> None:
    answer = asking.lineage(client, REFERENCE, scope="series", language=None)
    assert (len(answer.without), answer.complete) == (40, False)
