"""`POST /v1/precedents`: whole, in parts, line by line, and what it refuses."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from search_api.engine import Engine
from search_api.schemas import DraftUnit, PrecedentsRequest
from tests.bench.invented import EDITED, SAID, UNSAID

DRAFT = "\n\n".join([f"{SAID}.", f"{UNSAID}.", f"{EDITED}."])


def test_the_answer_is_that_of_the_library(api: TestClient, engine: Engine) -> None:
    answer = api.post("/v1/precedents", json={"text": DRAFT, "before": "Human Rights Council"})
    assert answer.status_code == 200
    expected = engine.bench.precedents(
        PrecedentsRequest(text=DRAFT, before="Human Rights Council")
    ).model_dump(mode="json")
    assert answer.json() | {"took_ms": 0} == expected | {"took_ms": 0}
    assert [unit["grade"] for unit in answer.json()["units"]] == ["verbatim", "none", "verbatim"]


def test_lines_come_unit_by_unit(api: TestClient) -> None:
    answer = api.post(
        "/v1/precedents", json={"text": DRAFT}, headers={"Accept": "application/x-ndjson"}
    )
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    first, *units, last = [json.loads(line) for line in answer.text.splitlines()]
    assert first == {"total": 3}
    assert [DraftUnit.model_validate(unit).index for unit in units] == [0, 1, 2]
    assert last["summary"]["total"] == 3
    assert last["summary"]["counts"]["none"] == 1
    assert last["summary"]["next_offset"] is None


LINES, WHOLE = "application/x-ndjson", "application/json"


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ([LINES], LINES),
        ([LINES.upper()], LINES),
        (["text/html", LINES], LINES),
        ([f"{LINES}, {WHOLE}"], LINES),
        ([f"{LINES}, {WHOLE};q=0.5"], LINES),
        ([f"{LINES};q=0.5, {WHOLE}"], WHOLE),
        ([f"{LINES};q=0, {WHOLE}"], WHOLE),
        ([f"{LINES};q=0", "*/*"], WHOLE),
        ([f"{LINES}-seq, */*"], WHOLE),
        (["application/*"], WHOLE),
    ],
)
def test_the_form_is_the_one_that_is_wanted_most(
    api: TestClient, accept: list[str], given: str
) -> None:
    headers = [("Accept", line) for line in accept]
    answer = api.post("/v1/precedents", json={"text": "Urges;"}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == given


def test_a_part_says_where_to_go_on(api: TestClient) -> None:
    answer = api.post("/v1/precedents", json={"text": DRAFT, "limit": 2, "offset": 0}).json()
    assert (len(answer["units"]), answer["next_offset"], answer["total"]) == (2, 2, 3)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": "x" * 1_000_001}, "text"),
        ({"text": "a", "k": 0}, "k"),
        ({"text": "a", "limit": 501}, "limit"),
        ({"text": "a", "offset": -1}, "offset"),
        ({"text": "a", "befor": "x"}, "befor"),
    ],
)
def test_what_is_not_valid_is_named(api: TestClient, body: dict[str, object], field: str) -> None:
    answer = api.post("/v1/precedents", json=body)
    assert answer.status_code == 422
    assert field in answer.json()["detail"]


def test_an_empty_draft_is_an_answer(api: TestClient) -> None:
    answer = api.post("/v1/precedents", json={"text": " "}).json()
    assert (answer["total"], answer["warnings"]) == (0, ["The draft has no sentence to check."])


def test_a_check_that_cannot_go_on_gives_what_it_has(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.errors import IndexDamagedError
    from search_api.bench import drafting

    original = drafting.precedents_of

    def fails(*given: object) -> DraftUnit:
        if given[-1] == 1:
            raise IndexDamagedError("index", "a part cannot be read", "index anew")
        return original(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(drafting, "precedents_of", fails)
    answer = api.post(
        "/v1/precedents", json={"text": DRAFT}, headers={"Accept": "application/x-ndjson"}
    )
    _, unit, problem, last = [json.loads(line) for line in answer.text.splitlines()]
    assert unit["grade"] == "verbatim"
    assert problem["problem"]["status"] == 503
    assert "a part cannot be read" in problem["problem"]["detail"]
    assert last["summary"]["next_offset"] == 1


@pytest.mark.parametrize("accept", ["application/json", "application/x-ndjson"])
def test_what_was_to_be_excluded_and_is_not_there_is_told(api: TestClient, accept: str) -> None:
    body = {"text": DRAFT, "exclude": ["A/NO/SUCH/1"]}
    answer = api.post("/v1/precedents", json=body, headers={"Accept": accept})
    last = json.loads(answer.text.splitlines()[-1])
    (warning,) = last.get("summary", last)["warnings"]
    assert warning.startswith("nothing is excluded by 'A/NO/SUCH/1': no document has that symbol")
