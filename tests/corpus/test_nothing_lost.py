"""Every word of a flowing text is in its paragraphs, its notes, its title or its masthead."""

from __future__ import annotations

import io
import re
from html import escape

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.metadata import describe_flow
from corpus.readers.docx.read import read_docx
from corpus.readers.flow import FlowReading
from corpus.readers.html.read import read_html
from corpus.readers.text.read import read_text
from corpus.segmentation import segment_blocks

MASTHEAD = ("United Nations", "A/HRC/77/123", "Distr.: General", "12 March 2024",
            "Original: English", "Human Rights Council", "Seventy-seventh session",
            "Agenda item 4", "Human rights situations that require attention")  # fmt: skip
WORDS = st.lists(
    st.sampled_from(["river", "Ferry", "valley", "council", "Gate", "мост", "река", "桥梁", "جسر"]),
    min_size=1,
    max_size=60,
).map(" ".join)
ENDS = st.sampled_from([".", "", ";", ":", ",", "?", "。"])
LABELS = st.sampled_from(["", "", "", "1. ", "2. ", "3. ", "12. ", "(a) ", "(i) ", "- ", "I. ",
                          "A. ", "3.1 ", "Madam President, ", "Annex "])  # fmt: skip
SHAPES = st.sampled_from(["text", "text", "text", "bold", "heading", "row"])
PARAGRAPHS = st.lists(st.tuples(SHAPES, LABELS, WORDS, ENDS), min_size=1, max_size=14)


def _numbered(paragraphs: list[tuple[str, str, str, str]]) -> list[tuple[str, str]]:
    """Give each word of each paragraph a name of its own, so that no other stands for it."""
    return [
        (shape, label + " ".join(f"{w}x{i}x{j}" for j, w in enumerate(words.split())) + end)
        for i, (shape, label, words, end) in enumerate(paragraphs)
    ]


def _txt(paragraphs: list[tuple[str, str]], masthead: tuple[str, ...]) -> FlowReading:
    groups = ["\n".join(masthead), *(text for _, text in paragraphs)]
    return read_text("\n\n".join(group for group in groups if group).encode(), "a.txt")


def _html(paragraphs: list[tuple[str, str]], masthead: tuple[str, ...]) -> FlowReading:
    tags = {
        "text": "<p>{}</p>", "bold": "<p><b>{}</b></p>", "heading": "<h2>{}</h2>",
        "row": "<table><tr><td>{}</td><td>cell</td></tr></table>",
    }  # fmt: skip
    parts = [f"<p>{line}</p>" for line in masthead]
    parts += [tags[shape].format(escape(text)) for shape, text in paragraphs]
    return read_html(f"<html><body>{''.join(parts)}</body></html>".encode(), "a.html")


def _docx(paragraphs: list[tuple[str, str]], masthead: tuple[str, ...]) -> FlowReading:
    document = docx.Document()
    for line in masthead:
        document.add_paragraph(line)
    for shape, text in paragraphs:
        if shape == "row":
            row = document.add_table(rows=1, cols=2).rows[0]
            row.cells[0].text, row.cells[1].text = text, "cell"
        elif shape == "heading":
            document.add_heading(text, level=2)
        else:
            document.add_paragraph().add_run(text).bold = shape == "bold"
    buffer = io.BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue(), "a.docx")


@pytest.mark.parametrize("masthead", [(), MASTHEAD], ids=["plain", "masthead"])
@pytest.mark.parametrize("write", [_txt, _html, _docx], ids=["txt", "html", "docx"])
@given(paragraphs=PARAGRAPHS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_word_is_lost(write, masthead, paragraphs) -> None:
    made = _numbered(paragraphs)
    reading = write(made, masthead)
    metadata = describe_flow(reading, "a")
    found = segment_blocks(reading.blocks, title=metadata.title)
    kept = " ".join([
        *(p.text for p in found.paragraphs),
        *(note.text for note in found.footnotes),
        metadata.title or "",
    ])  # fmt: skip
    words = {word for _, text in made for word in re.findall(r"\w+x\d+x\d+", text)}
    assert words - set(re.findall(r"\w+x\d+x\d+", kept)) == set()
