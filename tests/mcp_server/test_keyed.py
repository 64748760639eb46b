"""The client and the tools of an assistant before a service that asks for a key."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import pytest
from mcp import Client as McpClient
from mcp_types import CallToolResult

from mcp_server.inside import INSIDE_URL, InsideService
from mcp_server.server import build_server
from precedent_client import Client, RefusedError
from precedent_client.retrying import PATIENCE_S
from search_api.access.keys import KeyFile
from search_api.app import create_app
from tests.mcp_server.held import Held
from tests.search_api.fake_engine import fake_settings


@contextmanager
def keyed(index_dir: Path, folder: Path) -> Iterator[InsideService]:
    given = {
        "require_keys": "on",
        "keys_file": folder / "keys.sqlite",
        "library_file": folder / "library.sqlite",
    }
    app = create_app(fake_settings(index_dir=index_dir, **given), Held(index_dir))
    with InsideService(app) as service:
        yield service


def called(client: Client) -> CallToolResult:
    async def ask() -> CallToolResult:
        async with McpClient(build_server(client)) as assistant:
            return await assistant.call_tool("search", {"query": "wall"})

    return anyio.run(ask)


def test_a_client_waits_as_long_as_it_is_told_when_it_asks_too_often(
    index_dir: Path, tmp_path: Path
) -> None:
    _, key = KeyFile(tmp_path / "keys.sqlite").add("archive", ["read"], rate=60)
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        time.sleep(seconds)

    with (
        keyed(index_dir, tmp_path) as service,
        Client(INSIDE_URL, key=key, transport=service, sleep=sleep) as client,
    ):
        asked = 0
        while not waits and asked < 1000:  # it has 60 at once, and one a second after that
            assert client.info().documents
            asked += 1
    assert asked > 60
    assert 1 <= waits[0] <= PATIENCE_S


@pytest.mark.parametrize("given", [None, "prk_aaaaaaaa_" + "a" * 43])
def test_without_a_key_that_is_valid_it_is_said_what_to_do(
    index_dir: Path, tmp_path: Path, given: str | None
) -> None:
    _, key = KeyFile(tmp_path / "keys.sqlite").add("archive", ["read"])
    with keyed(index_dir, tmp_path) as service:
        with Client(INSIDE_URL, key=given, transport=service, retries=0) as client:
            with pytest.raises(RefusedError) as refused:
                client.info()
            assert refused.value.problem.status == 401
            assert "key" in str(refused.value)
            answer = called(client)
            assert answer.is_error
            assert "key" in answer.content[0].text  # type: ignore[union-attr]
        with Client(INSIDE_URL, key=key, transport=service, retries=0) as client:
            assert not called(client).is_error
