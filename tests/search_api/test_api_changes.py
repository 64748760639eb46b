"""What the API promised it keeps; and what breaks callers is noticed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search_api.openapi import render
from tools.api_changes import breaking_changes

PROMISED = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "openapi-v1.json").read_text(encoding="utf-8")
)


def test_nothing_that_was_promised_is_broken() -> None:
    assert breaking_changes(PROMISED, json.loads(render())) == []


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def search(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema(document, "SearchRequest")
    return found


def parameters(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document["paths"]["/v1/documents"]["get"]["parameters"]
    return found


def rename(document: dict[str, Any]) -> None:
    document["paths"]["/v1/facets"]["get"]["operationId"] = "counts"


def forget_media_type(document: dict[str, Any]) -> None:
    del document["paths"]["/v1/export"]["post"]["responses"]["200"]["content"]["text/csv"]


BREAKING: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("GET /v1/facets: is gone", lambda d: d["paths"].pop("/v1/facets")),
    ("GET /v1/facets: is called counts, was facets", rename),
    ("GET /v1/documents kind: is not taken any more", lambda d: parameters(d).pop(0)),
    ("GET /v1/documents kind: has to be given", lambda d: parameters(d)[0].update(required=True)),
    ("POST /v1/search body.k: is gone", lambda d: search(d)["properties"].pop("k")),
    ("POST /v1/search body.k: maximum is 9, was 200.0",
     lambda d: search(d)["properties"]["k"].update(maximum=9)),
    ("POST /v1/search body.k: no integer is taken any more",
     lambda d: search(d)["properties"]["k"].update(type="string")),
    ("POST /v1/search body.query: minLength is 1, was none",
     lambda d: search(d)["properties"]["query"].update(minLength=1)),
    ("POST /v1/search body.k: has to be given", lambda d: search(d)["required"].append("k")),
    ('POST /v1/search body.sort: "oldest" is not taken any more',
     lambda d: search(d)["properties"]["sort"]["enum"].remove("oldest")),
    ("POST /v1/search 200.hits[].citation: is gone",
     lambda d: schema(d, "Hit")["properties"].pop("citation")),
    ("POST /v1/search 200.total: may be null now",
     lambda d: schema(d, "SearchResponse")["properties"].update(
         total={"anyOf": [{"type": "integer"}, {"type": "null"}]})),
    ("POST /v1/export 200: text/csv is gone", forget_media_type),
    ("GET /v1/jobs: is not answered with 200 any more",
     lambda d: d["paths"]["/v1/jobs"]["get"]["responses"].pop("200")),
]  # fmt: skip


@pytest.mark.parametrize(("said", "change"), BREAKING, ids=[each[0] for each in BREAKING])
def test_what_breaks_callers_is_named(
    said: str, change: Callable[[dict[str, Any]], object]
) -> None:
    later = copy.deepcopy(PROMISED)
    change(later)
    assert said in breaking_changes(PROMISED, later)


BEARABLE: dict[str, Callable[[dict[str, Any]], object]] = {
    "a new path": lambda d: d["paths"].update({"/v1/new": d["paths"]["/v1/facets"]}),
    "a new parameter": lambda d: parameters(d).append(
        {"in": "query", "name": "new", "required": False, "schema": {"type": "string"}}
    ),
    "a new field of a request": lambda d: search(d)["properties"].update(new={"type": "string"}),
    "a wider bound": lambda d: search(d)["properties"]["k"].update(maximum=500),
    "a new value of a request": lambda d: search(d)["properties"]["sort"]["enum"].append("new"),
    "a new field of an answer": lambda d: schema(d, "Hit")["properties"].update(
        new={"type": "string"}
    ),
    "a narrower answer": lambda d: schema(d, "SearchResponse")["properties"].update(
        next_cursor={"type": "string"}
    ),
}


@pytest.mark.parametrize("change", BEARABLE.values(), ids=BEARABLE)
def test_what_callers_have_to_bear_is_not_named(change: Callable[[dict[str, Any]], object]) -> None:
    later = copy.deepcopy(PROMISED)
    change(later)
    assert later != PROMISED
    assert breaking_changes(PROMISED, later) == []
