"""Citations in UN form, and document and passage keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citations import format_citation, format_span, parse_citation
from corpus.errors import SymbolError
from corpus.identity import document_id, leading_symbol, passage_id, split_passage_id


@pytest.mark.parametrize(
    ("typed", "symbol", "paragraphs"),
    [
        ("A/HRC/15/16, para. 12", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16, paras. 24-26", "A/HRC/15/16", ["24", "25", "26"]),
        ("A/HRC/15/16, paras. 24–26 and 30", "A/HRC/15/16", ["24", "25", "26", "30"]),
        ("a/hrc/15/16 para 12", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16 § 12", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16 12", "A/HRC/15/16", ["12"]),
        ("(A/HRC/15/16, para. 12)", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16, para. 12 (a)", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16, пункт 12", "A/HRC/15/16", ["12"]),
        ("А/НRС/15/16, п. 12", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16, par. 12", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16, párr. 12", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16，第12段", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16، الفقرة 12", "A/HRC/15/16", ["12"]),
        ("A/HRC/15/16*, paragraphs 3 to 5", "A/HRC/15/16", ["3", "4", "5"]),
        ("S/RES/1325 (2000), para. 3", "S/RES/1325 (2000)", ["3"]),
        ("CAT/C/73/D/872/2018, paras. 2.1, 3.4-3.6", "CAT/C/73/D/872/2018",
         ["2.1", "3.4", "3.5", "3.6"]),
        ("A/HRC/RES/55/27, third preambular paragraph", "A/HRC/RES/55/27", ["pp3"]),
        ("A/HRC/RES/55/27 PP3", "A/HRC/RES/55/27", ["pp3"]),
        ("A/HRC/RES/55/27, OP 3", "A/HRC/RES/55/27", ["3"]),
        ("A/79/940-S/2025/361, para. 4", "A/79/940-S/2025/361", ["4"]),
    ],
)  # fmt: skip
def test_reads_what_people_type(typed, symbol, paragraphs):
    citation = parse_citation(typed)
    assert (citation.symbol.text, list(citation.paragraphs)) == (symbol, paragraphs)


@pytest.mark.parametrize(
    "typed",
    ["", "hello", "A/HRC/15/16", "A/HRC/15/16 and detention", "see A/HRC/15/16, para. 12",
     "A/HRC/15/16, paras. 9-2", "A/HRC/15/16, paras. 1-9999", "para. 12"],
)  # fmt: skip
def test_refuses_what_is_no_citation(typed):
    with pytest.raises(SymbolError):
        parse_citation(typed)


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (("A/HRC/15/16", "T", "12", "upr-report", "12"), {}, "A/HRC/15/16, para. 12"),
        (("A/HRC/RES/55/27", "T", None, "resolution", "pp3"), {},
         "A/HRC/RES/55/27, third preambular paragraph"),
        (("A/HRC/RES/55/27", "T", None, "resolution", "pp30"), {},
         "A/HRC/RES/55/27, thirtieth preambular paragraph"),
        (("A/HRC/RES/55/27", "T", None, "resolution", "pp42"), {},
         "A/HRC/RES/55/27, 42nd preambular paragraph"),
        (("A/HRC/47/NGO/12", "T", None, "ngo-statement", "u5"), {"pages": [3]},
         "A/HRC/47/NGO/12, p. 3"),
        (("A/HRC/47/NGO/12", "T", None, "ngo-statement", "u5"), {"pages": [3, 4]},
         "A/HRC/47/NGO/12, pp. 3–4"),
        (("A/HRC/47/NGO/12", "T", None, "ngo-statement", "u5"), {}, "A/HRC/47/NGO/12"),
        ((None, "Letter to a State", "2", "letter", "2"), {}, "Letter to a State, para. 2"),
        (("A/HRC/15/16", "T", "4", "upr-report", "annex1-4"), {}, "A/HRC/15/16, annex I, para. 4"),
        (("CAT/C/73/D/872/2018", None, "OP1-3", "treaty-body-decision", "OP1-3"), {},
         "CAT/C/73/D/872/2018, individual opinion 1, para. 3"),
        (("A/HRC/15/16", "T", "12", "upr-report", "12~2"), {}, "A/HRC/15/16, para. 12"),
        (("A/HRC/15/16", "T", None, "upr-report", "fn7"), {}, "A/HRC/15/16, footnote 7"),
        (("CCPR/C/GC/32", "General Comment No. 32: Article 14", "33", "general-comment", "33"),
         {"body": "CCPR", "year": 2007},
         "Human Rights Committee, general comment No. 32 (2007), para. 33"),
        (("CAT/C/GC/4", "General Comment No. 4 (2017) on article 3", "9", "general-comment", "9"),
         {"body": "CAT", "year": 2018},
         "Committee against Torture, general comment No. 4 (2017), para. 9"),
        (("A/47/38", "General recommendation No. 19: Violence", "6", "general-comment", "6"),
         {"body": "CEDAW", "year": 1992},
         "Committee on the Elimination of Discrimination against Women, "
         "general recommendation No. 19 (1992), para. 6"),
        (("CRC/C/GC/22-CMW/C/GC/3", "Joint general comment", "3", "general-comment", "3"),
         {"body": "CRC", "year": 2017},
         "joint general comment No. 22 of the Committee on the Rights of the Child/general "
         "comment No. 3 of the Committee on the Protection of the Rights of All Migrant Workers "
         "and Members of Their Families (2017), para. 3"),
    ],
)  # fmt: skip
def test_writes_un_form(arguments, options, expected):
    assert format_citation(*arguments, **options) == expected


def test_spans():
    assert format_span("A/80/1", None, ["24", "25", "26"], None) == "A/80/1, paras. 24–26"
    numbers = ["1", "2", "4", "5", "6", "9"]
    assert format_span("A/80/1", None, numbers, None) == "A/80/1, paras. 1, 2, 4–6 and 9"
    assert format_span("A/80/1", None, ["7"], None) == "A/80/1, para. 7"


@given(st.integers(1, 400), st.integers(0, 40))
def test_written_spans_read_back(first, more):
    numbers = [str(n) for n in range(first, first + more + 1)]
    assert list(parse_citation(format_span("A/80/1", None, numbers, None)).paragraphs) == numbers


@pytest.mark.parametrize(
    ("symbol", "language", "title", "source", "expected"),
    [
        ("A/HRC/15/16", "en", "T", "x.pdf", "A_HRC_15_16:en"),
        ("A/HRC/15/16", None, "T", "x.pdf", "A_HRC_15_16"),
        ("S/RES/1325 (2000)", "fr", None, "x.pdf", "S_RES_1325-(2000):fr"),
        ("A/47/38", "en", "General recommendation No. 20: Reservations", "x", "A_47_38~gc20:en"),
        ("CAT/C/GC/2", "en", "General Comment No. 2", "x", "CAT_C_GC_2:en"),
        ("A/80/44", "en", "Report citing general comment No. 2", "x", "A_80_44:en"),
        (None, "en", "T", "folder/1st Report.final.pdf", "~1st-report-final:en"),
        ("  ", None, None, "notes.jsonl.gz", "~notes"),
    ],
)
def test_document_ids(symbol, language, title, source, expected):
    assert document_id(symbol, language, title, source) == expected


def test_names_that_lose_their_letters_stay_apart():
    first, second = (document_id(None, "ru", None, name) for name in ("доклад.pdf", "письмо.pdf"))
    assert first != second
    assert first.isascii()


def test_references_open_with_a_symbol():
    assert str(leading_symbol("A/54/18, annex V")) == "A/54/18"
    assert str(leading_symbol("HRI/GEN/1/Rev.9 (Vol. I), p. 200")) == "HRI/GEN/1/Rev.9 (Vol. I)"
    assert str(leading_symbol("HRI/GEN/1/Rev.9 (Vol. I) p.176")) == "HRI/GEN/1/Rev.9 (Vol. I)"
    assert leading_symbol("CCPR/C/122/D/3090/2017 and more words") is None
    assert leading_symbol(None) is None


def test_passage_ids_are_readable():
    assert passage_id("A_HRC_15_16:en", "12") == "A_HRC_15_16:en:12"
    assert passage_id("A_HRC_15_16:en", "2.1", 2, 3) == "A_HRC_15_16:en:2.1.p2"
    with pytest.raises(SymbolError):
        split_passage_id("12")


@given(st.text(min_size=1, max_size=12), st.one_of(st.none(), st.integers(1, 50)), st.booleans())
def test_passage_ids_split_back(label, part, plain):
    label = f"{label}.p3" if plain else label
    made = passage_id("A_1_2:en", label, part or 1, 60 if part else 1)
    assert split_passage_id(made) == ("A_1_2:en", label, part)
    assert made.isascii()
    assert not set(made) & set(" /?#")
