"""Drafts read from files: marks of notes stay where they stand."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.drafts import read_draft
from corpus.errors import EmptyFileError, NoTextError, ReadError, WrongTypeError
from tests.robustness.docx_bytes import W, docx, paragraph

RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
MARK = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
NOTES = (
    f"<w:footnotes {W}><w:footnote w:id='2'><w:p><w:r><w:t>A/HRC/1/2,\npara. 3.</w:t></w:r></w:p>"
    "</w:footnote></w:footnotes>"
)


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_a_mark_stays_in_its_sentence_and_its_note_stands_at_the_end(tmp_path: Path) -> None:
    words = RUN.format("They were not fed.") + MARK.format(2) + RUN.format(" They were cold.")
    relations = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/"
        "relationships/footnotes' Target='footnotes.xml'/></Relationships>"
    )
    data = docx(
        f"<w:p>{words}</w:p>",
        **{"footnotes": NOTES, "_rels/document.xml": relations},
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as packed:
        for name in given.namelist():
            stored = name.replace("document.xml.xml", "document.xml.rels")
            packed.writestr(stored, given.read(name))
    draft = read_draft(written(tmp_path, "a.docx", out.getvalue()))
    assert draft.text == "They were not fed.[^1] They were cold.\n\n[^1]: A/HRC/1/2, para. 3."


def test_plain_text_stays_as_it_is(tmp_path: Path) -> None:
    text = "Title\n\nWords [1].\n\n[1] A/HRC/1/2.\n"
    assert read_draft(written(tmp_path, "a.txt", text.encode())).text == text


def test_marks_of_a_page_end_their_paragraph(tmp_path: Path) -> None:
    page = "<html><body><p>They were not fed at all in the northern camp.</p></body></html>"
    assert "They were not fed" in read_draft(written(tmp_path, "a.html", page.encode())).text


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.txt", b" \n", EmptyFileError),
        ("a.docx", docx(paragraph("")), NoTextError),
        ("a.jsonl", b'{"symbol": "A/1/2", "paragraphs": []}\n', WrongTypeError),
    ],
)
def test_a_file_without_a_draft_is_refused(
    tmp_path: Path, name: str, data: bytes, error: type[ReadError]
) -> None:
    with pytest.raises(error):
        read_draft(written(tmp_path, name, data))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        read_draft(tmp_path / "none.txt")
