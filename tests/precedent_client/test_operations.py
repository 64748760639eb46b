"""Every operation of the API is a method of the client, with the same parameters."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import pytest

from precedent_client import Client
from precedent_client.searching import SearchFields
from search_api.schemas import Filters, SearchRequest

DOCUMENT = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())
OPERATIONS: dict[str, dict[str, Any]] = {
    operation["operationId"]: operation
    for path in DOCUMENT["paths"].values()
    for operation in path.values()
}
FILTERS = {"kind", "body", "country", "language", "symbol", "status", "year"}
"""Parameters of a query string that the client takes as `filters`."""

BY_LINK = {"search_by_link"}
"""Takes a whole request, and puts it into the address."""


def parameters_of(operation: dict[str, Any]) -> set[str]:
    named = {
        each["name"] for each in operation.get("parameters", ()) if each["in"] in {"path", "query"}
    }
    if named >= FILTERS:
        named = (named - FILTERS) | {"filters"}
    body = operation.get("requestBody", {}).get("content", {})
    if "application/json" in body:
        named.add("request")
    if "multipart/form-data" in body:
        named.add("files")
    return named


def test_no_operation_is_missing() -> None:
    missing = [name for name in OPERATIONS if not callable(getattr(Client, name, None))]
    assert not missing


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - BY_LINK))
def test_parameters_agree(name: str) -> None:
    method = inspect.signature(getattr(Client, name))
    taken = {
        parameter.name
        for parameter in method.parameters.values()
        if parameter.kind is not parameter.VAR_KEYWORD and parameter.name != "self"
    }
    assert taken == parameters_of(OPERATIONS[name])


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_answers_agree(name: str) -> None:
    said = inspect.signature(getattr(Client, name)).return_annotation
    if name == "job_events":
        assert said == "JobEvents"
        return
    (ok,) = (OPERATIONS[name]["responses"][status] for status in ("200", "202") if status in
             OPERATIONS[name]["responses"])  # fmt: skip
    schema = ok["content"].get("application/json", {}).get("schema", {})
    expected = schema["$ref"].rpartition("/")[2] if "$ref" in schema else "Download"
    assert said == f"Call[{expected}]"


def test_what_a_search_may_say_is_what_a_request_may() -> None:
    assert set(SearchFields.__annotations__) == set(SearchRequest.model_fields) - {"query"}


def test_filters_of_an_address_are_those_of_a_request() -> None:
    spans = {"year_from", "year_to"}
    assert (set(Filters.model_fields) - spans) | {"year"} == FILTERS
