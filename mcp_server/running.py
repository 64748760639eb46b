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

from corpus.errors import InputError, ServiceError
from mcp_server.callers import OpenServiceError, asks_by_caller, check_asks_for_keys
from mcp_server.http import PATH, http_app
from mcp_server.inside import INSIDE_URL, InsideService
from mcp_server.server import build_server
from precedent_client import Client, UnsafeKeyError
from precedent_client import ServiceError as AnswerError
from search_api.access.opening import check_bound, check_keys
from search_api.app import create_app, listen_on
from search_api.connections import MAX_HEAD_BYTES, bounded
from search_api.routes.guards import FramingGuard
from search_api.settings import Settings

__all__ = ["log_quietly", "opened", "reached_at", "run_http", "run_stdio"]

_log = logging.getLogger("precedent.mcp")


_PLACES = ("PRECEDENT_INDEX", "PRECEDENT_MODELS", "PRECEDENT_LIBRARY")
_KEYS = ("PRECEDENT_KEYS", "PRECEDENT_REQUIRE_KEYS")


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
    api_url: str | None,
    index_dir: Path | None,
    environment: Mapping[str, str] = os.environ,
    *,
    reached: Settings | None = None,
) -> Iterator[Client]:
    """Give a client: of the service at an address, else of one inside this process.

    Args:
        api_url: of the service.
        index_dir: of the index to open here, without an address.
        environment: what PRECEDENT_* say.
        reached: Where the tools are reached over HTTP; None for stdin and stdout. Over HTTP the
            client has no key: each call brings its own.

    Raises:
        InputError: the address is none, or the key would travel in the open.
        corpus.errors.ServiceError: keys are needed to reach it, and there is none to open it with.
    """
    if api_url is not None:
        known = {**environment, "PRECEDENT_API_URL": api_url}
        if reached is not None:
            known.pop("PRECEDENT_API_KEY", None)
        try:
            client = Client.from_environment(known)
        except AnswerError as error:
            raise InputError("PRECEDENT_API_URL", error.detail) from error
        with client:
            yield client
        return
    if reached is None:
        # Of the environment only where things lie: how a service for others is opened (its
        # address, its keys) is nothing to one that no port leads to.
        settings = Settings.from_environment(
            _of(environment, _PLACES), index_dir=index_dir, uploads="off"
        )
    else:
        given = {} if index_dir is None else {"index_dir": index_dir}
        settings = reached.model_copy(update={"uploads": "off", **given})
        check_keys(settings)
    with InsideService(create_app(settings)) as service, Client(
        INSIDE_URL, transport=service
    ) as client:  # fmt: skip
        yield client


def reached_at(host: str, port: int, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return where the tools are reached over HTTP, and whether a key is needed there.

    PRECEDENT_REQUIRE_KEYS and the keys are those of the service.

    Raises:
        InputError: a value cannot be.
    """
    return Settings.from_environment(_of(environment, (*_PLACES, *_KEYS)), host=host, port=port)


def _of(environment: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: environment[name] for name in names if name in environment}


def run_stdio(client: Client) -> None:
    """Serve until stdin ends; stdout carries the protocol and nothing else."""
    build_server(client, warm=True).run("stdio")


def run_http(client: Client, reached: Settings, names: Sequence[str] = ()) -> None:
    """Serve until interrupted, each call with the key it brings.

    Args:
        client: of the service, without a key.
        reached: Where it is reached, and whether a key is needed there.
        names: further names under which it is reached.

    Raises:
        corpus.errors.ServiceError: others reach the address, and nobody asks them for a key; or it
            cannot be listened on.
    """
    needed = reached.requires_keys
    if needed:
        _check_service(client, reached.host)
    with listen_on(reached) as listener:
        address, port = listener.getsockname()[:2]
        check_bound(reached, address)
        tools = build_server(client, asks=asks_by_caller(client, keys_are_needed=needed))
        app = http_app(tools, reached.host, port, keys_are_needed=needed, names=names)
        own = f"[{reached.host}]" if ":" in reached.host else reached.host
        print(f"tools on http://{own}:{port}{PATH}", file=sys.stderr, flush=True)  # noqa: T201
        with contextlib.suppress(KeyboardInterrupt):
            anyio.run(_server(app, reached).serve, [listener])


def _check_service(client: Client, host: str) -> None:
    """Refuse to open to others what a service behind shows everybody.

    Raises:
        corpus.errors.ServiceError: it asks for no key, or cannot be asked whether it does.
        InputError: keys would travel in the open on the way to it.
    """
    remedy = "start it with PRECEDENT_REQUIRE_KEYS=on, or listen on 127.0.0.1"
    try:
        client.with_key("prk_")  # which is sent nowhere
        check_asks_for_keys(client)
    except OpenServiceError as error:
        cause = f"asks for no key, and whoever reaches {host} would see everything"
        raise ServiceError(client.url, cause, remedy) from error
    except UnsafeKeyError as error:
        raise InputError("PRECEDENT_API_URL", error.detail) from error
    except AnswerError as error:
        cause = f"cannot be asked whether it asks for keys ({error.detail})"
        raise ServiceError(client.url, cause, f"see to that first; {remedy}") from error


def _server(app: ASGIApp, settings: Settings) -> uvicorn.Server:
    """Return a server whose connections are bounded as those of the service are.

    A bound of uvicorn's own would count those who say nothing, and never show a key: they would
    keep out everybody who has one.
    """
    return uvicorn.Server(
        uvicorn.Config(
            FramingGuard(app),
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
