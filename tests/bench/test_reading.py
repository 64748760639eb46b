"""A file that came with a request: read apart, and never put on a disk where that can be helped."""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path

import pytest

from corpus.errors import InputError, ReadError
from search_api.bench import reading
from search_api.schemas import DraftFile


def given(name: str, data: bytes) -> DraftFile:
    return DraftFile(name=name, content=base64.b64encode(data).decode())


@pytest.mark.parametrize("name", ["a.txt", "", "a.t\x00t", "../../a.txt", "x" * 300, "a.b/c.d e"])
def test_words_are_read_whatever_the_name(name: str) -> None:
    assert reading.read(given(name, b"All are free.\n\nAnd equal.")).text == (
        "All are free.\n\nAnd equal."
    )


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="only Linux keeps files in memory")
def test_a_draft_is_on_no_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[tuple[bool, bytes]] = []
    original = reading.draft_in

    def look(path: Path) -> object:
        seen.append((path.is_symlink(), path.read_bytes()))
        return original(path)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(reading, "draft_in", look)
    reading.read(given("a.txt", b"All are free."))
    assert seen == [(True, b"All are free.")]
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_named_as_it_was_given() -> None:
    with pytest.raises(ReadError, match=r"statement\.docx"):
        reading.read(given("statement.docx", b"PK\x03\x04 nothing of a Word file"))
    with pytest.raises(InputError, match="not base64"):
        reading.read(DraftFile(name="a.txt", content="%%%"))
