"""Errors over HTTP: the table, and that every class of the tree has a place in it."""

from __future__ import annotations

import json

import pytest

from corpus import errors
from corpus.errors import PrecedentError
from search_api.access.errors import RateError
from search_api.asking_again import retry_after
from search_api.error_responses import error_responses
from search_api.problems import (
    KINDS,
    MEDIA_TYPE,
    SECURITY_HEADERS,
    headers_of,
    kind_of,
    plain_problem,
    problem_response,
)
from search_api.schemas import Problem

STATUS = {
    "ConflictError": 409,
    "LibraryError": 507,
    "StorageError": 507,
    "BusyError": 503,
    "DamagedFileError": 422,
    "EmptyFileError": 422,
    "EncryptedFileError": 422,
    "IndexBusyError": 503,
    "IndexDamagedError": 503,
    "IndexMismatchError": 503,
    "IndexUnusableError": 503,
    "InputError": 422,
    "LimitExceededError": 422,
    "ModelError": 503,
    "NoIndexError": 503,
    "NoTextError": 422,
    "NotADocumentError": 422,
    "PrecedentError": None,
    "QueryError": 422,
    "ReadError": 422,
    "RestrictedRecordError": 422,
    "ServiceError": 503,
    "OriginalError": 409,
    "SidecarError": 422,
    "SymbolError": 422,
    "UnknownNameError": 404,
    "WrongTypeError": 422,
}


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_of_the_tree_has_the_status_written_here(name: str) -> None:
    kind = kind_of(getattr(errors, name)("subject", "cause", "remedy"))
    assert (kind.status if kind else None) == STATUS[name]


def test_kinds_are_told_apart_by_their_type() -> None:
    types = [kind.type for kind in KINDS.values()]
    assert len(set(types)) == len(types)
    assert all(type_.startswith("urn:precedent:problem:") for type_ in types)


def test_a_class_without_a_row_takes_the_row_of_its_nearest_base() -> None:
    class NarrowerError(errors.UnknownNameError):
        pass

    assert kind_of(NarrowerError("s", "c")) is KINDS[errors.UnknownNameError]
    assert kind_of(PrecedentError("s", "c")) is None


def test_only_kinds_that_pass_say_when_to_ask_again() -> None:
    assert all((kind.retry_after_s is not None) == (kind.status == 503) for kind in KINDS.values())


@pytest.mark.parametrize(
    ("at_least_s", "least", "most"),
    [(0, 1, 2), (0.2, 1, 2), (3.1, 4, 5), (10, 10, 12), (30, 30, 37), (43_200, 43_200, 43_260)],
)
def test_when_to_ask_again_is_spread_and_never_too_early(
    at_least_s: float, least: int, most: int
) -> None:
    told = {int(retry_after(at_least_s)) for _ in range(5_000)}
    assert told == set(range(least, most + 1))


def test_a_bound_of_a_key_is_told_with_its_wait() -> None:
    told = headers_of(RateError("the key", "has had enough", "wait", 41, {"RateLimit": "x"}))
    assert told["RateLimit"] == "x"
    assert 41 <= int(told["Retry-After"]) <= 51


def test_a_problem_is_rendered_with_its_path_and_the_security_headers() -> None:
    response = problem_response(plain_problem(404, "Nothing."), "/v1/x", {"Allow": "GET"})
    assert response.status_code == 404
    assert response.headers["content-type"] == MEDIA_TYPE
    assert response.headers["allow"] == "GET"
    assert all(response.headers[name] == value for name, value in SECURITY_HEADERS.items())
    assert json.loads(bytes(response.body)) == {
        "type": "urn:precedent:problem:not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "Nothing.",
        "instance": "/v1/x",
        "errors": [],
    }


def test_described_errors_carry_an_example_of_their_own_status() -> None:
    described = error_responses(404, 413, 422, 500, 503)
    for status, response in described.items():
        problem = Problem.model_validate(response["content"][MEDIA_TYPE]["example"])
        assert problem.status == status
        assert response["description"]
