"""Lines of an answer, wherever it is cut on its way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from precedent_client.lines import lines_of

TEXT = "one\r\n\nكلمة\u2028two\r\x0b\u0085\U0001f54a\nlast"
LINES = ["one", "", "كلمة\u2028two\r\x0b\u0085\U0001f54a", "last"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_lines_are_the_same_wherever_they_are_cut(size: int) -> None:
    content = TEXT.encode()
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    assert list(lines_of(pieces)) == LINES


def test_a_line_comes_as_soon_as_it_has_ended() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"one\ntw"
        raise ConnectionError

    lines = lines_of(pieces())
    assert next(lines) == "one"
    with pytest.raises(ConnectionError):
        next(lines)


def test_nothing_has_no_line() -> None:
    assert list(lines_of([b"", b""])) == []
