"""Lines of an answer that comes bit by bit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["lines_of"]


def lines_of(pieces: Iterable[bytes]) -> Iterator[str]:
    r"""Yield the lines of UTF-8 that comes in pieces, empty ones too.

    Lines end with "\n" or "\r\n" and with nothing else: JSON may hold U+2028, U+2029 and U+0085 as
    they are, which `str.splitlines`, and so `httpx.Response.iter_lines`, takes for ends of lines.
    """
    begun: list[bytes] = []
    for piece in pieces:
        *ended, rest = piece.split(b"\n")
        for end in ended:
            yield _text(b"".join((*begun, end)))
            begun.clear()
        if rest:
            begun.append(rest)
    if begun:
        yield _text(b"".join(begun))


def _text(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")
