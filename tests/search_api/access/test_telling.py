"""Request ids, logs, figures and notes: what is told of a request, and what never is."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.errors import ServiceError
from search_api.access.audit import AuditLog
from search_api.access.keys import KeyFile
from search_api.app import create_app, logging_config, serve
from search_api.schemas import SearchRequest
from tests.search_api.access.doors import bearer, closed, key_of
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings
from tests.search_api.intake import TEXT, told
from tests.search_api.test_app_privacy import NAMES

SECRET = "detainees-in-the-capital"


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = create_app(fake_settings(), FakeOpener.of(FakeEngine()))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Log as JSON into a buffer, with requests and at every level."""
    loggers = [logging.getLogger(name) for name in NAMES]
    before = [
        (one, one.level, list(one.handlers), list(one.filters), one.propagate) for one in loggers
    ]
    config = logging_config(fake_settings(access_log=True, log_level="debug", log_format="json"))
    buffer = io.StringIO()
    for handler in config["handlers"].values():
        handler["stream"] = buffer
    logging.config.dictConfig(config)
    yield buffer
    for one, level, handlers, filters, propagate in before:
        one.handlers, one.filters = handlers, filters
        one.setLevel(level)
        one.propagate = propagate


@pytest.mark.parametrize(
    ("given", "kept"),
    [("order-7.a:b_c", True), ("a" * 64, True), ("a" * 65, False), ("a b", False), ("", False),
     ('x"}{', False), ("ünd", False)],
)  # fmt: skip
def test_a_request_keeps_its_id_if_that_is_sane(client: TestClient, given: str, kept: bool) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given.encode()})
    named = answer.headers["x-request-id"]
    assert (named == given) is kept
    if not kept:
        assert len(named) == 16


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/documents/none", "/v1/search?k=0&q=a"])
def test_a_problem_names_its_request(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"X-Request-ID": "mine"})
    assert answer.json()["request_id"] == answer.headers["x-request-id"] == "mine"


def test_a_fault_names_its_request_too() -> None:
    engine = FakeEngine()

    def fail(request: SearchRequest) -> None:
        raise ValueError(request.query)

    engine.before_search = fail
    app = create_app(fake_settings(), FakeOpener.of(engine))
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/v1/search?q=a", headers={"X-Request-ID": "mine"})
        assert answer.status_code == 500
        assert answer.json()["request_id"] == answer.headers["x-request-id"] == "mine"
        figures = client.get("/metrics").text
    assert 'precedent_requests_total{operation="search_by_link",status="500"} 1.0' in figures
    assert "precedent_requests_in_flight 1.0" in figures  # the one that asks


def test_json_logs_have_an_object_a_line_and_no_query(logged: io.StringIO) -> None:
    engine = FakeEngine()
    app = create_app(fake_settings(log_format="json"), FakeOpener.of(engine))
    with TestClient(app, raise_server_exceptions=False) as client:
        client.post("/v1/search", json={"query": SECRET}, headers={"X-Request-ID": "one"})
        client.get(f"/v1/documents/{SECRET}")
        engine.before_search = lambda request: [][len(request.query)]
        client.post("/v1/search", json={"query": SECRET + "!", "k": 2})
    logging.getLogger("uvicorn.error").error("failed", exc_info=ValueError(SECRET))
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    told = [line for line in lines if "operation" in line]
    assert [(line["operation"], line["status"]) for line in told] == [
        ("search", 200), ("document", 404), ("search", 500),
    ]  # fmt: skip
    assert told[0]["request_id"] == "one"
    assert told[0]["ms"] >= 0
    assert {"time", "level", "logger", "message"} <= set(lines[0])
    assert "ValueError" in lines[-1]["fault"]
    assert SECRET not in logged.getvalue()


def test_a_line_on_a_path_has_no_address_and_no_query(logged: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info(
        '%s - "%s %s HTTP/%s" %d', "192.0.2.9:5", "GET", f"/v1/search?q={SECRET}", "1.1", 200
    )
    line = json.loads(logged.getvalue())
    assert line["message"] == "GET /v1/search 200"
    assert "192.0.2.9" not in logged.getvalue()
    assert SECRET not in logged.getvalue()


@pytest.mark.parametrize("asked", [True, False])
def test_queries_are_logged_where_that_is_asked_for_alone(logged: io.StringIO, asked: bool) -> None:
    app = create_app(fake_settings(log_queries=asked), FakeOpener.of(FakeEngine()))
    with TestClient(app) as client:
        client.post("/v1/search", json={"query": SECRET})
        client.get(f"/v1/search?q=other-{SECRET}")
    assert logged.getvalue().count(f"searched: {SECRET}") == asked
    assert logged.getvalue().count(f"searched: other-{SECRET}") == asked


def test_figures_tell_operations_and_never_what_was_asked(client: TestClient) -> None:
    client.post("/v1/search", json={"query": SECRET})
    client.get("/v1/documents/A/HRC/15/16")
    client.get("/v1/passages/A_HRC_15_16:en:12")
    client.get(f"/v1/{SECRET}")
    figures = client.get("/metrics")
    assert figures.headers["content-type"].startswith("text/plain; version=")
    text = figures.text
    for line in (
        'precedent_requests_total{operation="search",status="200"} 1.0',
        'precedent_requests_total{operation="none",status="404"} 1.0',
        'precedent_request_seconds_count{operation="document"} 1.0',
        "precedent_index_generation 1.0",
        "precedent_ready 1.0",
        'precedent_jobs{state="running"} 0.0',
        'precedent_engine_calls{state="waiting"} 0.0',
    ):
        assert line in text
    for word in (SECRET, "HRC", "testclient", "/v1"):
        assert word not in text


def test_figures_can_be_switched_off_and_stand_without_an_index() -> None:
    with TestClient(create_app(fake_settings(metrics=False), FakeOpener())) as client:
        assert client.get("/metrics").status_code == 404
    with TestClient(create_app(fake_settings(), FakeOpener())) as client:
        assert "precedent_ready 0.0" in client.get("/metrics").text


def test_two_applications_count_apart(client: TestClient) -> None:
    client.get("/healthz")
    with TestClient(create_app(fake_settings(), FakeOpener.of(FakeEngine()))) as other:
        assert 'operation="healthz"' not in other.get("/metrics").text


# The audit log ----------------------------------------------------------------------------------


def noted(folder: Path) -> list[tuple[str, str, str]]:
    return [(each.actor, each.act, each.outcome) for each in AuditLog(folder / "a.jsonl").entries()]


def test_uploads_removals_and_rebuilding_are_noted_with_who_asked(tmp_path: Path) -> None:
    desk = key_of(tmp_path, "write", name="desk")
    root = key_of(tmp_path, "admin", name="root")
    with closed(tmp_path, audit_file=tmp_path / "a.jsonl") as client:
        form = {"f": ("report.txt", TEXT)}
        upload = client.post("/v1/uploads", files=form, headers=bearer(desk))
        assert upload.status_code == 202
        assert client.post("/v1/index/rebuild", headers=bearer(desk)).status_code == 403
        assert client.post("/v1/index/rebuild", headers=bearer(root)).status_code == 202
        gone = client.delete("/v1/documents/none", headers=bearer(root))
        assert gone.status_code == 404
    names = {name: f"{key[4:12]} ({name})" for name, key in (("desk", desk), ("root", root))}
    assert noted(tmp_path) == [
        (names["desk"], "upload", "accepted"),
        (names["desk"], "rebuild_index", "refused: lacks admin"),
        (names["root"], "rebuild_index", "accepted"),
        (names["root"], "remove_document", "refused: unknown-name"),
    ]
    first = next(AuditLog(tmp_path / "a.jsonl").entries())
    assert first.object == upload.json()["job_id"]
    assert first.details["files"] == ["report.txt"]
    assert first.details["request_id"] == upload.headers["x-request-id"]


def test_what_cannot_be_noted_is_not_done(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with TestClient(told(tmp_path / "index", audit_file=tmp_path / "file" / "a.jsonl")) as client:
        answer = client.post("/v1/uploads", files={"f": ("report.txt", TEXT)})
        assert answer.status_code == 503
        assert "PRECEDENT_AUDIT" in answer.json()["detail"]
        assert client.get("/v1/jobs").json()["jobs"] == []


def test_searching_is_never_noted(tmp_path: Path) -> None:
    with TestClient(told(tmp_path / "index", audit_file=tmp_path / "a.jsonl")) as client:
        client.post("/v1/search", json={"query": SECRET})
        client.post("/v1/collections", json={"name": SECRET})
    assert not (tmp_path / "a.jsonl").exists()


def test_a_failure_of_the_log_is_a_problem_and_no_fault(tmp_path: Path) -> None:
    app = told(tmp_path / "index", audit_file=tmp_path / "a.jsonl")
    with TestClient(app, raise_server_exceptions=False) as client:
        log: AuditLog = app.state.audit
        failing = ServiceError("a.jsonl", "cannot be written")

        def fail(*_: object, **__: object) -> None:
            raise failing

        log.note = fail  # type: ignore[method-assign, assignment]
        assert client.post("/v1/index/rebuild").status_code == 503


def test_what_is_told_before_it_listens_is_json_too(
    logged: io.StringIO, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    key_of(tmp_path, "read")
    file = tmp_path / "keys.sqlite"
    KeyFile(file).revoke("read")
    file.chmod(0o644)
    settings = fake_settings(require_keys="on", keys_file=file, log_format="json")
    with pytest.raises(ServiceError, match="has no key that could be used"):
        serve(settings)
    (line,) = capsys.readouterr().err.splitlines()
    assert "chmod 600" in json.loads(line)["message"]
    assert logged.getvalue() == ""
