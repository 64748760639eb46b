"""Plain text: paragraphs, typed numbers, headings, notes, encodings."""

from __future__ import annotations

import pytest

from corpus.errors import EmptyFileError, LimitExceededError, WrongTypeError
from corpus.limits import Limits
from corpus.readers.flow import split_number
from corpus.readers.page import BlockKind
from corpus.readers.text.read import read_text

TEXT = """Sample Assembly
SAMPLE/2025/SR/9
Distr.: General

I. Introduction

1. The present report
is wrapped over lines:
    (a) First;
    (b) Second.
2. The next one follows without a blank line [1].

2.1 A sub-paragraph. It costs 12.5 per cent more.

FINDINGS

Place    Persons held

[1] A note.
"""


def blocks(text, **options):
    return read_text(text.encode(), "a.txt", **options).blocks


def test_blocks_of_a_typical_file():
    found = [(b.kind, b.number, b.text) for b in blocks(TEXT)]
    assert found == [
        (BlockKind.TEXT, None, "Sample Assembly SAMPLE/2025/SR/9 Distr.: General"),
        (BlockKind.HEADING, None, "I. Introduction"),
        (BlockKind.TEXT, "1", "The present report is wrapped over lines:"),
        (BlockKind.LIST_ITEM, "(a)", "First;"),
        (BlockKind.LIST_ITEM, "(b)", "Second."),
        (BlockKind.TEXT, "2", "The next one follows without a blank line."),
        (BlockKind.TEXT, "2.1", "A sub-paragraph. It costs 12.5 per cent more."),
        (BlockKind.HEADING, None, "FINDINGS"),
        (BlockKind.TABLE_ROW, None, "Place | Persons held"),
        (BlockKind.FOOTNOTE, None, "A note."),
    ]


def test_note_marks_are_kept_with_their_place():
    reading = read_text(TEXT.encode(), "a.txt")
    assert reading.marks == (("1", "The next one follows without a blank line."),)
    assert reading.blocks[-1].mark == "1"


def test_brackets_without_a_note_stay():
    (block,) = blocks("He said [1] that it was so.")
    assert block.text == "He said [1] that it was so."


def test_without_blank_lines_each_line_is_a_paragraph():
    assert [b.text for b in blocks("One paragraph.\nAnother paragraph.\n")] == [
        "One paragraph.", "Another paragraph.",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings(encoding):
    words = "Комитет отмечает, что государство-участник не представило сведений."
    assert read_text(words.encode(encoding), "a.txt").blocks[0].text == words


def test_underlined_and_marked_headings():
    found = blocks("Findings\n========\n\n## Courts\n\nWords follow here.")
    assert [(b.kind, b.text, b.level) for b in found] == [
        (BlockKind.HEADING, "Findings", 1),
        (BlockKind.HEADING, "Courts", 2),
        (BlockKind.TEXT, "Words follow here.", 0),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12. The Committee notes", ("12", "The Committee notes")),
        ("12.\tThe Committee notes", ("12", "The Committee notes")),
        ("2.1 The author", ("2.1", "The author")),
        ("2.13. The author", ("2.13", "The author")),
        ("(a) Detention", ("(a)", "Detention")),
        ("b) Detención", ("b)", "Detención")),
        ("а) задержание", ("а)", "задержание")),
        ("1、本报告", ("1", "本报告")),
        ("3 - مقدمة", ("3", "مقدمة")),
        ("2025 was a hard year", (None, "2025 was a hard year")),
        ("12.5 per cent", (None, "12.5 per cent")),
        ("3. 4. 2025", (None, "3. 4. 2025")),
        ("The year 12. It", (None, "The year 12. It")),
    ],
)
def test_typed_numbers(text, expected):
    assert split_number(text) == expected


def test_refusals():
    with pytest.raises(EmptyFileError):
        read_text(b" \n \n", "a.txt")
    with pytest.raises(WrongTypeError):
        read_text(bytes(range(1, 9)) * 50, "a.txt")
    with pytest.raises(LimitExceededError):
        read_text(b"words " * 100, "a.txt", Limits(max_file_bytes=100))
