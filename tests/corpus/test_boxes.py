"""Boxes: where paragraphs stand on the page as it is shown."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest
from pypdf.generic import RectangleObject

from corpus.limits import Limits
from corpus.readers.page import Line, Page
from corpus.readers.pdf.read import READER_VARIABLE, read_pdf
from corpus.segmentation import segment_pages
from corpus.types import Box, Paragraph
from tests.robustness.pdf_bytes import Text, text_pdf

WIDTH, HEIGHT = 595.0, 842.0


def _texts() -> list[Text]:
    texts: list[Text] = []
    for number in range(1, 5):
        y = 100 + 60 * number
        texts.append(Text(113, y, f"{number}. The keepers of the mill told the assembly of it", 10))
        texts.append(Text(113, y + 12, "and went home by the river.", 10))
    return texts


def _turned(turns: int, crop: tuple[float, float, float, float] | None = None) -> bytes:
    writer = pypdf.PdfWriter()
    page = pypdf.PdfReader(io.BytesIO(text_pdf([_texts()]))).pages[0]
    if crop:
        page.cropbox = RectangleObject(crop)
    page.rotate(90 * turns)
    writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _paragraphs(data: bytes) -> dict[str, Paragraph]:
    pages = read_pdf(data, "made.pdf", Limits()).pages
    return {p.id: p for p in segment_pages(pages).paragraphs}


def _close(box: Box, x0: float, y0: float, x1: float, y1: float, within: float = 2.0) -> bool:
    return all(
        abs(a - b) <= within
        for a, b in zip((box.x0, box.y0, box.x1, box.y1), (x0, y0, x1, y1), strict=True)
    )


def test_a_box_holds_the_lines_of_its_paragraph_and_no_others() -> None:
    found = _paragraphs(text_pdf([_texts()]))
    (box,) = found["2"].boxes
    assert box.page == 1
    assert box.x0 == 113
    # Baselines at 220 and 232 in print of 10 points.
    assert 209 < box.y0 < 214
    assert 233 < box.y1 < 236
    assert found["1"].boxes[0].y1 < box.y0
    assert found["3"].boxes[0].y0 > box.y1


def test_a_paragraph_over_two_pages_has_a_box_on_each() -> None:
    first = [*_texts(), Text(113, 760, "5. The council heard a report that went on and on and")]
    second = [Text(113, 81, "on overleaf until it ended."), Text(113, 111, "6. It closed.")]
    fifth = _paragraphs(text_pdf([first, second]))["5"]
    assert [box.page for box in fifth.boxes] == [1, 2]


@pytest.mark.parametrize("reader", ["pdfium", "pypdf"])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_boxes_stand_on_a_turned_and_cropped_page_as_it_is_shown(
    turns: int, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(READER_VARIABLE, reader)
    left, bottom, right, top = crop = (40.0, 30.0, 560.0, 800.0)
    upright = _paragraphs(text_pdf([_texts()]))["3"].boxes[0]
    # The same corners, measured from the crop's edges, then turned clockwise.
    x0, x1 = upright.x0 - left, upright.x1 - left
    y0, y1 = upright.y0 - (HEIGHT - top), upright.y1 - (HEIGHT - top)
    width, height = right - left, top - bottom
    expected = {
        0: (x0, y0, x1, y1),
        1: (height - y1, x0, height - y0, x1),
        2: (width - x1, height - y1, width - x0, height - y0),
        3: (y0, width - x1, y1, width - x0),
    }[turns]
    (box,) = _paragraphs(_turned(turns, crop))["3"].boxes
    # pypdf knows no right edges and takes letters for half as wide as they are high.
    assert _close(box, *expected, within=2.0 if reader == "pdfium" else 60.0)


def test_sideways_text_on_an_upright_page_is_read() -> None:
    """Wide tables and plans are printed so; their words were lost before."""
    found = _paragraphs(_turned(1))
    assert found["4"].text.endswith("went home by the river.")


def _line(text: str, x0: float, y: float, x1: float | None = None) -> Line:
    return Line(text, 1, x0, x1 if x1 is not None else x0 + 4.6 * len(text), y, 10.0)


def test_right_to_left_lines_are_measured_from_the_right() -> None:
    lines = tuple(
        _line(f"{n}. كان مجلس الوادي قد طلب من حراس الطاحونة تقريراً", 100, 100 + 30 * n, 400)
        for n in range(1, 5)
    )
    page = Page(1, WIDTH, HEIGHT, lines, mirrored=True)
    (box,) = segment_pages([page]).paragraphs[0].boxes
    assert (box.x0, box.x1) == (WIDTH - 400, WIDTH - 100)


def test_words_recognised_in_an_image_say_so() -> None:
    lines = tuple(_line(f"{n}. The keepers told it", 100, 100 + 30 * n) for n in range(1, 4))
    read = Page(1, WIDTH, HEIGHT, lines)
    recognised = Page(
        2, WIDTH, HEIGHT, (replace(_line("4. And went home.", 100, 100), page=2),), ocr=True
    )
    picture = Page(3, WIDTH, HEIGHT, (), has_image=True)
    found = segment_pages([read, recognised, picture])
    assert [p.ocr for p in found.paragraphs] == [False, False, False, True]
    assert found.quality.ocr_pages == (2,)
    assert found.quality.textless_pages == (3,)
