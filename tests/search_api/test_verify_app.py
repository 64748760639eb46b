"""Checking citations over HTTP."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.schemas import DraftText, StatementReport, VerifyResponse
from tests.robustness.docx_bytes import good_docx
from tests.search_api.fake_engine import FakeOpener, fake_settings
from tests.search_api.verifying import LAWYER, verifying_engine


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    engine = verifying_engine(tmp_path_factory.mktemp("index"))
    with TestClient(create_app(fake_settings(), FakeOpener.of(engine))) as client:  # type: ignore[arg-type]
        yield client


def test_a_draft_comes_back_with_verdicts(client: TestClient) -> None:
    text = f"“{LAWYER}” (A/HRC/70/5, para. 1; ibid., para. 2)"
    response = client.post("/v1/verify", json={"text": text})
    answer = VerifyResponse.model_validate_json(response.content)
    assert [each.verdict for each in answer.checks] == ["right", "other-paragraph"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"text": "no citation", "claim": "words"}, "0 citations"),
        ({"text": "A/HRC/70/5", "k": 0}, "k"),
        ({"text": "A/HRC/70/5", "k": 101}, "k"),
        ({"text": "x" * 200_001}, "text"),
        ({"claim": "x"}, "text"),
    ],
)
def test_bad_input_is_a_problem(client: TestClient, body: dict[str, object], named: str) -> None:
    response = client.post("/v1/verify", json=body)
    assert response.status_code == 422
    assert named in response.json()["detail"]


def test_a_statement_is_counted_without_an_index() -> None:
    with TestClient(create_app(fake_settings(), FakeOpener())) as client:
        response = client.post("/v1/statement", json={"text": "Agenda item 4\n\nWe speak."})
    assert StatementReport.model_validate_json(response.content).words == 5


def sent(client: TestClient, name: str, data: bytes) -> tuple[int, dict[str, object]]:
    content = base64.b64encode(data).decode()
    response = client.post("/v1/draft-text", json={"name": name, "content": content})
    return response.status_code, response.json()


def test_the_words_of_a_file(client: TestClient) -> None:
    status, answer = sent(client, "draft.docx", good_docx(2))
    assert status == 200
    assert "The people of the river valley" in DraftText.model_validate(answer).text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("../../empty.txt", b"", "empty.txt: the file is empty"),
        ("a.docx", good_docx(2)[:300], "a.docx"),
        ("picture.docx", b"\xff\xd8\xff\xe0", "JPEG"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(
    client: TestClient, name: str, data: bytes, said: str
) -> None:
    status, answer = sent(client, name, data)
    assert status == 422
    assert said in str(answer["detail"])
    assert "precedent-draft-" not in str(answer["detail"])


def test_content_that_is_no_base64_is_a_problem(client: TestClient) -> None:
    response = client.post("/v1/draft-text", json={"name": "a.txt", "content": "ä"})
    assert response.status_code == 422
    assert "base64" in response.json()["detail"]
