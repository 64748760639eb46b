"""What the contract forbids is refused, and what is answered is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from search_api import schemas
from search_api.app import create_app
from search_api.schemas.contract import Asked
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(fake_settings(), FakeOpener.of(FakeEngine()))) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/search", {"query": "lawyer", "k": True}, "body.k"),
        ("/v1/search", {"query": "lawyer", "k": "5"}, "body.k"),
        ("/v1/search", {"query": "lawyer", "rerank": "no"}, "body.rerank"),
        ("/v1/search", {"query": "lawyer", "facets": 1}, "body.facets"),
        ("/v1/search", {"query": "x", "filters": {"year_from": True}}, "body.filters.year_from"),
        ("/v1/precedents", {"text": "Urges States;", "offset": False}, "body.offset"),
        ("/v1/verify", {"text": "A/HRC/15/16, para. 12", "offset": "0"}, "body.offset"),
        ("/v1/collections/1/entries", {"passage_id": "x", "position": "0"}, "body.position"),
    ],
)
def test_a_number_is_a_number_and_yes_is_true(
    client: TestClient, path: str, body: dict[str, object], field: str
) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == field


def test_what_is_in_an_address_is_text_and_is_read_as_a_number(client: TestClient) -> None:
    answer = client.get("/v1/search", params={"q": "lawyer", "k": "5", "highlights": "false"})
    assert (answer.status_code, answer.json()["k"]) == (200, 5)


@pytest.mark.parametrize("query", ["q=", "q=&q=", "", "q=" + "x" * 501])
def test_trends_by_a_link_want_words(client: TestClient, query: str) -> None:
    assert client.get(f"/v1/trends?{query}").status_code == 422


def test_every_body_is_read_strictly(client: TestClient) -> None:
    """A schema of a body has `Asked` for its base, and so have those within it."""
    document = client.get("/openapi.json").json()
    within = document["components"]["schemas"]

    def named(part: object) -> set[str]:
        if isinstance(part, list):
            return set().union(*map(named, part))
        if not isinstance(part, dict):
            return set()
        found = set().union(*map(named, part.values()))
        return found | {part["$ref"].rpartition("/")[2]} if "$ref" in part else found

    bodies = {
        name
        for operations in document["paths"].values()
        for operation in operations.values()
        for name in named(operation.get("requestBody", {}))
    }
    seen: set[str] = set()
    while bodies - seen:
        name = (bodies - seen).pop()
        seen.add(name)
        bodies |= named(within[name])
    models = {name: getattr(schemas, name) for name in seen if within[name].get("properties")}
    assert len(models) > 20
    lax = {name for name, model in models.items() if not issubclass(model, Asked)}
    assert not lax, "their base should be search_api.schemas.contract.Asked"


def test_a_path_goes_by_one_name_for_its_parameters(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    plain = [re.sub(r"\{.*?\}", "{}", path) for path in paths]
    assert len(plain) == len(set(plain))


def test_a_body_that_is_no_json_is_documented(client: TestClient) -> None:
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        for method, operation in operations.items():
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                assert "400" in operation["responses"], f"{method} {path}"
                assert "413" in operation["responses"], f"{method} {path}"
