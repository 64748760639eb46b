"""Parsing whole files: the contract of `parse --json`, the sample corpus, and real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import EmptyFileError, ReadError, WrongTypeError
from corpus.limits import Limits
from corpus.parse import document_as_dict, iter_documents, parse_file

CONTRACT = [
    "symbol", "title", "kind", "body", "mandate", "country", "session", "agenda_item", "date",
    "language", "source", "sha256", "paragraphs", "footnotes", "quality", "warnings",
]  # fmt: skip
TEXT = b"""SAMPLE/2024/SR/7

1. The first paragraph [1].

2. The second paragraph.

[1] A note.
"""


def test_the_printed_object_keeps_its_contract(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    (document,) = parse_file(path)
    printed = json.loads(json.dumps(document_as_dict(document)))
    assert list(printed)[: len(CONTRACT)] == CONTRACT
    paragraph = list(printed["paragraphs"][0])
    assert paragraph[:6] == ["id", "number", "kind", "section", "pages", "text"]
    assert printed["quality"] == {
        "chain": 2, "gaps": [], "unused_candidates": 0, "first": 1, "last": 2, "restarts": 0,
        "repeats": [], "ocr_pages": [], "textless_pages": [],
    }  # fmt: skip
    assert printed["symbol"] == "SAMPLE/2024/SR/7"
    assert printed["kind"] == "special-rapporteur-report"
    assert printed["document_id"] == document.id
    unknown = ("title", "body", "mandate", "session", "agenda_item", "date", "status", "vote")
    assert {name: printed[name] for name in unknown} == dict.fromkeys(unknown)


def test_notes_of_flowing_texts_find_their_paragraph(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    (note,) = parse_file(path)[0].footnotes
    assert (note.mark, note.text, note.page, note.paragraph_id) == ("1", "A note.", None, "1")


def test_invented_documents_have_no_address(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    assert parse_file(path)[0].url is None
    path.write_bytes(TEXT.replace(b"SAMPLE/2024/SR/7", b"A/HRC/58/68"))
    assert parse_file(path)[0].url == "https://docs.un.org/en/A/HRC/58/68"


def test_json_lines_are_streamed_and_a_bad_line_is_one_error(tmp_path):
    path = tmp_path / "a.jsonl"
    good = json.dumps({"symbol": "SAMPLE/GC/1", "paragraphs": [{"text": "Words."}]})
    path.write_text(f"{good}\nbroken\n{good}\n")
    found = list(iter_documents(path))
    assert [isinstance(item, ReadError) for item in found] == [False, True, False]
    with pytest.raises(ReadError, match="line 2"):
        parse_file(path)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.pdf", b"", EmptyFileError),
        ("a.pdf", b"\xff\xd8\xff\xe0 picture", WrongTypeError),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WrongTypeError),
    ],
)
def test_unreadable_files_are_errors_that_name_them(tmp_path, name, data, error):
    path = tmp_path / name
    path.write_bytes(data)
    (found,) = iter_documents(path)
    assert isinstance(found, error)
    assert found.subject == str(path)
    with pytest.raises(error):
        parse_file(path)


def test_files_that_are_too_large_are_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT * 100)
    (found,) = iter_documents(path, Limits(max_file_bytes=1000))
    assert isinstance(found, ReadError)


def test_a_missing_file_is_an_error_not_a_crash(tmp_path):
    (found,) = iter_documents(tmp_path / "gone.pdf")
    assert "cannot be opened" in str(found)


SAMPLE = Path(__file__).parents[2] / "corpus" / "sample" / "documents"


@pytest.mark.parametrize(
    ("name", "symbol", "kind", "status", "language", "date"),
    [
        ("res-2024-1.en.pdf", "SAMPLE/2024/RES/1", "resolution", "adopted-by-vote", "en",
         "2024-04-08"),
        ("res-2023-1.en.docx", "SAMPLE/2023/RES/1", "resolution", "adopted-without-vote", "en",
         "2023-04-03"),
        ("draft-2025-L1.en.pdf", "SAMPLE/2025/L.1", "draft-resolution", "draft", "en",
         "2025-03-13"),
        ("amendment-2024-L9.en.pdf", "SAMPLE/2024/L.9", "draft-amendment", "rejected", "en",
         "2024-03-25"),
        ("sr-2022-1.es.pdf", "SAMPLE/2022/SR/1", "special-rapporteur-report", None, "es",
         "2022-05-09"),
        ("sr-2024-1.ru.pdf", "SAMPLE/2024/SR/1", "special-rapporteur-report", None, "ru",
         "2024-02-12"),
        ("sr-2024-3.ar.pdf", "SAMPLE/2024/SR/3", "special-rapporteur-report", None, "ar",
         "2024-08-19"),
        ("sr-2023-2.zh.pdf", "SAMPLE/2023/SR/2", "special-rapporteur-report", None, "zh",
         "2023-02-20"),
        ("ngo-2024-5.be.pdf", "SAMPLE/2024/NGO/5", "ngo-statement", None, "be", "2024-02-20"),
        ("ngo-2025-4.fr.docx", "SAMPLE/2025/NGO/4", "ngo-statement", None, "fr", "2025-02-18"),
        ("sr-2019-1.en.html", "SAMPLE/2019/SR/1", "special-rapporteur-report", None, "en",
         "2019-05-06"),
        ("gc-1.en.txt", "SAMPLE/GC/1", "general-comment", None, "en", "2005-08-08"),
        ("upr-2024-1.en.pdf", "SAMPLE/2024/UPR/1", "upr-report", None, "en", "2024-07-08"),
        ("letter-2024.en.pdf", None, "letter", None, "en", "2024-11-04"),
    ],
)  # fmt: skip
def test_sample_documents(name, symbol, kind, status, language, date):
    (document,) = parse_file(SAMPLE / name)
    assert (document.symbol, document.kind, document.status) == (symbol, kind, status)
    assert (document.language, document.date) == (language, date)
    assert document.quality.gaps == ()
    assert document.warnings == ()


# file, symbol, kind, body, country, session, item, date, language, a part of the title
REAL = [
    ("upr__belarus2010.pdf", "A/HRC/15/16", "upr-report", "Human Rights Council", ["BLR"], "15",
     "6", "2010-06-21", "en", "Universal Periodic Review: Belarus"),
    ("upr__haiti2011.pdf", "A/HRC/19/19", "upr-report", "Human Rights Council", ["HTI"], "19",
     "6", "2011-12-08", "en", "Haiti"),
    ("upr__vietnam2014.pdf", "A/HRC/26/6", "upr-report", "Human Rights Council", ["VNM"], "26",
     "6", "2014-04-02", "en", "Viet Nam"),
    ("uwazi__A_HRC_43_12.pdf", "A/HRC/43/12", "upr-report", "Human Rights Council", ["IRN"], "43",
     "6", "2019-12-27", "en", "Islamic Republic of Iran"),
    ("aiun__A_HRC_59_60.en.pdf", "A/HRC/59/60", "expert-group-report", "Human Rights Council",
     [], "59", "5", "2025-04-22", "en", "Forum on Business"),
    ("aiun__A_HRC_59_L.17.en.pdf", "A/HRC/59/L.17", "draft-resolution", "Human Rights Council",
     [], "59", "3", "2025-07-02", "en", "59/… Human rights and climate change"),
    ("aiun__A_HRC_RES_59_25.en.pdf", "A/HRC/RES/59/25", "resolution", "Human Rights Council", [],
     "59", "3", "2025-07-16", "en", "59/25. Human rights and climate change"),
    ("aiun__A_HRC_EMRIP_2025_2.en.pdf", "A/HRC/EMRIP/2025/2", "expert-group-report",
     "Human Rights Council", [], "18", "3", "2025-05-06", "en", "Right of Indigenous Peoples"),
    ("aiun__A_80_44.en.pdf", "A/80/44", "treaty-body-report", "CAT", [], "80", None,
     "2025-06-25", "en", "Report of the Committee against Torture"),
    ("aiun__E_2025_22.en.pdf", "E/2025/22-E/C.12/2024/3", "treaty-body-report", "CESCR", [], None,
     None, "2025-03-13", "en", "Economic, Social and Cultural Rights"),
    ("aiun__S_2025_389.en.pdf", "S/2025/389", "official-report", "Security Council", [], None,
     None, "2025-07-15", "en", "Conflict-related sexual violence"),
    ("aiun__A_79_940.en.pdf", "A/79/940-S/2025/361", "letter", "General Assembly", [], "79",
     "62, 67, 80, 110, 132, 135", "2025-06-10", "en", "Letter dated 5 June 2025"),
    ("svn_1st_g0916919.pdf", "A/HRC/WG.6/7/SVN/1", "upr-national-report", "Human Rights Council",
     ["SVN"], "7", None, "2009-11-03", "en", "NATIONAL REPORT"),
    ("svn_1st_g0917008.pdf", "A/HRC/WG.6/7/SVN/3", "upr-stakeholders", "Human Rights Council",
     ["SVN"], "7", None, "2009-11-12", "en", "SUMMARY PREPARED BY"),
    ("svn_1st_g0917123.pdf", "A/HRC/WG.6/7/SVN/2", "upr-compilation", "Human Rights Council",
     ["SVN"], "7", None, "2009-11-19", "en", "COMPILATION PREPARED BY"),
    ("svn_1st_g0917825.pdf", "A/HRC/WG.6/7/SVN/2/Corr.1", "upr-compilation",
     "Human Rights Council", ["SVN"], "7", None, "2009-12-22", "en", "Corrigendum"),
    ("svn_1st_g1014611.pdf", "A/HRC/DEC/14/105", "decision", "Human Rights Council", ["SVN"],
     "14", "6", "2010-06-23", "en", "Outcome of the Universal Periodic Review: Slovenia"),
    ("svn_4th_g2420410.pdf", "A/HRC/WG.6/48/SVN/3", "upr-stakeholders", "Human Rights Council",
     ["SVN"], "48", None, "2024-11-06", "en", "stakeholders’ submissions"),
    ("svn_3rd_g2110341.pdf", "A/HRC/43/2", "official-report", "Human Rights Council", [], "43",
     "1", "2021-05-06", "en", "on its forty-third session"),
    ("xl__ohchr_2_fr.pdf", "A/HRC/WG.6/7/ITA/1", "upr-national-report", "Human Rights Council",
     ["ITA"], "7", None, "2009-11-16", "fr", "Rapport national"),
    ("xl__plan_1_es.pdf", "A/RES/48/246", "resolution", "General Assembly", ["HTI"], "48", "165",
     "1994-05-11", "es", "48/246. Financiación"),
    ("xl__plan_2_fr.pdf", "A/RES/48/161", "resolution", "General Assembly", [], "48", "40",
     "1994-01-21", "fr", "48/161. La situation en Amérique centrale"),
]  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("expected", REAL, ids=[row[0] for row in REAL])
def test_metadata_of_real_files(real_data, expected):
    name, symbol, kind, body, country, session, item, date, language, title = expected
    printed = document_as_dict(parse_file(real_data / "pdf" / name)[0])
    fields = ("symbol", "kind", "body", "country", "session", "agenda_item", "date", "language")
    found = {field: printed[field] for field in fields}
    given = (symbol, kind, body, country, session, item, date, language)
    assert found == dict(zip(fields, given, strict=True))
    assert title in str(printed["title"])
    assert len(str(printed["title"])) < 300


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("aiun__A_HRC_RES_59_25.en.pdf", "adopted-without-vote"),
        ("svn_1st_g1014611.pdf", "adopted-without-vote"),
        ("aiun__A_HRC_59_L.17.en.pdf", "draft"),
        ("upr__belarus2010.pdf", None),
    ],
)
def test_standing_of_real_files(real_data, name, status):
    (document,) = parse_file(real_data / "pdf" / name)
    assert document.status == status
    assert document.vote is None


@pytest.mark.real
def test_real_files_without_a_masthead_stay_unknown(real_data):
    (letter,) = parse_file(
        real_data / "pdf" / "svn_4th_session48-hc-letter-republic-slovenia-eng.pdf"
    )
    assert (letter.symbol, letter.title, letter.kind, letter.date) == (
        None, None, "letter", "2025-10-01",
    )  # fmt: skip
    (questions,) = parse_file(real_data / "pdf" / "svn_1st_Slovenia.pdf")
    # its document information calls it questions to another State
    assert questions.title == "ADVANCE QUESTIONS TO SLOVENIA"
    assert (questions.symbol, questions.kind, questions.country) == (None, None, ("SVN",))


@pytest.mark.real
def test_real_unreadable_files_are_named(real_data):
    for name in ("bad__not_a_pdf.pdf", "aiun__A_78_1.en.pdf"):
        (found,) = iter_documents(real_data / "pdf" / name)
        assert isinstance(found, ReadError)
        assert name in found.subject
