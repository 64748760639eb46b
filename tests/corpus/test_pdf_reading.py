"""Reading PDFs: lines, superscripts, hyphens, and clean reasons for what cannot be read."""

from __future__ import annotations

import pytest

from corpus.errors import (
    EmptyFileError,
    LimitExceededError,
    NotADocumentError,
    NoTextError,
    WrongTypeError,
)
from corpus.limits import Limits
from corpus.readers.page import Line
from corpus.readers.pdf import pypdf_reader
from corpus.readers.pdf.bidi import mirrored
from corpus.readers.pdf.chunks import Chunk
from corpus.readers.pdf.lines import assemble_lines
from corpus.readers.pdf.placement import Placement
from corpus.readers.pdf.read import READER_VARIABLE, read_pdf
from tests.robustness.pdf_bytes import Text, content, good_pdf, page_tree, scan, stream, text_pdf


def _lines(*texts: Text) -> tuple[Line, ...]:
    return read_pdf(text_pdf([texts]), "a.pdf", Limits()).pages[0].lines


def test_lines_come_with_place_size_and_print() -> None:
    plain, bold, italic = _lines(
        Text(113, 100, "Plain words of a body line", 10),
        Text(88, 130, "A. Heading", 12, "F2"),
        Text(113, 160, "Recalling also", 10, "F3"),
    )
    assert (plain.x0, plain.y, plain.size, plain.bold, plain.italic) == (113, 100, 10, False, False)
    assert (bold.x0, bold.size, bold.bold) == (88, 12, True)
    assert (italic.italic, italic.lead_italic) == (True, "Recalling also")
    assert plain.x1 > plain.x0


def test_lines_are_read_from_top_to_bottom_whatever_the_file_wrote_first() -> None:
    lines = _lines(
        Text(113, 500, "This was written first and stands below."),
        Text(113, 100, "This was written last and stands above."),
    )
    assert [line.y for line in lines] == [100, 500]


def test_columns_are_read_one_after_the_other() -> None:
    left = [Text(60, 100 + 12 * i, f"Left column, line {i} of it", 10) for i in range(5)]
    right = [Text(320, 100 + 12 * i, f"Right column, line {i} of it", 10) for i in range(5)]
    words = [line.text.split()[0] for line in _lines(*left, *right)]
    assert words == ["Left"] * 5 + ["Right"] * 5


def test_a_raised_mark_leaves_the_word_and_is_kept_beside_it() -> None:
    (line,) = _lines(
        Text(113, 100, "the old Framework.", 10),
        Text(190, 96.5, "12", 6.5),
        Text(198, 100, " and after", 10),
    )
    assert line.text == "the old Framework. and after"
    assert [(mark.mark, mark.offset) for mark in line.superscripts] == [("12", 18)]


def test_the_raised_ending_of_an_ordinal_is_text() -> None:
    (line,) = _lines(
        Text(113, 100, "adopted by the council at its 22", 10), Text(246, 96.5, "nd", 6.5)
    )
    assert line.text == "adopted by the council at its 22nd"
    assert line.superscripts == ()


def test_eleven_is_not_one_one() -> None:
    (line,) = _lines(Text(113, 100, "11. The text of paragraph 111 and 1,111 more", 10))
    assert line.text.startswith("11. The text of paragraph 111 and 1,111")


def test_a_note_mark_opens_its_line_at_offset_zero() -> None:
    (line,) = _lines(Text(105, 700, "3", 6), Text(113, 703, "See the annex to the report.", 9))
    assert line.text == "See the annex to the report."
    assert [(mark.mark, mark.offset) for mark in line.superscripts] == [("3", 0)]


def test_words_in_two_fonts_keep_their_space() -> None:
    chunks = [
        Chunk("Calls", 100, 122, 50, 10, italic=True),
        Chunk("for", 125, 137, 50, 10, italic=True),
    ]
    (line,) = assemble_lines(chunks, 1)
    assert line.text == line.lead_italic == "Calls for"


def test_letters_struck_twice_are_read_once() -> None:
    (line,) = assemble_lines([Chunk("NNAATTIIOONNSS", 100, 180, 50, 10)], 1)
    assert line.text == "NATIONS"


def test_both_readers_agree_on_the_words() -> None:
    data = good_pdf(2)
    ours = read_pdf(data, "a.pdf", Limits())
    theirs, _ = pypdf_reader.read_pages(data, "a.pdf", Limits())
    assert ours.reader == "pdfium"
    for page, other in zip(ours.pages, theirs, strict=True):
        assert [line.text for line in page.lines] == [line.text for line in other.lines]
        assert [line.y for line in page.lines] == pytest.approx([line.y for line in other.lines])
        assert [line.size for line in page.lines] == [line.size for line in other.lines]


def test_the_second_reader_is_used_where_the_worker_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(READER_VARIABLE, "pypdf")
    reading = read_pdf(good_pdf(), "a.pdf", Limits())
    assert reading.reader == "pypdf"
    assert any("pypdf" in warning for warning in reading.warnings)


def test_pages_without_text_are_named_and_the_others_read() -> None:
    words = Text(113, 100, "A page with enough words on it to count as a page of text.")
    blank = stream(b"")
    data = page_tree([stream(content([words])), blank, blank])
    reading = read_pdf(data, "a.pdf", Limits())
    assert reading.page_count == 3
    assert any("pages 2–3" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFileError),
        (b"   \n", WrongTypeError),
        (b"<html></html>", WrongTypeError),
        (scan(), NoTextError),
        (
            text_pdf(
                [
                    [
                        Text(72, 445, "The document you are looking for does not exist in the"),
                        Text(72, 460, "Official Document System (ODS)."),
                    ]
                ]
            ),
            NotADocumentError,
        ),
    ],
    ids=["empty", "blank", "html", "scan", "does-not-exist"],
)
def test_what_cannot_be_read_has_its_reason(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        read_pdf(data, "a.pdf", Limits())
    assert str(caught.value).startswith("a.pdf: ")


def test_limits_on_size_pages_and_characters_hold() -> None:
    data = good_pdf(3)
    with pytest.raises(LimitExceededError, match="MiB"):
        read_pdf(data, "a.pdf", Limits(max_file_bytes=100))
    with pytest.raises(LimitExceededError, match="3 pages"):
        read_pdf(data, "a.pdf", Limits(max_pages=2))
    with pytest.raises(LimitExceededError, match="characters"):
        read_pdf(data, "a.pdf", Limits(max_page_chars=100))
    assert read_pdf(data, "a.pdf", Limits(max_pages=3)).page_count == 3


@pytest.mark.parametrize(
    ("turns", "shown"), [(0, (110, 700)), (1, (100, 110)), (2, (490, 100)), (3, (700, 490))]
)
def test_points_are_placed_as_the_turned_page_is_looked_at(
    turns: int, shown: tuple[float, float]
) -> None:
    """A page of 600 × 800 points whose lower edge is at 10; the point is at (110, 110)."""
    assert Placement(0, 10, 600, 810, turns)(110, 110) == shown


def test_arabic_is_read_from_the_right_with_its_symbols_whole() -> None:
    chunks = [
        Chunk(".", 485, 488, 50, 10),
        Chunk("1", 488, 493, 50, 10),
        Chunk(" ", 0, 0, 0, 0),
        Chunk("القرار", 450, 480, 50, 10),
        Chunk(" ", 0, 0, 0, 0),
        Chunk("/1", 430, 440, 50, 10),
        Chunk("RES", 410, 430, 50, 10),
        Chunk("A/", 400, 410, 50, 10),
    ]
    turned = [mirrored(chunk, 600) for chunk in chunks]
    (line,) = assemble_lines(turned, 1, right_to_left=True)
    assert line.text == "1. القرار A/RES/1"
    assert line.x0 == pytest.approx(600 - 493)
