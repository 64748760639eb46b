"""Each form of citation, on each kind of document, word for word."""

from __future__ import annotations

import pytest

from workbench.citing import FORMS, Source, notes
from workbench.citing.adoption import adopted_on
from workbench.citing.source import long_date

RESOLUTION = Source(
    "A/HRC/RES/59/25", "59/25. Human rights and climate change", "resolution",
    "Human Rights Council", date="2025-07-16", year=2025, adopted="2025-07-08", language="en",
    url="https://docs.un.org/en/A/HRC/RES/59/25",
)  # fmt: skip
ASSEMBLY = Source(
    "A/RES/48/161", "48/161. The situation in Central America", "resolution", "General Assembly",
    date="1994-01-21", year=1994, adopted="1993-12-20",
)  # fmt: skip
DECISION = Source(
    "A/HRC/DEC/14/105", "14/105 Outcome of the review: Slovenia", "decision",
    "Human Rights Council", date="2010-06-23", year=2010,
)  # fmt: skip
COMMENT = Source(
    "CCPR/C/GC/32", "General comment No. 32 (2007) on equality before courts", "general-comment",
    "CCPR", date="2007-08-23", year=2007,
)  # fmt: skip
RECOMMENDATION = Source(
    "A/42/38", "General recommendation No. 3: Education and public information", "general-comment",
    "CEDAW", date="1987-05-15", year=1987,
)  # fmt: skip
JOINT = Source(
    "CRC/C/GC/22-CMW/C/GC/3",
    "Joint general comment No. 3 (2017) of the Committee on the Protection of the Rights of All "
    "Migrant Workers and Members of Their Families and No. 22 (2017) of the Committee on the "
    "Rights of the Child on children in migration",
    "general-comment", "CMW", year=2017,
)  # fmt: skip
REVISED_JOINT = Source(
    "CEDAW/C/GC/31-CRC/C/GC/18",
    "[REVISED] Joint General Recommendation No. 31 of the CEDAW / General Comment No. 18 of the "
    "CRC: Harmful practices",
    "general-comment", "CEDAW", year=2019,
)  # fmt: skip
SESSION = Source("S-8/1", None, "resolution", "Human Rights Council", year=2008)
COUNCIL = Source(
    "S/RES/1325 (2000)", "Resolution 1325 (2000)", "resolution", "Security Council", year=2000
)
VIEWS = Source(
    "CAT/C/73/D/872/2018", None, "treaty-body-decision", "CAT", date="2022-04-22", year=2022
)
NAMED_VIEWS = Source(
    "CCPR/C/99/D/1/2009", "Someone v. Freedonia", "treaty-body-decision", "CCPR", year=2010
)
RAPPORTEUR = Source(
    "A/54/426", "Overview of the mandate", "special-rapporteur-report", "SR Torture",
    holder="A. Rapporteur", date="1999", year=1999,
)  # fmt: skip
TITLED_RAPPORTEUR = Source(
    "A/HRC/58/68", "Report of the Special Rapporteur on Freedonia: “rights”",
    "special-rapporteur-report", "Human Rights Council", date="2025-02", year=2025,
)  # fmt: skip
REVIEW = Source(
    "A/HRC/15/16", "Report of the Working Group on the Universal Periodic Review: Freedonia",
    "upr-report", "Human Rights Council", date="2010-06-21", year=2010,
)  # fmt: skip
STATEMENT = Source(
    "A/HRC/52/NGO/12",
    "Written statement submitted by Invented Watch, a non-governmental organization in special "
    "consultative status: No one was told",
    "ngo-statement", "Human Rights Council", date="2023-02-20", year=2023,
)  # fmt: skip
DRAFT = Source(
    "A/HRC/59/L.17", "59/… Human rights and climate change", "draft-resolution",
    "Human Rights Council", date="2025-07-02", year=2025,
)  # fmt: skip
OBSERVATIONS = Source(
    "CCPR/C/BLR/CO/5", "Concluding observations on the fifth report", "concluding-observations",
    "CCPR", date="2018-11-22", year=2018,
)  # fmt: skip
LETTER = Source(None, "Letter to the Minister", "letter", date="2024-11-04", year=2024)
NAMELESS = Source(None, None, file="scan.pdf")
SAMPLE = Source(
    "SAMPLE/2024/RES/1", "12/1. Rights in Exemplaria", "resolution", "Sample Council",
    year=2024, adopted="2024-03-22",
)  # fmt: skip

FIRST: list[tuple[str, Source, str, str]] = [
    ("un", RESOLUTION, "para. 4", "Human Rights Council resolution 59/25, “Human rights and "
     "climate change”, adopted on 8 July 2025 (A/HRC/RES/59/25), para. 4."),
    ("oscola", RESOLUTION, "para. 4",
     "UNHRC Res 59/25 (8 July 2025) UN Doc A/HRC/RES/59/25 para 4."),
    ("chicago", RESOLUTION, "para. 4", "UN Human Rights Council, Resolution 59/25, Human rights "
     "and climate change, A/HRC/RES/59/25 (July 8, 2025), para. 4, "
     "https://docs.un.org/en/A/HRC/RES/59/25."),
    ("un", ASSEMBLY, "third preambular paragraph", "General Assembly resolution 48/161, “The "
     "situation in Central America”, adopted on 20 December 1993 (A/RES/48/161), third preambular "
     "paragraph."),
    ("oscola", ASSEMBLY, "", "UNGA Res 48/161 (20 December 1993) UN Doc A/RES/48/161."),
    ("un", DECISION, "p. 1", "Human Rights Council decision 14/105, “Outcome of the review: "
     "Slovenia” (A/HRC/DEC/14/105, 2010), p. 1."),
    ("oscola", DECISION, "p. 1", "UNHRC Dec 14/105 (2010) UN Doc A/HRC/DEC/14/105, 1."),
    ("chicago", DECISION, "pp. 1–2", "UN Human Rights Council, Decision 14/105, Outcome of the "
     "review: Slovenia, A/HRC/DEC/14/105 (2010), 1–2."),
    ("un", COMMENT, "para. 33", "Human Rights Committee, general comment No. 32 (2007) on equality "
     "before courts (CCPR/C/GC/32), para. 33."),
    ("oscola", COMMENT, "para. 33", "UN Human Rights Committee ‘General comment No 32 (2007) on "
     "equality before courts’ (23 August 2007) UN Doc CCPR/C/GC/32 para 33."),
    ("chicago", COMMENT, "para. 33", "UN Human Rights Committee, General comment No. 32 (2007) on "
     "equality before courts, CCPR/C/GC/32 (August 23, 2007), para. 33."),
    ("un", RECOMMENDATION, "", "Committee on the Elimination of Discrimination against Women, "
     "general recommendation No. 3 (1987), “Education and public information” (A/42/38)."),
    ("un", JOINT, "para. 2", "Joint general comment No. 22 of the Committee on the Rights of the "
     "Child/general comment No. 3 of the Committee on the Protection of the Rights of All Migrant "
     "Workers and Members of Their Families (2017) on children in migration "
     "(CRC/C/GC/22-CMW/C/GC/3), para. 2."),
    ("un", REVISED_JOINT, "", "Joint general recommendation No. 31 of the Committee on the "
     "Elimination of Discrimination against Women/general comment No. 18 of the Committee on the "
     "Rights of the Child (2019), “Harmful practices” (CEDAW/C/GC/31-CRC/C/GC/18)."),
    ("un", SESSION, "para. 1", "Human Rights Council resolution S-8/1 (S-8/1, 2008), para. 1."),
    ("un", COUNCIL, "", "Security Council resolution 1325 (2000) (S/RES/1325 (2000), 2000)."),
    ("un", VIEWS, "para. 7.4", "Committee against Torture, communication No. 872/2018 "
     "(CAT/C/73/D/872/2018, 22 April 2022), para. 7.4."),
    ("oscola", VIEWS, "para. 7.4", "UN Committee against Torture, Communication No 872/2018 (22 "
     "April 2022) UN Doc CAT/C/73/D/872/2018 para 7.4."),
    ("chicago", VIEWS, "para. 7.4", "UN Committee against Torture, Communication No. 872/2018, "
     "CAT/C/73/D/872/2018 (April 22, 2022), para. 7.4."),
    ("un", NAMED_VIEWS, "", "Someone v. Freedonia (CCPR/C/99/D/1/2009, 2010)."),
    ("oscola", NAMED_VIEWS, "", "Someone v Freedonia, Communication No 1/2009 (2010) UN Doc "
     "CCPR/C/99/D/1/2009."),
    ("un", RAPPORTEUR, "para. 5", "“Overview of the mandate”, report of the Special Rapporteur on "
     "torture and other cruel, inhuman or degrading treatment or punishment, A. Rapporteur "
     "(A/54/426, 1999), para. 5."),
    ("oscola", TITLED_RAPPORTEUR, "para. 5", "UNHRC ‘Report of the Special Rapporteur on "
     "Freedonia: “rights”’ (February 2025) UN Doc A/HRC/58/68 para 5."),
    ("un", TITLED_RAPPORTEUR, "para. 5", "“Report of the Special Rapporteur on Freedonia: "
     "‘rights’” (A/HRC/58/68, February 2025), para. 5."),
    ("un", REVIEW, "paras. 24–26", "“Report of the Working Group on the Universal Periodic Review: "
     "Freedonia” (A/HRC/15/16, 21 June 2010), paras. 24–26."),
    ("oscola", REVIEW, "annex I, para. 2", "UNHRC ‘Report of the Working Group on the Universal "
     "Periodic Review: Freedonia’ (21 June 2010) UN Doc A/HRC/15/16 annex I para 2."),
    ("oscola", STATEMENT, "", "Invented Watch ‘No one was told’, written statement (20 February "
     "2023) UN Doc A/HRC/52/NGO/12."),
    ("chicago", STATEMENT, "", "Invented Watch, No one was told, written statement, "
     "A/HRC/52/NGO/12 (February 20, 2023)."),
    ("un", DRAFT, "para. 2", "“Human rights and climate change”, draft resolution "
     "(A/HRC/59/L.17, 2 July 2025), para. 2."),
    ("oscola", DRAFT, "para. 2", "UNHRC ‘Human rights and climate change’, draft resolution (2 "
     "July 2025) UN Doc A/HRC/59/L.17 para 2."),
    ("un", OBSERVATIONS, "para. 3", "Human Rights Committee, “Concluding observations on the fifth "
     "report” (CCPR/C/BLR/CO/5, 22 November 2018), para. 3."),
    ("un", LETTER, "p. 1", "“Letter to the Minister”, 4 November 2024, p. 1."),
    ("oscola", LETTER, "p. 1", "‘Letter to the Minister’ (4 November 2024) 1."),
    ("chicago", LETTER, "p. 1", "“Letter to the Minister”, November 4, 2024, 1."),
    ("un", NAMELESS, "p. 3", "Untitled document (scan.pdf), p. 3."),
    ("oscola", NAMELESS, "", "untitled document (scan.pdf)."),
    ("chicago", NAMELESS, "", "Untitled document (scan.pdf)."),
    ("oscola", SAMPLE, "para. 1", "Sample Council Res 12/1 (22 March 2024) SAMPLE/2024/RES/1 para "
     "1."),
]  # fmt: skip


@pytest.mark.parametrize(("form", "source", "place", "expected"), FIRST)
def test_a_first_mention(form: str, source: Source, place: str, expected: str) -> None:
    assert notes([(source, place)], form) == [expected]


@pytest.mark.parametrize(
    ("form", "source", "expected"),
    [
        ("un", RESOLUTION, "A/HRC/RES/59/25, para. 9."),
        ("oscola", RESOLUTION, "UNHRC Res 59/25 (n 1) para 9."),
        ("chicago", RESOLUTION, "UN Human Rights Council, Resolution 59/25, para. 9."),
        ("un", COMMENT, "Human Rights Committee, general comment No. 32 (2007), para. 9."),
        ("oscola", VIEWS, "Communication No 872/2018 (n 1) para 9."),
        ("oscola", REVIEW, "UN Doc A/HRC/15/16 (n 1) para 9."),
        ("chicago", REVIEW, "UN Human Rights Council, A/HRC/15/16, para. 9."),
        ("un", LETTER, "“Letter to the Minister”, para. 9."),
        ("oscola", LETTER, "‘Letter to the Minister’ (n 1) para 9."),
        ("un", NAMELESS, "Untitled document (scan.pdf), para. 9."),
    ],
)
def test_a_later_mention_is_short(form: str, source: Source, expected: str) -> None:
    assert notes([(source, "para. 1"), (DRAFT, ""), (source, "para. 9")], form)[2] == expected


def test_ibid_only_where_it_is_asked_for_and_right_after() -> None:
    cited = [(REVIEW, "para. 1"), (REVIEW, "para. 2"), (REVIEW, "para. 2"), (DRAFT, ""),
             (REVIEW, "para. 3")]  # fmt: skip
    assert notes(cited, "un", ibid=True)[1:3] == ["Ibid., para. 2.", "Ibid."]
    assert notes(cited, "un", ibid=True)[4] == "A/HRC/15/16, para. 3."
    assert notes(cited, "oscola", ibid=True)[1:3] == ["ibid para 2.", "ibid."]
    assert notes(cited, "chicago", ibid=True)[1] == "Ibid., para. 2."
    assert not any("ibid" in note.lower() for form in FORMS for note in notes(cited, form))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "kind", [None, "resolution", "general-comment", "treaty-body-decision", "ngo-statement"]
)
@pytest.mark.parametrize("symbol", [None, "A/RES/48/161", "no symbol at all"])
def test_what_is_unknown_is_never_written(form: str, kind: str | None, symbol: str | None) -> None:
    for note in notes([(Source(symbol, None, kind), "")] * 2, form):
        assert "None" not in note
        assert not {"()", ", ,", "  ", "( ", " )"} & {note[i : i + 2] for i in range(len(note))}
        assert note.endswith(".")
        assert symbol is None or symbol.split("/")[-1] in note.lower()


def test_a_russian_statement_is_given_no_author_it_does_not_have() -> None:
    statement = Source(
        "A/HRC/52/NGO/13", "Письменное заявление", "ngo-statement", "Human Rights Council"
    )
    assert notes([(statement, "")], "oscola") == ["‘Письменное заявление’ UN Doc A/HRC/52/NGO/13."]


@pytest.mark.parametrize(
    ("closings", "distributed", "expected"),
    [
        (["85th plenary meeting 20 December 1993"], "1994-01-21", "1993-12-20"),
        (["Recalls", "39th meeting\n8 July 2025\n[Adopted without a vote.]"], None, "2025-07-08"),
        (["85e séance plénière 20 décembre 1993"], "1994-01", "1993-12-20"),
        (["2025年7月8日"], "2025", "2025-07-08"),
        (["30 July 2025"], "2025-07-16", None),  # nothing is adopted after it is distributed
        (["The Council,", "[Adopted without a vote.]"], "2025-07-16", None),
        (["Recalling the meeting of 4 May 2020 and " + "much else " * 20], "2025-07-16", None),
    ],
)
def test_a_resolution_is_adopted_when_its_last_lines_say(
    closings: list[str], distributed: str | None, expected: str | None
) -> None:
    assert adopted_on(closings, distributed) == expected


@pytest.mark.parametrize(
    ("iso", "expected"),
    [("2010-06-21", "June 21, 2010"), ("2010-06", "June 2010"), ("2010", "2010"), (None, None),
     ("2010-13-01", "2010-13-01"), ("spring", "spring")],
)  # fmt: skip
def test_dates_keep_their_precision(iso: str | None, expected: str | None) -> None:
    assert long_date(iso, american=True) == expected
