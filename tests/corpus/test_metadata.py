"""Metadata: what a document prints is found, what it does not print stays unknown."""

from __future__ import annotations

import pytest

from corpus.countries import country_code, find_countries
from corpus.metadata import describe_flow, describe_pages
from corpus.metadata.dates import iso_date
from corpus.metadata.language import detect_language, surely_not_in
from corpus.metadata.ordinals import session_number
from corpus.metadata.reporting import mandate_of
from corpus.metadata.votes import find_adoption
from corpus.readers.html.read import read_html
from corpus.readers.page import Line, Page
from corpus.readers.text.read import read_text
from corpus.types import DocumentKind, DocumentStatus
from tests.corpus.mastheads import STATEMENT


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("24 January 2008", "2008-01-24"),
        ("21 Nov 1997", "1997-11-21"),
        ("2010", "2010"),
        ("2025-04", "2025-04"),
        ("2025-04-15", "2025-04-15"),
        ("March 28, 2022", "2022-03-28"),
        ("On March 28, 2022", "2022-03-28"),
        ("April 2025", "2025-04"),
        ("16 novembre 2009", "2009-11-16"),
        ("1er août 2011", "2011-08-01"),
        ("11 de mayo de 1994", "1994-05-11"),
        ("5 de setembro de 2023", "2023-09-05"),
        ("21 июня 2010 года", "2010-06-21"),
        ("20 лютага 2024", "2024-02-20"),
        ("3 ліпеня 2024", "2024-07-03"),
        ("2023年2月20日", "2023-02-20"),
        ("9 أيلول/سبتمبر 2024", "2024-09-09"),
        ("28.03.2022", "2022-03-28"),
        ("03.04.2022", None),  # March or April
        ("31 February 2020", None),
        ("16 June–11 July 2025", None),
        ("12 Angry Men 2020", None),
        ("1 0ctober 2025", "2025-10-01"),  # as recognised in an image
        ("", None),
        (None, None),
    ],
)
def test_dates(printed, iso):
    assert iso_date(printed) == iso


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Fifty-ninth session", "59"),
        ("First session", "1"),
        ("One hundred and forty-first session", "141"),
        ("Tenth emergency special session", "ES-10"),
        ("Eighth special session", "S-8"),
        ("59th session", "59"),
        ("Septième session", "7"),
        ("Quarante-huitième session", "48"),
        ("Cuadragésimo octavo período de sesiones", "48"),
        ("Пятьдесят девятая сессия", "59"),
        ("Одиннадцатая сессия", "11"),
        ("Дванаццатая сесія", "12"),
        ("الدورة الثالثة عشرة", "13"),
        ("第五十九届会议", "59"),
        ("Rrwenty-sixth session", None),
        ("2025 regular session", None),
        ("Report on its fifty-ninth session", None),
    ],
)
def test_sessions(printed, number):
    assert session_number(printed) == number


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Switzerland", "CHE"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Democratic Republic of the Congo", "COD"),
        ("Congo", "COG"),
        ("Ivory Coast", "CIV"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("the Russian Federation", "RUS"),
        ("Federal Republic of Yugoslavia (Serbia and Montenegro)", "YUG"),
        ("BLR", "BLR"),
        ("Freedonia", None),
    ],
)
def test_country_codes(name, code):
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("title", "language", "codes"),
    [
        ("Situation of human rights in Belarus", "en", ("BLR",)),
        ("Visit to the Democratic Republic of the Congo", "en", ("COD",)),
        ("Situation in the Democratic People's Republic of Korea", "en", ("PRK",)),
        ("Islamic Republic of Iran", "en", ("IRN",)),
        ("Visits to Georgia and Papua New Guinea", "en", ("GEO", "PNG")),
        ("Italie", "fr", ("ITA",)),
        ("Положение в области прав человека в Беларуси", "ru", ("BLR",)),
        ("the turkey and the china were served", "en", ()),
        ("Transnational corporations in Nigeria", "en", ("NGA",)),
        ("A jersey for Chadwick", "en", ()),
    ],
)
def test_countries_in_titles(title, language, codes):
    assert find_countries(title, language) == codes


@pytest.mark.parametrize(
    ("title", "mandate"),
    [
        ("Report of the Special Rapporteur on the situation of human rights in Belarus, "
         "Ana Ejemplo",
         "Special Rapporteur on the situation of human rights in Belarus"),
        ("Report of the Special Rapporteur on the right to education on his mission to Samplonia",
         "Special Rapporteur on the right to education"),
        ("Report of the Special Rapporteur on torture and other cruel, inhuman or degrading "
         "treatment or punishment",
         "Special Rapporteur on torture and other cruel, inhuman or degrading treatment or "
         "punishment"),
        ("Report of the Group of Independent Experts on the Situation of Human Rights in Belarus",
         "Group of Independent Experts on the Situation of Human Rights in Belarus"),
        ("Report of the Working Group on the Universal Periodic Review", None),
        ("Human rights and climate change", None),
    ],
)  # fmt: skip
def test_mandates(title, mandate):
    assert mandate_of([title]) == mandate


COUNCIL = "Human Rights Council"
LISTS = "In favour: Albania, Bolivia (Plurinational State of) and Chad Against: Cuba Abstaining: "


@pytest.mark.parametrize(
    ("text", "status", "vote", "warning"),
    [
        ("[Adopted without a vote.]", "adopted-without-vote", None, None),
        ("[Adoptée sans vote.]", "adopted-without-vote", None, None),
        ("[Принята без голосования.]", "adopted-without-vote", None, None),
        ("[Adopted by a recorded vote of 25 to 5, with 17 abstentions.]", "adopted-by-vote",
         (25, 5, 17), None),
        ("[Adopted by a recorded\nvote of 44 to none, with 3 abstentions.]", "adopted-by-vote",
         (44, 0, 3), None),
        ("[Adoptée par 25 voix contre 5, avec 17 abstentions.]", "adopted-by-vote", (25, 5, 17),
         None),
        ("[Aprobada en votación registrada por 25 votos contra 5 y 17 abstenciones.]",
         "adopted-by-vote", (25, 5, 17), None),
        ("[Rejected by a recorded vote of 7 to 23, with 17 abstentions.]", "rejected", (7, 23, 17),
         None),
        ("[Adopted by a recorded vote of 26 to 6, with 17 abstentions.]", "adopted-by-vote", None,
         "adds up to 49, more than the 47 members"),
        ("[Adopted by a recorded vote of 5 to 25, with 17 abstentions.]", "adopted-by-vote", None,
         "contradicts"),
        (f"[Adopted by a recorded vote of 3 to 1, with 2 abstentions. {LISTS}India and Japan]",
         "adopted-by-vote", (3, 1, 2), None),
        (f"[Adopted by a recorded vote of 3 to 1, with 2 abstentions. {LISTS}India]",
         "adopted-by-vote", (3, 1, 2), "the lists of voters give 3–1–1"),
    ],
)  # fmt: skip
def test_adoption(text, status, vote, warning):
    adoption = find_adoption(f"Some paragraphs.\n{text}", COUNCIL)
    assert adoption is not None
    assert (adoption.status, adoption.vote) == (status, vote)
    assert bool(adoption.warnings) is (warning is not None)
    assert (warning or "") in "".join(adoption.warnings)


def test_no_adoption_note():
    assert find_adoption("Recalling that the Assembly adopted without a vote", COUNCIL) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Committee notes that the State party has not submitted any information.", "en"),
        ("Камітэт адзначае, што дзяржава-ўдзельніца не прадставіла ніякіх звестак.", "be"),
        ("Комитет отмечает, что государство-участник не представило никаких сведений.", "ru"),
        ("Комітет зазначає, що держава-учасниця не надала жодних відомостей про це.", "uk"),
        ("委员会注意到缔约国没有提供任何资料，也没有答复委员会的来文。", "zh"),
        ("12 § 34", None),
    ],
)
def test_detected_languages(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "question",
    ["12", "torture", "non-refoulement", "ne bis in idem", "extrajudicial execution",
     "prison conditions", "right of detainees to counsel"],
)  # fmt: skip
def test_a_question_that_may_be_in_english_is_taken_for_english(question: str) -> None:
    assert not surely_not_in("en", question)


@pytest.mark.parametrize(
    "question",
    ["libertad de expresión", "torture en détention", "тюрьма", "监狱", "السجن"],
)
def test_a_question_in_another_language_is_known_however_short(question: str) -> None:
    assert surely_not_in("en", question)


@pytest.mark.parametrize("question", ["тюрьма", "право на защиту"])
def test_letters_of_a_languages_own_script_tell_nothing_alone(question: str) -> None:
    assert not surely_not_in("ru", question)


def page(number: int, *rows: tuple[str, float, float, float, bool]) -> Page:
    lines = tuple(
        Line(text, number, x0, x0 + 5 * len(text), y, size, bold)
        for text, x0, y, size, bold in rows
    )
    return Page(number, 595.0, 842.0, lines)


MASTHEAD = [
    ("United Nations", 119.0, 50.0, 14.0, False),
    ("A/HRC/59/99", 475.0, 52.0, 10.0, False),
    ("General Assembly", 119.0, 80.0, 20.0, True),
    ("Distr.: General", 392.0, 79.0, 10.0, False),
    ("22 April 2025", 392.0, 91.0, 10.0, False),
    ("Original: English", 392.0, 115.0, 10.0, False),
]
CAPTION = [
    ("Human Rights Council", 56.0, 218.0, 12.0, True),
    ("Fifty-ninth session", 56.0, 230.0, 10.0, True),
    ("16 June–11 July 2025", 56.0, 242.0, 10.0, False),
    ("Agenda item 4", 56.0, 254.0, 10.0, False),
    ("Human rights situations that require", 56.0, 266.0, 10.0, True),
    ("the Council’s attention", 56.0, 278.0, 10.0, True),
]
TITLE = [
    ("Situation of human rights in", 113.0, 310.0, 14.0, True),
    ("Samoa*", 113.0, 325.0, 14.0, True),
    ("Report of the Special Rapporteur on housing", 113.0, 357.0, 12.0, True),
]
BODY = [
    ("Summary", 70.0, 397.0, 12.0, False),
    (
        "The present report covers the period under review and the visits that",
        113.0,
        415.0,
        10.0,
        False,
    ),
    ("It makes recommendations to the Government.", 113.0, 427.0, 10.0, False),
]
JOB = ("GE.25-05795 (E) 170425 170425", 56.0, 811.0, 10.0, False)
SECOND = page(
    2,
    ("A/HRC/59/99", 56.0, 51.0, 9.0, False),
    *[("Words of the report that fill the page in ten points.", 113.0, 80.0 + 12 * i, 10.0,
       False) for i in range(30)],
)  # fmt: skip


def test_a_geneva_first_page():
    first = page(1, JOB, *CAPTION, *TITLE, *BODY, *MASTHEAD)
    found = describe_pages([first, SECOND], "x.pdf")
    assert str(found.symbol) == "A/HRC/59/99"
    assert found.title == (
        "Situation of human rights in Samoa: Report of the Special Rapporteur on housing"
    )
    assert found.kind is DocumentKind.SPECIAL_RAPPORTEUR_REPORT
    assert (found.body, found.mandate) == (COUNCIL, "Special Rapporteur on housing")
    assert found.country == ("WSM",)
    assert (found.session, found.agenda_item) == ("59", "4")
    assert (found.date, found.year, found.language) == ("2025-04-22", 2025, "en")
    assert (found.status, found.vote, found.warnings) == (None, None, ())


def test_a_file_that_prints_another_symbol_than_its_name_is_reported():
    first = page(1, *MASTHEAD, *CAPTION, *TITLE, *BODY)
    found = describe_pages([first, SECOND], "A_HRC_58_1.en.pdf")
    assert str(found.symbol) == "A/HRC/59/99"
    assert found.warnings == ("the file is named A/HRC/58/1, but prints A/HRC/59/99",)


def test_the_name_is_the_last_resort_for_the_symbol():
    bare = page(
        1, ("Some words that stand on a page without any masthead.", 72.0, 90.0, 10.0, False)
    )
    assert str(describe_pages([bare], "x__A_HRC_58_1.en.pdf").symbol) == "A/HRC/58/1"
    assert describe_pages([bare], "2024_12_report.pdf").symbol is None
    assert describe_pages([bare], "letter.pdf").title is None


def test_another_language_than_printed_is_reported():
    russian = [
        (f"{i}. Комитет отмечает, что государство не представило никаких сведений.", 113.0,
         80.0 + 12 * i, 10.0, False) for i in range(1, 40)
    ]  # fmt: skip
    found = describe_pages([page(1, JOB, *MASTHEAD), page(2, *russian)], "x.pdf")
    assert found.language == "ru"
    assert found.warnings == ("the document says it is in 'en', but its text is in 'ru'",)


def test_a_draft_and_its_amendment():
    def described(symbol: str, sponsors: str, ending: str = ""):
        masthead = [(symbol if "/" in row[0] else row[0], *row[1:]) for row in MASTHEAD]
        title = [
            (sponsors, 113.0, 310.0, 10.0, True),
            ("59/… Situation of human rights in Samoa", 113.0, 345.0, 12.0, True),
            ("The Human Rights Council,", 141.0, 369.0, 10.0, False),
            ("Recalling its resolution 53/19 adopted without a vote,", 141.0, 390.0, 10.0, False),
            (ending, 141.0, 420.0, 10.0, False),
        ]
        return describe_pages([page(1, *masthead, *CAPTION, *title)], "x.pdf")

    draft = described("A/HRC/59/L.3", "Austria, Fiji* and Chile: draft resolution")
    assert draft.kind is DocumentKind.DRAFT_RESOLUTION
    assert draft.status is DocumentStatus.DRAFT
    assert draft.title == "59/… Situation of human rights in Samoa"
    assert draft.country == ("WSM",)
    amendment = described(
        "A/HRC/59/L.4",
        "Chile: amendment to draft resolution A/HRC/59/L.3",
        "[Rejected by a recorded vote of 7 to 23, with 17 abstentions.]",
    )
    assert amendment.kind is DocumentKind.DRAFT_AMENDMENT
    assert str(amendment.symbol) == "A/HRC/59/L.4"
    assert (amendment.status, amendment.vote) == (DocumentStatus.REJECTED, (7, 23, 17))


def test_a_text_file():
    found = describe_flow(read_text(STATEMENT.encode(), "a.txt"), "a.txt")
    assert str(found.symbol) == "SAMPLE/2024/NGO/7"
    assert found.title == (
        "Written statement submitted by Watch of Fiji, an organization in sample status: "
        "Lawyers in Samoa"
    )
    assert found.kind is DocumentKind.NGO_STATEMENT
    assert found.country == ("WSM",)  # not the State in the name of the organization
    assert (found.session, found.agenda_item, found.date) == ("12", "4", "2024-02-19")
    assert found.language == "en"


def test_a_web_page():
    lines = "".join(f"<p>{line}</p>" for line in STATEMENT.splitlines()[:9] if line)
    page = (
        f"<html lang='en'><body>{lines}<h1>On housing</h1><p>We work. It is hard.</p></body></html>"
    )
    found = describe_flow(read_html(page.encode(), "a.html"), "a.html")
    assert (found.title, found.agenda_item, found.body) == (
        "On housing", "4", "Sample Council on Human Rights",
    )  # fmt: skip


def test_a_text_without_any_of_it_stays_unknown():
    found = describe_flow(read_text(b"Some words of no origin. And more.", "a.txt"), "notes.txt")
    assert (found.symbol, found.title, found.kind, found.body) == (None, None, None, None)
    assert (found.date, found.session, found.agenda_item, found.country) == (None, None, None, ())
    assert (found.status, found.vote, found.mandate) == (None, None, None)


def test_a_report_passed_on_by_the_secretary_general():
    masthead = [(row[0].replace("A/HRC/59/99", "A/79/522"), *row[1:]) for row in MASTHEAD]
    rows = [
        ("Seventy-ninth session", 60.0, 222.0, 10.0, True),
        ("Item 71 (c) of the provisional agenda*", 60.0, 234.0, 10.0, False),
        ("Promotion and protection of human rights", 60.0, 246.0, 10.0, True),
        ("Situation of human rights in Samoa", 123.0, 280.0, 14.0, True),
        ("Note by the Secretary-General", 123.0, 312.0, 12.0, True),
        ("The Secretary-General has the honour to transmit to the", 147.0, 340.0, 10.0, False),
        ("General Assembly the report of the Special Rapporteur on the", 123.0, 352.0, 10.0, False),
        (
            "situation of human rights in Samoa, Ana Ejemplo, submitted in",
            123.0,
            364.0,
            10.0,
            False,
        ),
        ("accordance with resolution 1/1.", 123.0, 376.0, 10.0, False),
    ]
    found = describe_pages([page(1, *masthead, *rows)], "x.pdf")
    assert found.kind is DocumentKind.SPECIAL_RAPPORTEUR_REPORT
    assert found.mandate == "Special Rapporteur on the situation of human rights in Samoa"
    assert found.title == "Situation of human rights in Samoa: Note by the Secretary-General"
    assert (found.session, found.agenda_item) == ("79", "71 (c)")
    assert found.country == ("WSM",)


def test_the_subject_of_a_statement_stands_on_its_second_page():
    masthead = [(row[0].replace("59/99", "59/NGO/9"), *row[1:]) for row in MASTHEAD]
    first = [
        ("Written statement* submitted by Watch, a", 113.0, 310.0, 14.0, True),
        ("non-governmental organization", 113.0, 325.0, 14.0, True),
        ("The Secretary-General has received the following:", 142.0, 360.0, 10.0, False),
    ]
    words = [("Lawyers are arrested there more often.", 113.0, 130.0 + 12 * i, 10.0, False)
             for i in range(40)]  # fmt: skip
    second = page(
        2,
        ("A/HRC/59/NGO/9", 56.0, 51.0, 9.0, False),
        ("Lawyers in Samoa", 113.0, 90.0, 14.0, True),
        *words,
    )
    found = describe_pages([page(1, *masthead, *CAPTION, *first), second], "x.pdf")
    assert found.title == (
        "Written statement submitted by Watch, a non-governmental organization: Lawyers in Samoa"
    )
    assert found.kind is DocumentKind.NGO_STATEMENT
    assert found.country == ("WSM",)


def test_the_state_of_a_communication():
    masthead = [(row[0].replace("A/HRC/59/99", "CAT/C/73/D/9/2018"), *row[1:]) for row in MASTHEAD]
    rows = [
        ("Committee against Torture", 56.0, 218.0, 12.0, True),
        ("Decision adopted by the Committee under article 22,", 113.0, 310.0, 14.0, True),
        ("concerning communication No. 9/2018", 113.0, 325.0, 14.0, True),
        ("Communication submitted by: A.B.", 142.0, 360.0, 10.0, False),
        ("State party: Samoa", 142.0, 372.0, 10.0, False),
    ]
    found = describe_pages([page(1, *masthead, *rows)], "x.pdf")
    assert found.kind is DocumentKind.TREATY_BODY_DECISION
    assert (found.body, found.country, found.year) == ("CAT", ("WSM",), 2025)
    assert found.title == (
        "Decision adopted by the Committee under article 22, concerning communication No. 9/2018"
    )


def test_a_symbol_printed_in_two_sizes():
    masthead = [
        ("A", 470.0, 52.0, 20.0, False) if row[0] == "A/HRC/59/99" else row for row in MASTHEAD
    ]
    masthead.append(("/HRC/59/99", 484.0, 52.0, 10.0, False))
    assert str(describe_pages([page(1, *masthead, *CAPTION, *TITLE)], "x.pdf").symbol) == (
        "A/HRC/59/99"
    )


def test_voters_listed_across_a_page_break():
    masthead = [(row[0].replace("59/99", "RES/59/9"), *row[1:]) for row in MASTHEAD]
    note = "[Adopted by a recorded vote of 3 to 1, with 2 abstentions. The voting was as follows:"
    ends = [
        (note, 113.0, 700.0, 10.0, False),
        ("In favour: Albania, Benin", 113.0, 720.0, 10.0, False),
    ]
    first = page(1, *masthead, *CAPTION, *ends, ("GE.25-05795", 495.0, 811.0, 8.0, False))
    second = page(
        2,
        ("A/HRC/RES/59/9", 56.0, 51.0, 9.0, False),
        ("and Chad", 113.0, 80.0, 10.0, False),
        ("Against: Cuba", 113.0, 92.0, 10.0, False),
        ("Abstaining: Fiji and Ghana]", 113.0, 104.0, 10.0, False),
        ("2", 56.0, 811.0, 9.0, False),
    )
    found = describe_pages([first, second], "x.pdf")
    assert (found.vote, found.warnings) == ((3, 1, 2), ())
