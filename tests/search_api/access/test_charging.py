"""Requests that hold several, counted as these; by clocks that the test turns."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.errors import InputError
from search_api.access.door import Door
from search_api.access.errors import RateError
from search_api.access.keys import Key
from tests.search_api.access.doors import bearer, closed, key_file, key_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Asking:
    """Asks with one key at a door."""

    def __init__(self, folder: Path, **bounds: int) -> None:
        self.seconds = 0.0
        self.key: Key
        file = key_file(folder)
        self.key, self._presented = file.add("desk", ["read"], **bounds)
        self.door = Door(file, clock=lambda: self.seconds, wall=lambda: NOON)
        asyncio.run(self.door.look())

    def ask(self, requests: int = 1) -> int:
        """Return 0, or the seconds to wait."""
        self.door._read_at = self.seconds
        try:
            self.door.admit(self._presented, "")
            self.door.charge(self.key.key_id, requests)
        except RateError as error:
            return error.retry_after_s
        return 0


@pytest.mark.parametrize(
    ("rate", "used", "requests"),
    [(10, 5, 8), (10, 3, 10), (60, 30, 50), (120, 60, 100), (45, 20, 40), (10, 0, 50), (7, 6, 50)],
)
def test_who_comes_again_when_told_to_is_let_in(
    tmp_path: Path, rate: int, used: int, requests: int
) -> None:
    asking = Asking(tmp_path, rate=rate)
    assert [asking.ask() for _ in range(used)] == [0] * used
    wait_s = asking.ask(requests)
    assert (wait_s > 0) is (used > 0)
    asking.seconds += wait_s
    if wait_s:
        assert asking.ask(requests) == 0
    asking.seconds += 60 * max(1.0, requests / rate)
    assert [asking.ask() for _ in range(rate)] == [0] * rate  # all is paid for
    assert asking.ask() > 0  # and no more


def test_what_is_refused_is_not_counted(tmp_path: Path) -> None:
    asking = Asking(tmp_path, rate=10, quota=20)
    assert asking.ask(8) == 0
    assert [asking.ask(5) > 0 for _ in range(20)] == [True] * 20
    assert [asking.ask() for _ in range(2)] == [0, 0]
    asking.seconds = 120
    assert asking.ask(10) == 0  # twenty in all
    asking.seconds = 240
    assert [asking.ask() for _ in range(15)] == [
        12 * 3600
    ] * 15  # the day's bound, not the minute's


def test_a_quota_counts_what_a_request_holds_and_refuses_what_no_day_has(tmp_path: Path) -> None:
    asking = Asking(tmp_path, quota=20)
    assert asking.ask(15) == 0
    assert asking.ask(6) == 12 * 3600
    assert asking.ask(5) == 0
    with pytest.raises(InputError, match="counts as 21 requests, and the key has 20 a day"):
        asking.door.charge(asking.key.key_id, 21)


def test_what_the_file_has_counted_already_is_not_counted_twice(tmp_path: Path) -> None:
    asking = Asking(tmp_path, quota=9)
    asking.door.admit(asking._presented, "")
    asyncio.run(asking.door.look())
    asking.door.charge(asking.key.key_id, 3)
    asyncio.run(asking.door.look())
    asyncio.run(asking.door.look())
    assert key_file(tmp_path).count("2026-03-01", {}) == {asking.key.key_id: 3}


DRAFT = "The State must act. Detainees have lawyers. Water is a right. All have access to it."
CITED = "See A/HRC/15/16, para. 1; A/HRC/15/16, para. 2; and A/HRC/15/16, para. 3."


@pytest.mark.parametrize(
    ("path", "body", "counted"),
    [
        ("/v1/search", {"query": "water"}, 1),
        ("/v1/search/batch", {"searches": [{"query": "water"}] * 4}, 4),
        ("/v1/precedents", {"text": DRAFT}, 4),
        ("/v1/precedents", {"text": DRAFT, "offset": 1, "limit": 2}, 2),
        ("/v1/precedents", {"text": DRAFT, "offset": 9}, 1),
        ("/v1/verify", {"text": CITED}, 3),
        ("/v1/verify", {"text": CITED, "offset": 1, "k": 2}, 2),
        ("/v1/verify", {"text": "nothing is cited"}, 1),
        ("/v1/trends", {"queries": ["water", "lawyer", "access"]}, 3),
        ("/v1/trends", {"queries": ["water"]}, 1),
        ("/v1/trends?q=water&q=lawyer", None, 2),
        ("/v1/trends/file", {"queries": ["water", "lawyer"], "table": "year"}, 2),
        ("/v1/trends/words", {"query": "water", "periods": 3}, 1),
        ("/v1/alerts", None, 3),
        ("/v1/alerts?k=2", None, 2),
    ],
)
def test_a_request_counts_as_what_it_holds(
    tmp_path: Path, path: str, body: dict[str, object] | None, counted: int
) -> None:
    key = key_of(tmp_path, "read", "write", quota=1000)
    with closed(tmp_path) as client:
        client.headers.update(bearer(key))
        for query in ("water", "lawyer", "access"):
            saved = {"name": query, "request": {"query": query}, "depth": 200}
            assert client.post("/v1/searches", json=saved).status_code == 200
        before = left(client)
        method = "GET" if body is None else "POST"
        assert client.request(method, path, json=body).status_code == 200
        assert before - left(client) == counted + 1


def left(client: TestClient) -> int:
    """Ask, and return what is left of the day behind that."""
    (found,) = re.findall(r'"day";r=(\d+)', client.get("/v1/info").headers["ratelimit"])
    return int(found)


@pytest.mark.parametrize("accept", ["application/json", "application/x-ndjson"])
def test_a_draft_beyond_the_bounds_is_refused_before_it_is_checked(
    tmp_path: Path, accept: str
) -> None:
    narrow, few = key_of(tmp_path, "read", rate=3), key_of(tmp_path, "read", name="few", quota=3)
    with closed(tmp_path) as client:
        client.get("/v1/info", headers=bearer(narrow))
        told = {"accept": accept}
        asked = client.post("/v1/precedents", json={"text": DRAFT}, headers=bearer(narrow) | told)
        assert asked.status_code == 429
        assert int(asked.headers["retry-after"]) > 0
        asked = client.post("/v1/precedents", json={"text": DRAFT}, headers=bearer(few) | told)
        assert asked.status_code == 422
        assert "ask for fewer at once" in asked.json()["detail"]
