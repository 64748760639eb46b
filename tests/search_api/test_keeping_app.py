"""Collections and saved searches over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from search_api import schemas
from search_api.app import create_app
from search_api.problems import MEDIA_TYPE
from search_api.schemas import CollectionContents
from tests.search_api import fake_engine
from tests.search_api.fake_engine import PASSAGES, FakeEngine, FakeOpener, fake_settings
from tests.search_api.test_openapi import OPERATIONS, model_of, requests_of

FIRST, SECOND, THIRD = "A_HRC_15_16:en:1", "A_HRC_15_16:en:2", "A_HRC_15_16:en:3"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own" / "library.sqlite"


@pytest.fixture
def opener() -> FakeOpener:
    return FakeOpener.of(FakeEngine())


@pytest.fixture
def client(file: Path, opener: FakeOpener) -> Iterator[TestClient]:
    app = create_app(fake_settings(library_file=file), opener)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def made(client: TestClient, name: str = "Counsel", *passages: str) -> int:
    response = client.post("/v1/collections", json={"name": name})
    assert response.status_code == 200, response.text
    at = response.json()["id"]
    for passage_id in passages:
        added = client.post(f"/v1/collections/{at}/entries", json={"passage_id": passage_id})
        assert added.status_code == 200, added.text
    return int(at)


def order(client: TestClient, at: int) -> list[str]:
    entries = client.get(f"/v1/collections/{at}").json()["entries"]
    return [entry["copy_of"]["passage_id"] for entry in entries]


def refused(response: Any, status: int, *words: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == MEDIA_TYPE
    for word in words:
        assert word in response.json()["detail"]


LIBRARY = [each for each in OPERATIONS if each[2]["tags"] == ["library"]]


@pytest.mark.parametrize(
    ("method", "path", "operation"), LIBRARY, ids=[each[2]["operationId"] for each in LIBRARY]
)
def test_every_example_is_answered_as_described(
    file: Path, method: str, path: str, operation: dict[str, Any]
) -> None:
    model: type[BaseModel] = getattr(schemas, model_of(operation).__name__)
    always = {"confirm": "everything"} if operation["operationId"] == "wipe_library" else {}
    asked = 0
    for place, query, body in requests_of(path, operation):
        file.unlink(missing_ok=True)
        app = create_app(fake_settings(library_file=file), FakeOpener.of(FakeEngine()))
        with TestClient(app) as client:
            made(client, "Access to a lawyer", "A_HRC_15_16:en:12")
            saved = {"name": "Yearly", "request": {"query": "lawyer"}}
            assert client.post("/v1/searches", json=saved).status_code == 200
            response = client.request(method, place, params={**always, **query}, json=body)
        assert response.status_code == 200, response.text
        model.model_validate_json(response.content)
        asked += 1
    assert asked


def test_nothing_is_written_until_something_is_kept(client: TestClient, file: Path) -> None:
    listed = client.get("/v1/collections").json()
    assert listed == {
        "collections": [],
        "next_cursor": None,
        "kept_in": str(file),
        "locked": None,
    }
    assert client.get("/v1/searches").json() == {
        "searches": [],
        "next_cursor": None,
        "unreadable": [],
    }
    client.post("/v1/search", json={"query": "lawyer"})
    assert not file.parent.exists()


def test_a_passage_is_kept_with_its_words(client: TestClient) -> None:
    at = made(client)
    asked = {"passage_id": FIRST, "note": "ask again", "tags": ["x", "X", "y"]}
    entry = client.post(f"/v1/collections/{at}/entries", json=asked).json()
    assert entry["copy_of"]["text"] == PASSAGES[0].text
    assert entry["copy_of"]["citation"] == "A/HRC/15/16, para. 1"
    assert (entry["note"], entry["tags"], entry["state"]) == ("ask again", ["x", "y"], "same")
    held = client.get("/v1/collections", params={"passage_id": FIRST}).json()["collections"]
    assert [(each["entries"], each["entry"]) for each in held] == [(1, entry["id"])]
    refused(client.post(f"/v1/collections/{at}/entries", json=asked), 409, "is in Counsel already")


def test_entries_move_and_come_back_where_they_were(client: TestClient) -> None:
    at = made(client, "Counsel", FIRST, SECOND, THIRD)
    entries = client.get(f"/v1/collections/{at}").json()["entries"]
    client.patch(f"/v1/collections/{at}/entries/{entries[2]['id']}", json={"position": 0})
    assert order(client, at) == [THIRD, FIRST, SECOND]
    taken = client.delete(f"/v1/collections/{at}/entries/{entries[0]['id']}").json()
    assert order(client, at) == [THIRD, SECOND]
    back = {"passage_id": FIRST, "note": taken["note"], "copy_of": taken["copy_of"], "position": 1}
    client.post(f"/v1/collections/{at}/entries", json=back)
    assert order(client, at) == [THIRD, FIRST, SECOND]


def test_what_the_index_lost_or_changed_says_so_and_stays(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = made(client, "Counsel", FIRST, SECOND)
    other = PASSAGES[1].model_copy(update={"text": "other words"})
    monkeypatch.setattr(fake_engine, "PASSAGES", (other, *PASSAGES[2:]))
    contents = CollectionContents.model_validate_json(client.get(f"/v1/collections/{at}").content)
    lost, changed = contents.entries
    assert (lost.state, lost.passage, lost.copy_of.text) == ("missing", None, PASSAGES[0].text)
    assert changed.state == "changed"
    assert changed.copy_of.text == PASSAGES[1].text
    assert changed.passage is not None
    assert changed.passage.text == "other words"
    path = f"/v1/collections/{at}/entries"
    renewed = client.patch(f"{path}/{changed.id}", json={"renew": True}).json()
    assert (renewed["state"], renewed["copy_of"]["text"]) == ("same", "other words")
    refused(client.patch(f"{path}/{lost.id}", json={"renew": True}), 404, FIRST)


def test_without_an_index_collections_are_read_and_annotated(
    client: TestClient, file: Path
) -> None:
    at = made(client, "Counsel", FIRST)
    app = create_app(fake_settings(library_file=file), FakeOpener())
    with TestClient(app, raise_server_exceptions=False) as bare:
        (entry,) = bare.get(f"/v1/collections/{at}").json()["entries"]
        assert (entry["state"], entry["copy_of"]["text"]) == ("unknown", PASSAGES[0].text)
        path = f"/v1/collections/{at}/entries"
        assert bare.patch(f"{path}/{entry['id']}", json={"note": "n"}).json()["note"] == "n"
        refused(bare.post(path, json={"passage_id": SECOND}), 503, "no words can be copied")
        refused(bare.get("/v1/searches/1/changes"), 503)


def test_two_tabs_do_not_overwrite_each_other(client: TestClient) -> None:
    at = made(client, "Counsel", FIRST)
    first = client.patch(f"/v1/collections/{at}", json={"note": "one", "revision": 1})
    assert first.json()["revision"] == 2
    stale = client.patch(f"/v1/collections/{at}", json={"note": "two", "revision": 1})
    refused(stale, 409, "changed elsewhere")
    (entry,) = client.get(f"/v1/collections/{at}").json()["entries"]
    path = f"/v1/collections/{at}/entries/{entry['id']}"
    assert client.patch(path, json={"note": "one", "revision": 1}).status_code == 200
    refused(client.patch(path, json={"note": "two", "revision": 1}), 409)
    assert client.get(f"/v1/collections/{at}").json()["entries"][0]["note"] == "one"


@pytest.mark.parametrize("name", ["counsel", " COUNSEL ", "Ｃounsel"])
def test_a_name_is_taken_whatever_its_case(client: TestClient, name: str) -> None:
    made(client, "Counsel")
    refused(client.post("/v1/collections", json={"name": name}), 409, "has this name")
    renamed = made(client, "Other")
    refused(client.patch(f"/v1/collections/{renamed}", json={"name": name}), 409)


HOSTILE = [
    {"name": ""},
    {"name": "   "},
    {"name": "x" * 201},
    {"name": "x", "note": "x" * 10_001},
    {"name": "x", "tags": ["t"] * 21},
    {"name": "x", "tags": [""]},
    {"name": "\ud800"},
    {"name": ["x"]},
    {"name": "x", "id": 1},
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_bad_input_is_named_and_nothing_kept(
    client: TestClient, file: Path, body: dict[str, object]
) -> None:
    headers = {"content-type": "application/json"}
    refused(client.post("/v1/collections", content=json.dumps(body), headers=headers), 422)
    assert not file.exists()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/collections/0", 422),
        ("GET", f"/v1/collections/{2**63}", 422),
        ("GET", f"/v1/collections/{2**53}", 404),
        ("DELETE", "/v1/collections/7/entries/7", 404),
        ("DELETE", "/v1/searches/7", 404),
        ("GET", "/v1/searches/7/changes", 404),
        ("DELETE", "/v1/library", 422),
        ("DELETE", "/v1/library?confirm=yes", 422),
    ],
)
def test_what_is_not_there_is_said(client: TestClient, method: str, path: str, status: int) -> None:
    refused(client.request(method, path), status)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://other.example"},
        {"origin": "null"},
        {"origin": "http://testserver:8501"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_a_page_of_another_site_changes_nothing(
    client: TestClient, headers: dict[str, str]
) -> None:
    at = made(client, "Counsel", FIRST)
    refused(client.post("/v1/collections", json={"name": "x"}, headers=headers), 403)
    refused(client.delete(f"/v1/collections/{at}", headers=headers), 403)
    refused(client.delete("/v1/library?confirm=everything", headers=headers), 403)
    assert order(client, at) == [FIRST]
    own = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    assert client.delete(f"/v1/collections/{at}", headers=own).status_code == 200


def test_no_change_can_be_sent_as_a_form_sends(client: TestClient) -> None:
    """A browser lets any page send these, unasked; what changes something must refuse them."""
    posts = [path for method, path, _ in LIBRARY if method == "post"]
    assert len(posts) >= 5
    for path in posts:
        place = path.replace("{collection_id}", "1").replace("{search_id}", "1")
        for content, kind in ((b"{}", "text/plain"), (b"", "text/plain"), (b"a=1", FORM)):
            refused(client.post(place, content=content, headers={"content-type": kind}), 415)


FORM = "application/x-www-form-urlencoded"


def test_a_library_that_cannot_be_written_is_said_and_searching_goes_on(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("no folder")
    settings = fake_settings(library_file=tmp_path / "plain" / "library.sqlite")
    app = create_app(settings, FakeOpener.of(FakeEngine()))
    with TestClient(app, raise_server_exceptions=False) as client:
        refused(client.post("/v1/collections", json={"name": "x"}), 507, "PRECEDENT_LIBRARY")
        listed = client.get("/v1/collections").json()
        assert "cannot be written" in listed["locked"]
        assert client.post("/v1/search", json={"query": "lawyer"}).json()["hits"]


def test_a_file_that_is_no_library_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    file.write_bytes(b"something else entirely, and longer than a header of SQLite" * 9)
    before = file.read_bytes()
    app = create_app(fake_settings(library_file=file), FakeOpener.of(FakeEngine()))
    with TestClient(app, raise_server_exceptions=False) as client:
        refused(client.get("/v1/collections"), 507, "not a database")
        refused(client.post("/v1/collections", json={"name": "x"}), 507)
    assert file.read_bytes() == before


def test_a_search_that_can_find_nothing_ever_is_not_kept(client: TestClient) -> None:
    request = {"query": "lawyer", "filters": {"year_from": 2024, "year_to": 2010}}
    asked = client.post("/v1/searches", json={"name": "Never", "request": request})
    refused(asked, 422, "2024 is after year_to 2010")
    assert client.get("/v1/searches").json()["searches"] == []


def test_a_file_goes_out_and_comes_in(client: TestClient) -> None:
    at = made(client, "Counsel", FIRST, SECOND)
    client.post("/v1/searches", json={"name": "Yearly", "request": {"query": "lawyer"}})
    whole = client.get("/v1/library").json()
    one = client.get(f"/v1/collections/{at}/file").json()
    assert whole["collections"] == one["collections"]
    refused(client.post("/v1/library", json={"file": whole}), 409, "Counsel")
    renamed = client.post("/v1/library", json={"file": whole, "on_conflict": "rename"}).json()
    assert (renamed["collections"], renamed["searches"]) == (["Counsel (2)"], ["Yearly (2)"])
    merged = client.post("/v1/library", json={"file": whole, "on_conflict": "merge"}).json()
    assert (merged["merged"], merged["entries"], merged["left_out"]) == (["Counsel"], 0, 3)
    assert client.delete("/v1/library?confirm=everything").json()["was_there"]
    assert client.get("/v1/collections").json()["collections"] == []
    client.post("/v1/library", json={"file": whole})
    assert client.get("/v1/library").json() == whole


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "other", "version": 1},
        {"format": "precedent-library", "version": 2},
        {"format": "precedent-library", "version": 1, "collections": [{"name": ""}]},
        {"format": "precedent-library", "version": 1, "collections": [{"name": "a"}] * 1001},
        {"format": "precedent-library", "version": 1, "searches": [{"name": "a", "request": {}}]},
        {
            "format": "precedent-library",
            "version": 1,
            "collections": [{"name": "a", "created_at": "<script>"}],
        },
    ],
    ids=range(6),
)
def test_a_file_that_is_none_is_refused_whole(
    client: TestClient, file: Path, wrong: dict[str, object]
) -> None:
    refused(client.post("/v1/library", json={"file": wrong}), 422)
    assert not file.exists()


def test_a_file_with_one_fault_leaves_nothing_behind(client: TestClient) -> None:
    made(client, "Taken")
    given = {
        "format": "precedent-library",
        "version": 1,
        "collections": [{"name": "Taken"}, {"name": "Free"}],
    }
    refused(client.post("/v1/library", json={"file": given}), 409, "Taken")
    names = [each["name"] for each in client.get("/v1/collections").json()["collections"]]
    assert names == ["Taken"]
