"""Logging of the service: for people or for programs, and in neither what people search.

A fault is told by its place and class, without its message, which may quote a query. What is
searched is logged only where `log_queries` asks for it.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from uvicorn.logging import AccessFormatter, DefaultFormatter

from search_api.access.request_id import current_request_id
from search_api.settings import Settings

__all__ = ["log_query", "logging_config"]

_queries = logging.getLogger("search_api.queries")

_TOLD = ("operation", "status", "ms")
"""What a record may carry beside its message; see `RequestRecorder`."""


def log_query(query: str) -> None:
    """Log what is searched; for a service with `log_queries` alone."""
    _queries.info("searched: %s", " ".join(query.split()))


def _wordless(error: BaseException | None) -> str:
    """Return the frames and the classes of an exception and of its causes, outermost last."""
    parts: list[str] = []
    while error is not None:
        frames = "".join(traceback.format_tb(error.__traceback__))
        parts.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    return "\n".join(reversed(parts))


class WordlessFormatter(DefaultFormatter):
    """Formats for people: faults without their messages, and the id of the request."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return where an exception was raised and its class."""
        return _wordless(ei[1])

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Return the line, with the id of the request it is about, if it is about one."""
        line = super().formatMessage(record)
        request_id = current_request_id.get()
        return f"{line} [request {request_id}]" if request_id else line


class JsonFormatter(logging.Formatter):
    """Formats for programs: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, logger, message, and of a request its id, operation, status, ms."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        request_id = current_request_id.get()
        if request_id:
            line["request_id"] = request_id
        members = record.__dict__
        line.update((name, members[name]) for name in _TOLD if name in members)
        if record.exc_info:
            line["fault"] = _wordless(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """Return the message, without the address that uvicorn begins its lines on requests with."""
    if record.name == "uvicorn.access" and isinstance(record.args, tuple) and len(record.args) == 5:
        _, method, path, _, status = record.args
        return f"{method} {path} {status}"
    return record.getMessage()


class NoQueryString(logging.Filter):
    """Cuts query strings out of uvicorn's access log, before any handler sees them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, and of its address only the path."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, address, version, status = record.args
            record.args = (client, method, str(address).partition("?")[0], version, status)
        return True


_FORMATTERS: dict[str, dict[str, dict[str, Any]]] = {
    "text": {
        "default": {"()": WordlessFormatter, "fmt": "%(asctime)s %(levelprefix)s %(message)s"},
        "access": {
            "()": AccessFormatter,
            "fmt": "%(asctime)s %(levelprefix)s %(request_line)s %(status_code)s",
        },
    },
    "json": {"default": {"()": JsonFormatter}, "access": {"()": JsonFormatter}},
}


def logging_config(settings: Settings) -> dict[str, Any]:
    """Return the logging configuration: no query in any record, unless `log_queries` asks."""
    level = settings.log_level.upper()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"no_query_string": {"()": NoQueryString}},
        "formatters": _FORMATTERS[settings.log_format],
        "handlers": {
            "default": {"class": "logging.StreamHandler", "formatter": "default"},
            "access": {"class": "logging.StreamHandler", "formatter": "access"},
        },
        "loggers": {
            "search_api": {"handlers": ["default"], "level": level, "propagate": False},
            # It would quote what it cannot read of an upload.
            "python_multipart": {"level": "CRITICAL", "propagate": False},
            "uvicorn": {"handlers": ["default"], "level": "WARNING", "propagate": False},
            "uvicorn.access": {
                "handlers": ["access"],
                "filters": ["no_query_string"],
                "level": "INFO",
                "propagate": False,
            },
        },
    }
