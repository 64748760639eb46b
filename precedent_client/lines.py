"""Lines of an answer that comes bit by bit."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator

__all__ = ["async_lines_of", "lines_of"]


class _Lines:
    r"""Puts pieces together to lines.

    Lines end with "\n" or "\r\n" and with nothing else: JSON may hold U+2028, U+2029 and U+0085 as
    they are, which `str.splitlines`, and so `httpx.Response.iter_lines`, takes for ends of lines.
    """

    def __init__(self) -> None:
        self._begun: list[bytes] = []

    def of(self, piece: bytes) -> Iterator[str]:
        """Yield the lines that end in a piece."""
        *ended, rest = piece.split(b"\n")
        for end in ended:
            yield _text(b"".join((*self._begun, end)))
            self._begun.clear()
        if rest:
            self._begun.append(rest)

    def last(self) -> Iterator[str]:
        """Yield the line that nothing ended."""
        if self._begun:
            yield _text(b"".join(self._begun))


def lines_of(pieces: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of UTF-8 that comes in pieces, empty ones too."""
    lines = _Lines()
    for piece in pieces:
        yield from lines.of(piece)
    yield from lines.last()


async def async_lines_of(pieces: AsyncIterable[bytes]) -> AsyncIterator[str]:
    """Yield the same of pieces that asyncio waits for."""
    lines = _Lines()
    async for piece in pieces:
        for line in lines.of(piece):
            yield line
    for line in lines.last():
        yield line


def _text(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")
