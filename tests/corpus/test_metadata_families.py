"""Metadata of the series of documents: formats are those of real series, topics are invented."""

from __future__ import annotations

import pytest

from corpus.metadata import describe_pages
from corpus.types import DocumentKind, DocumentStatus, RelationKind
from tests.corpus.mastheads import FILLER, page, printed, typed

ITEM_3 = [
    "Agenda item 3",
    "*Promotion and protection of all human rights, civil,",
    "*political, economic, social and cultural rights,",
    "*including the right to development",
]
ITEM_4 = ["Agenda item 4", "*Human rights situations that require the Council’s attention"]


def council(session, *lines):
    return ["*Human Rights Council", f"*{session} session", "16 June–11 July 2030", *lines]


NEW_YORK = {"office": "New York", "job": "24-03160 (E)    120324"}
COVENANT = {"masthead": "International Covenant on Civil and Political Rights"}
ECOSOC = {"masthead": "Economic and Social Council"}
SECURITY = {"masthead": "Security Council", **NEW_YORK}

FAMILIES = {
    "a report passed on to the Assembly": (
        printed(
            "A/80/170", "16 July 2025",
            ["*Eightieth session", "Item 71 (b) of the provisional agenda*",
             "*Promotion and protection of human rights: human rights", "*questions"],
            [["Right to quiet reading"], ["Note by the Secretary-General"]],
            ["The Secretary-General has the honour to transmit to the General Assembly the",
             "report of the Special Rapporteur on the right to quiet reading, Ana de Ejemplo,",
             "submitted in accordance with Assembly resolution 79/1."],
            **NEW_YORK,
        ),
        {"symbol": "A/80/170", "title": "Right to quiet reading: Note by the Secretary-General",
         "kind": "special-rapporteur-report", "body": "General Assembly",
         "mandate": "Special Rapporteur on the right to quiet reading",
         "mandate_holder": "Ana de Ejemplo", "session": "80", "agenda_item": "71 (b)",
         "date": "2025-07-16", "job_number": "24-03160", "language": "en"},
    ),
    "a report of a Main Committee names rapporteurs in its title": (
        printed(
            "A/78/481/Add.3", "31 October 2030", ["*Seventy-eighth session", "Agenda item 71 (c)"],
            [["Promotion and protection of human rights: human rights", "situations and reports of "
              "special rapporteurs", "and representatives"], ["Report of the Third Committee**"]],
            ["Rapporteur: Ms. Ana Ejemplo (Samoa)", *FILLER], **NEW_YORK,
        ),
        {"kind": "official-report", "mandate": None, "mandate_holder": None, "country": ()},
    ),
    "a resolution of the Security Council": (
        printed(
            "S/RES/9325 (2030)", "31 October 2030", [],
            [["Resolution 9325 (2030)"], ["Adopted by the Security Council at its 9213th meeting, "
              "on", "31 October 2030"]],
            ["The Security Council,", "Recalling its resolutions of 25 August 1999 and so on,"],
            **SECURITY,
        ),
        {"symbol": "S/RES/9325 (2030)", "title": "Resolution 9325 (2030)", "kind": "resolution",
         "body": "Security Council", "date": "2030-10-31", "year": 2030},
    ),
    "a letter whose title ends with the name of a body": (
        printed(
            "S/2030/101", "3 March 2030", [],
            [["Letter dated 1 March 2030 from the Permanent Representative of",
              "Samoa to the United Nations addressed to the President of the", "Security Council"]],
            FILLER, **SECURITY,
        ),
        {"title": "Letter dated 1 March 2030 from the Permanent Representative of Samoa to the "
                  "United Nations addressed to the President of the Security Council",
         "kind": "letter", "body": "Security Council", "country": ()},
    ),
    "a statement of the President": (
        printed(
            "S/PRST/2030/22", "26 October 2030", [],
            [["Statement by the President of the Security Council"]],
            ["At the 6411th meeting of the Security Council, held on 26 October 2030,"], **SECURITY,
        ),
        {"symbol": "S/PRST/2030/22", "title": "Statement by the President of the Security Council",
         "kind": None, "date": "2030-10-26"},
    ),
    "a report of the nineties": (
        typed(
            "E/CN.4/1996/35", "9 January 1996", "Economic and Social Council",
            ["COMMISSION ON HUMAN RIGHTS", "Fifty-second session",
             "Item 8 (a) of the provisional agenda"],
            [["QUESTION OF QUIET READING IN ANY FORM OF LIBRARY"],
             ["Report of the Special Rapporteur, Mr. Juan S. Ejemplo, submitted",
              "pursuant to Commission on Human Rights resolution 1995/37"]],
        ),
        {"symbol": "E/CN.4/1996/35", "body": "Commission on Human Rights", "session": "52",
         "kind": "special-rapporteur-report", "mandate_holder": "Juan S. Ejemplo",
         "agenda_item": "8 (a)", "date": "1996-01-09", "language": "en",
         "title": "QUESTION OF QUIET READING IN ANY FORM OF LIBRARY: Report of the Special "
                  "Rapporteur, Mr. Juan S. Ejemplo, submitted pursuant to Commission on Human "
                  "Rights resolution 1995/37"},
    ),
    "concluding observations": (
        printed(
            "CCPR/C/WSM/CO/5", "22 November 2018", ["*Human Rights Committee"],
            [["Concluding observations on the fifth periodic report of", "Samoa*"]],
            ["1. The Committee considered the fifth periodic report", *FILLER], **COVENANT,
        ),
        {"symbol": "CCPR/C/WSM/CO/5", "kind": "concluding-observations", "body": "CCPR",
         "title": "Concluding observations on the fifth periodic report of Samoa",
         "country": ("WSM",), "date": "2018-11-22"},
    ),
    "old concluding observations, numbered by addenda": (
        printed(
            "CCPR/C/79/Add.86", "19 November 1997",
            ["*HUMAN RIGHTS COMMITTEE", "Sixty-first session"],
            [["CONSIDERATION OF REPORTS SUBMITTED BY STATES PARTIES"],
             ["Concluding observations of the Human Rights Committee"], ["Samoa"]],
            ["1. The Committee considered the fourth periodic report", *FILLER], **COVENANT,
        ),
        {"kind": "concluding-observations", "session": "61", "country": ("WSM",), "relations": ()},
    ),
    "a general comment": (
        printed(
            "CCPR/C/GC/99", "3 March 2030", ["*Human Rights Committee"],
            [["General comment No. 99 (2030) on article 9: Right to", "quiet reading* **"]],
            ["I. General remarks", "1. The present general comment replaces general comment No. 35",
             "(112th session). It is invented."], **COVENANT,
        ),
        {"title": "General comment No. 99 (2030) on article 9: Right to quiet reading",
         "kind": "general-comment", "body": "CCPR",
         "relations": ((RelationKind.SUPERSEDES, "CCPR/C/GC/35"),)},
    ),
    "views": (
        printed(
            "CCPR/C/120/D/9/2014", "1 September 2017", ["*Human Rights Committee"],
            [["Views adopted by the Committee under article 5 (4) of the",
              "Optional Protocol, concerning communication No. 9/2014*, **"]],
            ["Communication submitted by: A.B. (not represented by counsel)", "State party: Samoa"],
            **COVENANT,
        ),
        {"title": "Views adopted by the Committee under article 5 (4) of the Optional Protocol, "
                  "concerning communication No. 9/2014", "session": "120",
         "kind": "treaty-body-decision", "country": ("WSM",)},
    ),
    "a committee named on two lines": (
        printed(
            "CEDAW/C/WSM/7", "3 May 2030",
            ["*Committee on the Elimination of Discrimination", "*against Women"],
            [["Seventh periodic report submitted by Samoa under", "article 18, due in 2029*"]],
            ["[Date received: 1 March 2030]", *FILLER],
            masthead="Convention on Discrimination",
        ),
        {"symbol": "CEDAW/C/WSM/7", "body": "CEDAW", "country": ("WSM",), "kind": None,
         "title": "Seventh periodic report submitted by Samoa under article 18, due in 2029"},
    ),
    "an agenda title without an item": (
        printed(
            "E/CN.6/2030/NGO/7", "3 May 2030",
            ["*Commission on the Status of Women", "*Sixty-eighth session", "11–22 March 2030",
             "*Follow-up to the Conference on Libraries"],
            [["Statement submitted by Watch of Fiji, a non-governmental", "organization in "
              "consultative status with the Economic and", "Social Council"]],
            ["The Secretary-General has received the following statement."], **ECOSOC, **NEW_YORK,
        ),
        {"title": "Statement submitted by Watch of Fiji, a non-governmental organization in "
                  "consultative status with the Economic and Social Council",
         "kind": "ngo-statement", "body": "Commission on the Status of Women", "country": ()},
    ),
    "a revised draft": (
        printed(
            "A/HRC/17/L.20/Rev.1", "15 June 2030", council("Seventeenth", *ITEM_3),
            [["Fiji, Samoa* and Tonga*: revised draft resolution"], ["17/… Quiet reading"]],
            ["The Human Rights Council,", "Recalling"], distributed="Distr.: Limited",
        ),
        {"title": "17/… Quiet reading", "kind": "draft-resolution", "status": "draft",
         "country": (), "relations": ((RelationKind.REVISES, "A/HRC/17/L.20"),)},
    ),
    "an amendment": (
        printed(
            "A/HRC/49/L.60", "30 March 2030", council("Forty-ninth", *ITEM_4),
            [["Fiji: amendment to draft resolution A/HRC/49/L.10"],
             ["49/… Situation of human rights in Samoa"]],
            ["After the third preambular paragraph, insert"], distributed="Distr.: Limited",
        ),
        {"kind": "draft-amendment", "status": "draft", "country": ("WSM",),
         "relations": ((RelationKind.AMENDS, "A/HRC/49/L.10"),)},
    ),
    "a resolution that names its draft": (
        printed(
            "A/RES/78/219", "22 December 2030", ["*Seventy-eighth session", "Agenda item 71 (c)"],
            [["Resolution adopted by the General Assembly on 19 December 2030"],
             ["[without reference to a Main Committee (A/78/L.21/Rev.1)]"],
             ["78/219. Situation of human rights in Samoa"]],
            ["The General Assembly,", "Guided by its purposes"], **NEW_YORK,
        ),
        {"title": "78/219. Situation of human rights in Samoa", "kind": "resolution",
         "relations": ((RelationKind.ADOPTS, "A/78/L.21/Rev.1"),)},
    ),
    "a corrigendum": (
        printed(
            "A/HRC/62/16/Corr.1", "3 May 2030", council("Sixty-second", *ITEM_3),
            [["Libraries"], ["Report of the Special Rapporteur on the right to quiet", "reading"],
             ["Corrigendum"]], ["Paragraph 25", *FILLER],
        ),
        {"title": "Libraries: Report of the Special Rapporteur on the right to quiet reading: "
                  "Corrigendum", "status": None,
         "relations": ((RelationKind.CORRECTS, "A/HRC/62/16"),)},
    ),
    "a report on a visit": (
        printed(
            "A/HRC/62/16/Add.1", "3 May 2030", council("Sixty-second", *ITEM_3),
            [["Visit to Samoa"], ["Report of the Special Rapporteur on the right to quiet",
              "reading, K.P. Ejemplo* **"]], ["Summary", *FILLER],
        ),
        {"mandate": "Special Rapporteur on the right to quiet reading", "country": ("WSM",),
         "mandate_holder": "K.P. Ejemplo",
         "relations": ((RelationKind.ADDS_TO, "A/HRC/62/16"),)},
    ),
    "a State's comments on a report": (
        printed(
            "A/HRC/62/16/Add.2", "3 May 2030", council("Sixty-second", *ITEM_3),
            [["Visit to Samoa"], ["Report of the Special Rapporteur on the right to quiet",
              "reading: comments by the State*"]], ["Summary", *FILLER],
        ),
        {"kind": None, "country": ("WSM",)},
    ),
    "a resolution on a mandate": (
        printed(
            "A/HRC/RES/62/9", "3 May 2030", council("Sixty-second", *ITEM_3),
            [["Resolution adopted by the Human Rights Council on 1 May 2030"],
             ["62/9. Mandate of the Special Rapporteur on the right to quiet", "reading"]],
            ["The Human Rights Council,"],
        ),
        {"kind": "resolution", "mandate": None, "mandate_holder": None,
         "title": "62/9. Mandate of the Special Rapporteur on the right to quiet reading"},
    ),
    "a reissued report of experts": (
        printed(
            "A/HRC/58/68*", "7 February 2025", council("Fifty-eighth", *ITEM_4),
            [["Report of the Group of Independent Experts on the",
              "Situation of Human Rights in Belarus**"]], ["Summary", *FILLER],
        ),
        {"symbol": "A/HRC/58/68", "kind": "expert-group-report", "country": ("BLR",),
         "mandate": "Group of Independent Experts on the Situation of Human Rights in Belarus"},
    ),
    "an opinion": (
        printed(
            "A/HRC/WGAD/2030/12", "3 May 2030",
            ["*Human Rights Council", "*Working Group on Arbitrary Detention"],
            [["Opinions adopted by the Working Group on Arbitrary", "Detention at its ninety-ninth "
              "session, 18–27 March 2030"], ["Opinion No. 12/2030 concerning A. B. (Samoa)*"]],
            FILLER,
        ),
        {"mandate": "Working Group on Arbitrary Detention", "country": ("WSM",),
         "title": "Opinions adopted by the Working Group on Arbitrary Detention at its "
                  "ninety-ninth session, 18–27 March 2030: Opinion No. 12/2030 concerning "
                  "A. B. (Samoa)"},
    ),
    "in French": (
        printed(
            "A/HRC/RES/59/25", "16 juillet 2025",
            ["*Conseil des droits de l’homme", "*Cinquante-neuvième session",
             "16 juin-8 juillet 2025", "Point 4 de l’ordre du jour",
             "*Situations qui requièrent l’attention"],
            [["Résolution adoptée par le Conseil des droits de l’homme", "le 8 juillet 2025"],
             ["59/25. Situation des droits de l’homme au Bélarus"]],
            ["Le Conseil des droits de l’homme,"], masthead="Assemblée générale",
            nations="Nations Unies", distributed="Distr. générale",
            under=("Français", "Original : anglais"), job="GE.25-11220 (F)",
        ),
        {"title": "59/25. Situation des droits de l’homme au Bélarus", "language": "fr",
         "kind": "resolution", "body": "Human Rights Council", "session": "59",
         "agenda_item": "4", "date": "2025-07-16", "country": ("BLR",)},
    ),
    "in Spanish": (
        printed(
            "A/HRC/RES/59/25", "16 de julio de 2025",
            ["*Consejo de Derechos Humanos", "*59º período de sesiones", "Tema 4 de la agenda",
             "*Situaciones que requieren la atención"],
            [["Resolución aprobada por el Consejo de Derechos Humanos", "el 8 de julio de 2025"],
             ["59/25. Situación de los derechos humanos en Belarús"]],
            ["El Consejo de Derechos Humanos,"], masthead="Asamblea General",
            nations="Naciones Unidas", distributed="Distr. general",
            under=("Español", "Original: inglés"), job="GE.25-11220 (S)",
        ),
        {"title": "59/25. Situación de los derechos humanos en Belarús", "language": "es",
         "session": "59", "agenda_item": "4", "date": "2025-07-16", "country": ("BLR",)},
    ),
    "in Russian": (
        printed(
            "A/HRC/RES/59/25", "16 July 2025",
            ["*Совет по правам человека", "*Пятьдесят девятая сессия",
             "16 июня — 8 июля 2025 года", "Пункт 4 повестки дня", "*Ситуации"],
            [["Резолюция, принятая Советом по правам человека", "8 июля 2025 года"],
             ["59/25. Положение в области прав человека в Мьянме"]],
            ["Совет по правам человека,"], masthead="Генеральная Ассамблея",
            nations="Организация Объединенных Наций",
            under=("Russian", "Original: English"), job="GE.25-11220 (R)",
        ),
        {"title": "59/25. Положение в области прав человека в Мьянме", "language": "ru",
         "session": "59", "agenda_item": "4", "date": "2025-07-16", "country": ("MMR",)},
    ),
    "in Chinese": (
        printed(
            "A/HRC/RES/59/25", "16 July 2025",
            ["*人权理事会", "*第五十九届会议", "2025年6月16日至7月8日", "议程项目4", "*人权状况"],
            [["人权理事会2025年7月8日通过的决议"], ["59/25. 白俄罗斯的人权状况"]],
            ["人权理事会，"], masthead="大会", nations="联 合 国",
            under=("Chinese", "Original: English"), job="GE.25-11220 (C)",
        ),
        {"title": "59/25. 白俄罗斯的人权状况", "language": "zh", "session": "59",
         "agenda_item": "4", "kind": "resolution", "country": ("BLR",)},
    ),
    "in Arabic": (
        printed(
            "A/HRC/43/15", "19 December 2019",
            ["*مجلس حقوق الإنسان", "*الدورة الثالثة والأربعون", "البند 6 من جدول الأعمال"],
            [["تقرير الفريق العامل المعني بالاستعراض الدوري الشامل*"], ["سلوفينيا"]],
            [], masthead="الجمعية العامة", nations="الأمم المتحدة",
            under=("Arabic", "Original: English"), job="GE.19-22208 (A)",
        ),
        {"title": "تقرير الفريق العامل المعني بالاستعراض الدوري الشامل: سلوفينيا",
         "kind": "upr-report", "language": "ar", "session": "43", "country": ("SVN",)},
    ),
}  # fmt: skip


def said(found, name):
    value = getattr(found, name)
    if name == "symbol":
        return str(value) if value else None
    if name == "relations":
        return tuple((relation.kind, relation.symbol) for relation in value)
    return value


@pytest.mark.parametrize("family", FAMILIES)
def test_family(family):
    first, expected = FAMILIES[family]
    found = describe_pages([first], "x.pdf")
    assert {name: said(found, name) for name in expected} == expected


def test_a_verbatim_record_is_dated_by_its_meeting():
    rows = [
        ("A", 500, 54, 20, False), ("/80/PV.5", 515, 54, 10, False),
        ("General Assembly", 123, 80, 20, True), ("Official Records", 450, 90, 12, False),
        ("Eightieth session", 60, 90, 10, False), ("5th plenary meeting", 60, 130, 14, True),
        ("Tuesday, 23 September 2030, 9 a.m.", 60, 147, 10, False),
        ("President:", 60, 200, 10, False), ("(Samoa)", 500, 200, 10, False),
    ]  # fmt: skip
    found = describe_pages([page(1, rows, 612, 792)], "x.pdf")
    assert (found.title, found.kind) == ("5th plenary meeting", DocumentKind.MEETING_RECORD)
    assert (found.date, found.session, found.country) == ("2030-09-23", "80", ())


def supplement(*imprint: str):
    cover = [
        ("A/80/44", 505, 80, 10, False), ("United Nations", 113, 210, 20, True),
        ("Report of the Committee", 113, 277, 28, True), ("against Torture", 113, 306, 28, True),
        ("General Assembly", 113, 645, 20, True), ("Official Records", 113, 673, 14, True),
        ("Eightieth Session", 113, 688, 14, True), ("Supplement No. 44", 113, 703, 14, True),
    ]  # fmt: skip
    inner = [(line, 113.0, 700.0 + 15 * i, 14.0, False) for i, line in enumerate(imprint)]
    last = [("25-09438 (E)", 56.0, 811.0, 10.0, False)]
    return [page(1, cover), page(2, inner), page(3, last)]


@pytest.mark.parametrize(
    ("imprint", "date"),
    [
        (("United Nations • New York, 2025",), "2025"),
        (("United Nations • New York and Geneva, 2025",), "2025"),
        (("United Nations • New York, 2025", "[25 June 2025]"), "2025-06-25"),
        ((), None),
    ],
)
def test_official_records_are_dated_past_their_cover(imprint, date):
    found = describe_pages(supplement(*imprint), "x.pdf")
    assert (found.date, found.job_number) == (date, "25-09438")
    assert (found.title, found.body) == ("Report of the Committee against Torture", "CAT")


def old_page(*headings: str):
    rows = [("General Assembly—Thirtieth Session", 100, 50, 9, False)]
    for i, heading in enumerate(headings):
        rows += [
            (heading, 120, 120 + 200 * i, 10, True),
            ("The General Assembly,", 80, 140 + 200 * i, 10, False),
        ]
    return page(1, rows)


def test_a_resolution_numbered_before_1976():
    found = describe_pages([old_page("9463 (XXX). Quiet reading in Samoa")], "x.pdf")
    assert str(found.symbol) == "9463 (XXX)"
    assert found.title == "9463 (XXX). Quiet reading in Samoa"
    assert (found.kind, found.body, found.session) == ("resolution", "General Assembly", "30")


def test_a_page_with_two_old_resolutions_is_about_neither():
    found = describe_pages([old_page("9463 (XXX). Reading", "9464 (XXX). Writing")], "x.pdf")
    assert (found.symbol, found.body) == (None, None)


def judgment(*lines: str):
    return page(1, [(line, 200.0, 100.0 + 40 * i, 12.0, True) for i, line in enumerate(lines)])


@pytest.mark.parametrize(
    ("lines", "title", "country"),
    [
        (("AFRICAN COURT ON HUMAN AND PEOPLES’ RIGHTS", "THE MATTER OF", "A.B. AND OTHERS", "V.",
          "REPUBLIC OF FIJI", "APPLICATION No. 999/2031", "JUDGMENT", "5 SEPTEMBER 2031"),
         "A.B. AND OTHERS V. REPUBLIC OF FIJI", ("FJI",)),
        (("COUR AFRICAINE DES DROITS DE L’HOMME ET DES PEUPLES", "AFFAIRE",
          "A.B. c. RÉPUBLIQUE DES FIDJI", "REQUÊTE N° 999/2031", "ARRÊT"),
         "A.B. c. RÉPUBLIQUE DES FIDJI", ("FJI",)),
    ],
)  # fmt: skip
def test_the_cover_of_a_judgment(lines, title, country):
    found = describe_pages([judgment(*lines)], "x.pdf")
    assert (found.title, found.country) == (title, country)
    assert found.body == "African Court on Human and Peoples’ Rights"
    assert (found.kind, found.symbol) == (None, None)


def test_a_text_that_mentions_a_court_is_no_judgment():
    found = describe_pages(
        [judgment("Notes on the African Court on Human and Peoples’ Rights", "A versus B")], "x.pdf"
    )
    assert found.body is None


def test_superseded_by_its_own_front_note():
    first = printed(
        "A/HRC/62/16", "3 May 2030", council("Sixty-second", *ITEM_3), [["Libraries"]],
        ["Summary", "* The present document has been superseded by A/HRC/62/17.", *FILLER],
    )  # fmt: skip
    found = describe_pages([first], "x.pdf")
    assert (found.status, found.superseded_by) == (DocumentStatus.SUPERSEDED, "A/HRC/62/17")


def test_a_revision_that_is_no_draft():
    first = printed(
        "A/HRC/62/16/Rev.2", "3 May 2030", council("Sixty-second", *ITEM_3), [["Libraries"]],
        ["Summary", *FILLER],
    )  # fmt: skip
    found = describe_pages([first], "x.pdf")
    assert found.status is DocumentStatus.REVISED
    assert [relation.symbol for relation in found.relations] == ["A/HRC/62/16/Rev.1", "A/HRC/62/16"]
