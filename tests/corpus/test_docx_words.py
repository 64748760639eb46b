"""DOCX as Word shows it: fields, changes, symbols, boxes, notes, list formats, strict files."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.readers.docx.numerals import format_number
from corpus.readers.docx.read import read_docx
from corpus.readers.page import BlockKind

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def packed(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
        )
        for name, inner in parts.items():
            root = {"styles": "styles", "numbering": "numbering", "settings": "settings"}.get(name)
            root = root or ("hdr" if name.startswith("header") else name)
            xml = f"<w:{root} {SPACES}>{inner}</w:{root}>"
            archive.writestr(f"word/{name}.xml", xml)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def texts(body: str, **parts: str) -> list[str]:
    return [b.text for b in read_docx(packed(body, **parts), "a.docx").blocks]


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = mark.format("separate") + result if result else ""
    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return mark.format("begin") + instruction + shown + mark.format("end")


def test_fields_show_their_result() -> None:
    inner = run("See ") + field("REF _1 \\h", run("paragraph ") + field("PAGE", run("7")))
    assert texts(p(inner + run(" and ") + '<w:fldSimple w:instr="NUMPAGES">'
                   + run("9") + "</w:fldSimple>.")) == ["See paragraph 7 and 9"]  # fmt: skip


def test_a_table_of_contents_is_left_out_and_what_follows_is_kept() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin = mark.format("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>"
    body = (
        p(begin + mark.format("separate") + run("I. Introduction 3"))
        + p(run("II. Findings 4") + mark.format("end"))
        + p(run("The text."))
    )
    assert texts(body) == ["The text."]


def test_a_field_that_never_ends_costs_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>'
    assert texts(p(begin + run("Still here.")) + p(run("And here."))) == [
        "Still here.", "And here.",
    ]  # fmt: skip


def test_numbers_of_old_fields_are_counted() -> None:
    number = field("AUTONUM", "")
    found = read_docx(packed(p(number + run("One.")) + p(number + run("Two."))), "a.docx")
    assert [(b.number, b.text) for b in found.blocks] == [("1", "One."), ("2", "Two.")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert texts(p(run("The Council "), gone) + p(run("decides.")) + p(run("Next."))) == [
        "The Council decides.", "Next.",
    ]  # fmt: skip
    assert texts(p(run("Alone "), gone)) == ["Alone"]


def test_deleted_rows_hidden_words_and_prompts_are_no_text() -> None:
    cell = "<w:tc>{}</w:tc>"
    row = cell.format(p(run("a"))) + cell.format(p(run("b")))
    table = f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr>{row}</w:tr><w:tr>{row}</w:tr></w:tbl>'
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(run('Click'))}"
    hidden = p(run("Shown") + run(" secret", "<w:vanish/>"))
    assert texts(f"{table}{prompt}</w:sdtContent></w:sdt>{hidden}") == ["a | b", "Shown"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(run('Boxed.'))}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(p(run("Before.") + drawn) + p(run("After."))) == ["Before.", "Boxed.", "After."]


def test_symbols_hyphens_ruby_and_formulas() -> None:
    inner = (
        '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'
        "<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>co</w:t><w:softHyphen/><w:t>op</w:t></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>かん</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    )
    assert texts(p(inner)) == ["αnon-coop漢x=1"]


NOTES = (
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t> First.</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="5"><w:p><w:r><w:t>* Starred.</w:t></w:r></w:p></w:footnote>'
)


def test_marks_typed_and_counted_and_endnotes_in_roman() -> None:
    body = p(
        run("Words")
        + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="5"/><w:t>*</w:t></w:r>'
        + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    ends = '<w:endnote w:id="1"><w:p><w:r><w:t>Last.</w:t></w:r></w:p></w:endnote>'
    reading = read_docx(packed(body, footnotes=NOTES, endnotes=ends), "a.docx")
    assert [(b.mark, b.text) for b in reading.blocks if b.kind is BlockKind.FOOTNOTE] == [
        ("*", "Starred."), ("1", "First."), ("i", "Last."),
    ]  # fmt: skip
    assert reading.blocks[0].text == "Words"
    assert [mark for mark, _ in reading.marks] == ["*", "1", "i"]


def test_bold_and_italic_come_from_styles_and_cancel_out() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Q"><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="E"><w:rPr><w:i/></w:rPr></w:style>'
    )
    body = p(run("Calls upon") + run(" all", '<w:rStyle w:val="E"/>'), '<w:pStyle w:val="Q"/>')
    (block,) = read_docx(packed(body, styles=styles), "a.docx").blocks
    assert block.lead_italic == "Calls upon"


@pytest.mark.parametrize(
    ("name", "level"),
    [("_ H __M_G", 1), ("_ H _Ch_G", 1), ("_ H_1_G", 2), ("_ H_2/3_G", 3), ("_ H_5/6", 5)],
)
def test_headings_of_the_official_templates(name: str, level: int) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="X"><w:name w:val="{name}"/></w:style>'
    body = p(run("\tI.\tIntroduction"), '<w:pStyle w:val="X"/>')
    (block,) = read_docx(packed(body, styles=styles), "a.docx").blocks
    assert (block.kind, block.level, block.text) == (BlockKind.HEADING, level, "I. Introduction")


NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="List"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)
LINKED = (
    '<w:style w:type="numbering" w:styleId="List"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
)


def listed(num_id: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num_id}"/></w:numPr>'


def test_a_list_that_looks_like_a_styles_list_shares_its_counter() -> None:
    body = p(run("One."), listed(1)) + p(run("Two."), listed(2)) + p("", listed(2))
    body += p(run("Four."), listed(1))
    found = read_docx(packed(body, numbering=NUMBERING, styles=LINKED), "a.docx").blocks
    assert [b.number for b in found] == ["1", "2", "4"]  # an empty paragraph has a number too


def test_a_number_in_a_cell_of_its_own_belongs_to_the_cell_beside_it() -> None:
    cells = [f"<w:tc>{p(run(text))}</w:tc>" for text in ("12.", "The Committee notes.")]
    empty = f"<w:tc>{p('', listed(1))}</w:tc>"
    table = f"<w:tbl><w:tr>{''.join(cells)}</w:tr><w:tr>{empty}{cells[1]}</w:tr></w:tbl>"
    found = read_docx(packed(table, numbering=NUMBERING), "a.docx").blocks
    assert [(b.number, b.text) for b in found] == [
        ("12", "The Committee notes."), ("1", "The Committee notes."),
    ]  # fmt: skip


def test_a_masthead_in_the_header_of_the_first_page_is_read() -> None:
    header = p(run("United Nations")) + p(run("SAMPLE/2024/SR/9")) + p(run("Distr.: General"))
    reading = read_docx(packed(p(run("Words.")), header1=header), "a.docx")
    assert reading.heads == ("United Nations", "SAMPLE/2024/SR/9", "Distr.: General")
    assert [line.text for line in reading.opening][:2] == ["United Nations", "SAMPLE/2024/SR/9"]


def test_strict_files_are_read_like_others() -> None:
    data = packed(p(run("Strict words.")))
    buffer = io.BytesIO()
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(W.encode(), strict.encode()))
    assert [b.text for b in read_docx(buffer.getvalue(), "a.docx").blocks] == ["Strict words."]


def test_the_body_is_found_by_its_relationship() -> None:
    data = packed(p(run("Words.")))
    buffer = io.BytesIO()
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://x/officeDocument" Target="/word/text.xml"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        new.writestr("_rels/.rels", rels)
        new.writestr("word/text.xml", old.read("word/document.xml"))
    assert [b.text for b in read_docx(buffer.getvalue(), "a.docx").blocks] == ["Words."]


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (27, "lowerLetter", "aa"), (1999, "upperRoman", "MCMXCIX"), (10, "russianLower", "к"),
        (3, "arabicAbjad", "ج"), (3, "arabicAlpha", "ت"), (15, "hebrew1", "טו"),
        (115, "hebrew1", "קטו"), (12, "chineseCounting", "十二"),
        (105, "chineseCountingThousand", "一百零五"), (20, "japaneseCounting", "二十"),
        (10, "ideographDigital", "一〇"), (4, "ideographTraditional", "丁"),
        (3, "decimalEnclosedCircle", "③"), (5, "decimalZero", "05"), (22, "ordinal", "22nd"),
        (7, "numberInDash", "- 7 -"), (12, "hindiNumbers", "१२"), (0, "lowerLetter", "0"),
        (3, "unheardOf", "3"),
    ],
)  # fmt: skip
def test_number_formats(number: int, style: str, shown: str) -> None:
    assert format_number(number, style) == shown
