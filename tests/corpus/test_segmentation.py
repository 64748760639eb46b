"""Segmentation of made pages and blocks: each rule by a text that needs it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.limits import Limits
from corpus.readers.page import Block, BlockKind
from corpus.readers.pdf.read import read_pdf
from corpus.segmentation import Segmentation, label_paragraphs, segment_blocks, segment_pages
from corpus.segmentation.joining import Joiner, learn_joiner
from corpus.segmentation.labels import unique
from corpus.types import Paragraph, ParagraphKind
from tests.robustness.pdf_bytes import Text, text_pdf

FILLER = "which the council had asked for at its last meeting in the long hall by the river"


def _segment(*pages: list[Text], resolution: bool | None = None) -> Segmentation:
    reading = read_pdf(text_pdf(pages), "made.pdf", Limits())
    return segment_pages(reading.pages, resolution=resolution)


def _paragraph(number: int, y: float, opening: str = "The council heard a report") -> list[Text]:
    return [
        Text(113, y, f"{number}. {opening}, {FILLER},"),
        Text(113, y + 12, "and it thanked the speakers."),
    ]


def _body(first: int, last: int, y: float = 90) -> list[Text]:
    texts: list[Text] = []
    for number in range(first, last + 1):
        texts += _paragraph(number, y)
        y += 30
    return texts


def _by_id(found: Segmentation) -> dict[str, Paragraph]:
    return {paragraph.id: paragraph for paragraph in found.paragraphs}


def test_numbered_paragraphs_come_with_number_page_and_whole_text() -> None:
    found = _segment(_body(1, 6))
    assert [p.id for p in found.paragraphs] == ["1", "2", "3", "4", "5", "6"]
    third = _by_id(found)["3"]
    assert third.number == "3"
    assert third.pages == (1,)
    assert third.text.startswith("The council heard")
    assert third.text.endswith("by the river, and it thanked the speakers.")
    assert (found.quality.chain, found.quality.first, found.quality.last) == (6, 1, 6)


def test_a_paragraph_over_two_pages_has_both() -> None:
    first = [*_body(1, 4), Text(113, 770, f"5. The council heard a report {FILLER}")]
    second = [Text(113, 81, "and it went on overleaf."), *_body(6, 8, 120)]
    fifth = _by_id(_segment(first, second))["5"]
    assert fifth.pages == (1, 2)
    assert fifth.text.endswith("by the river and it went on overleaf.")


def test_headings_are_paragraphs_and_the_sections_of_those_below() -> None:
    page = [
        Text(90, 80, "I. Introduction", 14, "F2"),
        *_paragraph(1, 110),
        *_paragraph(2, 140),
        Text(85, 180, "II. Findings", 14, "F2"),
        Text(88, 210, "A. The river", 12, "F2"),
        *_paragraph(3, 240),
        Text(88, 280, "B. The valley", 12, "F2"),
        *_paragraph(4, 310),
    ]
    found = _segment(page)
    paragraphs = _by_id(found)
    assert [p.id for p in found.paragraphs] == ["h1", "1", "2", "h2", "h3", "3", "h4", "4"]
    assert paragraphs["2"].section == ("I. Introduction",)
    assert paragraphs["3"].section == ("II. Findings", "A. The river")
    assert paragraphs["4"].section == ("II. Findings", "B. The valley")
    assert paragraphs["h3"].kind is ParagraphKind.HEADING


def test_a_bold_paragraph_is_no_heading() -> None:
    page = [
        *_body(1, 3),
        Text(113, 190, f"4. The expert recommends that the State, {FILLER},", 10, "F2"),
        Text(113, 202, "build a bridge over the river without delay.", 10, "F2"),
    ]
    found = _segment(page)
    assert all(p.kind is ParagraphKind.BODY for p in found.paragraphs)
    assert _by_id(found)["4"].text.endswith("without delay.")


def test_subparagraphs_stay_inside_each_on_its_line() -> None:
    page = [
        *_body(1, 3),
        Text(113, 190, "4. The council decided:"),
        Text(142, 208, f"(a) To build a bridge {FILLER};"),
        Text(142, 226, "(b) To name it."),
        *_paragraph(5, 250),
    ]
    lines = _by_id(_segment(page))["4"].text.split("\n")
    assert [line[:3] for line in lines] == ["The", "(a)", "(b)"]


def test_footnotes_are_apart_and_know_their_paragraph() -> None:
    page = [
        *_body(1, 20),
        Text(224, 128.5, "1", 6.5),
        Text(105, 745, "1", 6),
        Text(113, 748, "See the report of the bridge committee, para. 4.", 9),
    ]
    found = _segment(page)
    (note,) = found.footnotes
    assert (note.mark, note.page, note.paragraph_id) == ("1", 1, "2")
    assert note.text.startswith("See the report")
    assert not any("bridge committee" in p.text for p in found.paragraphs)


def test_recommendations_numbered_below_their_paragraph() -> None:
    page = [
        *_body(1, 3),
        Text(113, 190, f"4. The recommendations below have the support of the State, {FILLER}:"),
        Text(142, 210, "4.1. Build a bridge (Ruritania);"),
        Text(142, 228, "4.2. Name the bridge (Graustark);"),
        Text(142, 246, "4.3. Open the bridge (Zenda)."),
        *_paragraph(5, 270),
    ]
    found = _by_id(_segment(page))
    assert found["4.2"].kind is ParagraphKind.RECOMMENDATION
    assert found["4.2"].number == "4.2"
    assert found["4.2"].text == "Name the bridge (Graustark);"
    assert found["5"].kind is ParagraphKind.BODY


def test_numbering_begins_anew_in_an_annex() -> None:
    annex = [Text(270, 80, "Annex", 14, "F2"), *_body(1, 3, 120)]
    found = _segment(_body(1, 8), annex)
    ids = [p.id for p in found.paragraphs]
    assert ids[8:] == ["h1", "annex1-1", "annex1-2", "annex1-3"]
    assert _by_id(found)["annex1-2"].kind is ParagraphKind.ANNEX
    assert found.quality.restarts == 1


def test_contents_and_masthead_are_no_paragraphs() -> None:
    front = [
        Text(120, 50, "United Nations", 14),
        Text(392, 80, "Distr.: General"),
        Text(57, 230, "Council of the Valley", 12, "F2"),
        Text(113, 300, "Report on the bridge", 14, "F2"),
    ]
    contents = [
        Text(57, 98, "Contents", 14),
        Text(113, 135, "I. Introduction ................................................... 1–3 3"),
        Text(113, 153, "II. Findings ...................................................... 4–6 4"),
    ]
    body = [Text(90, 80, "I. Introduction", 14, "F2"), *_body(1, 6, 110)]
    found = _segment(front, contents, body)
    assert [p.id for p in found.paragraphs] == ["h1", "1", "2", "3", "4", "5", "6"]
    assert _by_id(found)["1"].pages == (3,)


def test_gaps_are_reported() -> None:
    page = [*_body(1, 4), *_body(6, 9, 250)]
    found = _segment(page)
    assert found.quality.gaps == (5,)
    assert any("5" in warning for warning in found.warnings)


def _resolution_page() -> list[Text]:
    return [
        Text(142, 100, "The Council of the Valley,", 10, "F3"),
        Text(142, 120, "Recalling", 10, "F3"),
        Text(184, 120, f"its resolution on the bridge {FILLER[:45]}"),
        Text(113, 132, "and the report on it that was before the council at its meeting,"),
        Text(142, 150, "Noting also", 10, "F3"),
        Text(194, 150, f"the work of the ferryman {FILLER[:45]},"),
        Text(142, 170, "1."),
        Text(160, 170, "Calls upon", 10, "F3"),
        Text(207, 170, f"the State to build a bridge {FILLER[:40]}"),
        Text(113, 182, "and to keep it open to all who live in the valley and beyond it;"),
        Text(142, 200, "2."),
        Text(160, 200, "Decides", 10, "F3"),
        Text(195, 200, "to remain seized of the matter."),
        Text(400, 230, "3rd meeting"),
        Text(400, 242, "1 May 2020"),
    ]


@pytest.mark.parametrize("resolution", [None, True])
def test_a_resolution_has_preambular_and_operative_paragraphs(resolution: bool | None) -> None:
    found = _segment(_resolution_page(), resolution=resolution)
    paragraphs = _by_id(found)
    assert paragraphs["pp1"].kind is ParagraphKind.PREAMBULAR
    assert paragraphs["pp1"].verb == "Recalling"
    assert paragraphs["pp2"].verb == "Noting also"
    assert paragraphs["1"].kind is ParagraphKind.OPERATIVE
    assert paragraphs["1"].verb == "Calls upon"
    assert paragraphs["2"].verb == "Decides"
    assert paragraphs["2"].text.endswith("seized of the matter.")


def test_a_text_without_numbers_is_cut_by_its_indents_and_spaces() -> None:
    page = [
        Text(72, 80, "Statement on the bridge", 14, "F2"),
        Text(72, 120, f"We thank the council for the floor {FILLER}"),
        Text(72, 132, "and for its patience."),
        Text(72, 156, f"We ask that the bridge be built {FILLER}"),
        Text(72, 168, "without delay."),
        Text(72, 192, f"We thank the ferryman, {FILLER}"),
        Text(72, 204, "who carried us here."),
    ]
    found = _segment(page)
    assert [p.id for p in found.paragraphs] == ["h1", "u1", "u2", "u3"]
    assert found.quality.chain == 0
    assert found.paragraphs[1].number is None


def test_no_pages_no_paragraphs() -> None:
    assert segment_pages([]).paragraphs == ()
    assert segment_blocks([]).paragraphs == ()


def test_blocks_become_the_same_paragraphs() -> None:
    blocks = [
        Block(BlockKind.HEADING, "I. Introduction", level=1),
        *(Block(BlockKind.TEXT, f"The council met {n} times.", number=str(n)) for n in (1, 2)),
        Block(BlockKind.HEADING, "II. Findings", level=1),
        Block(BlockKind.TEXT, "3. The council decided:"),
        Block(BlockKind.LIST_ITEM, "To build a bridge;", number="(a)", level=1),
        Block(BlockKind.TEXT, "A closing word without a number."),
        Block(BlockKind.FOOTNOTE, "See the report.", mark="1"),
    ]
    found = segment_blocks(blocks)
    paragraphs = _by_id(found)
    assert [p.id for p in found.paragraphs] == ["h1", "1", "2", "h2", "3", "u1"]
    assert paragraphs["3"].text == "The council decided:\n(a) To build a bridge;"
    assert paragraphs["3"].section == ("II. Findings",)
    assert paragraphs["3"].pages == ()
    assert [(n.mark, n.text, n.page) for n in found.footnotes] == [("1", "See the report.", None)]
    assert found.quality.chain == 3


def test_blocks_of_a_resolution_without_italics_find_their_english_verbs() -> None:
    blocks = [
        Block(BlockKind.TEXT, "The Council of the Valley,"),
        Block(BlockKind.TEXT, "Recalling its resolution on the bridge,"),
        Block(BlockKind.TEXT, "Deeply concerned at the state of the ferry,"),
        Block(BlockKind.TEXT, "Strongly condemns the sinking of the ferry;", number="1"),
        Block(BlockKind.TEXT, "Calls upon the State to build a bridge;", number="2"),
        Block(BlockKind.TEXT, "Decides to remain seized of the matter.", number="3"),
    ]
    found = segment_blocks(blocks)
    assert [p.kind.value for p in found.paragraphs] == [
        "body",
        "preambular",
        "preambular",
        "operative",
        "operative",
        "operative",
    ]
    assert [p.verb for p in found.paragraphs[1:]] == [
        "Recalling",
        "Deeply concerned",
        "Strongly condemns",
        "Calls upon",
        "Decides",
    ]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the conflict-", "related violence", "the conflict-related violence"),
        ("in 2019-", "2020 the council", "in 2019-2020 the council"),
        ("о правах чело-", "века в долине", "о правах человека в долине"),
        ("the humanitarian -", "development nexus", "the humanitarian-development nexus"),
        ("a soft\xad", "ened word", "a softened word"),
        ("https://example.org/a/", "b.pdf", "https://example.org/a/b.pdf"),
        ("人权理事会注意到", "各国的报告", "人权理事会注意到各国的报告"),
        ("the end of a line", "and the next", "the end of a line and the next"),
    ],
)
def test_lines_are_joined_as_their_words_want(before: str, after: str, joined: str) -> None:
    left, separator = Joiner().join(before, after)
    assert left + separator + after == joined


def test_a_document_that_breaks_words_teaches_the_joiner() -> None:
    joiner = learn_joiner(["They spoke of implementation.", "The imple-", "mentation of the plan."])
    left, separator = joiner.join("The imple-", "mentation of")
    assert left + separator + "mentation" == "The implementation"


@given(st.lists(st.sampled_from(["1", "2", "u1", "1~2", "annex1-4", "h1"]), max_size=40))
def test_labels_are_unique_and_keep_their_name(labels: list[str]) -> None:
    result = unique(labels)
    assert len(set(result)) == len(result)
    assert all(new.startswith(old) for new, old in zip(result, labels, strict=True))


def test_labels_follow_kind_number_and_annex() -> None:
    def paragraph(kind: ParagraphKind, number: str | None = None) -> Paragraph:
        return Paragraph("", number, kind, (), (), "words")

    given_paragraphs = [
        paragraph(ParagraphKind.HEADING),
        paragraph(ParagraphKind.PREAMBULAR),
        paragraph(ParagraphKind.OPERATIVE, "1"),
        paragraph(ParagraphKind.BODY),
        paragraph(ParagraphKind.BODY, "1"),
        paragraph(ParagraphKind.ANNEX, "1"),
        paragraph(ParagraphKind.ANNEX),
    ]
    labelled = label_paragraphs(given_paragraphs, [0, 0, 0, 0, 0, 2, 2])
    assert [p.id for p in labelled] == ["h1", "pp1", "1", "u1", "1~2", "annex2-1", "annex2-u1"]
