"""Who is given which view by the service, and what uploads, jobs and kept things tell whom."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from indexer.restricted.place import ask_for_view
from precedent.cli import run
from search_api.schemas import Job
from search_api.settings import Settings
from tests.restricted.world import SCOPES, Record, ids_in, index, jsonl, service
from tests.search_api.intake import a_text, wait

SECRET = "zebrafinch"
WITNESS = {SCOPES: "restricted:witness"}
BOTH = {SCOPES: "restricted:witness restricted:casework"}


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    index(jsonl(tmp_path / "own" / "own.jsonl", [Record("A/HRC/90/1", ("water",))]),
          tmp_path / "index")  # fmt: skip
    closed = jsonl(tmp_path / "closed" / "closed.jsonl", [Record("A/HRC/91/1", (SECRET,))])
    index(closed, tmp_path / "index", restricted="witness")
    return tmp_path / "index"


@pytest.fixture
def client(index_dir: Path) -> Iterator[TestClient]:
    with TestClient(service(index_dir)) as client:
        yield client


def _found(client: TestClient, headers: dict[str, str] | None = None) -> bool:
    answer = client.post("/v1/search", json={"query": SECRET}, headers=headers)
    assert answer.status_code == 200, answer.text
    return SECRET in "".join(hit["text"] for hit in answer.json()["hits"])


def test_the_owner_of_the_computer_sees_what_is_public_unless_he_says_more(
    client: TestClient, index_dir: Path
) -> None:
    assert not _found(client)
    assert _found(client, WITNESS)
    with TestClient(service(index_dir, local_restricted="witness")) as owner:
        assert _found(owner)
        assert not _found(owner, {SCOPES: ""}), "a key is no owner"


def test_what_is_restricted_says_so_wherever_it_goes(client: TestClient) -> None:
    asked = {"query": SECRET, "filters": {"symbol": ["A/HRC/91/1"]}}
    (hit,) = client.post("/v1/search", json=asked, headers=WITNESS).json()["hits"]
    assert hit["restricted"] == "witness"
    document = client.get(f"/v1/documents/{hit['document_id']}", headers=WITNESS).json()
    assert document["restricted"] == "witness"
    for form in ("csv", "un", "oscola", "bibtex", "ris"):
        wanted = {"passage_ids": [hit["passage_id"]], "format": form}
        file = client.post("/v1/export", json=wanted, headers=WITNESS)
        assert "Restricted (witness): not to be quoted in public" in file.text, form
    public = client.post("/v1/search", json={"query": "water"}, headers=WITNESS).json()["hits"]
    assert {each["restricted"] for each in public if "@" not in each["passage_id"]} == {None}


def test_what_needs_no_key_is_shown_on_this_machine_only() -> None:
    with pytest.raises(ValidationError, match="on this machine only"):
        Settings(host="0.0.0.0", local_restricted="witness")  # noqa: S104
    with pytest.raises(ValidationError, match="a-z"):
        Settings(local_restricted="Not A Name")


def test_a_view_that_is_not_published_is_answered_by_no_other(
    client: TestClient, index_dir: Path, tmp_path: Path
) -> None:
    for name in ("casework", "third"):
        record = Record(f"A/HRC/92/{len(name)}", (f"{name} files",))
        index(jsonl(tmp_path / name / f"{name}.jsonl", [record]), index_dir, restricted=name)
    answer = client.post("/v1/search", json={"query": SECRET}, headers=BOTH)
    assert answer.status_code == 503
    assert "precedent restricted views add casework,witness" in answer.json()["detail"]
    assert client.get("/readyz", headers=BOTH).status_code == 503
    assert client.get("/readyz").status_code == 200
    ask_for_view(index_dir, ["witness", "casework"])
    index(tmp_path / "own", index_dir)
    deadline = time.monotonic() + 60
    while client.get("/readyz", headers=BOTH).status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert _found(client, BOTH)
    assert "A_HRC_92_5@third:en" not in ids_in(index_dir, "witness", "casework")


def test_a_view_nobody_asks_is_closed_and_opened_again(index_dir: Path) -> None:
    with TestClient(service(index_dir, view_idle_s=0.05)) as client:
        views = client.app.state.views  # type: ignore[attr-defined]
        assert views.open_views == 0
        assert _found(client, WITNESS)
        deadline = time.monotonic() + 60
        while views.open_views:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert _found(client, WITNESS)


def test_an_upload_into_a_collection_is_of_those_who_may_see_it(
    client: TestClient, index_dir: Path
) -> None:
    data = a_text("A/HRC/93/1", f"Testimony of the {SECRET}.")
    form = [("files", ("testimony.txt", data, "text/plain"))]
    for scopes in ({}, {SCOPES: ""}, {SCOPES: "restricted:other"}):
        headers = {**scopes, "X-Request-ID": "asked"}
        refused = client.post("/v1/uploads?restricted=witness", files=form, headers=headers)
        unknown = client.post("/v1/uploads?restricted=nothing", files=form, headers=headers)
        assert refused.status_code == unknown.status_code == 404
        assert refused.content == unknown.content
    before = client.get("/v1/corpus").content
    answer = client.post("/v1/uploads?restricted=witness", files=form, headers=WITNESS)
    job = Job.model_validate_json(answer.content)
    path = f"/v1/jobs/{job.job_id}"
    for method, address in (
        ("GET", path), ("DELETE", path), ("POST", f"{path}/resume"),
    ):  # fmt: skip
        told = client.request(method, address)
        other = client.request(method, address.replace(job.job_id, "20250504-101500-3f2a91"))
        assert (told.status_code, told.json()["detail"]) == (404, other.json()["detail"])
    assert client.get("/v1/jobs").json()["jobs"] == []
    client.headers.update(WITNESS)
    done = wait(client, job.job_id)
    del client.headers[SCOPES]
    assert [file.documents[0].document_id for file in done.files] == ["A_HRC_93_1@witness:en"]
    assert ids_in(index_dir) == ["A_HRC_90_1:en"]
    assert client.get("/v1/corpus").content == before
    assert client.get("/v1/corpus", headers=WITNESS).json()["uploaded_files"] == 1
    removed = client.delete("/v1/documents/A_HRC_93_1@witness:en")
    missing = client.delete("/v1/documents/A_HRC_99_1@witness:en")
    assert removed.status_code == missing.status_code == 404
    # The same bytes, uploaded by somebody else, are his own.
    again = client.post("/v1/uploads", files=[("files", ("mine.txt", data, "text/plain"))])
    mine = wait(client, again.json()["job_id"])
    assert [file.outcome for file in mine.files] == ["indexed"]
    assert mine.files[0].documents[0].document_id == "A_HRC_93_1:en"
    may_remove = {SCOPES: f"{WITNESS[SCOPES]} admin"}
    gone = client.delete("/v1/documents/A_HRC_93_1@witness:en", headers=may_remove)
    client.headers.update(WITNESS)
    assert wait(client, gone.json()["job_id"]).state == "done"
    assert "A_HRC_93_1@witness:en" not in ids_in(index_dir, "witness")
    assert "A_HRC_93_1:en" in ids_in(index_dir, "witness")


def test_a_public_upload_cannot_put_records_into_a_collection(
    client: TestClient, index_dir: Path
) -> None:
    data = f"{Record('A/HRC/94/1', ('water',), 'witness').line()}\n".encode()
    answer = client.post("/v1/uploads", files=[("files", ("own.jsonl", data, "text/plain"))])
    job = wait(client, answer.json()["job_id"])
    assert [file.outcome for file in job.files] == ["failed"]
    assert ids_in(index_dir, "witness") == ["A_HRC_90_1:en", "A_HRC_91_1@witness:en"]


def test_what_was_kept_of_a_restricted_passage_is_gone_for_others(client: TestClient) -> None:
    made = client.post("/v1/collections", json={"name": "Kept"}).json()
    entries = f"/v1/collections/{made['id']}/entries"
    for passage in ("A_HRC_91_1@witness:en:1", "A_HRC_90_1:en:1"):
        answer = client.post(entries, json={"passage_id": passage}, headers=WITNESS)
        assert answer.status_code == 200, answer.text
    search = client.post(
        "/v1/searches", json={"name": "S", "request": {"query": "words"}}, headers=WITNESS
    ).json()
    paths = [
        "/v1/collections", f"/v1/collections/{made['id']}", f"/v1/collections/{made['id']}/file",
        "/v1/library", "/v1/collections?passage_id=A_HRC_91_1@witness:en:1",
        f"/v1/searches/{search['id']}/changes",
    ]  # fmt: skip
    for path in paths:
        told = client.get(path).text
        assert SECRET not in told, path
        assert "A_HRC_91_1" not in told, path
    assert client.get("/v1/collections").json()["collections"][0]["entries"] == 1
    assert client.get("/v1/collections", headers=WITNESS).json()["collections"][0]["entries"] == 2
    assert SECRET in client.get(f"/v1/collections/{made['id']}", headers=WITNESS).text
    entry = client.patch(f"{entries}/1", json={"note": "mine"})
    assert entry.status_code == 404
    copy = {"passage_id": "A_HRC_91_1@witness:en:1", "document_id": "x", "citation": "x",
            "text": "x"}  # fmt: skip
    put = client.post(entries, json={"passage_id": copy["passage_id"], "copy_of": copy})
    assert put.status_code == 404


def test_a_collection_is_not_removed_with_what_the_caller_cannot_see(client: TestClient) -> None:
    made = client.post("/v1/collections", json={"name": "Kept"}).json()
    path = f"/v1/collections/{made['id']}"
    for passage in ("A_HRC_91_1@witness:en:1", "A_HRC_90_1:en:1"):
        asked = {"passage_id": passage, "note": "long work"}
        client.post(f"{path}/entries", json=asked, headers=WITNESS).raise_for_status()
    assert client.delete(path).json()["entries"] == 1
    (left,) = client.get(path, headers=WITNESS).json()["entries"]
    assert left["copy_of"]["passage_id"] == "A_HRC_91_1@witness:en:1"
    assert client.delete(path, headers=WITNESS).json()["entries"] == 1
    assert client.get(path, headers=WITNESS).status_code == 404


def test_the_command_line_shows_what_is_kept_of_it_when_asked(
    client: TestClient, index_dir: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    made = client.post("/v1/collections", json={"name": "Kept"}).json()
    asked = {"passage_id": "A_HRC_91_1@witness:en:1"}
    entries = f"/v1/collections/{made['id']}/entries"
    client.post(entries, json=asked, headers=WITNESS).raise_for_status()
    monkeypatch.setenv("PRECEDENT_LIBRARY", str(index_dir.parent / "library.sqlite"))
    there = ["--index", str(index_dir.parent / "none")]
    for command in (["list"], ["show", "Kept", *there], ["export"], ["export", "Kept"]):
        assert run(["collections", *command]) == 0
        public = capsys.readouterr().out
        assert "Kept" in public
        assert SECRET not in public, command
        assert "1 passage" not in public, command
        assert run(["collections", *command, "--restricted", "witness"]) == 0
        shown = capsys.readouterr().out
        assert SECRET in shown or "1 passage" in shown, command


def test_the_public_view_takes_no_time_to_look_for_collections(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has no scope is not even looked up among the collections."""
    asked: list[Path] = []
    monkeypatch.setattr(
        "search_api.viewing.collections_of", lambda folder: asked.append(folder) or ()
    )
    client.get("/v1/info")
    assert asked == []
    client.get("/v1/info", headers=WITNESS)
    assert asked != []


def test_the_tag_of_a_public_answer_does_not_change_with_what_is_restricted(
    client: TestClient, index_dir: Path, tmp_path: Path
) -> None:
    paths = ("/v1/search?q=lawyer", "/v1/documents", "/v1/facets", "/v1/documents/A_HRC_90_1:en")
    before = {path: client.get(path).headers["etag"] for path in paths}
    more = jsonl(tmp_path / "more.jsonl", [Record("A/HRC/98/1", (f"{SECRET} lawyer",), "witness")])
    index(more, index_dir)
    for _ in range(600):
        found = client.get("/v1/documents/A_HRC_98_1@witness:en", headers=WITNESS)
        if found.status_code == 200:
            break
        threading.Event().wait(0.02)
    assert found.status_code == 200, "who may see it is served the new view"
    assert {path: client.get(path).headers["etag"] for path in paths} == before
