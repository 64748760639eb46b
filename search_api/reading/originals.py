"""The files that documents were read from: their bytes, and their pages as pictures.

Files are hostile until shown otherwise. Pages are drawn in a process of its own with bounds on time
and memory; here only bytes are compared and handed on. All of it goes through one thread, so that
neither a slow page nor a large file takes a place from those who search.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from corpus.errors import ReadError, UnknownNameError
from corpus.limits import Limits
from corpus.page_images import MAX_WIDTH, MIN_WIDTH, PageAsked, PageDrawn, original_bytes
from corpus.sandbox.single import SingleWorker
from corpus.sniff import HEAD_BYTES, Format, sniff
from search_api.problems import BusyError, LateError
from search_api.settings import Settings

if TYPE_CHECKING:
    from search_api.reading.original import Original

__all__ = ["ORIGINAL_TYPES", "OriginalFile", "Originals", "page_tag"]

DRAWING_LIMITS = Limits(wall_time_s=15.0, address_space_bytes=3 * 2**29)
"""Of one page: the slowest of the real files takes 0.2 s and 0.2 GiB."""

_DRAW = "corpus.readers.pdf.drawing:draw_page"
_MAX_CACHED_BYTES = 24 * 2**20
_MAX_WAITING = 16

_MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.DOC: "application/msword",
    Format.HTML: "text/html",
    Format.TXT: "text/plain",
}
_UNKNOWN = "application/octet-stream"
ORIGINAL_TYPES = (*_MEDIA_TYPES.values(), _UNKNOWN)
"""What an original may be answered as."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A file, as it was indexed.

    Attributes:
        name: of the file, without its folder.
        content: its bytes.
        media_type: by its content, not its name.
    """

    name: str
    content: bytes
    media_type: str


class Originals:
    """Hands out originals of one service and pictures of their pages.

    Attributes:
        cached_bytes: of the pictures that are kept.
    """

    def __init__(self, settings: Settings, limits: Limits = DRAWING_LIMITS) -> None:
        self._timeout_s = settings.request_timeout_s
        self._limits = limits
        self._worker = SingleWorker[PageDrawn](_DRAW, limits, PageDrawn)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="originals")
        self._in_flight = 0
        self._cache: OrderedDict[str, PageDrawn] = OrderedDict()
        self.cached_bytes = 0

    async def page(self, original: Original, number: int, width: int) -> PageDrawn:
        """Return the picture of a page.

        Raises:
            UnknownNameError: the document has no such page, or none that can be drawn.
            OriginalError: the file is gone or has changed.
            ReadError: it cannot be drawn.
            BusyError: too many wait.
        """
        _check_page(original, number)
        tag = page_tag(original, number, width)
        if tag in self._cache:
            self._cache.move_to_end(tag)
            return self._cache[tag]
        drawn = await self._call(lambda: self._draw(original, number, width))
        self._keep(tag, drawn)
        return drawn

    async def file(self, original: Original) -> OriginalFile:
        """Return the file of a document.

        Raises:
            OriginalError: it is gone or has changed.
            BusyError: too many wait.
        """
        return await self._call(lambda: _file(original, self._limits.max_file_bytes))

    def close(self) -> None:
        """End the process that draws."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._worker.close()

    def _draw(self, original: Original, number: int, width: int) -> PageDrawn:
        path = original.path()
        asked = PageAsked(path, original.sha256, number, min(max(width, MIN_WIDTH), MAX_WIDTH))
        try:
            return self._worker.ask(asked)
        except ReadError as error:
            # The folder a file lies in may name a person or a case: only its name is told.
            raise type(error)(path.name, error.cause, error.remedy) from error

    def _keep(self, tag: str, drawn: PageDrawn) -> None:
        if tag not in self._cache:
            self._cache[tag] = drawn
            self.cached_bytes += len(drawn.png)
        while self.cached_bytes > _MAX_CACHED_BYTES:
            _, oldest = self._cache.popitem(last=False)
            self.cached_bytes -= len(oldest.png)

    async def _call(self, work: Callable[[], Answer]) -> Answer:
        if self._in_flight >= _MAX_WAITING:
            raise BusyError("the service", "too many pages are waiting", "ask again shortly")
        self._in_flight += 1
        call = asyncio.get_running_loop().run_in_executor(self._thread, work)
        call.add_done_callback(self._end)
        try:
            return await asyncio.wait_for(call, self._timeout_s)
        except TimeoutError as error:
            cause = f"no picture within {self._timeout_s:g} s"
            raise LateError("the service", cause, "ask for it later") from error

    def _end(self, _: object) -> None:
        self._in_flight -= 1


def page_tag(original: Original, number: int, width: int) -> str:
    """Return what tells one picture from every other: bytes of the file, page, width."""
    return f"{original.sha256}-{number}-{width}"


def _check_page(original: Original, number: int) -> None:
    if original.page_count is None:
        raise UnknownNameError(
            original.document_id, "has no pages that can be drawn", "read its text, or its original"
        )
    if not 1 <= number <= original.page_count:
        cause = f"has no page {number}; it has {original.page_count}"
        raise UnknownNameError(original.document_id, cause)


def _file(original: Original, max_bytes: int) -> OriginalFile:
    path = original.path()
    content = original_bytes(path, original.sha256, max_bytes)
    kind = sniff(content[:HEAD_BYTES], path.name)
    return OriginalFile(path.name, content, _MEDIA_TYPES.get(kind, _UNKNOWN))
