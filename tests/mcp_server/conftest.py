"""The tools over a small real index, called with the official SDK's client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import pytest
from mcp import Client as McpClient
from mcp_types import CallToolResult

from mcp_server.server import build_server
from precedent_client import Client
from tests.mcp_server.held import asking, make_index

Call = Callable[..., CallToolResult]


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("mcp"))


@pytest.fixture(scope="session")
def client(index_dir: Path) -> Iterator[Client]:
    with asking(index_dir) as made:
        yield made


@pytest.fixture
def call(client: Client) -> Call:
    """Call a tool of a server in this process."""

    def calling(tool: str, **arguments: object) -> CallToolResult:
        async def ask() -> CallToolResult:
            async with McpClient(build_server(client)) as assistant:
                return await assistant.call_tool(tool, arguments)

        return anyio.run(ask)

    return calling
