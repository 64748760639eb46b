"""Files made of passages, opened again by the libraries that others would open them with."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import bibtexparser
import docx
import pypdfium2
import pytest
import rispy
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pylatexenc.latex2text import LatexNodes2Text

from corpus.errors import InputError
from workbench.citing import Source
from workbench.export import COLUMNS, Entry, Row
from workbench.export.bibliography import as_bibtex, as_ris
from workbench.export.entry import carried, is_right_to_left, one_line
from workbench.export.quotations import as_docx
from workbench.export.spreadsheet import as_csv, harmless, original
from workbench.export.table import read_csv, row_from, table_as_csv, table_as_docx

DAY = date(2025, 3, 12)
ENGLISH = Source(
    "A/HRC/15/16", "Report: Freedonia", "upr-report", "Human Rights Council", date="2010-06-21",
    year=2010, language="en", url="https://docs.un.org/en/A/HRC/15/16",
)  # fmt: skip
ARABIC = replace(ENGLISH, symbol="A/HRC/58/68", title="تقرير المقررة الخاصة", language="ar")
CHINESE = replace(ENGLISH, symbol="A/HRC/58/69", title="特别报告员的报告", language="zh")
RUSSIAN = replace(ENGLISH, symbol="A/HRC/58/70", title="Доклад", language="ru")

HOSTILE = {
    "latex": r"\input{/etc/passwd} 100% & $x_1$ #1 {unbalanced ~ ^ \\",
    "bibtex": "}}\n@article{evil, title = {x}}\n@comment{",
    "ris": "one\nER  - \nTY  - JOUR\nTI  - evil",
    "formula": "=HYPERLINK(\"http://x\",\"y\")",
    "xml": "a\x00b\x0bc\x1b & <w:t>]]> \ufffe",
    "surrogate": "half \ud83d of a pair",
    "bidi": "\u202eevil\u202c \u2067ال\u2069 \u200f",
    "long": "Ten thousand characters. " * 400,
    "lines": "(a) One;\n(b) Two;\r\n(c) Three.",
}  # fmt: skip


def entry(text: str = "No one was told.", source: Source = ENGLISH, number: str = "12",
          **changes: Any) -> Entry:  # fmt: skip
    made = Entry(
        passage_id=f"{(source.symbol or '~x').replace('/', '_')}:{source.language}:{number}",
        document_id=f"{(source.symbol or '~x').replace('/', '_')}:{source.language}",
        source=source,
        place=f"para. {number}",
        citation=f"{source.symbol}, para. {number}",
        number=number,
        pages=(4, 5),
        section=("II. Findings", "A. Access to a lawyer"),
        text=text,
        standing="Recommendation by States",
        counts=True,
    )
    return replace(made, **changes)


DRAFT = entry(
    "Urges nobody;", replace(ENGLISH, symbol="A/HRC/59/L.17", kind="draft-resolution"), "2",
    counts=False, standing="Draft", why="it is a draft, not agreed language",
)  # fmt: skip
ALL = [
    entry(), entry("Second.", number="14"), DRAFT,
    entry("وتُستخدم الصور (2024) وسيلة للتشهير.", ARABIC),
    entry("当局每次都声称设备发生故障。", CHINESE),
    entry("В 2023 году лицензий лишились 58 адвокатов.", RUSSIAN),
]  # fmt: skip


def footnotes_of(content: bytes) -> list[str]:
    part = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml"))
    return [
        "".join(note.itertext()).strip().replace("\N{NO-BREAK SPACE}", " ")
        for note in part
        if note.get(qn("w:type")) is None
    ]


def word(entries: list[Entry] = ALL, title: str = "Passages", form: str = "un") -> bytes:
    return as_docx(entries, title=title, form=form, on=DAY, ibid=False)


# Bibliographies ----------------------------------------------------------------------------------


def test_bibtex_is_a_record_a_document_and_is_read_again() -> None:
    library = bibtexparser.parse_string(as_bibtex(ALL))
    assert not library.failed_blocks
    assert [each.key for each in library.entries] == [
        "A_HRC_15_16:en", "A_HRC_59_L.17:en", "A_HRC_58_68:ar", "A_HRC_58_69:zh", "A_HRC_58_70:ru",
    ]  # fmt: skip
    first = {field.key: field.value for field in library.entries[0].fields}
    assert library.entries[0].entry_type == "techreport"
    assert first["title"] == "{Report: Freedonia}"
    assert first["author"] == "{Human Rights Council}"
    assert (first["number"], first["date"], first["year"]) == ("A/HRC/15/16", "2010-06-21", "2010")
    assert first["note"] == "para. 12; para. 14"
    assert "“No one was told.” para. 14: “Second.”" in first["annote"]
    draft = {field.key: field.value for field in library.entries[1].fields}
    assert draft["note"].startswith("Not precedent (Draft): it is a draft, not agreed language")
    assert library.entries[2].fields_dict["title"].value == "{تقرير المقررة الخاصة}"


def test_ris_is_a_record_a_document_and_is_read_again() -> None:
    records = rispy.loads(as_ris(ALL))
    assert [each["number"] for each in records][:2] == ["A/HRC/15/16", "A/HRC/59/L.17"]
    assert len(records) == 5
    assert records[0]["type_of_reference"] == "RPRT"
    assert records[0]["date"] == "2010/06/21/"
    assert records[0]["notes"][0] == "para. 12; para. 14"
    assert records[0]["notes"][2] == "para. 14: “Second.”"
    assert records[1]["notes"][0].startswith("Not precedent (Draft)")
    assert records[3]["title"] == "特别报告员的报告"
    assert not re.search(r"(?m)^\d+\.$", as_ris(ALL))


def test_a_text_without_symbol_title_or_date_still_has_a_record() -> None:
    bare = entry(source=Source(None, None, file="scan.pdf"))
    fields = bibtexparser.parse_string(as_bibtex([bare])).entries[0].fields_dict
    assert "scan.pdf" in fields["title"].value
    assert rispy.loads(as_ris([bare]))[0]["title"] == "Untitled document"


def read_latex(value: str) -> str:
    """Return what LaTeX sets, without spaces. pylatexenc lacks two commands that LaTeX has."""
    for command, stand_in in ((r"\textbraceleft{}", "⦃"), (r"\textbraceright{}", "⦄")):
        value = value.replace(command, stand_in)
    shown = LatexNodes2Text().latex_to_text(value).replace(" ", "")
    return shown.replace("⦃", "{").replace("⦄", "}").replace("ˆ", "^")


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words_in_bibliographies(words: str) -> None:
    entries = [entry(words, replace(ENGLISH, title=words, url="https://x/{%}")), DRAFT]
    library = bibtexparser.parse_string(as_bibtex(entries))
    assert not library.failed_blocks
    assert len(library.entries) == 2
    title = library.entries[0].fields_dict["title"].value
    assert title.count("{") == title.count("}")
    assert read_latex(title) == one_line(words).replace(" ", "")
    records = rispy.loads(as_ris(entries))
    assert len(records) == 2
    assert records[0]["title"] == one_line(words)
    assert one_line(words) in records[0]["notes"][1]


# Spreadsheets ------------------------------------------------------------------------------------


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_a_passage_and_says_what_is_no_precedent() -> None:
    rows = rows_of(as_csv(ALL))
    assert [row["citation"] for row in rows][:2] == [
        "A/HRC/15/16, para. 12",
        "A/HRC/15/16, para. 14",
    ]
    assert rows[0]["page"] == "4–5"
    assert rows[0]["section"] == "II. Findings › A. Access to a lawyer"
    assert [row["precedent"] for row in rows] == ["yes", "yes", "no", "yes", "yes", "yes"]
    assert rows[2]["caveat"].startswith("Not precedent (Draft)")
    assert rows[3]["text"] == ALL[3].text


def test_what_is_restricted_and_no_precedent_says_both() -> None:
    (row,) = rows_of(as_csv([replace(DRAFT, restricted="witness")]))
    assert row["caveat"].startswith("Restricted (witness): not to be quoted in public; Not prec")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "＝1", "|x", "%x"])
def test_no_cell_is_run_as_a_formula(cell: str) -> None:
    (row,) = rows_of(as_csv([entry(cell)]))
    assert row["text"] == f"'{carried(cell)}"


@given(st.text())
def test_every_cell_comes_back(cell: str) -> None:
    assert original(harmless(cell)) == cell


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_in_their_cell(words: str) -> None:
    rows = rows_of(as_csv([entry(words), entry()]))
    assert len(rows) == 2
    assert original(rows[0]["text"]) == carried(words)


# Word --------------------------------------------------------------------------------------------


def test_word_quotes_each_passage_with_its_citation_in_a_footnote() -> None:
    content = word()
    document = docx.Document(io.BytesIO(content))
    quoted = [p for p in document.paragraphs if p.style.name == "Quoted passage"]
    assert [p.text for p in quoted] == [each.text for each in ALL]
    references = [p._p.findall(f".//{qn('w:footnoteReference')}") for p in quoted]
    assert [r.get(qn("w:id")) for (r,) in references] == [str(n) for n in range(1, 7)]
    notes = footnotes_of(content)
    assert notes[0] == "“Report: Freedonia” (A/HRC/15/16, 21 June 2010), para. 12."
    assert notes[1] == "A/HRC/15/16, para. 14."
    assert "تقرير المقررة الخاصة" in notes[3]
    assert b"para.\xc2\xa012." in zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml")
    assert document.core_properties.title == "Passages"
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=1)
    assert "12 March 2025 · 6 passages" in [p.text for p in document.paragraphs]


def test_word_names_the_standing_and_warns_of_what_is_no_precedent() -> None:
    document = docx.Document(io.BytesIO(word()))
    lines = [p for p in document.paragraphs if p.style.name == "Standing"]
    assert lines[0].text == "Recommendation by States"
    assert lines[2].text == "Not precedent (Draft): it is a draft, not agreed language"
    assert lines[2].runs[0].bold
    assert not lines[0].runs[0].bold


def test_word_keeps_languages_and_directions() -> None:
    document = docx.Document(io.BytesIO(word()))
    quoted = [p for p in document.paragraphs if p.style.name == "Quoted passage"]
    bidi = [p._p.pPr.find(qn("w:bidi")) is not None for p in quoted]
    assert bidi == [False, False, False, True, False, False]
    arabic = quoted[3]._p.findall(f".//{qn('w:rtl')}")
    assert arabic
    languages = [p._p.find(f".//{qn('w:lang')}").attrib for p in quoted]
    assert languages[0][qn("w:val")] == "en-GB"
    assert languages[3][qn("w:bidi")] == "ar-SA"
    assert languages[4][qn("w:eastAsia")] == "zh-CN"
    assert languages[5][qn("w:val")] == "ru-RU"
    # Elements of paragraph properties stand in the order of the schema, which Word insists on.
    order = [qn(f"w:{n}") for n in ("pStyle", "keepNext", "bidi", "spacing", "ind", "jc")]
    for p in quoted:
        held = [order.index(child.tag) for child in p._p.pPr]
        assert held == sorted(held)


def test_the_footnotes_part_is_what_word_expects() -> None:
    archive = zipfile.ZipFile(io.BytesIO(word()))
    part = etree.fromstring(archive.read("word/footnotes.xml"))
    assert [note.get(qn("w:id")) for note in part][:3] == ["-1", "0", "1"]
    assert [note.get(qn("w:type")) for note in part][:3] == [
        "separator", "continuationSeparator", None,
    ]  # fmt: skip
    assert b"footnotes+xml" in archive.read("[Content_Types].xml")
    assert b"footnotes.xml" in archive.read("word/_rels/document.xml.rels")
    settings_ = etree.fromstring(archive.read("word/settings.xml"))
    names = [etree.QName(child).localname for child in settings_]
    assert names.index("footnotePr") == names.index("compat") - 1
    styles = archive.read("word/styles.xml").decode()
    for used in {note.get(qn("w:val")) for note in part.iter(qn("w:pStyle"), qn("w:rStyle"))}:
        assert f'w:styleId="{used}"' in styles


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words_in_word(words: str) -> None:
    content = word([entry(words, replace(ENGLISH, title=words))], title=words[:300])
    document = docx.Document(io.BytesIO(content))
    (quoted,) = [p for p in document.paragraphs if p.style.name == "Quoted passage"]
    assert quoted.text == carried(words)
    note = footnotes_of(content)[0]
    assert re.sub(r"\s", "", carried(words).split("\n")[-1])[-40:].strip("“”") in re.sub(
        r"\s", "", note
    )
    table = docx.Document(io.BytesIO(table_as_docx([Row(words, words)], title="T", on=DAY)))
    assert table.tables[0].rows[1].cells[1].text == carried(words)


def test_bytes_are_the_same_for_the_same_content_and_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first, table = word(), table_as_docx([Row("a")], title="T", on=DAY)
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 4, 3, 2, 1, 0, 0, 0))
    assert word() == first
    assert table_as_docx([Row("a")], title="T", on=DAY) == table
    assert table_as_docx([Row("b")], title="T", on=DAY) != table


# The negotiation table ---------------------------------------------------------------------------


def test_a_passage_fills_a_row_with_its_standing() -> None:
    row = row_from(ALL[0])
    assert row == Row(
        issue="Access to a lawyer",
        suggested="No one was told.",
        reference="A/HRC/15/16, para. 12 (Recommendation by States)",
    )
    assert row_from(DRAFT).justification == (
        "WARNING: Not precedent (Draft): it is a draft, not agreed language."
    )
    doubtful = entry(doubt="26–6–17 makes 49 votes")
    assert row_from(doubtful).justification == "WARNING: Tally in doubt: 26–6–17 makes 49 votes."
    assert row_from(entry(section=())).issue == "Report: Freedonia"


def test_the_table_goes_out_as_csv_and_comes_back() -> None:
    rows = [Row(words, "x", words, "'=y", "=z") for words in HOSTILE.values()]
    back = read_csv(table_as_csv(rows), "t.csv")
    assert back == [
        replace(row, issue=carried(row.issue), where=carried(row.where)) for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Issue;Suggested language\r\nWater;Urges, all\r\n;\r\n", "utf-8"),
        ("Suggested language\tIssue\r\nUrges, all\tWater\r\n", "utf-16"),
        ("UN reference, ISSUE ,Suggested language\n,Water,\"Urges, all\"\n", "utf-8-sig"),
    ],
    ids=["semicolons", "utf-16 tabs", "other order"],
)  # fmt: skip
def test_a_table_is_read_as_spreadsheets_save_it(text: str, encoding: str) -> None:
    assert read_csv(text.encode(encoding), "t.csv") == [Row("Water", "Urges, all")]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "none of the columns"),
        (b"a,b\n1,2\n", "none of the columns"),
        (b"PK\x03\x04\xff\xfe\xff", "is not text in UTF-8"),
        (b"Issue\n" + b"x\n" * 501, "has 501 rows"),
        (b'Issue\n"open', "is not CSV"),
    ],
)
def test_what_is_no_table_is_refused_by_name(content: bytes, cause: str) -> None:
    with pytest.raises(InputError, match=cause) as caught:
        read_csv(content, "notes.csv")
    assert caught.value.subject == "notes.csv"
    assert caught.value.remedy


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_reading_any_bytes_is_an_answer_or_an_input_error(content: bytes) -> None:
    try:
        rows = read_csv(b"Issue,UN reference\n" + content, "t.csv")
    except InputError:
        return
    assert all(isinstance(row, Row) and not row.empty for row in rows)


def test_the_table_in_word_is_landscape_with_a_head_that_repeats() -> None:
    rows = [Row("Water", "Urges;", "OP 7", "A/1", "Why"), row_from(DRAFT), Row("ماء", "يحث")]
    document = docx.Document(io.BytesIO(table_as_docx(rows, title="Draft 15/…", on=DAY)))
    section = document.sections[0]
    assert section.page_width.mm == pytest.approx(297, abs=1)
    assert section.orientation == 1
    (table,) = document.tables
    assert tuple(cell.text for cell in table.rows[0].cells) == COLUMNS
    assert [cell.text for cell in table.rows[1].cells] == ["Water", "Urges;", "OP 7", "A/1", "Why"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert table.rows[2].cells[4].paragraphs[0].runs[0].bold
    assert table.rows[3].cells[1].paragraphs[0]._p.pPr.find(qn("w:bidi")) is not None
    assert [p.text for p in document.paragraphs][:2] == ["Draft 15/…", "12 March 2025"]
    footer = section.footer.paragraphs[0]._p
    assert [f.text.strip() for f in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_direction_is_that_of_the_first_letter() -> None:
    assert is_right_to_left("12. «ماء» A/HRC/1")
    assert not is_right_to_left("A/HRC/1: ماء")
    assert not is_right_to_left("12 (…)")


@pytest.fixture
def rendered(tmp_path: Path) -> Callable[[bytes], list[str]]:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed, so nothing renders the documents")

    def render(content: bytes) -> list[str]:
        (tmp_path / "made.docx").write_bytes(content)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        run = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
               str(tmp_path / "made.docx")]  # fmt: skip
        subprocess.run(run, check=True, capture_output=True, timeout=120)
        with pypdfium2.PdfDocument(tmp_path / "made.pdf") as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]

    return render


def test_libreoffice_renders_quotations_and_footnotes(
    rendered: Callable[[bytes], list[str]],
) -> None:
    (page,) = rendered(word())
    page = " ".join(page.split())
    assert "No one was told.1" in page
    assert "2 A/HRC/15/16, para. 14." in page
    assert "当局每次都声称设备发生故障" in page
    assert "Not precedent (Draft)" in page


def test_libreoffice_repeats_the_head_of_a_long_table(
    rendered: Callable[[bytes], list[str]],
) -> None:
    rows = [Row(f"Issue {n}", "Urges all States. " * 30) for n in range(12)]
    pages = rendered(table_as_docx(rows, title="Draft", on=DAY))
    assert len(pages) > 2
    assert all("Suggested language" in page for page in pages)
    assert f"2 / {len(pages)}" in pages[1]
