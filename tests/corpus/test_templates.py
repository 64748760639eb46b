"""Layouts of United Nations documents by kind and age, made of invented words."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from fpdf import FPDF

from corpus.limits import Limits
from corpus.numbering import Candidate, best_chain, find_misprinted, leading_number
from corpus.readers.page import Line, Page
from corpus.readers.pdf.read import read_pdf
from corpus.readers.pdf.style import Print
from corpus.segmentation import Segmentation, segment_pages
from corpus.types import Paragraph, ParagraphKind

WORDS = (
    "the assembly of the valley had asked the keepers of the mill to report upon the state of the"
    " river and upon the means of crossing it in winter"
)
RUSSIAN = (
    "собрание долины просило хранителей мельницы сообщить о состоянии реки и о переправе зимой"
)
CHINESE = "山谷大会曾要求磨坊看守人就河流状况和冬季渡河办法提出报告并说明其费用以及时间"


class Sheet:
    """Sets lines of text on a page, one under the other."""

    def __init__(self, y: float = 90.0) -> None:
        self.lines: list[Line] = []
        self.y = y

    def line(self, text: str, x: float, x1: float | None = None, **style: object) -> None:
        size = float(str(style.get("size", 10.0)))
        end = x + 0.46 * size * len(text) if x1 is None else x1
        made = Line(text, 1, x, end, self.y, size)
        self.lines.append(replace(made, **style))  # type: ignore[arg-type]

    def put(self, text: str, x: float = 113.0, width: float = 370.0, **style: object) -> None:
        """Break a paragraph into lines; `first` is where its first line begins."""
        size = float(str(style.get("size", 10.0)))
        first = float(str(style.pop("first", x)))
        rows = textwrap.wrap(text, int(width / (0.46 * size)))
        for i, row in enumerate(rows):
            left = first if i == 0 else x
            self.line(row, left, x + width if i < len(rows) - 1 else None, **style)
            self.y += 1.2 * size
        self.y += 0.6 * size

    def page(self, number: int = 1) -> Page:
        lines = tuple(replace(line, page=number) for line in self.lines)
        return Page(number, 595.0, 842.0, lines)


def _by_id(found: Segmentation) -> dict[str, Paragraph]:
    return {paragraph.id: paragraph for paragraph in found.paragraphs}


def test_two_columns_of_the_official_records() -> None:
    pages = []
    for number in (1, 2):
        sheet = Sheet()
        for column, x in enumerate((60.0, 310.0)):
            sheet.y = 90
            for n in range(4):
                paragraph = 8 * (number - 1) + 4 * column + n + 1
                text = f"{paragraph}. {WORDS.capitalize()}, and {WORDS}."
                sheet.put(text, x, 230, first=x + 12, size=9.5)
        pages.append(sheet.page(number))
    found = segment_pages(pages)
    assert [p.id for p in found.paragraphs] == [str(n) for n in range(1, 17)]
    assert all(p.text.endswith("in winter.") for p in found.paragraphs)
    assert all("\n" not in p.text for p in found.paragraphs)
    left, right = (_by_id(found)[n].boxes for n in ("4", "5"))
    assert left[0].x1 < right[0].x0


def test_concluding_observations_with_bold_recommendations() -> None:
    sheet = Sheet()
    sheet.line("Keepers of the mill", 113, bold=True)
    sheet.y += 18
    sheet.put(f"1. The Committee is concerned that {WORDS}.")
    sheet.put("2. The Committee recommends that the State party:", bold=True)
    sheet.put(f"(a) Adopt a law under which {WORDS};", first=142, bold=True)
    sheet.put(f"(b) Ensure that {WORDS}.", first=142, bold=True)
    sheet.y += 6
    sheet.line("Crossing in winter", 113, bold=True)
    sheet.y += 18
    sheet.put(f"3. The State party should ensure that {WORDS}.", bold=True)
    found = segment_pages([sheet.page()])
    assert [p.id for p in found.paragraphs] == ["h1", "1", "2", "h2", "3"]
    second = _by_id(found)["2"]
    assert second.text.count("\n(") == 2
    assert second.text.endswith("in winter.")


def test_decisions_count_with_a_point() -> None:
    sheet = Sheet()
    numbers = ["1.1", "1.2", "2.1", "2.2", "2.3", "3.1", "3.2", "4."]
    for number in numbers:
        sheet.put(f"{number} The author of the communication says that {WORDS}.")
    found = segment_pages([sheet.page()])
    assert [p.number for p in found.paragraphs] == [*numbers[:-1], "4"]


def test_a_russian_list_stays_in_its_paragraph() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.put(f"{number}. Комитет отмечает, что {RUSSIAN}:")
        for label in "абв" if number == 2 else "":
            sheet.put(f"{label}) {RUSSIAN};", first=142)
    found = segment_pages([sheet.page()])
    assert [p.number for p in found.paragraphs] == ["1", "2", "3", "4"]
    assert _by_id(found)["2"].text.count("\n") == 3


@pytest.mark.parametrize("stop", [". ", "．", "、"])
def test_chinese_numbers(stop: str) -> None:
    sheet = Sheet()
    for number in range(1, 6):
        text = f"{number}{stop}{CHINESE}{CHINESE}。"
        for start in range(0, len(text), 35):
            row = text[start : start + 35]
            sheet.line(row, 113, 113 + 10.5 * len(row), size=10.5)
            sheet.y += 16
        sheet.y += 5
    found = segment_pages([sheet.page()])
    assert [p.number for p in found.paragraphs] == ["1", "2", "3", "4", "5"]
    assert all(p.text == f"{CHINESE}{CHINESE}。" for p in found.paragraphs)


def test_a_statement_without_numbers() -> None:
    sheet = Sheet()
    for _ in range(5):
        sheet.put(f"We say that {WORDS}, and {WORDS}.", 57, 480)
    found = segment_pages([sheet.page()])
    assert [p.id for p in found.paragraphs] == ["u1", "u2", "u3", "u4", "u5"]


def test_rows_of_a_table_are_not_part_of_the_paragraph_above() -> None:
    sheet = Sheet()
    sheet.put(f"1. The keepers counted the crossings: {WORDS}.")
    sheet.line("Table 1", 113)
    sheet.y += 12
    for row in (("Year", "Crossings", "Boats"), ("1901", "312", "4"), ("1902", "340", "5")):
        for x, cell in zip((113, 250, 400), row, strict=True):
            sheet.line(cell, x)
        sheet.y += 14
    sheet.y += 8
    sheet.put(f"2. The keepers thanked those who rowed: {WORDS}.")
    sheet.put(f"3. They went home: {WORDS}.")
    found = segment_pages([sheet.page()])
    assert [p.id for p in found.paragraphs] == ["1", "u1", "2", "3"]
    table = _by_id(found)["u1"]
    assert table.kind is ParagraphKind.BODY
    assert table.text.split("\n") == [
        "Table 1",
        "Year Crossings Boats",
        "1901 312 4",
        "1902 340 5",
    ]


def test_a_loosely_set_line_is_no_table() -> None:
    sheet = Sheet()
    sheet.put("1. The keepers told the assembly what they had seen of the stereotypical view of it")
    sheet.y -= 6
    words = {113: "attitudes", 200: "towards", 290: "women", 380: "in", 450: "mills."}
    for x, word in words.items():
        sheet.line(word, x)
    sheet.y += 18
    sheet.put(f"2. The keepers said: {WORDS}.")
    sheet.put(f"3. They went home: {WORDS}.")
    found = segment_pages([sheet.page()])
    assert [p.id for p in found.paragraphs] == ["1", "2", "3"]
    assert _by_id(found)["1"].text.endswith("view of it attitudes towards women in mills.")


def test_one_answer_to_several_numbers() -> None:
    sheet = Sheet()
    for number in (1, 2, 3):
        sheet.put(f"{number}. The valley accepts the recommendation.")
    sheet.line("4., 5., 8.,", 113)
    sheet.lines[-1] = replace(
        sheet.lines[-1], text="4., 5., 8., The valley accepts these and", x1=482
    )
    sheet.y += 12
    sheet.line("9., 10. already acts upon them.", 113)
    sheet.y += 18
    for number in (6, 7, 11):
        sheet.put(f"{number}. The valley takes note of the recommendation.")
    found = segment_pages([sheet.page()])
    assert "4–5, 8–10" in [p.number for p in found.paragraphs]
    joint = next(p for p in found.paragraphs if p.number == "4–5, 8–10")
    assert joint.text == "The valley accepts these and already acts upon them."
    assert found.quality.gaps == ()


def test_joint_labels_are_parsed() -> None:
    found = leading_number("5., 6., 9. The valley accepts")
    assert found is not None
    assert (found.number, found.last, found.others, found.start) == (5, 6, (9,), 11)


@pytest.mark.parametrize(
    ("stray", "taken"), [(3, True), (4, True), (35, False), (1, False)], ids=str
)
def test_a_number_printed_twice_is_a_paragraph(stray: int, taken: bool) -> None:
    numbers = [1, 2, 3, stray, 4, 5, 6]
    candidates = [Candidate(i, n, 0.0) for i, n in enumerate(numbers)]
    sure = [c for c in candidates if c.index != 3]
    chain = best_chain(sure)
    found = find_misprinted(candidates, [chain], set())
    assert bool(found) is taken


def test_a_wrong_number_where_one_is_missing_is_a_paragraph() -> None:
    numbers = [1, 2, 35, 4, 5, 6]
    candidates = [Candidate(i, n, 0.0) for i, n in enumerate(numbers)]
    chain = best_chain([c for c in candidates if c.index != 2])
    assert [c.number for c in find_misprinted(candidates, [chain], set())] == [35]


def test_repeats_are_reported() -> None:
    sheet = Sheet()
    for number in (1, 2, 3, 3, 4, 5):
        sheet.put(f"{number}. The keepers said that {WORDS}.")
    found = segment_pages([sheet.page()])
    assert [p.id for p in found.paragraphs] == ["1", "2", "3", "3~2", "4", "5"]
    assert found.quality.repeats == (3,)


@pytest.mark.parametrize(
    ("widths", "style"),
    [
        ({"n": 0.5, "d": 0.5, "a": 0.444, "r": 0.333}, (False, False)),
        ({"n": 0.556, "d": 0.556, "a": 0.5, "r": 0.444}, (True, False)),
        ({"n": 0.5, "d": 0.5, "a": 0.5, "r": 0.389}, (False, True)),
        ({"n": 0.6, "d": 0.6, "a": 0.6, "r": 0.6}, (False, False)),
    ],
    ids=["upright", "bold", "italic", "not Times"],
)
def test_a_font_without_a_name_shows_its_style_in_its_widths(
    widths: dict[str, float], style: tuple[bool, bool]
) -> None:
    print_ = Print(nameless=True)
    for letter in "randnadrandn":
        print_.measure(letter, widths[letter])
    print_.judge()
    assert (print_.bold, print_.italic) == style


def test_typewriters_underline_what_print_sets_in_italics() -> None:
    pdf = FPDF(format="Letter", unit="pt")
    pdf.add_page()
    pdf.set_font("courier", size=10)
    pdf.text(108, 200, "Bearing in mind")
    pdf.line(108, 201.5, 198, 201.5)
    pdf.text(204, 200, "the report of the keepers")
    pdf.text(72, 212, "of the mill,")
    page = read_pdf(bytes(pdf.output()), "made.pdf", Limits()).pages[0]
    assert page.lines[0].lead_italic == "Bearing in mind"
    assert page.lines[1].lead_italic == ""


def test_a_heading_that_many_pages_open_with_is_no_running_head() -> None:
    pages = []
    for number in range(1, 9):
        sheet = Sheet(53)
        sheet.line("SAMPLE/2025/7", 480, size=9.0, bold=True)
        sheet.y = 84
        sheet.line("Work of the keepers", 113, bold=True)
        sheet.y = 102
        for n in range(3):
            sheet.put(f"{3 * (number - 1) + n + 1}. The keepers said that {WORDS}.")
        pages.append(sheet.page(number))
    found = segment_pages(pages)
    headings = [p.text for p in found.paragraphs if p.kind is ParagraphKind.HEADING]
    assert headings.count("Work of the keepers") >= 7
    assert "SAMPLE/2025/7" not in headings


def test_views_printed_as_an_annex_are_cited_without_it() -> None:
    lines = [
        ("Annex", True),
        *((f"{n}.  The invented Committee notes matter {n} in the words of no one.", False)
          for n in range(1, 6)),
        ("Appendix", True),
        *((f"{n}.  An invented member agrees with point {n} of the views.", False)
          for n in range(1, 4)),
    ]  # fmt: skip
    printed = [
        Line(text, 1, 113.0, 420.0, 100.0 + 24 * i, 10.0, bold=bold)
        for i, (text, bold) in enumerate(lines)
    ]
    page = Page(1, 595.0, 842.0, tuple(printed))
    apart = [p.id for p in segment_pages([page]).paragraphs if p.number]
    views = [p.id for p in segment_pages([page], annexed=True).paragraphs if p.number]
    assert apart[:2] == ["annex1-1", "annex1-2"]
    assert views == ["1", "2", "3", "4", "5", "annex1-1", "annex1-2", "annex1-3"]
