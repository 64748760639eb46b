"""DOCX: numbers that exist only as counters, tables in place, notes, hostile archives."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from corpus.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LimitExceededError,
    NoTextError,
    WrongTypeError,
)
from corpus.limits import Limits
from corpus.readers.docx.read import read_docx
from corpus.readers.page import BlockKind
from tests.robustness.docx_bytes import listing

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def level(index, text, style="decimal", start=1, extra=""):
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'{extra}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key, *levels):
    body = "".join(levels)
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{body}</w:abstractNum>'


def num(key, of, override=""):
    return (
        f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'
    )


class Builder:
    """A document whose numbering part is written by hand."""

    def __init__(self, *definitions: str) -> None:
        self.document = docx.Document()
        numbering = self.document.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        for definition in definitions:
            numbering.append(parse_xml(definition))

    def add(self, text, num_id=None, ilvl=0, style=None):
        paragraph = self.document.add_paragraph(text, style=style)
        if num_id is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = ilvl
            properties.get_or_add_numId().val = num_id
        return paragraph

    def read(self, **options):
        buffer = io.BytesIO()
        self.document.save(buffer)
        return read_docx(buffer.getvalue(), "a.docx", **options)

    def numbers(self):
        return [block.number for block in self.read().blocks]


UN_LIST = abstract(
    1, level(0, "%1."), level(1, "(%2)", "lowerLetter"), level(2, "(%3)", "lowerRoman")
)


def test_counters_run_on_and_lower_levels_begin_again():
    built = Builder(UN_LIST, num(5, 1))
    for ilvl in (0, 1, 1, 2, 0, 1):
        built.add("Words.", 5, ilvl)
    assert built.numbers() == ["1", "(a)", "(b)", "(i)", "2", "(a)"]


def test_interrupted_lists_go_on():
    built = Builder(UN_LIST, num(5, 1))
    built.add("One.", 5)
    built.add("A heading between", style="Heading 1")
    built.add("Unnumbered.")
    built.add("Two.", 5)
    assert built.numbers() == ["1", None, None, "2"]


def test_lists_of_one_abstract_list_share_its_counter_unless_they_start_anew():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    built = Builder(UN_LIST, num(5, 1), num(6, 1), num(7, 1, again))
    for num_id in (5, 6, 7, 7, 5):
        built.add("Words.", num_id)
    assert built.numbers() == ["1", "2", "1", "2", "3"]


def test_multi_level_numbers():
    built = Builder(
        abstract(1, level(0, "%1."), level(1, "%1.%2"), level(2, "%1.%2.%3")), num(5, 1)
    )
    for ilvl in (0, 1, 1, 0, 1, 2):
        built.add("Words.", 5, ilvl)
    assert built.numbers() == ["1", "1.1", "1.2", "2", "2.1", "2.1.1"]


def test_levels_that_start_elsewhere_or_never_restart():
    continued = '<w:lvlRestart w:val="0"/>'
    built = Builder(
        abstract(1, level(0, "%1.", start=33), level(1, "(%2)", "lowerLetter", extra=continued)),
        num(5, 1),
    )
    for ilvl in (0, 1, 0, 1):
        built.add("Words.", 5, ilvl)
    assert built.numbers() == ["33", "(a)", "34", "(b)"]


def test_legal_numbers_write_other_levels_in_digits():
    built = Builder(
        abstract(1, level(0, "%1.", "upperRoman"), level(1, "%1.%2", extra="<w:isLgl/>")), num(5, 1)
    )
    built.add("Words.", 5, 0)
    built.add("Words.", 5, 1)
    assert built.numbers()[1] == "1.1"


def test_numbers_that_come_from_a_style():
    built = Builder(UN_LIST, num(5, 1))
    style = built.document.styles.add_style("Numbered paragraph", 1)
    child = built.document.styles.add_style("Its child", 1)
    child.base_style = style
    properties = style.element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="5"/></w:numPr>'))
    built.add("One.", style="Numbered paragraph")
    built.add("Two.", style="Its child")
    built.add("Not numbered.", 0, style="Numbered paragraph")
    assert built.numbers() == ["1", "2", None]


def test_typed_numbers_of_official_files():
    built = Builder()
    built.add("1.\tDecides to extend the mandate;")
    built.add("\t(a)\tTo report;")
    assert [(b.kind, b.number, b.text) for b in built.read().blocks] == [
        (BlockKind.TEXT, "1", "Decides to extend the mandate;"),
        (BlockKind.LIST_ITEM, "(a)", "To report;"),
    ]


def test_headings_by_style_and_by_label():
    built = Builder(abstract(1, level(0, "%1.", "upperRoman")), num(5, 1))
    built.add("I.\tIntroduction", style="Heading 1")
    built.document.styles.add_style("_ H _Ch_G", 1)
    built.add("II.\tCourts", style="_ H _Ch_G")
    built.add("Findings", 5).runs[0].bold = True
    assert [(b.kind, b.text, b.level) for b in built.read().blocks] == [
        (BlockKind.HEADING, "I. Introduction", 1),
        (BlockKind.HEADING, "II. Courts", 1),
        (BlockKind.HEADING, "I. Findings", 1),
    ]


def test_bullets_have_no_number():
    built = Builder(abstract(1, level(0, "•", "bullet")), num(5, 1))
    built.add("A point.", 5)
    (block,) = built.read().blocks
    assert (block.kind, block.number) == (BlockKind.LIST_ITEM, None)


def test_tables_stand_where_they_stand():
    built = Builder()
    built.add("Before.")
    table = built.document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("a", "b"), ("c", ""))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    built.add("After.")
    box = built.document.add_table(rows=1, cols=1).cell(0, 0)
    box.text = "Summary"
    box.add_paragraph("Boxed words.")
    assert [(b.kind.value, b.text) for b in built.read().blocks] == [
        ("text", "Before."),
        ("table-row", "a | b"),
        ("text", "c"),
        ("text", "After."),
        ("text", "Summary"),
        ("text", "Boxed words."),
    ]


def test_deleted_words_are_gone_and_inserted_ones_are_there():
    built = Builder()
    paragraph = built.add("The Council ")
    run = '<w:r><w:{0} xml:space="preserve">{1}</w:{0}></w:r>'
    for change, text_tag, words in (("del", "delText", "deplores"), ("ins", "t", "condemns")):
        marked = f'<w:{change} {nsdecls("w")} w:id="1">{run.format(text_tag, words)}</w:{change}>'
        paragraph._p.append(parse_xml(marked))
    assert built.read().blocks[0].text == "The Council condemns"


def test_style_of_the_opening_words():
    built = Builder()
    paragraph = built.add("")
    paragraph.add_run("Calls ").italic = True
    paragraph.add_run("upon").italic = True
    paragraph.add_run(" States")
    built.add("").add_run("Wholly bold").bold = True
    first, second = built.read().blocks
    assert (first.lead_italic, first.bold) == ("Calls upon", False)
    assert second.bold


def with_notes(data: bytes, notes: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>')
    return buffer.getvalue()


def test_notes_are_numbered_in_order_of_their_marks():
    built = Builder()
    for note_id in ("7", "3"):
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), note_id)
        built.add(f"Words {note_id}").add_run()._r.append(reference)
    buffer = io.BytesIO()
    built.document.save(buffer)
    note = "<w:footnote {}><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>"
    notes = (
        note.format('w:type="separator" w:id="-1"', "no note")
        + note.format('w:id="3"', "Second.")
        + note.format('w:id="7"', "First.")
    )
    reading = read_docx(with_notes(buffer.getvalue(), notes), "a.docx")
    found = [(b.mark, b.text) for b in reading.blocks if b.kind is BlockKind.FOOTNOTE]
    assert found == [("1", "First."), ("2", "Second.")]
    assert reading.marks == (("1", "Words 7"), ("2", "Words 3"))


def test_running_heads_are_read():
    built = Builder()
    built.document.sections[0].header.paragraphs[0].text = "SAMPLE/2024/SR/1"
    built.add("Words.")
    assert built.read().heads == ("SAMPLE/2024/SR/1",)


def packed(document_xml: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document_xml)
    return buffer.getvalue()


def test_external_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    data = packed(
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]><w:document xmlns:w="{W}"><w:body>'
        "<w:p><w:r><w:t>Open &x; words</w:t></w:r></w:p></w:body></w:document>".encode()
    )
    (block,) = read_docx(data, "a.docx").blocks
    assert "secret" not in block.text
    assert block.text.startswith("Open")


def test_entity_bombs_are_refused():
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    data = packed(
        f'<!DOCTYPE d [<!ENTITY e0 "x">{entities}]><w:document xmlns:w="{W}"><w:body><w:p><w:r>'
        "<w:t>&e11;</w:t></w:r></w:p></w:body></w:document>".encode()
    )
    with pytest.raises(LimitExceededError, match="unfold"):
        read_docx(data, "a.docx")


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("said", [1, 20_000])
def test_a_list_of_parts_without_end_is_not_read(monkeypatch, said, long):
    data = listing(20_000, said, long=long)
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 20_000, "whatever it says"

    def refuse(*_):
        raise AssertionError("read: it takes 400 bytes of memory a part")

    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    with pytest.raises(LimitExceededError, match="20,000 parts in the archive"):
        read_docx(data, "a.docx", Limits())


def test_archives_that_unpack_without_end_are_refused():
    data = packed(f'<w:document xmlns:w="{W}"><w:body>'.encode() + b" " * 3_000_000)
    with pytest.raises(LimitExceededError, match=r"word/document\.xml unpacks to more than"):
        read_docx(data, "a.docx", Limits(max_file_bytes=2_000_000))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFileError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), WrongTypeError),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError),
        (b"PK\x03\x04 cut short", DamagedFileError),
        (packed(b"<w:document"), DamagedFileError),
        (packed(b"<other/>"), WrongTypeError),
        (packed(f'<w:document xmlns:w="{W}"><w:body/></w:document>'.encode()), NoTextError),
    ],
    ids=["empty", "old Word", "password", "cut short", "broken XML", "other XML", "no words"],
)
def test_unreadable_files_say_why(data, error):
    with pytest.raises(error) as caught:
        read_docx(data, "a.docx")
    assert type(caught.value) is error
    assert caught.value.subject == "a.docx"
