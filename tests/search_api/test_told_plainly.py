"""What a program is told when it errs: where, in plain words; and of other machines, no folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from tests.search_api.access.doors import bearer, closed, key_of
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(fake_settings(), FakeOpener.of(FakeEngine()))) as made:
        yield made


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b'{"query": "a",}', "body: is no JSON at character 14: "),
        (b"query=a", "body: is no JSON at character 0: Expecting value"),
    ],
)
def test_what_is_no_json_is_told_by_its_place(client: TestClient, body: bytes, detail: str) -> None:
    problem = client.post("/v1/search", content=body, headers=JSON).json()
    assert problem["detail"].startswith(detail)
    assert (problem["errors"][0]["field"], problem["errors"][0]["type"]) == ("body", "json_invalid")


def test_a_mistake_of_value_is_told_in_our_words_alone(client: TestClient) -> None:
    problem = client.get("/v1/search?q=a&year=foo").json()
    assert problem["detail"].startswith("query.year: should be a year (2020)")
    assert problem["errors"][0]["message"].startswith("should be a year (2020)")


def test_a_key_tells_no_folder_of_the_service(tmp_path: Path) -> None:
    key = bearer(key_of(tmp_path, "read", "write"))
    with closed(tmp_path) as client:
        made = client.post("/v1/collections", json={"name": "One"}, headers=key)
        listed = client.get("/v1/collections", headers=key)
        wiped = client.delete("/v1/library?confirm=everything", headers=key)
    assert made.status_code == listed.status_code == wiped.status_code == 200
    for answer in (listed, wiped):
        assert answer.json()["kept_in"].endswith(".sqlite")
        assert str(tmp_path) not in answer.text
        assert "/" not in answer.json()["kept_in"]
