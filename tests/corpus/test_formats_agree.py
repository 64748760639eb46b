"""The same invented document as PDF, DOCX, HTML and TXT gives the same paragraphs."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.parse import parse_file
from corpus.sample.source import SampleSource
from corpus.types import Document, ParagraphKind
from tests.corpus import invented

CJK_FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
FORMATS = ("pdf", "docx", "html", "txt")


def _written(source: SampleSource, format_: str, folder: Path, *, masthead: bool = True) -> Path:
    path = folder / f"invented.{format_}"
    source = replace(source, path=folder / "source.md")
    if format_ == "pdf":
        pytest.importorskip("fpdf", reason="fpdf2 of the dev extra is not installed")
        if not CJK_FONT.is_file():
            pytest.skip("the fonts named in corpus/sample/README.md are not installed")
        from corpus.sample.layout_pdf import write_pdf

        # The fonts are cut down to the characters of the source file.
        words = "".join(map(str, (*source.meta.values(), source.blocks, source.notes)))
        source.path.write_text(words, encoding="utf-8")
        write_pdf(source, path)
        return path
    writers = {
        "docx": invented.word_file, "html": invented.html_page, "txt": invented.text_file,
    }  # fmt: skip
    path.write_bytes(writers[format_](source, masthead=masthead))
    return path


def _paragraphs(document: Document) -> list[tuple[str | None, str]]:
    """Return (number, words) but for headings."""
    return [
        (p.number, _cells(p.text))
        for p in document.paragraphs
        if p.kind is not ParagraphKind.HEADING
    ]


def _wanted(source: SampleSource) -> list[tuple[str | None, str]]:
    return [(number, _cells(text)) for number, text in invented.expected(source)]


def _cells(text: str) -> str:
    """Return the words of a table without what sets its columns apart; other words as they are."""
    return re.sub(r"[\s|]+", "", text) if "Alderwick" in text else text


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Document]:
    """Return a function from language and format to the report as read, each read once."""

    @functools.cache
    def read(language: str, format_: str) -> Document:
        folder = tmp_path_factory.mktemp("reports")
        (document,) = parse_file(_written(invented.report(language), format_, folder))
        return document

    return read


@pytest.mark.parametrize("language", invented.LANGUAGES)
@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_reads_the_same(
    format_: str, language: str, reports: Callable[[str, str], Document]
) -> None:
    source = invented.report(language)
    document = reports(language, format_)
    assert _paragraphs(document) == [
        (number, _cells(text)) for number, text in invented.expected(source)
    ]
    assert document.title == source.get("title")
    assert document.symbol == source.symbol
    assert document.quality.gaps == ()
    assert document.quality.restarts == 1


@pytest.mark.parametrize("language", invented.LANGUAGES)
def test_kinds_and_sections_are_the_same(
    language: str, reports: Callable[[str, str], Document]
) -> None:
    shapes = []
    for format_ in FORMATS:
        paragraphs = reports(language, format_).paragraphs
        shapes.append([(p.id, p.kind, p.section) for p in paragraphs if p.number is not None])
    assert shapes[1] == shapes[0]
    assert shapes[2] == shapes[0]
    assert shapes[3] == shapes[0]
    assert [kind for _, kind, _ in shapes[0]].count(ParagraphKind.ANNEX) == 3


@pytest.mark.parametrize("format_", FORMATS)
def test_a_resolution_reads_the_same(format_: str, tmp_path: Path) -> None:
    source = invented.resolution("en")
    (document,) = parse_file(_written(source, format_, tmp_path))
    found = [(p.id, p.kind.value, p.verb) for p in document.paragraphs]
    assert found[-5:] == [
        ("pp1", "preambular", "Recalling"),
        ("pp2", "preambular", "Noting with concern"),
        ("1", "operative", "Calls upon"),
        ("2", "operative", "Urges"),
        ("3", "operative", "Decides"),
    ]
    assert _paragraphs(document) == [
        (number, _cells(text)) for number, text in invented.expected(source)
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_recommendations_below_a_paragraph_read_the_same(format_: str, tmp_path: Path) -> None:
    source = invented.review()
    (document,) = parse_file(_written(source, format_, tmp_path))
    assert _paragraphs(document) == _wanted(source)
    kinds = {p.number: p.kind.value for p in document.paragraphs if p.number}
    assert (kinds["3.1"], kinds["3.2"], kinds["4"]) == ("recommendation", "recommendation", "body")


@pytest.mark.parametrize("language", invented.LANGUAGES)
@pytest.mark.parametrize("format_", ["docx", "html", "txt"])
def test_nothing_of_a_statement_without_masthead_is_lost(
    format_: str, language: str, tmp_path: Path
) -> None:
    source = invented.statement(language)
    (document,) = parse_file(_written(source, format_, tmp_path, masthead=False))
    assert _paragraphs(document) == [
        (number, _cells(text)) for number, text in invented.expected(source)
    ]
    assert document.title == source.get("title")
