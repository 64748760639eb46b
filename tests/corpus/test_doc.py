"""Old Word files: which program reads them, and what is said where none can."""

from __future__ import annotations

import io
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from corpus.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
    WrongTypeError,
)
from corpus.limits import Limits
from corpus.parse import parse_file
from corpus.readers.doc import read_doc
from corpus.sniff import Format, sniff

HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")
TEXT = "1. The Committee notes the report.\n\n2. It recommends that the State ratify it.\n"


def office(*streams: str) -> bytes:
    """Write the names that the directory of an old Office file has; nothing else is looked at."""
    return HEADER + b"".join(
        name.encode("utf-16-le").ljust(128, b"\x00") for name in ("Root Entry", *streams)
    )


WORD = office("WordDocument", "1Table")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put scripts on PATH under the names of programs, and no others of those names."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "sleep", "cp", "printf"):
        (folder / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))

    def put(**scripts: str) -> None:
        for name, script in scripts.items():
            program = folder / name
            program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return put


def printing(text: str) -> str:
    return f"cat >/dev/null\ncat <<'END'\n{text}\nEND"


def numbers(data: bytes) -> list[str | None]:
    return [block.number for block in read_doc(data, "a.doc").blocks]


def test_antiword_gives_numbered_paragraphs(programs: Callable[..., None]) -> None:
    programs(antiword=printing(TEXT))
    reading = read_doc(WORD, "a.doc")
    assert [block.number for block in reading.blocks] == ["1", "2"]
    assert "read with antiword" in reading.warnings[0]


def test_catdoc_stands_in_where_antiword_finds_nothing(programs: Callable[..., None]) -> None:
    fast = "[This was fast-saved  1 times. Some information is lost]\n"
    programs(antiword="cat >/dev/null; exit 1", catdoc=printing(fast + TEXT))
    reading = read_doc(WORD, "a.doc")
    assert [block.number for block in reading.blocks] == ["1", "2"]
    assert "read with catdoc" in reading.warnings[0]
    assert not any("fast-saved" in block.text for block in reading.blocks)


def test_libreoffice_comes_first(programs: Callable[..., None], tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("1. The Committee notes the report.")
    written = io.BytesIO()
    made.save(written)
    (tmp_path / "made.docx").write_bytes(written.getvalue())
    find = 'while [ "$1" != --outdir ]; do shift; done'
    programs(soffice=f"{find}\ncp {tmp_path}/made.docx $2/document.docx", antiword=printing("no"))
    reading = read_doc(WORD, "a.doc")
    assert [block.number for block in reading.blocks] == ["1"]
    assert "LibreOffice" in reading.warnings[0]


def test_where_libreoffice_fails_the_next_is_asked(programs: Callable[..., None]) -> None:
    programs(soffice="exit 1", antiword=printing(TEXT))
    assert numbers(WORD) == ["1", "2"]


def test_a_libreoffice_that_hangs_is_ended_with_what_it_started(
    programs: Callable[..., None], tmp_path: Path
) -> None:
    late = tmp_path / "late"
    programs(soffice=f"(sleep 2; printf x > {late}) & sleep 60", antiword=printing(TEXT))
    reading = read_doc(WORD, "a.doc", Limits(conversion_s=0.5))
    assert len(reading.blocks) == 2
    time.sleep(2.5)
    assert not late.exists()


def test_tables_become_rows(programs: Callable[..., None]) -> None:
    programs(antiword=printing("Before.\n\n|State     |Number |\n|Belarus   |12     |\n\nAfter."))
    texts = [block.text for block in read_doc(WORD, "a.doc").blocks]
    assert texts == ["Before.", "State | Number", "Belarus | 12", "After."]


def test_without_a_program_the_reason_says_what_to_install(
    programs: Callable[..., None], tmp_path: Path
) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(WORD)
    with pytest.raises(WrongTypeError) as caught:
        parse_file(path)
    assert caught.value.cause == "an old Word file (.doc)"
    assert "apt-get install antiword" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "error", "cause"),
    [
        (office("Workbook"), WrongTypeError, "an Excel workbook (.xls)"),
        (office("PowerPoint Document"), WrongTypeError, "a PowerPoint file (.ppt)"),
        (office("__nameid_version1.0"), WrongTypeError, "an Outlook message (.msg)"),
        (office("\u4840\u3f3f"), WrongTypeError, "a Windows installer (.msi)"),
        (office("Contents"), WrongTypeError, "an old Office file that is no Word document"),
        (HEADER, DamagedFileError, "cut short or damaged"),
    ],
    ids=["xls", "ppt", "msg", "msi", "other", "cut"],
)
def test_what_is_no_word_file_has_its_name_in_the_reason(
    programs: Callable[..., None], data: bytes, error: type[Exception], cause: str
) -> None:
    programs(antiword=printing(TEXT))
    with pytest.raises(error, match=cause.replace("(", r"\(").replace(")", r"\)")):
        read_doc(data, "a.doc")


def test_a_password_is_named(programs: Callable[..., None]) -> None:
    programs(antiword="cat >/dev/null; echo 'Encrypted documents are not supported' >&2; exit 1")
    with pytest.raises(EncryptedFileError):
        read_doc(WORD, "a.doc")


def test_a_program_that_hangs_costs_only_the_file(programs: Callable[..., None]) -> None:
    programs(antiword="sleep 60")
    with pytest.raises(LimitExceededError, match=r"antiword took longer than 0\.3 s"):
        read_doc(WORD, "a.doc", Limits(conversion_s=0.3))


def test_a_file_without_text_is_said_to_have_none(programs: Callable[..., None]) -> None:
    programs(antiword="cat >/dev/null", catdoc="cat >/dev/null")
    with pytest.raises(DamagedFileError, match="antiword, catdoc found no text"):
        read_doc(WORD, "a.doc")


def test_old_word_files_are_told_by_their_content() -> None:
    assert sniff(WORD, "a.pdf") is Format.DOC
    assert sniff(b"\xdb\xa5-\x00".ljust(600, b"\x00"), "a.doc") is Format.DOC


@pytest.mark.skipif(
    shutil.which("antiword") is None, reason="no antiword: apt-get install antiword"
)
def test_the_installed_antiword_survives_what_is_no_word_file() -> None:
    with pytest.raises(DamagedFileError):
        read_doc(WORD + bytes(4096), "a.doc")
