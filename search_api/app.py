"""The application: paths, guards and errors put together, and the server that runs it."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import socket
import traceback
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.logging import AccessFormatter, DefaultFormatter

from corpus.errors import ServiceError
from search_api import problems
from search_api.description import describe
from search_api.routes import documents, search, service
from search_api.routes.guards import LOCAL_HOSTS, BodyGuard, HostGuard, SecurityHeaders
from search_api.serving import EngineHolder, EngineOpener, EnginePool, IndexOpener
from search_api.settings import Settings

__all__ = ["create_app", "listen_on", "logging_config", "serve"]

_log = logging.getLogger(__name__)


def create_app(settings: Settings, engine_opener: EngineOpener | None = None) -> FastAPI:
    """Put the application together.

    Nothing is opened until the application starts, and it starts without an index too: `/readyz`
    then says what is missing, and the index is taken into service when it is published.

    Args:
        settings: what to run with.
        engine_opener: where engines come from; by default the index of the settings.
    """
    opener = engine_opener or IndexOpener(settings.index_dir, settings.models_dir)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        holder = EngineHolder(opener, name=str(settings.index_dir), reopen_s=settings.reopen_s)
        pool = EnginePool(holder, settings)
        app.state.engines = pool
        async with holder.watching(settings.poll_s):
            yield
        pool.close()

    app = FastAPI(
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,  # both pages load scripts from the web, which nothing here may
        redoc_url=None,
        telemetry={  # FastAPI's own, on by default, records failing input and exports on request
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    describe(app)
    problems.install(app)
    for room in (search, documents, service):
        app.include_router(room.router)
    app.add_middleware(
        BodyGuard, max_bytes=settings.max_body_bytes, timeout_s=settings.body_timeout_s
    )
    own_name = f"[{settings.host}]" if ":" in settings.host else settings.host.lower()
    app.add_middleware(HostGuard, allowed_hosts=(*LOCAL_HOSTS, own_name, *settings.allowed_hosts))
    app.add_middleware(SecurityHeaders)
    return app


class WordlessFormatter(DefaultFormatter):
    """Formats a fault by its place and class, without its message, which may quote a query."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return the frames and the classes of an exception and of its causes, outermost last."""
        error: BaseException | None = ei[1]
        parts: list[str] = []
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n".join(reversed(parts))


class NoQueryString(logging.Filter):
    """Cuts query strings out of uvicorn's access log, before any handler sees them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, and of its address only the path."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, address, version, status = record.args
            record.args = (client, method, str(address).partition("?")[0], version, status)
        return True


def logging_config(settings: Settings) -> dict[str, Any]:
    """Return the logging configuration: no query, in no record, at any level."""
    level = settings.log_level.upper()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"no_query_string": {"()": NoQueryString}},
        "formatters": {
            "default": {
                "()": WordlessFormatter,
                "fmt": "%(asctime)s %(levelprefix)s %(message)s",
            },
            "access": {
                "()": AccessFormatter,
                "fmt": "%(asctime)s %(levelprefix)s %(request_line)s %(status_code)s",
            },
        },
        "handlers": {
            "default": {"class": "logging.StreamHandler", "formatter": "default"},
            "access": {"class": "logging.StreamHandler", "formatter": "access"},
        },
        "loggers": {
            "search_api": {"handlers": ["default"], "level": level, "propagate": False},
            "uvicorn": {"handlers": ["default"], "level": "WARNING", "propagate": False},
            "uvicorn.access": {
                "handlers": ["access"],
                "filters": ["no_query_string"],
                "level": "INFO",
                "propagate": False,
            },
        },
    }


def serve(settings: Settings, engine_opener: EngineOpener | None = None) -> None:
    """Serve until interrupted; requests in flight are given `shutdown_timeout_s` to end.

    The socket is bound before anything else, so that a port in use is told in a line and at once.

    Raises:
        ServiceError: the address cannot be listened on.
    """
    listener = listen_on(settings)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings, engine_opener),
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="on",
            log_config=logging_config(settings),
            access_log=settings.access_log,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=settings.shutdown_timeout_s,
        )
    )
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    _log.info("listening on http://%s:%d", host, listener.getsockname()[1])
    with listener, contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    _log.info("stopped")


def listen_on(settings: Settings) -> socket.socket:
    """Bind and listen, with TCP named as the protocol.

    asyncio switches Nagle's algorithm off only on sockets that name it, and `socket.create_server`
    does not: answers then waited 40 ms for the client's delayed acknowledgement.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen()
    except OSError as error:
        listener.close()
        in_use = error.errno == errno.EADDRINUSE
        raise ServiceError(
            f"{settings.host}:{settings.port}",
            "the port is in use" if in_use else error.strerror or str(error),
            "stop the program that has it, or serve on another with --port"
            if in_use
            else "choose another address with --host, or another port with --port",
        ) from error
    return listener
