"""The units of a draft: every word of it, in pieces that each can have a precedent."""

from __future__ import annotations

import pytest

from corpus.types import Paragraph, ParagraphKind
from search_api.bench.units import draft_units
from workbench.units import units_of, without_citations


def texts(draft: str) -> list[str]:
    return [unit.text for unit in draft_units(draft)]


def test_sentences_are_units() -> None:
    assert texts(
        "It goes on. Every day people are held (see art. 9). Who acts?\n\nNobody does."
    ) == [
        "It goes on.",
        "Every day people are held (see art. 9).",
        "Who acts?",
        "Nobody does.",
    ]


def test_items_and_clauses_are_units_without_their_marks() -> None:
    draft = "1. Calls upon States:\n(a) To release all;\n(b) To end torture; to pay redress;\n"
    units = draft_units(f"The Council,\n\n{draft}")
    assert [(unit.number, unit.text) for unit in units][-4:] == [
        ("1", "Calls upon States:"),
        ("1", "To release all;"),
        ("1", "To end torture;"),
        ("1", "to pay redress;"),
    ]


def test_headings_are_the_section_of_what_follows() -> None:
    heading = Paragraph("h1", None, ParagraphKind.HEADING, (), (), "II. Detention")
    body = Paragraph("1", "1", ParagraphKind.BODY, ("II. Detention",), (), "All are held.")
    (unit,) = units_of([heading, body])
    assert (unit.section, unit.paragraph) == (("II. Detention",), 1)


def test_a_single_line_is_a_draft_too() -> None:
    assert texts("Calls upon States to ensure access to a lawyer") == [
        "Calls upon States to ensure access to a lawyer"
    ]
    assert texts("Calls upon States to act\nUrges them to hurry") == [
        "Calls upon States to act",
        "Urges them to hurry",
    ]


def test_nothing_is_no_unit() -> None:
    assert texts("") == texts(" \n\n\t ") == texts("\x00\x07") == []


def test_a_hard_wrapped_paragraph_is_one() -> None:
    assert texts(
        "We are concerned that many people\nare held without charge.\n\nAnd so on it goes."
    ) == [
        "We are concerned that many people are held without charge.",
        "And so on it goes.",
    ]


def test_control_characters_do_no_harm() -> None:
    assert texts("No one\x00 shall be held\x1b without charge. It is so.")[1:] == ["It is so."]


@pytest.mark.parametrize("before", ["", "A short title\n\n", "It begins here.\n\n"])
def test_no_word_of_a_draft_is_lost(before: str) -> None:
    draft = f"{before}1. Urges States:\n(a) To act now;\n– to act soon;\nand it ends\nhere."
    units = " ".join(unit.text for unit in draft_units(draft))
    for word in ("Urges", "States", "act", "now", "soon", "ends", "here"):
        assert word in units
    assert ("begins" in units) is ("begins" in before)


def test_notes_are_left_out() -> None:
    assert texts("It is so.[^1] And so on.\n\n[^1]: A/HRC/15/16, para. 12.") == [
        "It is so.",
        "And so on.",
    ]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("第一段说明情况。第二句在此。", ["第一段说明情况。", "第二句在此。"]),
        (
            "1. Призывает государства:\n(а) прекратить пытки;",
            ["Призывает государства:", "прекратить пытки;"],
        ),
        ("12) Recalls it.\n13) Urges more.", ["Recalls it.", "Urges more."]),
        ("# Title\n\nIt is so.", ["It is so."]),
    ],
)
def test_other_ways_of_writing(draft: str, expected: list[str]) -> None:
    assert texts(draft) == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("All are free (A/HRC/15/16, para. 12) and equal.", "All are free and equal."),
        ("All [see A/RES/60/251] are free.", "All are free."),
        ("All (and both) are free (art. 9).", "All (and both) are free (art. 9)."),
    ],
)
def test_the_writers_own_citations_are_blanked_in_place(text: str, left: str) -> None:
    blanked = without_citations(text)
    assert len(blanked) == len(text)
    assert " ".join(blanked.split()) == left
