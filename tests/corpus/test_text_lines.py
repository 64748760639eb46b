"""Text files by their lines: wrapped, printed by pages, mailed, marked up; and their notes."""

from __future__ import annotations

import pytest

from corpus.errors import WrongTypeError
from corpus.readers.flow import FlowReading
from corpus.readers.page import BlockKind
from corpus.readers.text.read import read_text

WRAPPED = "The people of the valley spoke of the bridge and of the ferry which the"


def read(text: str, name: str = "a.txt") -> FlowReading:
    return read_text(text.encode(), name)


def texts(text: str, name: str = "a.txt") -> list[str]:
    return [block.text for block in read(text, name).blocks]


def test_running_heads_and_page_numbers_are_taken_off() -> None:
    pages = [
        f"SAMPLE/2024/SR/3\nPage {n}\n\n{n}. {WRAPPED}\ncouncil had asked for in"
        f"\n\n                 - {n} -\n"
        for n in range(1, 5)
    ]
    found = read("\f".join(pages))
    assert [b.number for b in found.blocks] == ["1", "2", "3", "4"]
    assert all(b.text.endswith("asked for in") for b in found.blocks)
    assert "SAMPLE/2024/SR/3" in found.heads


def test_a_sentence_goes_on_over_the_page() -> None:
    assert texts(f"{WRAPPED}\fcouncil had asked for.\f\fAnother page.") == [
        f"{WRAPPED} council had asked for.", "Another page.",
    ]  # fmt: skip


def test_page_numbers_alone_between_blank_lines() -> None:
    body = "\n\n".join(f"{WRAPPED}.\n\n{n}" for n in (3, 4, 5, 6))
    assert texts(body) == [f"{WRAPPED}."] * 4
    assert "7" in texts(f"{WRAPPED}.\n\n7\n\n{WRAPPED}.")  # one number is no pagination


def test_wrapped_lines_without_blank_ones_are_parted_by_shape() -> None:
    text = f"{WRAPPED}\nend came.\n    {WRAPPED}\nnext end came.\n1. {WRAPPED}\nlast end.\n"
    assert texts(text) == [
        f"{WRAPPED} end came.", f"{WRAPPED} next end came.", f"{WRAPPED} last end.",
    ]  # fmt: skip


def test_indented_paragraphs_inside_a_group() -> None:
    text = f"    {WRAPPED}\ncouncil wanted.\n    {WRAPPED}\ncouncil built.\n\nAnother one here.\n"
    assert texts(text)[:2] == [f"{WRAPPED} council wanted.", f"{WRAPPED} council built."]


def test_hanging_indents_do_not_part() -> None:
    text = f"(a) {WRAPPED}.\n    {WRAPPED}\n    end.\n\nNext paragraph here.\n"
    assert texts(text)[0] == f"{WRAPPED}. {WRAPPED} end."


def test_hyphens_at_line_ends_are_mended_by_the_texts_own_words() -> None:
    russian = "Они говорили о правах чело-\nвека в долине.\n\nО чем они говорили там.\n"
    assert texts(russian)[0] == "Они говорили о правах человека в долине."
    english = "The long-\nterm plan.\n\nEvery long-term plan is long.\n"
    assert texts(english)[0] == "The long-term plan."


def test_numbered_lines_part_where_they_count_on() -> None:
    found = read("1. One item without a stop\n2. Another item\n3. Third\n\nEnd of it.").blocks
    assert [b.number for b in found] == ["1", "2", "3", None]


def test_double_spaced_text_is_closed_up() -> None:
    lines = [WRAPPED, "council had asked for in the first of", "many letters to the ferryman",
             "who lives beside the river."]  # fmt: skip
    assert texts("\n\n".join(lines)) == [" ".join(lines)]


def test_notes_with_slashes_and_with_carets() -> None:
    text = f"{WRAPPED} council 1/ had.\n\nAnother 2/ sentence.\n\n1/ See there.\n\n2/ And there.\n"
    found = read(text)
    notes = [(b.mark, b.text) for b in found.blocks if b.kind is BlockKind.FOOTNOTE]
    assert notes == [("1", "See there."), ("2", "And there.")]
    assert found.blocks[1].text == "Another sentence."
    assert [mark for mark, _ in found.marks] == ["1", "2"]
    found = read("# Title\n\nWords[^1] here.\n\n[^1]: A note.\n")
    assert [(b.kind.value, b.text) for b in found.blocks] == [
        ("heading", "Title"), ("text", "Words here."), ("footnote", "A note."),
    ]  # fmt: skip


def test_markdown() -> None:
    text = (
        "---\ntitle: The bridge\n---\n# Findings\n\n*Recalling* the **great** [report](http://x.y/z)"
        " of `2024`,\n\n1\\. Typed number.\n\n- A point\n- Another\n\n| a | b |\n|---|---|\n"
        "| c | d |\n\n> Quoted words.\n\n***\n\n![picture](p.png) End."
    )
    found = read(text, "a.md")
    assert [(b.kind.value, b.number, b.text) for b in found.blocks] == [
        ("heading", None, "Findings"),
        ("text", None, "Recalling the great report of 2024,"),
        ("text", "1", "Typed number."),
        ("list-item", None, "A point"),
        ("list-item", None, "Another"),
        ("table-row", None, "a | b"),
        ("table-row", None, "c | d"),
        ("text", None, "Quoted words."),
        ("text", None, "picture End."),
    ]
    assert found.blocks[1].lead_italic == "Recalling"
    assert found.opening[0].text == "The bridge"


def test_a_letter_by_mail_is_titled_by_its_subject() -> None:
    text = "From: A. Sample\nTo: The Council\nSubject: The bridge over the river\n\nDear members,\n"
    found = read(text)
    assert [b.text for b in found.blocks] == [
        "From: A. Sample; To: The Council; Subject: The bridge over the river", "Dear members,",
    ]  # fmt: skip
    assert "The bridge over the river" in [line.text for line in found.opening if line.heading]


def test_short_lines_before_paragraphs_are_headings() -> None:
    text = f"Death penalty\n\n1. {WRAPPED}.\n\nMr. President\n\n{WRAPPED} council, and more words."
    kinds = [(b.kind.value, b.text) for b in read(text).blocks]
    assert kinds[0] == ("heading", "Death penalty")
    assert kinds[2] == ("text", "Mr. President")


def test_letters_that_are_also_roman_numerals() -> None:
    text = "II. Findings\n\nA. One\n\nWords.\n\nB. Two\n\nWords.\n\nC. Three\n\nWords.\n"
    levels = {b.text: b.level for b in read(text).blocks if b.kind is BlockKind.HEADING}
    assert levels == {"II. Findings": 1, "A. One": 2, "B. Two": 2, "C. Three": 2}


@pytest.mark.parametrize(
    "opening",
    ['<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package>',
     "<?xml version='1.0'?>\n<w:wordDocument xmlns:w='x'>"],
)  # fmt: skip
def test_word_files_saved_as_xml_are_named(opening: str) -> None:
    with pytest.raises(WrongTypeError, match="Word document saved as XML"):
        read(opening + " words")
