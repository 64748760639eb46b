"""Running the server: over stdin and stdout for a desktop assistant, or over HTTP."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import anyio
import uvicorn
from starlette.types import ASGIApp

from corpus.errors import InputError
from mcp_server.http import PATH, http_app, key_for
from mcp_server.inside import INSIDE_URL, InsideService
from mcp_server.server import build_server
from precedent_client import Client, ServiceError
from search_api.app import create_app, listen_on
from search_api.connections import MAX_HEAD_BYTES, bounded
from search_api.settings import Settings

__all__ = ["log_quietly", "opened", "run_http", "run_stdio"]

_log = logging.getLogger("precedent.mcp")


_PLACES = ("PRECEDENT_INDEX", "PRECEDENT_MODELS", "PRECEDENT_LIBRARY")


class _Wordless(logging.Formatter):
    """Formats a fault by its place and class, without its message, which may quote a query."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return the frames and the class of an exception."""
        frames = "".join(traceback.format_tb(ei[2]))
        return f"{frames}{ei[0].__module__}.{ei[0].__qualname__}"


def log_quietly() -> None:
    """Log faults alone, to stderr: assistants keep what a server writes there, and stdout is taken.

    Before the server is put together, which would otherwise log with tracebacks in full.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Wordless("precedent mcp: %(levelname)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it names addresses, queries in them
    logging.getLogger("mcp").setLevel(logging.WARNING)
    os.environ["OTEL_SDK_DISABLED"] = "true"


@contextlib.contextmanager
def opened(
    api_url: str | None, index_dir: Path | None, environment: Mapping[str, str] = os.environ
) -> Iterator[Client]:
    """Give a client: of the service at an address, else of one inside this process.

    Raises:
        InputError: the address is none, or the key would travel in the open.
    """
    if api_url is not None:
        try:
            client = Client.from_environment({**environment, "PRECEDENT_API_URL": api_url})
        except ServiceError as error:
            raise InputError("PRECEDENT_API_URL", error.detail) from error
        with client:
            yield client
        return
    # Of the environment only where things lie: how a service for others is opened (its address,
    # its keys) is nothing to one that no port leads to.
    places = {name: environment[name] for name in _PLACES if name in environment}
    settings = Settings.from_environment(places, index_dir=index_dir, uploads="off")
    with InsideService(create_app(settings)) as service, Client(
        INSIDE_URL, transport=service
    ) as client:  # fmt: skip
        yield client


def run_stdio(client: Client) -> None:
    """Serve until stdin ends; stdout carries the protocol and nothing else."""
    build_server(client, warm=True).run("stdio")


def run_http(client: Client, host: str, port: int, names: Sequence[str] = ()) -> None:
    """Serve until interrupted.

    Raises:
        InputError: others reach the address, and there is no key.
        corpus.errors.ServiceError: the address cannot be listened on.
    """
    key = key_for(host)
    settings = Settings.model_construct(host=host, port=port)
    with listen_on(settings) as listener:
        at = listener.getsockname()[1]
        server = _server(http_app(build_server(client), host, at, key=key, names=names), settings)
        own = f"[{host}]" if ":" in host else host
        print(f"tools on http://{own}:{at}{PATH}", file=sys.stderr, flush=True)  # noqa: T201
        with contextlib.suppress(KeyboardInterrupt):
            anyio.run(server.serve, [listener])


def _server(app: ASGIApp, settings: Settings) -> uvicorn.Server:
    """Return a server whose connections are bounded as those of the service are.

    A bound of uvicorn's own would count those who say nothing, and never show a key: they would
    keep out everybody who has one.
    """
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=bounded(settings),
            h11_max_incomplete_event_size=MAX_HEAD_BYTES,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
    )
