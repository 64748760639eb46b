"""The tools over stdin and stdout, and over HTTP: who may ask, and what is let out."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client as McpClient
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from corpus.errors import InputError
from mcp_server.callers import CallerGuard
from mcp_server.http import MAX_BODY_BYTES, http_app
from mcp_server.running import _Wordless, opened
from mcp_server.server import build_server
from precedent_client import Client

ROOT = Path(__file__).parents[2]
KEY = "0123456789abcdef0123456789abcdef"
PORT = 8010
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


def served(index_dir: Path) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "tests.mcp_server.served", str(index_dir)],
        cwd=ROOT,
    )


def test_an_assistant_asks_over_stdin_and_stdout(
    index_dir: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    said = tmp_path / "stderr.txt"

    async def ask() -> CallToolResult:
        with said.open("w") as stderr:
            async with McpClient(stdio_client(served(index_dir), stderr)) as assistant:
                assert assistant.server_info.name == "precedent"
                await assistant.call_tool("search", {"query": "secret words", "k": 77})
                return await assistant.call_tool("search", {"query": "lawyer", "k": 1})

    result = anyio.run(ask)
    assert not result.is_error
    assert result.structured_content["passages"][0]["citation"]
    # What a library printed went to stderr, since stdout is the protocol's; a query went nowhere.
    assert "stray words" in said.read_text()
    assert "stray bytes" in said.read_text()
    assert "secret" not in said.read_text()
    assert "Failed to parse" not in caplog.text


def test_the_scheme_of_the_key_has_no_case(client: Client) -> None:
    answer = ask(client, posting(authorization=f"bEARER {KEY}"), keyed=True)
    assert answer.status_code == 200


# HTTP ---------------------------------------------------------------------------------------------


@asynccontextmanager
async def over_http(
    client: Client, *, host: str = "127.0.0.1", keyed: bool = False, names: tuple[str, ...] = ()
) -> AsyncIterator[httpx2.AsyncClient]:
    """Give an HTTP client of the served tools, without a socket."""
    app: Any = http_app(build_server(client), host, PORT, keys_are_needed=keyed, names=names)
    inner = app._app if isinstance(app, CallerGuard) else app
    async with (
        inner.router.lifespan_context(inner),
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app), base_url=f"http://127.0.0.1:{PORT}"
        ) as http,
    ):
        yield http


def ask(
    client: Client, question: Callable[[httpx2.AsyncClient], Awaitable[Any]], **given: Any
) -> Any:
    async def asking() -> Any:
        async with over_http(client, **given) as http:
            return await question(http)

    return anyio.run(asking)


def posting(body: object = LIST, **headers: str) -> Callable[[httpx2.AsyncClient], Awaitable[Any]]:
    return lambda http: http.post("/mcp", content=json.dumps(body), headers={**HEADERS, **headers})


@pytest.mark.parametrize("key", [None, KEY])
def test_an_assistant_asks_over_http(client: Client, key: str | None) -> None:
    async def question(http: httpx2.AsyncClient) -> CallToolResult:
        if key is not None:
            http.headers["authorization"] = f"Bearer {key}"
        transport = streamable_http_client(f"http://127.0.0.1:{PORT}/mcp", http_client=http)
        async with McpClient(transport) as assistant:
            assert len((await assistant.list_tools()).tools) == 4
            return await assistant.call_tool("read_paragraph", {"reference": "SAMPLE_2020_1:en:1"})

    result = ask(client, question, keyed=key is not None)
    assert result.structured_content["paragraph"]["quotations"][0]["text"] == "Harbours are quiet."


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer two words",
        f"Basic {KEY}",
        KEY,
        "Bearer é",
        "Bearer " + "x" * 501,
    ],
)
def test_without_a_key_nothing_is_answered(client: Client, given: str) -> None:
    answer = ask(client, posting(authorization=given.encode()), keyed=True)  # type: ignore[arg-type]
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="precedent"'
    assert KEY not in answer.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (f"127.0.0.1:{PORT}", 200),
        (f"localhost:{PORT}", 200),
        (f"[::1]:{PORT}", 200),
        ("evil.example", 421),
        (f"evil.example:{PORT}", 421),
        ("127.0.0.1:9999", 421),
        (f"127.0.0.1:{PORT}.evil.example", 421),
    ],
)
def test_a_name_pointed_here_is_refused(client: Client, host: str, status: int) -> None:
    assert ask(client, posting(host=host)).status_code == status


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:3000", f"http://127.0.0.1:{PORT}"]
)
def test_pages_of_the_web_are_refused(client: Client, origin: str) -> None:
    assert ask(client, posting(origin=origin)).status_code == 403


def test_elsewhere_it_goes_by_the_names_given(client: Client) -> None:
    given: dict[str, Any] = {"host": "192.0.2.7", "keyed": True, "names": ("tools.example",)}
    for host, status in (
        ("192.0.2.7:8010", 200),
        ("tools.example", 200),
        ("127.0.0.1:8010", 421),
        ("evil.example", 421),
    ):
        asked = posting(host=host, authorization=f"Bearer {KEY}")
        assert ask(client, asked, **given).status_code == status, host


def test_bodies_are_bounded(client: Client) -> None:
    assert ask(client, posting({**LIST, "x": "x" * MAX_BODY_BYTES})).status_code == 413


# Privacy ------------------------------------------------------------------------------------------


def test_nothing_is_told_to_telemetry(client: Client) -> None:
    names = [type(each).__name__ for each in build_server(client).middleware]
    assert not [name for name in names if "Telemetry" in name]
    assert names  # the chain is there; only that one is not


def test_a_fault_is_logged_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Wordless("%(message)s"))
    logger = logging.Logger("faults")
    logger.addHandler(handler)
    words = "the query of somebody"
    try:
        int(words)
    except ValueError:
        logger.exception("it failed")
    said = capsys.readouterr().err
    assert "builtins.ValueError" in said
    assert "test_transports.py" in said
    assert words not in said


def test_the_key_of_the_service_does_not_go_in_the_open() -> None:
    given = {"PRECEDENT_API_KEY": KEY}
    with (
        pytest.raises(InputError, match="https") as raised,
        opened("http://search.example", None, given),
    ):
        pass
    assert KEY not in str(raised.value)
