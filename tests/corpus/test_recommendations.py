"""Recommendations: what is one, whom it addresses, and which States make it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.countries import is_country_code
from corpus.limits import Limits
from corpus.readers.page import Block, BlockKind
from corpus.readers.pdf.read import read_pdf
from corpus.segmentation import segment_blocks, segment_pages
from corpus.segmentation.nature.addressees import recommendation_addressees
from corpus.segmentation.nature.recommendations import recommending_states, recommends
from corpus.types import Paragraph, ParagraphKind

STATES = [
    ("(Canada, Norway and Sweden);", ("CAN", "NOR", "SWE")),
    ("(Brazil) (Chile)", ("BRA", "CHL")),
    ("(Norway); ratify the Protocol (Chile);", ("NOR", "CHL")),
    ("(Iran (Islamic Republic of));", ("IRN",)),
    ("(Bolivia (Plurinational State of), Chile and Cuba);", ("BOL", "CHL", "CUB")),
    ("(Venezuela (Bolivarian Republic of))", ("VEN",)),
    ("(Bolivarian Republic of Venezuela)", ("VEN",)),
    ("(Bosnia and Herzegovina, Trinidad and Tobago);", ("BIH", "TTO")),
    ("(Trinidad and Tobago and Bosnia and Herzegovina);", ("TTO", "BIH")),
    ("(United Kingdom of Great Britain and Northern Ireland);", ("GBR",)),
    ("(Argentina; Islamic Republic of Iran; Egypt);", ("ARG", "IRN", "EGY")),
    ("(Democratic Republic of Congo);", ("COD",)),
    ("(Congo, Democratic Republic of the Congo);", ("COG", "COD")),
    ("(Holy See);", ("VAT",)),
    ("(State of Palestine);", ("PSE",)),
    ("(Republic of Korea, Democratic People’s Republic of Korea);", ("KOR", "PRK")),
    ("(Türkiye); (Turkey);", ("TUR",)),
    ("(the former Yugoslav Republic of Macedonia);", ("MKD",)),
    ("(United States); (United States of America);", ("USA",)),
    ("(Czechia); (Czech Republic);", ("CZE",)),
    ("(Côte d’Ivoire); (Cote d'Ivoire);", ("CIV",)),
    ("(Moldova); (Republic of Moldova);", ("MDA",)),
    ("(Lao PDR); (Lao People's Democratic Republic);", ("LAO",)),
    ("(Syrian Arab Republic);", ("SYR",)),
    ("(Netherlands (Kingdom of the));", ("NLD",)),
    ("(Canada)1;", ("CAN",)),
    ("(Canada) *", ("CAN",)),
    ("(Canada, on behalf of a group of States);", ("CAN",)),
    ("(recommended by Chile);", ("CHL",)),
    ("(European Union);", ("European Union",)),
    ("(African Group);", ("African Group",)),
    ("(Chile, Atlantis);", ("CHL", "Atlantis")),
    ("(Samplonia);", ("Samplonia",)),
    ("(Suède, Norvège);", ("SWE", "NOR")),
    ("(Royaume-Uni de Grande-Bretagne et d’Irlande du Nord);", ("GBR",)),
    ("(Iran (République islamique d’)) ;", ("IRN",)),
    ("(Reino Unido, España y Francia);", ("GBR", "ESP", "FRA")),
    ("(Estados Unidos de América);", ("USA",)),
    ("(Польша, Литва и Латвия);", ("POL", "LTU", "LVA")),
    ("(Соединенные Штаты Америки);", ("USA",)),
    ("（法国、德国）；", ("FRA", "DEU")),
    ("(المملكة المتحدة)؛", ("GBR",)),
    ("ratify (Spain)/consider ratifying (Argentina) the Convention;", ("ESP", "ARG")),
]
NO_STATES = [
    "in accordance with the Paris Principles (A/RES/48/134);",
    "the Convention on forced labour (No. 29);",
    "the Optional Protocol (OPCAT);",
    "the Convention on the Rights of the Child (CRC);",
    "the principles (Paris Principles);",
    "as the Committee said (see para. 12);",
    "held at Sevres (France) in the spring, when it was too late",
    "no bracket at all;",
    "an open bracket (Canada",
    "",
]


@pytest.mark.parametrize(("ending", "expected"), STATES)
def test_recommending_states_come_as_codes(ending: str, expected: tuple[str, ...]) -> None:
    assert recommending_states(f"Ratify the Convention {ending}") == expected


@pytest.mark.parametrize("text", NO_STATES)
def test_other_brackets_name_no_recommending_state(text: str) -> None:
    assert recommending_states(text) == ()


@given(st.text(alphabet="(); ,.ACanda12é（）", max_size=80))
def test_any_brackets_are_read(text: str) -> None:
    assert len(set(recommending_states(text))) == len(recommending_states(text))


def test_many_brackets_are_read_in_linear_time() -> None:
    text = "Ratify " + "(Canada, Norway and Sweden, " * 3000 + ")" * 3000
    began = time.perf_counter()
    recommending_states(text)
    recommends(text, ("Recommendations and conclusions",))
    assert time.perf_counter() - began < 2.0


CONCLUDING = ("C. Principal matters of concern and recommendations",)
REPORT = ("V. Conclusions and recommendations",)
RECOMMENDS = [
    ("The State party should repeal the law.", (), ("State party",)),
    ("The Committee recommends that the State party review the law.", (), ("State party",)),
    ("The Committee urges the State party to end the practice.", (), ("State party",)),
    (
        "The Committee is concerned at the law. The State party should repeal it.",
        (),
        ("State party",),
    ),
    (
        "While noting it, the law is broad. The State party should act.",
        CONCLUDING,
        ("State party",),
    ),
    ("The Special Rapporteur recommends that States:\n(a) Act;", REPORT, ("States",)),
    ("The Special Rapporteur recommends that: (a) States act;", REPORT, ("States",)),
    (
        "The Special Rapporteur recommends that the Government of Samplonia:\n(a) Act;",
        REPORT,
        ("Government of Samplonia",),
    ),
    ("She recommends that other States recognize passports.", REPORT, ("other States",)),
    ("I urge the authorities to act.", REPORT, ("authorities",)),
    ("I call upon all parties to act.", REPORT, ("all parties",)),
    ("States should refrain from it.", REPORT, ("States",)),
    ("The Working Group recommends the use of alternatives.", REPORT, ()),
    ("L’État partie devrait abroger la loi.", (), ("État partie",)),
    ("El Estado parte debe derogar la ley.", (), ("Estado parte",)),
    ("Государству-участнику следует отменить закон.", (), ("Государству-участнику",)),
    ("缔约国应废除该法。", (), ("缔约国",)),
    ("ينبغي للدولة الطرف أن تلغي القانون.", (), ("الدولة الطرف",)),
    (
        "La Rapporteuse spéciale recommande au Gouvernement samplonien :\na) D’agir ;",
        ("V. Conclusions et recommandations",),
        ("Gouvernement samplonien",),
    ),
    (
        "Специальный докладчик рекомендует правительству Экземпларии:\na) действовать;",
        ("V. Выводы и рекомендации",),
        ("правительству Экземпларии",),
    ),
    ("特别报告员建议范例国政府：\n(a) 停止；", ("五、结论和建议",), ("范例国政府",)),
]
DOES_NOT = [
    ("The Committee is concerned at the law.", CONCLUDING),
    ("The delegation said that the State party had acted.", CONCLUDING),
    ("In 2019 the Special Rapporteur recommended that States act.", REPORT),
    ("Many States should be mentioned.", ("II. Overview",)),
    ("The Special Rapporteur recommends that States act.", ("II. Activities",)),
    ("The Special Rapporteur sent an urgent appeal to the Government.", REPORT),
    ("All conclusions and/or recommendations reflect the position of States.", REPORT),
    ("It should be noted that the law is new.", REPORT),
]


@pytest.mark.parametrize(("text", "section", "addressees"), RECOMMENDS)
def test_what_recommends_is_a_recommendation_with_its_addressee(
    text: str, section: tuple[str, ...], addressees: tuple[str, ...]
) -> None:
    assert recommends(text, section)
    assert recommendation_addressees(text) == addressees


@pytest.mark.parametrize(("text", "section"), DOES_NOT)
def test_what_only_speaks_of_recommendations_is_none(text: str, section: tuple[str, ...]) -> None:
    assert not recommends(text, section)


def _review(chapeau: str, *, numbers: tuple[str, str, str]) -> dict[str, Paragraph]:
    texts = [
        ("1", "The Working Group met in the spring."),
        ("2", "Norway asked about detention (Norway)."),
        ("3", chapeau),
        (numbers[0], "Abolish the death penalty (Chile) (Peru);"),
        (numbers[1], "Ratify the Convention (Iran (Islamic Republic of));"),
        (numbers[2], "Cooperate with the Council (European Union)."),
        ("4", "All conclusions reflect the position of the submitting States (Canada)."),
    ]
    blocks = [Block(BlockKind.TEXT, text, number=number) for number, text in texts]
    return {p.text[:20]: p for p in segment_blocks(blocks, resolution=False).paragraphs}


@pytest.mark.parametrize(
    "chapeau",
    [
        "The following recommendations will be examined by Samplonia:",
        "Les recommandations ci-après seront examinées par Samplonia :",
        "Las siguientes recomendaciones serán examinadas por Samplonia:",
        "Следующие рекомендации будут рассмотрены Самплонией:",
    ],
)
def test_recommendations_of_a_review_have_states_and_its_paragraphs_have_none(
    chapeau: str,
) -> None:
    found = _review(chapeau, numbers=("3.1", "3.2", "3.3"))
    assert found["Abolish the death pe"].kind is ParagraphKind.RECOMMENDATION
    assert found["Abolish the death pe"].number == "3.1"
    assert found["Abolish the death pe"].states == ("CHL", "PER")
    assert found["Ratify the Conventio"].states == ("IRN",)
    assert found["Cooperate with the C"].states == ("European Union",)
    for opening in ("Norway asked about d", "All conclusions refl"):
        assert found[opening].kind is ParagraphKind.BODY
        assert found[opening].states == ()


REVIEWS = {
    "upr__belarus2010.pdf": 93,
    "upr__belgium2011.pdf": 121,
    "upr__haiti2011.pdf": 136,
    "upr__saudiarabia2013.pdf": 225,
    "upr__ukraine2012.pdf": 145,
    "upr__vietnam2014.pdf": 227,
    "svn_1st_g1012049.pdf": 97,
    "svn_3rd_g1934994.pdf": 215,
    "uwazi__A_HRC_43_12.pdf": 329,
}


@pytest.mark.real
@pytest.mark.parametrize(("name", "count"), REVIEWS.items(), ids=REVIEWS)
def test_every_recommendation_of_a_real_review_has_states_with_codes(
    real_data: Path, name: str, count: int
) -> None:
    path = real_data / "pdf" / name
    reading = read_pdf(path.read_bytes(), str(path), Limits())
    paragraphs = segment_pages(reading.pages, resolution=False).paragraphs
    made = [p for p in paragraphs if p.kind is ParagraphKind.RECOMMENDATION]
    assert len(made) == count
    assert [p.id for p in made if not p.states] == []
    assert [s for p in made for s in p.states if not is_country_code(s)] == []
    assert [
        p.id for p in paragraphs if p.states and p.kind is not ParagraphKind.RECOMMENDATION
    ] == []
