"""The application: paths, guards and errors put together, and the server that runs it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import logging
import logging.config
import os
import socket
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import uvicorn
from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware

from corpus.errors import ServiceError
from library.file import Library
from search_api import refusals
from search_api.access.audit import AuditLog
from search_api.access.door import Door
from search_api.access.guard import AddressGuard, KeyGuard
from search_api.access.keys import KeyFile
from search_api.access.metrics import Metrics
from search_api.access.opening import check_bound, check_keys
from search_api.access.recorder import RequestRecorder
from search_api.connections import MAX_HEAD_BYTES, bounded
from search_api.description import describe
from search_api.intake.folder import UploadFolder
from search_api.intake.queue import JobQueue
from search_api.logs import logging_config
from search_api.openers import EngineOpener, IndexOpener
from search_api.pool import EnginePool
from search_api.reading.originals import Originals
from search_api.routes import (
    alerts,
    collections,
    compare,
    corpus,
    documents,
    events,
    export,
    jobs,
    library,
    lineage,
    metrics,
    precedents,
    reading,
    saved_searches,
    search,
    service,
    table,
    trends,
    verify,
)
from search_api.routes.acts import check_scope
from search_api.routes.declared import check_query
from search_api.routes.events import Streams
from search_api.routes.guards import (
    LOCAL_HOSTS,
    BodyGuard,
    FaultGuard,
    FramingGuard,
    HostGuard,
    OriginGuard,
    SecurityHeaders,
)
from search_api.routes.heads import Heads
from search_api.routes.jobs import UPLOADS
from search_api.routes.negotiation import negotiate
from search_api.routes.streams import StreamGuard
from search_api.serving import EngineHolder
from search_api.settings import Settings
from search_api.validators import Validators
from search_api.viewing import ViewOpener, Views
from workbench.standing import standing_table

if TYPE_CHECKING:
    from indexer.encoder.ahead import EncoderAhead

__all__ = ["create_app", "listen_on", "logging_config", "serve"]

_log = logging.getLogger(__name__)

_TAKEN_HEADERS = (
    "Authorization", "Content-Type", "If-None-Match", "Last-Event-ID", "X-API-Key", "X-Request-ID",
)  # fmt: skip
_TOLD_HEADERS = (
    "Accept", "Allow", "Content-Disposition", "ETag", "Link", "Precedent-Missing",
    "Precedent-Page-Height", "Precedent-Page-Width", "RateLimit", "RateLimit-Policy", "Retry-After",
    "WWW-Authenticate", "X-Request-ID",
)  # fmt: skip
"""What pages of `cors_origins` may send and read, beside what every page may."""

_MOST_IN_KERNEL = 131_072
"""Bytes of an answer that the kernel takes before the client does; it would take four megabytes."""


def create_app(
    settings: Settings,
    engine_opener: EngineOpener | None = None,
    job_queue: JobQueue | None = None,
    view_opener: ViewOpener | None = None,
    ahead: EncoderAhead | None = None,
) -> FastAPI:
    """Put the application together.

    Nothing is opened until the application starts, and it starts without an index too: `/readyz`
    then says what is missing, and the index is taken into service when it is published.

    Args:
        settings: what to run with.
        engine_opener: where engines come from; by default the index of the settings.
        job_queue: what changes the corpus; by default that of the settings.
        view_opener: where engines of restricted views come from; by default the index of the
            settings, and nowhere where an `engine_opener` is given.
        ahead: the encoder of that index, where it is being opened already.
    """
    queue = job_queue or JobQueue(
        UploadFolder(settings.index_dir), settings.models_dir, allowed=settings.takes_uploads
    )
    door = Door(KeyFile(settings.keys_file)) if settings.requires_keys else None
    index = IndexOpener(settings.index_dir, settings.models_dir, ahead=ahead)
    opener = engine_opener or index
    if engine_opener is None and view_opener is None:
        view_opener = index.of_view

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        holder = EngineHolder(opener, name=str(settings.index_dir), reopen_s=settings.reopen_s)
        pool = EnginePool(holder, settings)
        app.state.engines = pool
        app.state.views = views = Views(pool, settings, view_opener)
        app.state.originals = originals = Originals(settings)
        app.state.jobs = queue
        app.state.settings = settings
        await asyncio.to_thread(queue.open)
        async with holder.watching(settings.poll_s), door or contextlib.nullcontext():
            yield
        await views.close()
        await asyncio.to_thread(queue.close)
        pool.close()
        originals.close()

    app = FastAPI(
        lifespan=lifespan,
        redirect_slashes=False,
        # Of every path, those that are yet to be written too.
        dependencies=[Depends(check_scope), Depends(negotiate), Depends(check_query)],
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
    refusals.install(app)
    app.state.streams = Streams()
    app.state.library = Library(settings.library_file)
    app.state.audit = AuditLog(settings.audit_file) if settings.audit_file else None
    app.state.door = door
    app.state.metrics = Metrics(lambda: metrics.state_of(app.state))
    rooms = (
        search,
        documents,
        events,
        alerts,
        collections,
        compare,
        corpus,
        export,
        jobs,
        library,
        lineage,
        precedents,
        reading,
        saved_searches,
        table,
        trends,
        verify,
        service,
    )
    for room in rooms:
        app.include_router(room.router)
    app.add_middleware(Validators)
    if settings.metrics:
        app.include_router(metrics.router)
    _guard(app, settings, door)
    return app


def _guard(app: FastAPI, settings: Settings, door: Door | None) -> None:
    """Put around the application what every request passes; what is added last is passed first."""
    app.add_middleware(StreamGuard, most=settings.max_streams)
    app.add_middleware(
        BodyGuard,
        max_bytes=settings.max_body_bytes,
        timeout_s=settings.body_timeout_s,
        streamed=[UPLOADS],
    )
    if door is not None:
        app.add_middleware(KeyGuard, door=door)
    elif settings.address_rate is not None:
        app.add_middleware(AddressGuard, rate=settings.address_rate)
    app.add_middleware(OriginGuard, allowed_origins=settings.cors_origins)
    own_name = f"[{settings.host}]" if ":" in settings.host else settings.host.lower()
    app.add_middleware(HostGuard, allowed_hosts=(*LOCAL_HOSTS, own_name, *settings.allowed_hosts))
    app.add_middleware(FramingGuard)
    app.add_middleware(FaultGuard)
    if settings.cors_origins:  # around all that refuses, so that its pages read why
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=_TAKEN_HEADERS,
            expose_headers=_TOLD_HEADERS,
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Heads)
    app.add_middleware(
        RequestRecorder, metrics=app.state.metrics, logs=settings.log_format == "json"
    )


def serve(
    settings: Settings,
    engine_opener: EngineOpener | None = None,
    ahead: EncoderAhead | None = None,
) -> None:
    """Serve until interrupted; requests in flight are given `shutdown_timeout_s` to end.

    The socket is bound before anything else, so that a port in use is told in a line and at once.
    What is not said here is said at `create_app`.

    Raises:
        ServiceError: the address cannot be listened on, or others reach it and no key is required.
        InputError: the table that `PRECEDENT_STANDING` names cannot be used.
    """
    logging.config.dictConfig(logging_config(settings))
    standing_table()  # without which no index would be opened
    check_keys(settings)
    listener = listen_on(settings)
    try:
        check_bound(settings, listener.getsockname()[0])
    except ServiceError:
        listener.close()
        raise
    app = create_app(settings, engine_opener, ahead=ahead)
    server = _Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http=bounded(settings),
            h11_max_incomplete_event_size=MAX_HEAD_BYTES,
            timeout_keep_alive=settings.keep_alive_s,
            ws="none",
            lifespan="on",
            log_config=logging_config(settings),
            access_log=settings.access_log,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=settings.shutdown_timeout_s,
        )
    )
    app.state.streams.is_stopping = lambda: server.should_exit
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    _log.info("listening on http://%s:%d", host, listener.getsockname()[1])
    with listener, contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    _log.info("stopped")


class _Server(uvicorn.Server):
    """A server that leaves what it began with out of each later search for garbage.

    All of it stays until the end, and to look through it held every thread up for 60 ms.
    """

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, with everything imported and opened."""
        await super().startup(sockets)
        gc.freeze()


def listen_on(settings: Settings) -> socket.socket:
    """Bind and listen, with TCP named as the protocol.

    asyncio switches Nagle's algorithm off only on sockets that name it, and `socket.create_server`
    does not: answers then waited 40 ms for the client's delayed acknowledgement. What waits for a
    slow client waits in this process, where it is counted, and not by the megabyte in the kernel.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        lowest = getattr(socket, "TCP_NOTSENT_LOWAT", None)
        if lowest is not None:
            listener.setsockopt(socket.IPPROTO_TCP, lowest, _MOST_IN_KERNEL)
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
