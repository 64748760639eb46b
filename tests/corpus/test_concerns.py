"""Reasons to look at a document again: each said where it holds, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from corpus.concerns import concern_score, concerns_of, symbol_of_file_name
from corpus.types import Document, Paragraph, ParagraphKind, Quality
from tests.fakes import document

GOOD = replace(
    document("A/HRC/15/16", *(f"Paragraph {n} says enough to be read." for n in range(1, 12))),
    kind="upr-report",
    source="A_HRC_15_16.en.pdf",
    file_format="pdf",
    page_count=1,
    quality=Quality(chain=11, first=1, last=11),
)


def codes(made: Document) -> list[str]:
    return [concern.code for concern in concerns_of(made)]


def said(made: Document, code: str) -> str:
    (found,) = [concern.message for concern in concerns_of(made) if concern.code == code]
    return found


def test_a_document_read_well_gives_no_concern() -> None:
    assert concerns_of(GOOD) == ()
    assert concern_score(()) == 0


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"quality": Quality(chain=9, gaps=(4, 7), first=1, last=11)}, "gaps",
         "paragraph numbers 4, 7 are missing"),
        ({"quality": Quality(chain=11, gaps=(4,), first=1)}, "gaps",
         "paragraph number 4 is missing"),
        ({"quality": Quality(chain=12, repeats=(3,), first=1)}, "repeats",
         "paragraph number 3 stands more than once"),
        ({"quality": Quality(chain=11, first=5)}, "late-start", "numbering starts at 5"),
        ({"quality": Quality(chain=11, first=1, unused_candidates=30)}, "unused",
         "30 lines look like numbered paragraphs and are not taken for them"),
        ({"quality": Quality(chain=11, first=1, ocr_pages=(1,))}, "ocr",
         "page 1 is recognised in an image: expect wrong letters"),
        ({"quality": Quality(chain=11, first=1, textless_pages=(2, 3))}, "textless",
         "pages 2, 3 are an image without words: nothing there is found"),
        ({"source": "A_HRC_20_1.en.pdf"}, "wrong-document",
         "the file is named A/HRC/20/1, but prints A/HRC/15/16"),
        ({"symbol": None, "source": "scan.pdf"}, "no-symbol",
         "no document symbol was found; cite it by its title"),
        ({"title": None}, "no-title", "no title was found"),
        ({"date": None, "year": None}, "no-date",
         "no date was found; filters by year leave it out"),
        ({"language": None}, "no-language",
         "its language is not known; filters by it leave it out"),
        ({"page_count": 40}, "few-words", "only 77 words on 40 pages"),
        ({"warnings": ("the file is cut short: what stands before the cut was read",)}, "damaged",
         "the file is cut short: what stands before the cut was read"),
        ({"warnings": ("the document says it is in 'en', but its text is in 'fr'",)},
         "another-language", "the document says it is in 'en', but its text is in 'fr'"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)  # fmt: skip
def test_each_fault_is_said_alone(changes: dict[str, Any], code: str, message: str) -> None:
    made = replace(GOOD, **changes)
    assert codes(made) == [code]
    assert said(made, code) == message
    assert 0 < concerns_of(made)[0].weight <= 1


def test_an_unnumbered_report_is_a_fault_and_an_unnumbered_statement_is_not() -> None:
    plain = tuple(
        Paragraph(f"u{n}", None, ParagraphKind.BODY, (), (1,), "These are some words of it.")
        for n in range(1, 12)
    )
    made = replace(GOOD, paragraphs=plain, quality=Quality())
    assert codes(made) == ["unnumbered"]
    assert codes(replace(made, kind="ngo-statement")) == []
    assert codes(replace(made, symbol="A/HRC/15/16/Corr.1", source="corr.pdf")) == []


def test_an_addendum_may_start_where_the_report_ended() -> None:
    made = replace(GOOD, symbol="A/HRC/15/16/Add.1", source="a.pdf")
    made = replace(made, quality=Quality(chain=11, first=90, last=100))
    assert codes(made) == []


def test_numbers_that_stand_divided_are_not_missing() -> None:
    """Decisions number 1.1, 1.2, 2.1; no line is numbered 2 by itself."""
    divided = tuple(
        Paragraph(number, number, ParagraphKind.BODY, (), (1,), "Words enough to be read in it.")
        for number in ("1.1", "1.2", "2.1", "3", "5")
    )
    made = replace(GOOD, paragraphs=divided, quality=Quality(chain=2, gaps=(4,), first=3, last=5))
    assert said(made, "gaps") == "paragraph number 4 is missing"
    assert "late-start" not in codes(made)
    made = replace(made, quality=Quality(chain=2, gaps=(1, 2), first=3, last=5))
    assert codes(made) == []


def test_concerns_are_weighed_and_listed_weightiest_first() -> None:
    made = replace(
        GOOD, title=None, source="A_HRC_20_1.pdf", quality=Quality(chain=9, gaps=(2, 3), first=1)
    )
    found = concerns_of(made)
    assert [c.weight for c in found] == sorted((c.weight for c in found), reverse=True)
    assert found[0].code == "wrong-document"
    assert concern_score(found) == pytest.approx(sum(c.weight for c in found), abs=0.001)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A_HRC_58_68.en.pdf", "A/HRC/58/68"),
        ("un__A_80_44.pdf", "A/80/44"),
        ("A_HRC_RES_59_25-ru.docx", "A/HRC/RES/59/25"),
        ("A_HRC_59_L.17.pdf", "A/HRC/59/L.17"),
        ("g0917008.pdf", None),
        ("letter_to_1st_committee.pdf", None),
        ("my_notes_2.pdf", None),
    ],
)
def test_the_symbol_a_file_is_named_for(name: str, expected: str | None) -> None:
    found = symbol_of_file_name(name)
    assert (found.text if found else None) == expected


def test_a_file_of_records_is_named_for_none() -> None:
    assert symbol_of_file_name("A_HRC_58_68.jsonl", "jsonl") is None


def test_chinese_is_not_short_of_words_for_want_of_spaces() -> None:
    written = tuple(
        replace(p, text="山谷大会曾要求磨坊看守人报告河流状况。" * 4) for p in GOOD.paragraphs
    )
    made = replace(GOOD, language="zh", paragraphs=written, page_count=2)
    assert "few-words" not in codes(made)
    assert "few-words" in codes(replace(made, page_count=40))
