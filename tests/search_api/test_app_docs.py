"""The page about the API: its calls work, and it leaves no path and no setting out."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.intake.folder import UploadFolder
from search_api.intake.records import Record, Records, new_job
from search_api.openapi import render
from search_api.problems import KINDS
from search_api.settings import Settings, variable_name
from tests.search_api.fake_engine import FakeOpener, fake_settings
from tests.search_api.freedonia import Freedonia
from tests.search_api.intake import TEXT, told

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "api.md").read_text(encoding="utf-8")
EVERY = (DOCS / "api-calls.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"
JOB = "20250504-101500-3f2a91"
CALLS = [shlex.split(block) for block in re.findall(r"```sh\n(curl .*?)```", PAGE, re.DOTALL)]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service with what the page names: a collection, a saved search, an interrupted job."""
    folder = UploadFolder(tmp_path_factory.mktemp("index"))
    folder.claim()
    job = new_job("rebuild").model_copy(update={"job_id": JOB, "state": "interrupted"})
    Records(folder).put(Record(job=job))
    folder.release()
    file = tmp_path_factory.mktemp("own") / "library.sqlite"
    with TestClient(told(folder.index_dir, library_file=file), base_url=ADDRESS) as client:
        client.post("/v1/collections", json={"name": "First"})
        client.post("/v1/searches", json={"name": "First", "request": {"query": "water"}})
        yield client


def call(client: TestClient, words: list[str]) -> int:
    """Do what curl would with `words`, of which the pages use an address, -H, -d, -F, -X and -o."""
    headers, body, address, files = {}, None, "", []
    method = None
    rest = iter(words[1:])
    for word in rest:
        if word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(rest)
        elif word == "-F":
            name, _, file = next(rest).partition("=@")
            files.append((name, (file, TEXT)))
        elif word == "-X":
            method = next(rest)
        elif word == "-o":
            next(rest)
        elif word.strip() and not word.startswith("-"):  # -i, -N and -OJ tell what to do with it
            address = word
    assert address.startswith(ADDRESS)
    method = method or ("GET" if body is None and not files else "POST")
    answer = client.request(method, address, headers=headers, content=body, files=files or None)
    return answer.status_code


@pytest.mark.parametrize("words", CALLS, ids=[" ".join(words[1:2]) for words in CALLS])
def test_every_call_on_the_page_is_answered(client: TestClient, words: list[str]) -> None:
    assert call(client, words) in (200, 202)


OPERATIONS = {
    operation["operationId"]: f"{method.upper()} {path}"
    for path, operations in json.loads(render())["paths"].items()
    for method, operation in operations.items()
}
ENTRIES = {entry.partition("\n")[0]: entry for entry in re.split(r"^### ", EVERY, flags=re.M)[1:]}


def test_every_operation_has_an_entry_with_curl_and_python() -> None:
    assert ENTRIES.keys() == OPERATIONS.keys()
    for name, entry in ENTRIES.items():
        assert f"`{OPERATIONS[name]}`" in entry
        assert len(re.findall(r"^```sh\ncurl ", entry, re.M)) == 1
        (snippet,) = re.findall(r"^```python\n(.*?)^```", entry, re.M | re.S)
        compile(snippet, name, "exec")
        assert f"client.{name}(" in snippet


def test_what_is_removed_on_the_page_is_not_needed_after_it() -> None:
    """So that who tries one call after the other comes through."""
    for removed, prefix in (("remove_collection", "/v1/collections/"),
                            ("remove_search", "/v1/searches/")):  # fmt: skip
        order = list(ENTRIES)
        later = order[order.index(removed) + 1 :]
        assert not [name for name in later if OPERATIONS[name].partition(" ")[2].startswith(prefix)]


@pytest.fixture(scope="module")
def freedonia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Freedonia]:
    service = Freedonia(tmp_path_factory.mktemp("freedonia"), base_url=ADDRESS)
    yield service
    service.close()


CORPUS = {"cancel_job", "rebuild_index", "remove_document", "resume_job", "upload"}


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_has_a_call_that_is_answered(freedonia: Freedonia, name: str) -> None:
    (written,) = re.findall(r"```sh\n(curl .*?)```", ENTRIES[name], re.DOTALL)
    method, _, path = OPERATIONS[name].partition(" ")
    kept = path.startswith(("/v1/collections", "/v1/library", "/v1/searches"))
    changes = "library" if kept and method != "GET" else None
    client = freedonia.client(changes="corpus" if name in CORPUS else changes)
    assert call(client, shlex.split(written)) in (200, 202)


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
