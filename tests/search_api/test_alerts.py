"""What is new in all saved searches, in one call."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.schemas import AlertList, SearchRequest
from tests.search_api import fake_engine
from tests.search_api.fake_engine import (
    PASSAGES,
    FakeEngine,
    FakeOpener,
    fake_settings,
    make_passage,
)

NEW = make_passage("F/HRC/2", "en", 21).model_copy(update={"text": "access to a lawyer again"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def opener() -> FakeOpener:
    return FakeOpener.of(FakeEngine())


@pytest.fixture
def client(file: Path, opener: FakeOpener) -> Iterator[TestClient]:
    app = create_app(fake_settings(library_file=file, poll_s=3600), opener)
    with TestClient(app, raise_server_exceptions=False) as client:
        for name, query in (("Lawyers", "lawyer"), ("Water", "water"), ("Counsel", "a lawyer")):
            saved = {"name": name, "request": {"query": query}, "depth": 200}
            assert client.post("/v1/searches", json=saved).status_code == 200
        yield client


def alerts(client: TestClient, **params: object) -> AlertList:
    answer = client.get("/v1/alerts", params=params)
    assert answer.status_code == 200, answer.text
    return AlertList.model_validate_json(answer.content)


def publish(client: TestClient, opener: FakeOpener, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """Put a generation into service that has one passage more."""
    monkeypatch.setattr(fake_engine, "PASSAGES", (*PASSAGES, NEW))
    engine = FakeEngine(generation=2)
    opener.publish(engine)
    client.app.state.engines.holder.refresh()  # type: ignore[attr-defined]
    return engine


def test_where_nothing_changed_there_is_no_alert(client: TestClient) -> None:
    found = alerts(client)
    assert (found.alerts, found.looked_at, found.next_cursor) == ((), 3, None)


def test_what_is_new_is_told_of_every_search_until_it_is_seen(
    client: TestClient, opener: FakeOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(client, opener, monkeypatch)
    for _ in range(2):  # looking is no visit
        found = alerts(client).alerts
        assert [each.name for each in found] == ["Counsel", "Lawyers"]
        assert [each.counts.new for each in found] == [1, 1]
        assert [hit.passage_id for each in found for hit in each.new] == [NEW.passage_id] * 2
    first = found[0]
    seen = {"generation": first.generation}
    assert client.post(f"/v1/searches/{first.search_id}/seen", json=seen).status_code == 200
    assert [each.name for each in alerts(client).alerts] == ["Lawyers"]
    assert alerts(client, hits=0).alerts[0].new == ()
    assert alerts(client, hits=0).alerts[0].counts.new == 1


def test_alerts_come_page_by_page(
    client: TestClient, opener: FakeOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(client, opener, monkeypatch)
    names, cursor, looked_at = [], None, []
    while True:
        page = alerts(client, k=1, **({"cursor": cursor} if cursor else {}))
        names += [each.name for each in page.alerts]
        looked_at.append(page.looked_at)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert (names, looked_at) == (["Counsel", "Lawyers"], [1, 1, 1])


def test_one_that_cannot_be_asked_costs_no_other(
    client: TestClient, opener: FakeOpener, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(client, opener, monkeypatch)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE searches SET request = '{}' WHERE name = 'Counsel'")
    connection.close()
    broken, whole = alerts(client).alerts
    assert (broken.name, whole.name) == ("Counsel", "Lawyers")
    assert broken.problem is not None
    assert broken.problem.type == "urn:precedent:problem:library"
    assert whole.counts.new == 1


def test_where_the_time_runs_out_the_cursor_goes_on(
    client: TestClient, opener: FakeOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(client, opener, monkeypatch)
    pool = client.app.state.engines  # type: ignore[attr-defined]
    monkeypatch.setattr(type(pool), "timeout_s", 0.0)
    page = alerts(client)
    assert page.looked_at == 1
    assert page.next_cursor is not None
    assert [each.name for each in alerts(client, cursor=page.next_cursor).alerts] == []


def test_without_an_index_nothing_can_be_said(file: Path) -> None:
    with TestClient(create_app(fake_settings(library_file=file), FakeOpener())) as client:
        assert client.get("/v1/alerts").status_code == 503


def test_each_search_is_asked_once(
    client: TestClient, opener: FakeOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = publish(client, opener, monkeypatch)
    engine.asked.clear()
    alerts(client)
    asked: list[SearchRequest] = engine.asked
    assert [each.query for each in asked] == ["a lawyer", "water", "lawyer"]
