"""Every example of the OpenAPI document, asked of a real service over a small real index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from tests.search_api.freedonia import Freedonia
from tests.search_api.intake import TEXT
from tests.search_api.test_openapi import DOCUMENT, IDS, OPERATIONS, requests_of

UPLOADED = [("files", ("a.txt", TEXT)), ("files", ("b.txt", TEXT + b"3. More."))]


@pytest.fixture(scope="module")
def freedonia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Freedonia]:
    service = Freedonia(tmp_path_factory.mktemp("freedonia"))
    yield service
    service.close()


def takes_anything(operation: dict[str, Any]) -> bool:
    taken = [one for one in operation.get("parameters", ()) if one["in"] != "header"]
    return bool(taken) or "requestBody" in operation


def examples_in(operation: dict[str, Any]) -> list[Any]:
    found: list[Any] = []
    for one in operation.get("parameters", ()):
        found += one["schema"].get("examples", [])
    for described in operation.get("requestBody", {}).get("content", {}).values():
        found += described.get("examples", {}).values()
    return found


@pytest.mark.parametrize("operation", [each[2] for each in OPERATIONS], ids=IDS)
def test_every_operation_that_takes_anything_has_an_example(operation: dict[str, Any]) -> None:
    assert examples_in(operation) or not takes_anything(operation)


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_every_example_is_answered_as_the_document_says(
    freedonia: Freedonia, method: str, path: str, operation: dict[str, Any]
) -> None:
    (tag,) = operation["tags"]
    changes = tag if method != "get" and tag in ("corpus", "library") else None
    files = UPLOADED if operation["operationId"] == "upload" else None
    asked = 0
    for place, query, body in requests_of(path, operation):
        client = freedonia.client(changes=changes)
        answer = client.request(method, place, params=query, json=body, files=files)
        check(operation, answer)
        asked += 1
    assert asked


def check(operation: dict[str, Any], answer: Any) -> None:
    described = operation["responses"].get(str(answer.status_code))
    assert described is not None, answer.text
    assert answer.status_code < 300, answer.text
    media_type = answer.headers["content-type"].partition(";")[0]
    schema = described["content"][media_type]["schema"]
    if media_type == "application/json":
        validate(answer.json(), schema)
    else:
        assert answer.content


def validate(value: Any, schema: dict[str, Any]) -> None:
    """Hold an answer against its schema, of which OpenAPI 3.1 says that it is JSON Schema."""
    held = {**schema, "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(held).validate(value)


def test_an_answer_that_is_not_as_described_is_noticed() -> None:
    with pytest.raises(jsonschema.ValidationError):
        validate({"total": "many"}, {"$ref": "#/components/schemas/DocumentList"})
