"""No query in any log, and nothing recorded for anybody else."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from opentelemetry import trace

from search_api.app import create_app, logging_config
from search_api.schemas import SearchRequest
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings

SECRET = "detainees-in-the-capital"
NOTHING: dict[str, int] = {}
NAMES = ("search_api", "uvicorn", "uvicorn.access", "uvicorn.error")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Configure logging as the server does, into a buffer; put everything back afterwards."""
    loggers = [logging.getLogger(name) for name in NAMES]
    before = [
        (one, one.level, list(one.handlers), list(one.filters), one.propagate) for one in loggers
    ]
    config = logging_config(fake_settings(access_log=True, log_level="debug"))
    buffer = io.StringIO()
    for handler in config["handlers"].values():
        handler["stream"] = buffer
    logging.config.dictConfig(config)
    yield buffer
    for one, level, handlers, filters, propagate in before:
        one.handlers, one.filters = handlers, filters
        one.setLevel(level)
        one.propagate = propagate


def rank(query: str) -> None:
    """Fail, twice over, with messages that quote the query."""
    try:
        NOTHING[query]
    except KeyError as error:
        raise ValueError(f"cannot rank {query!r}") from error


def log_access(path: str) -> None:
    logging.getLogger("uvicorn.access").info(
        '%s - "%s %s HTTP/%s" %d', "127.0.0.1:5", "GET", path, "1.1", 200
    )


def test_the_access_log_has_the_path_and_not_the_query_string(log: io.StringIO) -> None:
    log_access(f"/v1/search?q={SECRET}")
    assert "GET /v1/search HTTP/1.1" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_handlers_that_others_add_to_the_access_log_see_no_query_either(log: io.StringIO) -> None:
    seen: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.getMessage())

    logging.getLogger("uvicorn.access").addHandler(Listener())
    log_access(f"/v1/search?q={SECRET}")
    assert seen == ['127.0.0.1:5 - "GET /v1/search HTTP/1.1" 200']


@pytest.mark.parametrize("name", ["search_api.serving", "uvicorn.error"])
def test_a_fault_is_logged_by_place_and_class_and_without_its_message(
    log: io.StringIO, name: str
) -> None:
    try:
        rank(SECRET)
    except ValueError:
        logging.getLogger(name).exception("failed")
    text = log.getvalue()
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_app_privacy.py" in text
    assert SECRET not in text


def test_searches_and_their_errors_leave_nothing_in_the_log(
    log: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    engine = FakeEngine()
    with (
        caplog.at_level(logging.DEBUG),
        TestClient(
            create_app(fake_settings(), FakeOpener.of(engine)), raise_server_exceptions=False
        ) as client,
    ):
        assert client.post("/v1/search", json={"query": SECRET}).status_code == 200
        assert client.get(f"/v1/search?q={SECRET}&k=0").status_code == 422

        def fail(request: SearchRequest) -> None:
            raise ValueError(request.query)

        engine.before_search = fail
        assert client.post("/v1/search", json={"query": SECRET, "k": 3}).status_code == 500
    assert "serving generation 1" in log.getvalue()
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("httpx")]
    assert SECRET not in log.getvalue() + "".join(ours)


def test_no_request_is_traced_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []

    class Tracer(trace.NoOpTracer):
        def start_span(self, name: str, *args: object, **kwargs: object) -> trace.Span:
            started.append(name)
            return trace.INVALID_SPAN

    class Provider(trace.TracerProvider):
        def get_tracer(self, *args: object, **kwargs: object) -> trace.Tracer:
            return Tracer()

    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(trace, "get_tracer_provider", Provider)
    with TestClient(create_app(fake_settings(), FakeOpener.of(FakeEngine()))) as client:
        assert client.get(f"/v1/search?q={SECRET}").status_code == 200
    assert started == []
