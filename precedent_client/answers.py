"""Answers of the service: models, files and problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

import httpx
from pydantic import BaseModel, ValidationError

from precedent_client.errors import (
    ForeignServiceError,
    RefusedError,
    ServiceError,
    ServiceNotReadyError,
    ServiceSlowError,
)
from precedent_client.retrying import retry_after_s
from search_api.schemas import Problem

__all__ = ["Answer", "Download", "error_of", "problem_in", "read", "refusal"]

Answer = TypeVar("Answer", bound=BaseModel)

_UNAVAILABLE = frozenset({502, 503, 504})
_TOO_MUCH = frozenset({"busy", "queue-full", "service-unavailable"})
"""Kinds of problems that say to come back later; the last is of connections, streams and bodies."""

_FILE_NAME = re.compile(r"filename\*=UTF-8''([^;\s]+)")


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was answered.

    Attributes:
        content: its bytes.
        headers: of the answer, by lowercase name.
    """

    content: bytes
    headers: Mapping[str, str]

    @property
    def name(self) -> str | None:
        """Return the name the service gives it, without any folder; None where it gives none."""
        match = _FILE_NAME.search(self.headers.get("content-disposition", ""))
        return Path(unquote(match[1]).replace("\\", "/")).name or None if match else None

    @property
    def media_type(self) -> str:
        """Return what it is, such as `text/csv`."""
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return passages that were asked for and are not in it, as far as the service names."""
        named = self.headers.get("precedent-missing", "")
        return tuple(unquote(each.strip()) for each in named.split(",") if each.strip())


def read(url: str, content: bytes, answer: type[Answer]) -> Answer:
    """Return what was answered. Fields that a newer service has beside are passed over.

    Raises:
        ForeignServiceError: it is none of the contract.
    """
    try:
        return answer.model_validate_json(content, extra="ignore")
    except ValidationError as error:
        cause = f"{error.error_count()} fields are not as expected"
        raise ForeignServiceError(url, cause) from error


def refusal(url: str, response: httpx.Response) -> ServiceError:
    """Return the error that an answer other than success is."""
    problem = problem_in(response)
    if problem is None:
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            slow = ServiceSlowError(url, "too much is asked of it, says what stands before it")
            slow.retry_after_s = retry_after_s(response)
            return slow
        if response.status_code not in _UNAVAILABLE:
            cause = f"HTTP status {response.status_code} without a description"
            return ForeignServiceError(url, cause)
        problem = Problem(title="Unavailable", status=503, detail="it is not ready")
    return error_of(url, problem, retry_after_s(response))


def error_of(url: str, problem: Problem, after_s: float | None = None) -> ServiceError:
    """Return the error that a problem is."""
    kind = problem.type.rpartition(":")[2]
    error: ServiceError
    if problem.status == httpx.codes.TOO_MANY_REQUESTS or kind in _TOO_MUCH:
        error = ServiceSlowError(url, problem.detail)
    elif problem.status in _UNAVAILABLE:
        lacks_index = kind in {"index", "blank"}  # "about:blank" names no kind
        error = ServiceNotReadyError(url, problem.detail, lacks_index=lacks_index)
    else:
        error = RefusedError(url, problem.title, problem.status, problem.detail)
    error.problem = problem
    error.retry_after_s = after_s
    return error


def problem_in(response: httpx.Response) -> Problem | None:
    """Return the problem that an answer describes, if it does."""
    try:
        return Problem.model_validate_json(response.content)
    except ValidationError:
        return None
