"""Furniture leaves; text at the edge of a page stays."""

from __future__ import annotations

from corpus.furniture import strip_furniture
from corpus.readers.page import Line, Page


def _page(number: int, *lines: tuple[float, str]) -> Page:
    return Page(
        number,
        595,
        842,
        tuple(Line(text, number, 113, 113 + 5 * len(text), y, 10) for y, text in lines),
    )


def _texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def _report(pages: int = 6) -> list[Page]:
    letters = "abcdef"
    return [
        _page(
            number,
            (51, "A/XYZ/9/8"),
            (90, f"{number}. A paragraph of its own words: {letters[number - 1]}."),
            (400, "The middle of the page."),
            (780, f"The last line of page {letters[number - 1]} goes on."),
            (812, str(number)),
            (812, "GE.25-01234"),
        )
        for number in range(1, pages + 1)
    ]


def test_heads_page_numbers_and_job_numbers_leave() -> None:
    stripped = strip_furniture(_report())
    assert stripped.running_heads == ("A/XYZ/9/8",)
    assert stripped.job_number == "GE.25-01234"
    for page in stripped.pages:
        assert len(page.lines) == 3
        assert not any("GE.25" in text or text.isdigit() for text in _texts(page))


def test_two_line_heads_leave() -> None:
    pages = [
        _page(n, (53, "A/XYZ/WG.6/7/ABC/1"), (67, f"Page {n}"), (300, f"Text {'ab'[n % 2]}."))
        for n in range(1, 6)
    ]
    assert all(len(page.lines) == 1 for page in strip_furniture(pages).pages)


def test_new_york_page_numbers_barcodes_and_continuation_leave() -> None:
    pages = [
        _page(1, (300, "One."), (800, "*2506556*"), (800, "25-06556 (E) 140825")),
        _page(2, (300, "Two."), (812, "2/34"), (800, "/...")),
    ]
    stripped = strip_furniture(pages)
    assert [_texts(page) for page in stripped.pages] == [["One."], ["Two."]]
    assert stripped.job_number == "25-06556 (E)"


def test_a_paragraph_that_opens_every_page_with_the_same_words_stays() -> None:
    pages = [
        _page(n, (90, f"{n}. At the same meeting the council heard a statement."), (400, "Text."))
        for n in range(1, 6)
    ]
    assert all(len(page.lines) == 2 for page in strip_furniture(pages).pages)


def test_a_note_that_stands_at_the_foot_of_two_pages_stays() -> None:
    note = (783, "See A/1/2, decision 1.")
    pages = [
        _page(n, (300, "Text."), *((note,) if n in (1, 3) else ()), (812, str(n)))
        for n in range(1, 9)
    ]
    stripped = strip_furniture(pages)
    assert [len(page.lines) for page in stripped.pages] == [2, 1, 2, 1, 1, 1, 1, 1]


def test_what_repeats_inside_the_text_stays() -> None:
    pages = [_page(n, (400, "Recommendation"), (500, "Words.")) for n in range(1, 6)]
    assert all(len(page.lines) == 2 for page in strip_furniture(pages).pages)


def test_no_pages_no_furniture() -> None:
    stripped = strip_furniture([])
    assert (stripped.pages, stripped.running_heads, stripped.job_number) == ((), (), None)
