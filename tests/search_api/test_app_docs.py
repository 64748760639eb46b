"""The page about the API: its calls work, and it leaves no path and no setting out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.problems import KINDS
from search_api.settings import Settings, variable_name
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"
CALLS = [shlex.split(block) for block in re.findall(r"```sh\n(curl .*?)```", PAGE, re.DOTALL)]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(fake_settings(), FakeOpener.of(FakeEngine()))
    with TestClient(app, base_url=ADDRESS) as client:
        yield client


def call(client: TestClient, words: list[str]) -> int:
    """Do what curl would with `words`, of which the page uses an address, -H and -d."""
    headers, body, address = {}, None, ""
    rest = iter(words[1:])
    for word in rest:
        if word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(rest)
        elif word.strip():
            address = word
    assert address.startswith(ADDRESS)
    method = "GET" if body is None else "POST"
    return client.request(method, address, headers=headers, content=body).status_code


@pytest.mark.parametrize("words", CALLS, ids=[" ".join(words[1:2]) for words in CALLS])
def test_every_call_on_the_page_is_answered(client: TestClient, words: list[str]) -> None:
    assert call(client, words) == 200


def test_every_path_has_a_call_on_the_page() -> None:
    app = create_app(fake_settings(), FakeOpener())
    called = [next(word for word in words if word.startswith(ADDRESS)) for words in CALLS]
    for path in app.openapi()["paths"]:
        stem = ADDRESS + path.partition("{")[0]
        assert any(address.startswith(stem) for address in called), path


def test_every_setting_and_every_kind_of_problem_is_on_the_page() -> None:
    for name in Settings.model_fields:
        assert f"| `{variable_name(name)}` |" in PAGE
    for kind in KINDS.values():
        assert re.search(rf"\| {kind.status} \|.*`{kind.name}`", PAGE), kind.name
