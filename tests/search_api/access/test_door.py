"""Every operation with no key, a wrong key and each scope."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from corpus.errors import ServiceError
from search_api.access import door as door_module
from search_api.access.caller import ADMIN, READ, WRITE, Caller, caller_of
from search_api.access.door import Door
from search_api.access.errors import NoKeyError, RateError
from search_api.access.guard import KeyGuard
from search_api.access.keys import Key, KeyFile
from search_api.access.scopes import NEEDS, OPEN_PATHS, needed
from search_api.app import create_app
from search_api.problems import KINDS
from tests.search_api.access.doors import bearer, closed, key_file, key_of
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings
from tests.search_api.test_openapi import DOCUMENT, OPERATIONS, requests_of

GUARDED = [each for each in OPERATIONS if each[1] not in OPEN_PATHS]
WALKED = pytest.mark.parametrize(
    ("method", "path", "operation"), GUARDED, ids=[each[2]["operationId"] for each in GUARDED]
)
PROBLEM = "urn:precedent:problem:"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("closed")


@pytest.fixture(scope="module")
def keys(folder: Path) -> dict[str, str]:
    """A key of each scope, and one of none that opens anything."""
    return {scope: key_of(folder, scope) for scope in (READ, WRITE, ADMIN, "restricted:one")}


@pytest.fixture(scope="module")
def client(folder: Path, keys: dict[str, str]) -> Iterator[TestClient]:
    with closed(folder) as client:
        yield client


def ask(
    client: TestClient, method: str, path: str, operation: dict[str, Any], **headers: str
) -> tuple[int, str]:
    """Ask an operation as its first example does; return status and kind of problem."""
    asked = next(requests_of(path, operation), (path.replace("{job_id}", "none"), {}, None))
    body = {"json": asked[2]} if asked[2] is not None else {}
    answer = client.request(method, asked[0], params=asked[1], headers=headers, **body)
    is_json = "json" in answer.headers.get("content-type", "")
    told = answer.json() if is_json and answer.status_code >= 400 else {}
    return answer.status_code, str(told.get("type", "")).removeprefix(PROBLEM)


@WALKED
def test_no_operation_answers_without_a_key_that_opens_it(
    client: TestClient,
    keys: dict[str, str],
    method: str,
    path: str,
    operation: dict[str, Any],
) -> None:
    wrong = f"prk_{'a' * 8}_{'b' * 43}"
    assert ask(client, method, path, operation) == (401, "key")
    assert ask(client, method, path, operation, Authorization="Basic YTpi") == (401, "key")
    status, kind = ask(client, method, path, operation, **bearer(wrong))
    assert (status, kind) in {(401, "key"), (429, "rate")}
    (scheme,) = operation["security"][0].values()
    for scope, key in keys.items():
        status, kind = ask(client, method, path, operation, **bearer(key))
        assert ((status, kind) == (403, "scope")) == (scope not in scheme), (scope, status, kind)
        assert status != 401


def test_every_operation_that_changes_or_takes_a_body_is_decided_on_by_name() -> None:
    for method, _, operation in GUARDED:
        if method != "get":
            assert operation["operationId"] in NEEDS
    assert needed("not_decided_yet", "POST") == ADMIN
    assert needed("not_decided_yet", "GET") == READ


def test_paths_outside_the_contract_need_a_key_too(
    client: TestClient, keys: dict[str, str]
) -> None:
    for path in ("/openapi.json", "/metrics", "/v1/nothing", "/"):
        assert client.get(path).status_code == 401
    assert client.get("/openapi.json", headers=bearer(keys[READ])).status_code == 200
    assert client.get("/metrics", headers=bearer(keys[READ])).status_code == 403
    assert client.get("/metrics", headers=bearer(keys[ADMIN])).status_code == 200
    assert client.get("/v1/nothing", headers=bearer(keys[READ])).status_code == 404


def test_health_is_told_to_anybody_and_nothing_of_the_corpus(folder: Path, keys: object) -> None:
    with closed(folder) as client:
        assert client.get("/healthz").json() == {"alive": True}
        assert client.get("/readyz").status_code == 200
    opener = FakeOpener()  # nothing is published
    given = {"index_dir": folder / "secret-place", "keys_file": folder / "keys.sqlite"}
    with TestClient(create_app(fake_settings(require_keys="on", **given), opener)) as client:
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert "secret-place" not in answer.text
    with TestClient(create_app(fake_settings(**given), opener)) as client:
        assert "secret-place" in client.get("/readyz").text  # to the owner it is


def test_whoever_asks_for_health_is_nobody(tmp_path: Path) -> None:
    seen: list[Caller] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(caller_of(HTTPConnection(scope)))
        await PlainTextResponse("")(scope, receive, send)

    client = TestClient(KeyGuard(inner, Door(key_file(tmp_path))))
    assert client.get("/healthz").status_code == 200
    assert seen[0].scopes == frozenset()  # not the owner of the computer


def test_the_refusal_names_the_scheme_and_the_scope(folder: Path, keys: dict[str, str]) -> None:
    with closed(folder) as client:  # of its own: the walk above has sent too many wrong keys
        none = client.get("/v1/info")
        wrong = client.get("/v1/info", headers=bearer("prk_wrong"))
        scope = client.post("/v1/index/rebuild", headers=bearer(keys[WRITE]))
    assert none.headers["www-authenticate"] == 'Bearer realm="precedent"'
    assert 'error="invalid_token"' in wrong.headers["www-authenticate"]
    assert "prk_wrong" not in wrong.text
    assert "lacks the scope admin" in scope.json()["detail"]


def test_the_body_of_whoever_has_no_key_is_not_taken_in(client: TestClient) -> None:
    answer = client.post("/v1/search", content=b" " * 5_000_000)
    assert answer.status_code == 401
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("header", ["X-API-Key", "x-api-key"])
def test_the_other_header_does_as_well(
    client: TestClient, keys: dict[str, str], header: str
) -> None:
    assert client.get("/v1/info", headers={header: keys[READ]}).status_code == 200
    assert client.get("/v1/info", headers={"authorization": f"bearer  {keys[READ]} "}).is_success
    assert client.get(f"/v1/info?key={keys[READ]}").status_code == 401


def test_each_key_has_its_own_library(folder: Path) -> None:
    first, second = (key_of(folder, READ, WRITE, name=name) for name in ("first", "second"))
    with closed(folder) as client:
        made = client.post("/v1/collections", json={"name": "Mine"}, headers=bearer(first))
        assert made.status_code == 200
        assert client.get("/v1/collections", headers=bearer(second)).json()["collections"] == []
        assert client.get("/v1/collections/1", headers=bearer(second)).status_code == 404
        again = client.post("/v1/collections", json={"name": "Mine"}, headers=bearer(second))
        assert again.status_code == 200
        wiped = client.delete("/v1/library?confirm=everything", headers=bearer(second))
        assert wiped.status_code == 200
        held = client.get("/v1/collections", headers=bearer(first)).json()["collections"]
        assert [each["name"] for each in held] == ["Mine"]
    with TestClient(
        create_app(
            fake_settings(library_file=folder / "library.sqlite"), FakeOpener.of(FakeEngine())
        )
    ) as client:  # the owner of the computer, who needs no key, has another
        assert client.get("/v1/collections").json()["collections"] == []


def test_a_key_beyond_its_rate_is_told_when_to_come_again(folder: Path) -> None:
    key = key_of(folder, READ, name="slow", rate=3, quota=100)
    with closed(folder) as client:
        answers = [client.get("/v1/info", headers=bearer(key)) for _ in range(4)]
        assert [each.status_code for each in answers] == [200, 200, 200, 429]
        assert answers[0].headers["ratelimit"].startswith('"minute";r=2;')
        assert answers[0].headers["ratelimit-policy"] == '"minute";q=3;w=60, "day";q=100;w=86400'
        assert 1 <= int(answers[3].headers["retry-after"]) <= 25
        assert answers[3].json()["type"] == PROBLEM + KINDS[RateError].name
    assert key_file(folder).count(f"{datetime.now(UTC):%Y-%m-%d}", {})[key[4:12]] == 3


def test_a_secret_that_was_replaced_opens_until_its_time(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    _, old = file.add("desk", [READ])
    key, new = file.rotate("desk", timedelta(hours=24))
    assert key.old_until is not None
    at = datetime.fromisoformat(key.old_until) - timedelta(seconds=1)
    door = Door(file, wall=lambda: at)
    asyncio.run(door.look())
    assert [door.admit(each, "")[0].key_id for each in (old, new)] == [key.key_id] * 2
    at += timedelta(seconds=1)
    assert door.admit(new, "")[0].key_id == key.key_id
    with pytest.raises(NoKeyError, match="is not known here"):
        door.admit(old, "")


def test_what_is_being_counted_at_the_end_is_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, gate = threading.Event(), threading.Event()

    class Slow(KeyFile):
        def count(self, day: str, spent: Mapping[str, int]) -> dict[str, int]:
            if spent:
                begun.set()
                assert gate.wait(60)
            return super().count(day, spent)

    async def run() -> None:
        async with Door(Slow(key_file(tmp_path).path)) as door:
            door.admit(key, "")
            assert await asyncio.to_thread(begun.wait, 60)
            asyncio.get_running_loop().call_soon(gate.set)

    monkeypatch.setattr(door_module, "_LOOK_S", 0.001)
    key = key_of(tmp_path, READ)
    asyncio.run(run())
    (spent,) = key_file(tmp_path).count(f"{datetime.now(UTC):%Y-%m-%d}", {}).values()
    assert spent == 1


def test_a_quota_outlives_the_service(folder: Path) -> None:
    key = key_of(folder, READ, name="few", quota=3)
    for expected in ([200, 200], [200, 429]):
        with closed(folder) as client:
            answers = [client.get("/v1/info", headers=bearer(key)) for _ in expected]
            assert [each.status_code for each in answers] == expected


def test_an_address_may_ask_only_so_often_where_no_key_is_needed() -> None:
    app = create_app(fake_settings(address_rate=2), FakeOpener.of(FakeEngine()))
    with TestClient(app) as client:
        assert [client.get("/v1/info").status_code for _ in range(3)] == [200, 200, 429]
        assert client.get("/healthz").status_code == 200


# The door by itself, by clocks that the test turns ----------------------------------------------


class Clocks:
    """Seconds and a day that the test sets."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.today = datetime.now(UTC)

    def door(self, file: KeyFile) -> Door:
        return Door(file, clock=lambda: self.seconds, wall=lambda: self.today)


def look(door: Door) -> None:
    asyncio.run(door.look())


def test_a_revoked_key_opens_nothing_after_the_next_look(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    key, presented = file.add("archive", ["read"])
    door = Clocks().door(file)
    look(door)
    caller, _ = door.admit(presented, "")
    assert (caller.name, caller.key_id, caller.actor) == (
        "archive", key.key_id, f"{key.key_id} (archive)",
    )  # fmt: skip
    file.revoke("archive")
    look(door)
    with pytest.raises(NoKeyError, match="was revoked"):
        door.admit(presented, "")


def test_the_running_service_looks_every_second() -> None:
    assert door_module._LOOK_S <= 2


def test_a_key_expires_while_the_service_runs(tmp_path: Path) -> None:
    clocks = Clocks()
    _, presented = key_file(tmp_path).add("a", ["read"], expires_on=date.max)
    _, short = key_file(tmp_path).add("b", ["read"], expires_on=clocks.today.date())
    door = clocks.door(key_file(tmp_path))
    look(door)
    door.admit(short, "")
    clocks.today += timedelta(days=1)
    door.admit(presented, "")
    with pytest.raises(NoKeyError, match="expired on"):
        door.admit(short, "")


def test_keys_that_can_no_longer_be_read_soon_open_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, clocks = key_file(tmp_path), Clocks()
    _, presented = file.add("archive", ["read"])
    door = clocks.door(file)
    with pytest.raises(ServiceError, match="the keys: cannot be read"):
        door.admit(presented, "")  # not looked yet
    look(door)
    file.path.write_bytes(b"damaged " * 500)
    for _ in range(3):
        look(door)
    door.admit(presented, "")  # somebody may be writing
    clocks.seconds = 20
    with pytest.raises(ServiceError, match="the keys: cannot be read"):
        door.admit(presented, "")
    assert len(caplog.records) == 1  # told once


def test_a_look_that_fails_for_whatever_reason_is_told_and_followed_by_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = key_file(tmp_path)
    _, presented = file.add("archive", ["read"])
    looks: list[int] = []
    looked = KeyFile.all

    def failing(self: KeyFile) -> list[Key]:
        looks.append(len(looks))
        if len(looks) == 2:
            raise RuntimeError("can't start new thread")
        return looked(self)

    async def watched() -> None:
        async with Door(file) as door:
            file.revoke("archive")
            async with asyncio.timeout(60):
                while len(looks) < 4:
                    await asyncio.sleep(0.01)
            with pytest.raises(NoKeyError, match="was revoked"):
                door.admit(presented, "")

    with patch.object(door_module, "_LOOK_S", 0.01), patch.object(KeyFile, "all", failing):
        asyncio.run(watched())
    assert [each.getMessage() for each in caplog.records] == ["keys not read: RuntimeError"]


def test_without_its_file_the_door_is_shut(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    _, presented = file.add("archive", ["read"])
    door = Clocks().door(file)
    look(door)
    file.path.unlink()
    look(door)
    with pytest.raises(NoKeyError):
        door.admit(presented, "")


def test_a_folder_that_may_only_be_read_costs_the_count_in_the_file_alone(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    _, presented = file.add("archive", ["read"], quota=2)
    door = Clocks().door(file)
    refuse = ServiceError("keys", "read-only")
    with patch.object(KeyFile, "count", side_effect=refuse):
        look(door)
        door.admit(presented, "")
        look(door)
        door.admit(presented, "")
        look(door)
        with pytest.raises(RateError, match="2 requests a day"):
            door.admit(presented, "")


def test_an_address_that_tries_keys_is_soon_not_listened_to_and_the_right_one_still_is(
    tmp_path: Path,
) -> None:
    file, clocks = key_file(tmp_path), Clocks()
    _, presented = file.add("archive", ["read"])
    door = clocks.door(file)
    look(door)
    wrong = presented[:-1] + ("a" if presented[-1] != "a" else "b")
    for _ in range(30):
        with pytest.raises(NoKeyError):
            door.admit(wrong, "192.0.2.1")
    with pytest.raises(RateError, match="too many wrong keys"):
        door.admit(wrong, "192.0.2.1")
    with pytest.raises(NoKeyError):
        door.admit(wrong, "192.0.2.2")
    door.admit(presented, "192.0.2.1")


def test_a_request_that_holds_several_counts_as_these(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    key, presented = file.add("archive", ["read"], rate=10, quota=30)
    door = Clocks().door(file)
    look(door)
    door.admit(presented, "")
    door.charge(key.key_id, 10)
    with pytest.raises(RateError, match="10 requests a minute"):
        door.admit(presented, "")
    door.charge("", 50)  # whoever needs no key


def test_a_scheme_is_described_for_each_operation() -> None:
    assert set(DOCUMENT["components"]["securitySchemes"]) == {"key", "key_header"}
    for _, path, operation in OPERATIONS:
        assert ("security" in operation) == (path not in OPEN_PATHS)
        assert ({"401", "403", "429"} <= set(operation["responses"])) == (path not in OPEN_PATHS)


def test_a_batch_counts_as_its_searches(folder: Path) -> None:
    key = key_of(folder, READ, name="batches", rate=5)
    asked = {"searches": [{"query": "water"}] * 4}
    with closed(folder) as client:
        first = client.post("/v1/search/batch", json=asked, headers=bearer(key))
        second = client.post("/v1/search/batch", json=asked, headers=bearer(key))
    assert (first.status_code, second.status_code) == (200, 429)
    assert int(second.headers["retry-after"]) > 0
