"""The OpenAPI document: committed, complete, and true of the application."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from search_api import schemas
from search_api.app import create_app
from search_api.files import MEDIA_TYPES
from search_api.openapi import render
from search_api.problems import MEDIA_TYPE
from search_api.reading.originals import ORIGINAL_TYPES
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
DOCUMENT: dict[str, Any] = json.loads(render())
OPERATIONS = [
    (method, path, operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
_MADE = {each.partition(";")[0] for each in MEDIA_TYPES.values()}
FILES = {
    "export": _MADE,
    "table": _MADE,
    "page_image": {"image/png"},
    "original": set(ORIGINAL_TYPES),
    "trends_file": {"text/csv"},
    "job_events": {"text/event-stream"},
}
"""Operations that answer with a file and not with a model, and the types of theirs;
`test_export` and `test_reading` open them. What
the library answers depends on what is kept: `test_keeping_app` asks its examples of one of its own.
"""

JOBS = {
    "upload",
    "remove_document",
    "rebuild_index",
    "job",
    "cancel_job",
    "resume_job",
    "job_events",
}
"""Operations that begin a job, or need one: `test_jobs` and `test_uploads` ask for them."""

IDS = [operation["operationId"] for _, _, operation in OPERATIONS]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(fake_settings(), FakeOpener.of(FakeEngine()))
    with TestClient(app) as client:
        yield client


def test_the_committed_document_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == render(), (
        "renew it with `python -m search_api.openapi > docs/openapi.json`"
    )


def test_the_command_writes_the_document_whatever_the_environment() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "search_api.openapi"],
        capture_output=True,
        check=True,
        env={"PRECEDENT_PORT": "9999", "PYTHONHASHSEED": "7", "LC_ALL": "C"},
        cwd=COMMITTED.parents[1],
    )
    assert run.stdout.decode("utf-8") == render()


def test_every_path_of_the_contract_is_there() -> None:
    assert {(method, path) for method, path, _ in OPERATIONS} == {
        ("post", "/v1/compare"),
        ("get", "/v1/lineage/{passage_id}"),
        ("post", "/v1/precedents"),
        ("post", "/v1/search"),
        ("get", "/v1/search"),
        ("post", "/v1/search/batch"),
        ("get", "/v1/similar/{passage_id}"),
        ("get", "/v1/passages/{passage_id}"),
        ("get", "/v1/twins/{passage_id}"),
        ("get", "/v1/quality"),
        ("get", "/v1/reading/{named}"),
        ("get", "/v1/pages/{document}/{page}"),
        ("get", "/v1/originals/{document}"),
        ("get", "/v1/collections"),
        ("post", "/v1/collections"),
        ("get", "/v1/collections/{collection_id}"),
        ("patch", "/v1/collections/{collection_id}"),
        ("delete", "/v1/collections/{collection_id}"),
        ("get", "/v1/collections/{collection_id}/file"),
        ("post", "/v1/collections/{collection_id}/entries"),
        ("patch", "/v1/collections/{collection_id}/entries/{entry_id}"),
        ("delete", "/v1/collections/{collection_id}/entries/{entry_id}"),
        ("get", "/v1/collections/{collection_id}/entries"),
        ("get", "/v1/alerts"),
        ("get", "/v1/library"),
        ("post", "/v1/library"),
        ("delete", "/v1/library"),
        ("get", "/v1/searches"),
        ("post", "/v1/searches"),
        ("get", "/v1/searches/{search_id}"),
        ("patch", "/v1/searches/{search_id}"),
        ("delete", "/v1/searches/{search_id}"),
        ("get", "/v1/searches/{search_id}/changes"),
        ("post", "/v1/searches/{search_id}/seen"),
        ("get", "/v1/documents"),
        ("get", "/v1/documents/{symbol}"),
        ("delete", "/v1/documents/{symbol}"),
        ("get", "/v1/corpus"),
        ("post", "/v1/index/rebuild"),
        ("post", "/v1/uploads"),
        ("get", "/v1/jobs"),
        ("get", "/v1/jobs/{job_id}"),
        ("get", "/v1/jobs/{job_id}/events"),
        ("delete", "/v1/jobs/{job_id}"),
        ("post", "/v1/jobs/{job_id}/resume"),
        ("get", "/v1/facets"),
        ("post", "/v1/export"),
        ("post", "/v1/table"),
        ("post", "/v1/table/read"),
        ("post", "/v1/table/rows"),
        ("post", "/v1/trends"),
        ("get", "/v1/trends"),
        ("post", "/v1/trends/file"),
        ("post", "/v1/trends/words"),
        ("get", "/v1/info"),
        ("post", "/v1/draft-text"),
        ("post", "/v1/statement"),
        ("post", "/v1/verify"),
        ("get", "/healthz"),
        ("get", "/readyz"),
    }


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_operations_parameters_and_errors_are_described(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert operation["summary"]
    assert operation["description"]
    for parameter in operation.get("parameters", ()):
        assert parameter["description"], parameter["name"]
    for status, response in operation["responses"].items():
        if status == "200" and operation["operationId"] in FILES:
            assert set(response["content"]) == FILES[operation["operationId"]]
            continue
        if status in ("204", "304"):
            assert "content" not in response
            continue
        expected = "application/json" if status in ("200", "202") else MEDIA_TYPE
        found = [each for each in response["content"] if each != "application/x-ndjson"]
        assert found == [expected]
        if status not in ("200", "202"):
            reference = response["content"][MEDIA_TYPE]["schema"]["$ref"]
            assert reference == "#/components/schemas/Problem"


def model_of(operation: dict[str, Any]) -> type[BaseModel]:
    reference = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    name = reference.rpartition("/")[2]
    model: type[BaseModel] = getattr(schemas, name)
    return model


def examples_of(parameter: dict[str, Any]) -> list[Any]:
    given: list[Any] = parameter["schema"].get("examples", [])
    return [example for example in given if example is not None]


def requests_of(path: str, operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield (path, query, body) for every example: each parameter alone, and every body."""
    parameters = operation.get("parameters", [])
    required = [one for one in parameters if one["in"] == "path"]
    paths = [path]
    for one in required:
        assert examples_of(one), f"{one['name']} has no example"
        paths = [
            known.replace(f"{{{one['name']}}}", quote(str(example)))
            for known in paths
            for example in examples_of(one)
        ]
    content = operation.get("requestBody", {}).get("content", {})
    bodies = [
        one["value"] for one in content.get("application/json", {}).get("examples", {}).values()
    ]
    names = {one["name"] for one in parameters}
    always: dict[str, Any] = {"q": "detainees"} if {"q", "cursor"} <= names else {}
    always |= {
        one["name"]: examples_of(one)[0]
        for one in parameters
        if one["in"] == "query" and one.get("required")
    }
    for known in paths:
        yield from ((known, {}, body) for body in bodies)
        if not bodies:
            yield known, always, None
        for one in parameters:
            if one["in"] == "query":
                for example in examples_of(one):
                    yield known, {**always, one["name"]: example}, None


CALLS = [
    pytest.param(method, *request, model_of(operation), id=f"{operation['operationId']}-{number}")
    for method, path, operation in OPERATIONS
    if operation["operationId"] not in FILES.keys() | JOBS and operation["tags"] != ["library"]
    for number, request in enumerate(requests_of(path, operation))
]


@pytest.mark.parametrize(("method", "path", "query", "body", "model"), CALLS)
def test_every_example_is_answered_as_described(
    client: TestClient,
    method: str,
    path: str,
    query: dict[str, Any],
    body: object,
    model: type[BaseModel],
) -> None:
    response = client.request(method, path, params=query, json=body)
    assert response.status_code == 200, response.text
    model.model_validate_json(response.content)


def test_the_examples_of_the_fields_make_a_request_that_is_answered(client: TestClient) -> None:
    fields = DOCUMENT["components"]["schemas"]["SearchRequest"]["properties"]
    filters = DOCUMENT["components"]["schemas"]["Filters"]["properties"]
    body = {name: field["examples"][0] for name, field in fields.items() if "examples" in field}
    body["filters"] = {name: field["examples"][0] for name, field in filters.items()}
    response = client.post("/v1/search", json=body)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_examples_of_errors_are_problems_of_their_status(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    for status, response in operation["responses"].items():
        if status.isdecimal() and status >= "400":
            example = response["content"][MEDIA_TYPE]["example"]
            assert schemas.Problem.model_validate(example).status == int(status)
