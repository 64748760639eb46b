"""Calls, before they are sent: what is asked, how its answer is read, and who sends it.

Each operation is written once, as a function that returns what is to be asked. `operation` and
`series` make methods of it: of a client that waits, and of one of asyncio.
"""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Concatenate, Generic, ParamSpec, Protocol, TypeVar, overload

import httpx
from pydantic import BaseModel

from precedent_client.addressing import Params
from precedent_client.answers import Answer, Download, read

__all__ = [
    "AsyncSender", "AsyncSending", "Call", "Question", "Sender", "Sending", "Series", "UploadFile",
    "ask", "change", "download", "get", "once", "operation", "series", "upload", "written",
]  # fmt: skip

UPLOAD_TIMEOUT_S = 120.0
"""For files, which are written to the disk of the service on the way."""

UploadFile = tuple[str, BinaryIO]
"""A file to send: its name, and what to read it from."""

_P = ParamSpec("_P")
_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Question:
    """A request.

    Attributes:
        files: to send as a form; those that are paths are opened while they are sent.
        timeout_s: longest wait, where it is another than usual.
        repeatable: whether it may be sent again though it may have been done.
        is_once: whether it is asked only once, and its answer stands whatever its status.
    """

    method: str
    path: str
    params: Params | None = None
    content: str | None = None
    files: Sequence[UploadFile | Path] | None = None
    accept: str = "application/json"
    headers: Mapping[str, str] | None = None
    timeout_s: float | None = None
    repeatable: bool = False
    is_once: bool = False


@dataclass(frozen=True, slots=True)
class Call(Generic[_T]):
    """A question, and how its answer is read: given the address of the service, and the answer."""

    question: Question
    read: Callable[[str, httpx.Response], _T]


def _as(answer: type[Answer]) -> Callable[[str, httpx.Response], Answer]:
    return lambda url, response: read(url, response.content, answer)


def get(path: str, answer: type[Answer], params: Params | None = None) -> Call[Answer]:
    """Ask a path."""
    return Call(Question("GET", path, params=params, repeatable=True), _as(answer))


def ask(path: str, body: BaseModel, answer: type[Answer]) -> Call[Answer]:
    """Ask a question that changes nothing."""
    return Call(Question("POST", path, content=written(body), repeatable=True), _as(answer))


def change(
    method: str, path: str, answer: type[Answer], body: BaseModel | None = None,
    params: Params | None = None,
) -> Call[Answer]:  # fmt: skip
    """Change something, which is sent twice only where it was not done.

    Where the connection breaks, the change may have been made.
    """
    return Call(Question(method, path, params=params, content=written(body)), _as(answer))


def upload(
    path: str, files: Sequence[UploadFile | Path], answer: type[Answer], params: Params
) -> Call[Answer]:
    """Send files, which are read as they are sent; where it breaks, they may have arrived."""
    question = Question("POST", path, params=params, files=files, timeout_s=UPLOAD_TIMEOUT_S)
    return Call(question, _as(answer))


def download(
    method: str, path: str, body: BaseModel | None = None, params: Params | None = None
) -> Call[Download]:
    """Ask for a file."""
    question = Question(
        method, path, params=params, content=written(body), accept="*/*", repeatable=True
    )
    return Call(question, lambda _, response: Download(response.content, dict(response.headers)))


def once(path: str, reading: Callable[[str, httpx.Response], _T]) -> Call[_T]:
    """Ask a path a single time, and take its answer whatever its status."""
    return Call(Question("GET", path, is_once=True), reading)


def written(body: BaseModel | None) -> str | None:
    """Return a body as JSON, with what was said only: an older service knows no newer field."""
    return None if body is None else body.model_dump_json(exclude_unset=True)


class Sending(Protocol):
    """Sends calls, and waits for what they are answered."""

    def answer(self, call: Call[_T], /) -> _T:
        """Return what a call is answered."""


class AsyncSending(Protocol):
    """The same for asyncio."""

    async def answer(self, call: Call[_T], /) -> _T:
        """Return what a call is answered."""


class Series(Protocol[_T_co]):
    """What takes several calls, told one after the other."""

    def told(self, connection: Any, /) -> Iterator[_T_co]:
        """Yield it, over connections that wait."""

    def told_async(self, connection: Any, /) -> AsyncIterator[_T_co]:
        """Yield it, over those of asyncio."""


class Sender:
    """A client that waits for its answers."""

    _connection: Sending


class AsyncSender:
    """A client of asyncio."""

    _connection: AsyncSending


class operation(Generic[_P, _T]):  # noqa: N801 - a decorator
    """Makes a method of what returns a call: it sends the call, and returns the answer."""

    def __init__(self, make: Callable[Concatenate[Any, _P], Call[_T]]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> Callable[Concatenate[Any, _P], Call[_T]]: ...
    @overload
    def __get__(self, client: Sender, owner: type) -> Callable[_P, _T]: ...
    @overload
    def __get__(
        self, client: AsyncSender, owner: type
    ) -> Callable[_P, Coroutine[Any, Any, _T]]: ...
    def __get__(self, client: Any, owner: type) -> Any:
        """Return the method of a client; of a class, the function that makes the call."""
        if client is None:
            return self._make

        @functools.wraps(self._make)
        def asked(*args: _P.args, **kwargs: _P.kwargs) -> Any:
            return client._connection.answer(self._make(client, *args, **kwargs))

        return asked


class series(Generic[_P, _T]):  # noqa: N801 - a decorator
    """Makes a method of what returns a series: an iterator, or one of asyncio."""

    def __init__(self, make: Callable[Concatenate[Any, _P], Series[_T]]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> Callable[Concatenate[Any, _P], Series[_T]]: ...
    @overload
    def __get__(self, client: Sender, owner: type) -> Callable[_P, Iterator[_T]]: ...
    @overload
    def __get__(self, client: AsyncSender, owner: type) -> Callable[_P, AsyncIterator[_T]]: ...
    def __get__(self, client: Any, owner: type) -> Any:
        """Return the method of a client; of a class, the function that makes the series."""
        if client is None:
            return self._make

        @functools.wraps(self._make)
        def listed(*args: _P.args, **kwargs: _P.kwargs) -> Any:
            made: Any = self._make(client, *args, **kwargs)
            told = made.told_async if isinstance(client, AsyncSender) else made.told
            return told(client._connection)

        return listed
