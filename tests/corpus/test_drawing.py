"""Pages drawn in a process of their own, and what hostile files cost."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.generic import FloatObject, RectangleObject

from corpus.errors import DamagedFileError, LimitExceededError, OriginalError
from corpus.limits import Limits
from corpus.page_images import PageAsked, PageDrawn
from corpus.readers.pdf.drawing import draw_page
from corpus.sandbox.single import SingleWorker
from tests.robustness.pdf_specimens import form_doubling

LIMITS = Limits(wall_time_s=10.0)


def pdf(width: float = 600, height: float = 800, *, colour: bool = False) -> bytes:
    made = FPDF(unit="pt", format=(width, height))
    made.add_page()
    made.set_fill_color(200, 30 if colour else 200, 30 if colour else 200)
    made.rect(width / 10, height / 10, width / 5, height / 10, style="F")
    return bytes(made.output())


def asked(folder: Path, data: bytes, width: int = 300, number: int = 1) -> PageAsked:
    path = folder / "page.pdf"
    path.write_bytes(data)
    return PageAsked(path, hashlib.sha256(data).hexdigest(), number, width)


def turned(data: bytes, *, turns: int = 0, crop: tuple[float, ...] = ()) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    if turns:
        writer.pages[0].rotate(turns)
    if crop:
        writer.pages[0].cropbox = RectangleObject([FloatObject(each) for each in crop])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def ink(drawn: PageDrawn) -> tuple[float, float, float, float]:
    """Return the edges of what is drawn, in points from the upper left corner of the page."""
    from PIL import Image

    image = Image.open(io.BytesIO(drawn.png)).convert("L").point(lambda v: 255 * (v < 240))
    left, upper, right, lower = image.getbbox() or (0, 0, 0, 0)
    x, y = drawn.page_width / drawn.width, drawn.page_height / drawn.height
    return left * x, upper * y, right * x, lower * y


@pytest.mark.parametrize(
    ("turns", "crop", "box"),
    [
        (0, (), (60, 80, 180, 160)),
        (90, (), (640, 60, 720, 180)),
        (180, (), (420, 640, 540, 720)),
        (270, (), (80, 420, 160, 540)),
        (0, (30, 50, 500, 760), (30, 40, 150, 120)),
    ],
    ids=["upright", "90", "180", "270", "cropped"],
)
def test_a_page_is_drawn_as_it_is_shown_in_points_from_its_corner(
    tmp_path: Path, turns: int, crop: tuple[float, ...], box: tuple[float, ...]
) -> None:
    drawn = draw_page(asked(tmp_path, turned(pdf(), turns=turns, crop=crop), 600), LIMITS)
    assert ink(drawn) == pytest.approx(box, abs=2)


@pytest.mark.parametrize("colour", [False, True])
def test_a_picture_can_be_read_and_keeps_its_colours(tmp_path: Path, colour: bool) -> None:
    from PIL import Image

    drawn = draw_page(asked(tmp_path, pdf(colour=colour), 301), LIMITS)
    image = Image.open(io.BytesIO(drawn.png))
    assert image.size == (drawn.width, drawn.height)
    assert drawn.width in (301, 302)
    inside = image.convert("RGB").getpixel((60, 50))
    assert isinstance(inside, tuple)
    red, green, _ = inside
    assert abs(red - 200) < 10
    assert (green < 60) == colour


@pytest.mark.parametrize(("width", "height"), [(14_000, 3), (3, 14_000), (14_000, 14_000)])
def test_however_large_a_page_says_it_is_its_picture_is_bounded(
    tmp_path: Path, width: float, height: float
) -> None:
    drawn = draw_page(asked(tmp_path, pdf(width, height), 2400), LIMITS)
    assert drawn.width * drawn.height <= 8_100_000
    assert max(drawn.width, drawn.height) <= 8_001


@pytest.fixture
def worker() -> Iterator[SingleWorker[PageDrawn]]:
    made = SingleWorker[PageDrawn]("corpus.readers.pdf.drawing:draw_page", LIMITS, PageDrawn)
    yield made
    made.close()


def test_a_worker_draws_refuses_and_goes_on(
    tmp_path: Path, worker: SingleWorker[PageDrawn]
) -> None:
    good = asked(tmp_path, pdf())
    assert worker.ask(good).png == draw_page(good, LIMITS).png
    with pytest.raises(OriginalError, match="has no page 7; it has 1"):
        worker.ask(PageAsked(good.path, good.sha256, 7, 300))
    with pytest.raises(OriginalError, match="has changed"):
        worker.ask(PageAsked(good.path, "0" * 64, 1, 300))
    with pytest.raises(OriginalError, match="is gone"):
        worker.ask(PageAsked(tmp_path / "none.pdf", good.sha256, 1, 300))
    assert worker.ask(good).width == 300


def test_a_page_that_is_never_done_is_ended_and_the_next_is_drawn(tmp_path: Path) -> None:
    made = SingleWorker[PageDrawn](
        "corpus.readers.pdf.drawing:draw_page", Limits(wall_time_s=0.7), PageDrawn
    )
    try:
        with pytest.raises(LimitExceededError, match="took longer than"):
            made.ask(asked(tmp_path, form_doubling()))
        assert made.ask(asked(tmp_path, pdf())).width == 300
    finally:
        made.close()


def devour(request: PageAsked, limits: Limits) -> int:
    """Stand for a page that asks for all memory."""
    return len(bytearray(2**34)) if request.number == 1 else 0


def test_a_page_that_asks_for_all_memory_costs_only_itself(tmp_path: Path) -> None:
    made = SingleWorker[int]("tests.corpus.test_drawing:devour", LIMITS, int)
    try:
        with pytest.raises(LimitExceededError, match="GiB of memory"):
            made.ask(PageAsked(tmp_path / "x.pdf", "", 1, 300))
        assert made.ask(PageAsked(tmp_path / "x.pdf", "", 2, 300)) == 0
    finally:
        made.close()


def test_what_is_no_pdf_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match="cannot be drawn"):
        draw_page(asked(tmp_path, b"%PDF-1.4 and nothing else"), LIMITS)
