"""Citations in running text: every form that is one, and what is none."""

from __future__ import annotations

import pytest

from workbench.references import Form, Reference, find_references


def one(text: str) -> Reference:
    (found,) = find_references(text)
    return found


@pytest.mark.parametrize(
    ("text", "symbol", "paragraphs"),
    [
        ("A/HRC/15/16, para. 12", "A/HRC/15/16", ("12",)),
        ("see A/HRC/15/16 (2010), para. 12.", "A/HRC/15/16", ("12",)),
        ("A/HRC/15/16, paras. 24–26 and 30", "A/HRC/15/16", ("24", "25", "26", "30")),
        ("A/HRC/15/16, paras. 2, 4, and 6", "A/HRC/15/16", ("2", "4", "6")),
        ("A/HRC/15/16, para. 12, 30 people", "A/HRC/15/16", ("12",)),
        ("A/HRC/15/16, para. 111 (4)", "A/HRC/15/16", ("111.4",)),
        ("A/HRC/15/16, para. 12 (a)", "A/HRC/15/16", ("12",)),
        ("A/HRC/15/16 § 7", "A/HRC/15/16", ("7",)),
        ("A/HRC/15/16, пункт 7", "A/HRC/15/16", ("7",)),
        ("A/HRC/15/16, párrs. 7 y 8", "A/HRC/15/16", ("7", "8")),
        ("A/HRC/15/16，第7段", "A/HRC/15/16", ("7",)),
        ("A/HRC/15/16، الفقرة 7", "A/HRC/15/16", ("7",)),
        ("A/HRC/15/16, third preambular paragraph", "A/HRC/15/16", ("pp3",)),
        ("A/HRC/15/16, operative paragraph 3", "A/HRC/15/16", ("3",)),
        ("A/HRC/15/16, annex II, para. 3", "A/HRC/15/16", ("annex2-3",)),
        ("in paragraph 3 of A/HRC/15/16 it said", "A/HRC/15/16", ("3",)),
        ("https://docs.un.org/en/A/HRC/58/68, para. 3", "A/HRC/58/68", ("3",)),
        ("undocs.org/A/HRC/58/68.", "A/HRC/58/68", ()),
        ("Human Rights Council resolution 55/27, para. 3", "A/HRC/RES/55/27", ("3",)),
        ("resolution 55/27 of the Human Rights Council", "A/HRC/RES/55/27", ()),
        ("Human Rights Council decision 17/118", "A/HRC/DEC/17/118", ()),
        ("Human Rights Council resolution S-21/1", "A/HRC/RES/S-21/1", ()),
        ("General Assembly resolution 60/251", "A/RES/60/251", ()),
        ("Security Council resolution 1325 (2000)", "S/RES/1325 (2000)", ()),
        ("Commission on Human Rights resolution 2005/13", "E/CN.4/RES/2005/13", ()),
        ("résolution 60/251 de l’Assemblée générale", "A/RES/60/251", ()),
        ("the Human Rights Committee (CCPR/C/GC/32, para. 33)", "CCPR/C/GC/32", ("33",)),
        ("general comment No. 32 (2007) (CCPR/C/GC/32), para. 33", "CCPR/C/GC/32", ("33",)),
    ],
)
def test_a_symbol_or_number_with_its_paragraphs(
    text: str, symbol: str, paragraphs: tuple[str, ...]
) -> None:
    found = one(text)
    assert symbol in found.symbols
    assert found.paragraphs == paragraphs
    assert found.form is not Form.MALFORMED


@pytest.mark.parametrize(
    ("text", "comment", "paragraphs"),
    [
        ("Human Rights Committee, general comment No. 32 (2007), para. 3", ("CCPR", "32"), ("3",)),
        ("general recommendation No. 35 of CEDAW", ("CEDAW", "35"), ()),
        ("In its general comment No. 34, the Human Rights Committee", ("CCPR", "34"), ()),
        (
            "Human Rights Committee, general comment No. 34 (2011) on the freedoms of opinion and "
            "expression, para. 7",
            ("CCPR", "34"),
            ("7",),
        ),
        ("Comité des droits de l’homme, observation générale no 9", ("CCPR", "9"), ()),
        ("Comité de Derechos Humanos, observación general núm. 9, párr. 3", ("CCPR", "9"), ("3",)),
        ("Комитет по правам человека, замечание общего порядка № 32", ("CCPR", "32"), ()),
        ("人权事务委员会第32号一般性意见", ("CCPR", "32"), ()),
        ("general comment No. 6", (None, "6"), ()),
        ("CEDAW and the Committee on the Rights of the Child: general recommendation No. 36",
         ("CEDAW", "36"), ()),
    ],
)  # fmt: skip
def test_a_general_comment_by_committee_and_number(
    text: str, comment: tuple[str | None, str], paragraphs: tuple[str, ...]
) -> None:
    found = one(text)
    assert found.comment == comment
    assert found.paragraphs == paragraphs


def test_a_joint_comment_is_one_citation() -> None:
    text = "general recommendation No. 31 of CEDAW/general comment No. 18 of the CRC, para. 5"
    assert one(text).comment == ("CEDAW", "31")
    assert one(text).paragraphs == ("5",)


def test_several_resolutions_of_one_body() -> None:
    found = find_references("Human Rights Council resolutions 17/24, 20/13 and 23/15")
    assert [each.symbols[0].rpartition("RES/")[2] for each in found] == ["17/24", "20/13", "23/15"]


def test_a_joint_symbol_is_one_citation() -> None:
    found = one("CRC/C/GC/22-CMW/C/GC/3, para. 41")
    assert found.symbols[0] == "CRC/C/GC/22-CMW/C/GC/3"
    assert found.paragraphs == ("41",)


def test_a_resolution_without_a_body_may_be_of_two() -> None:
    assert one("its resolution 48/13").symbols == ("A/HRC/RES/48/13", "A/RES/48/13")


def test_ibid_names_what_was_named_before() -> None:
    first, second, third = find_references("A/HRC/1/2, para. 3; ibid., para. 5; ibid.")
    assert second.symbols == third.symbols == first.symbols
    assert (second.paragraphs, third.paragraphs) == (("5",), ("5",))


def test_ibid_without_anything_before_says_so() -> None:
    assert one("Ibid., para. 5").why == "nothing is cited before it"


@pytest.mark.parametrize(
    "text",
    ["A/HRC/RES/59-25", "A-HRC-RES-59-25", "A/HRC//RES/59/25", "AHRC/RES/59/25", "A/HCR/RES/59/25",
     "HRC/RES/59/25", "A\\HRC\\RES\\59\\25"],
)  # fmt: skip
def test_an_attempt_at_a_symbol_is_named_with_what_was_meant(text: str) -> None:
    found = one(f"as said in {text}, para. 3, last year")
    assert found.form is Form.MALFORMED
    assert found.symbols == ("A/HRC/RES/59/25",)
    assert found.paragraphs == ("3",)
    assert found.why


@pytest.mark.parametrize(
    "text",
    ["and/or", "1/2 of them", "24/7", "2020-2025", "HIV/AIDS", "on 12/03/2024", "s/he", "COVID-19",
     "C-130", "3-4-5", "w/o", "km/h", "UN/DESA", "item A/10", "paragraph 12 says", "A/B test 2",
     "well-to-do-2", "A-level-3", "mother-of-3-children", "ISO/IEC/27001", "Article 6/2"],
)  # fmt: skip
def test_what_is_no_citation(text: str) -> None:
    assert find_references(text) == []


def test_citations_do_not_overlap_and_slice_back() -> None:
    text = (
        "Human Rights Council resolution 55/27 (A/HRC/RES/55/27), para. 3, and ibid., para. 4; "
        "paras. 2 and 3 of A/HRC/58/68 and https://docs.un.org/en/A/HRC/58/68."
    )
    found = find_references(text)
    assert [text[each.start : each.end] for each in found] == [
        "Human Rights Council resolution 55/27 (A/HRC/RES/55/27), para. 3",
        "ibid., para. 4",
        "paras. 2 and 3 of A/HRC/58/68",
        "https://docs.un.org/en/A/HRC/58/68",
    ]
