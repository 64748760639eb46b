"""HTML: the article only, list numbers as a browser shows them, notes with their marks."""

from __future__ import annotations

import pytest

from corpus.errors import LimitExceededError, NoTextError, WrongTypeError
from corpus.limits import Limits
from corpus.readers.html.read import read_html
from corpus.readers.page import BlockKind


def read(body: str, **options):
    return read_html(
        f"<!DOCTYPE html><html lang='fr-CH'>{body}</html>".encode(), "a.html", **options
    )


def numbered(body: str):
    return [(b.kind.value, b.level, b.number, b.text) for b in read(body).blocks]


def test_lists_are_numbered_as_shown():
    assert numbered(
        "<ol start=4><li>Four<ol type=a><li>alpha;</li><li>beta</li></ol></li>"
        "<li value=9><p>Nine</p><p>goes on</p></li><li>Ten</li></ol>"
    ) == [
        ("text", 0, "4", "Four"),
        ("list-item", 1, "(a)", "alpha;"),
        ("list-item", 1, "(b)", "beta"),
        ("text", 0, "9", "Nine goes on"),
        ("text", 0, "10", "Ten"),
    ]


def test_roman_reversed_and_bulleted_lists():
    assert [n for _, _, n, _ in numbered("<ol type=i start=3><li>x</li><li>y</li></ol>")] == [
        "(iii)", "(iv)",
    ]  # fmt: skip
    assert [n for _, _, n, _ in numbered("<ol reversed><li>x</li><li>y</li></ol>")] == ["2", "1"]
    assert numbered("<ul><li>x</li></ul>") == [("list-item", 0, None, "x")]


def test_typed_numbers_are_read_too():
    assert numbered("<p>12. The Committee</p><p>(a) notes</p>") == [
        ("text", 0, "12", "The Committee"),
        ("list-item", 1, "(a)", "notes"),
    ]


def test_the_site_around_the_article_is_left_out():
    words = "The Committee notes the report with appreciation. " * 6
    found = read(
        "<head><title>Site</title><script>var x = 1;</script><style>p {}</style></head><body>"
        "<header>Site</header><nav><ul><li>Home</li></ul></nav>"
        f"<main><article><h1>Title</h1><p>{words}</p><p hidden>not shown</p></article></main>"
        "<aside>Related</aside><footer>Terms</footer></body>"
    )
    assert [b.text for b in found.blocks] == ["Title", words.strip()]
    assert found.blocks[0].kind is BlockKind.HEADING
    assert found.language == "fr"


def test_inline_markup_keeps_the_words_apart_and_together():
    (block,) = read(
        "<p><em>Recalling</em> the <b>re</b>port of<br>2024,&nbsp;and&shy;more</p>"
    ).blocks
    assert block.text == "Recalling the report of 2024, andmore"
    assert block.lead_italic == "Recalling"


def test_notes_are_set_apart_and_marks_taken_out():
    found = read(
        "<p>Words<sup><a href='#fn1'>1</a></sup> and x<sup>2</sup> more.</p>"
        "<section class='footnotes'><p id='fn1'><sup>1</sup> First note.</p>"
        "<p>2. Second note.</p></section>"
    )
    assert found.blocks[0].text == "Words and x more."
    assert [(b.mark, b.text) for b in found.blocks if b.kind is BlockKind.FOOTNOTE] == [
        ("1", "First note."), ("2", "Second note."),
    ]  # fmt: skip
    assert found.marks == (("1", "Words and x more."), ("2", "Words and x more."))


def test_tables_become_rows_and_loose_text_is_kept():
    assert numbered("<body>Loose words <table><tr><th>a</th><td>b</td></tr></table> tail") == [
        ("text", 0, None, "Loose words"),
        ("table-row", 0, None, "a | b"),
        ("text", 0, None, "tail"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_encodings(encoding):
    words = "Комитет отмечает доклад государства-участника и сожалеет о задержке."
    page = f"<html><head><meta charset='{encoding}'></head><body><p>{words}</p></body></html>"
    assert read_html(page.encode(encoding), "a.html").blocks[0].text == words


def test_a_page_that_lies_about_its_encoding():
    page = "<html><head><meta charset='ascii'></head><body><p>Приветствие всем</p></body></html>"
    assert read_html(page.encode(), "a.html").blocks[0].text == "Приветствие всем"


def test_refusals():
    with pytest.raises(NoTextError):
        read("<body><nav>Home</nav></body>")
    with pytest.raises(LimitExceededError):
        read("<p>words</p>", limits=Limits(max_file_bytes=10))


def test_deep_nesting_costs_only_itself():
    deep = "<div>" * 5000 + "deep" + "</div>" * 5000
    assert "shallow" in [b.text for b in read(f"<p>shallow</p>{deep}").blocks]


def test_nesting_of_words_and_of_blocks_is_bounded_and_loses_nothing():
    for deep in (
        "<p>" + "<span>" * 5000 + "word" + "</span>" * 5000,
        "<ol><li>" * 3000 + "word",
        "<em>a" * 5000 + " word",
    ):
        words = " ".join(b.text for b in read(f"<p>hello</p>{deep}").blocks)
        assert words.startswith("hello")
        assert words.endswith("word")


def test_bytes_that_are_no_text_are_a_wrong_type():
    with pytest.raises(WrongTypeError):
        read_html(b"<html>" + bytes(range(1, 9)) * 50, "a.html")
