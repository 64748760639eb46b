"""HTML in the wild: pages of sites, Word's own HTML, tables, notes, hints in the head."""

from __future__ import annotations

import pytest

from corpus.errors import NoTextError
from corpus.readers.flow import FlowReading
from corpus.readers.html.read import read_html
from corpus.readers.page import BlockKind

LONG = "The Committee notes the report of the State with appreciation and thanks it. " * 6


def read(body: str, head: str = "") -> FlowReading:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(), "a.html")


def texts(body: str) -> list[str]:
    return [block.text for block in read(body).blocks]


def test_furniture_of_sites_is_left_out() -> None:
    site = (
        '<a href="#main">Skip to main content</a>'
        '<div class="cookie-banner"><p>We use cookies.</p><a>Accept</a></div>'
        '<div class="breadcrumbs"><a href="/">Home</a> / <a href="/n">News</a></div>'
        '<div class="block social-share"><a>Facebook</a> <a>X</a></div>'
        '<div style="display: none">Hidden words</div>'
        '<div class="related-content"><h2>Related</h2><ul><li><a href="/a">Another item</a></li>'
        '</ul></div><header><div class="menu"><a>About</a></div></header>'
        "<footer><p>Terms of use</p></footer><aside><p>Follow us</p></aside>"
    )
    assert texts(f"{site}<div id='main'><p>{LONG}</p></div>") == [LONG.strip()]


def test_text_in_a_form_or_outside_the_article_is_kept() -> None:
    assert texts(f'<form id="aspnetForm"><div><p>{LONG}</p></div></form>') == [LONG.strip()]
    assert texts(f"<article><p>Teaser.</p></article><div><p>{LONG}</p></div>") == [
        "Teaser.", LONG.strip(),
    ]  # fmt: skip


def test_a_long_section_named_like_furniture_is_text() -> None:
    assert texts(f"<div class='sharing'><p>{LONG}</p></div>") == [LONG.strip()]


def test_lists_numbered_by_style() -> None:
    found = read(
        '<ol style="list-style-type: lower-roman"><li>x</li></ol>'
        '<ol style="list-style: none"><li>12. Typed</li></ol>'
    ).blocks
    assert [(b.number, b.text) for b in found] == [("(i)", "x"), ("12", "Typed")]


def test_lists_of_word_pages() -> None:
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>{}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span>"
        "<![endif]>{}</p>"
    )
    found = read(item.format("1.", "First words.") + item.format("·", "A point.")).blocks
    assert [(b.kind, b.number, b.text) for b in found] == [
        (BlockKind.TEXT, "1", "First words."),
        (BlockKind.LIST_ITEM, None, "A point."),
    ]


def test_notes_of_word_pages() -> None:
    back = '<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> See there.</p>'
    page = (
        '<p class=MsoNormal>Words<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>'
        "<![if !supportFootnotes]>[1]<![endif]></span></a> go on.</p>"
        "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>"
        f"{back}</div></div>"
    )
    found = read(page)
    assert [(b.kind.value, b.mark, b.text) for b in found.blocks] == [
        ("text", None, "Words go on."), ("footnote", "1", "See there."),
    ]  # fmt: skip
    assert found.marks == (("1", "Words go on."),)


def test_raised_numbers_without_a_note_are_words() -> None:
    assert texts("<p>An area of 10 m<sup>2</sup> each.</p>") == ["An area of 10 m2 each."]


def test_notes_known_by_their_raised_mark_alone() -> None:
    found = read("<p>Words<sup>1</sup>.</p><p><sup>1</sup> See there.</p><p><sup>9</sup> No.</p>")
    assert [(b.kind.value, b.mark, b.text) for b in found.blocks] == [
        ("text", None, "Words."), ("text", None, "9 No."), ("footnote", "1", "See there."),
    ]  # fmt: skip


def test_paragraphs_parted_by_breaks() -> None:
    body = "<div>1. First<br>goes on.<br><br>2. Second.<br>(a) A point;<br>(b) Another.</div>"
    assert [(b.number, b.text) for b in read(body).blocks] == [
        ("1", "First goes on."), ("2", "Second."), ("(a)", "A point;"), ("(b)", "Another."),
    ]  # fmt: skip


def test_layout_tables_hold_text_and_data_tables_rows() -> None:
    layout = (
        f"<table><tr><td>Menu</td><td><h2>Title</h2><p>{LONG}</p><p>More.</p></td></tr></table>"
    )
    assert texts(layout) == ["Menu", "Title", LONG.strip(), "More."]
    data = "<table><tr><td><p>a</p></td><td>b<br>c</td><td></td></tr></table>"
    assert texts(data) == ["a | b c"]
    numbered = "<table><tr><td>7.</td><td>The Committee notes.</td></tr></table>"
    (block,) = read(numbered).blocks
    assert (block.kind, block.number) == (BlockKind.TEXT, "7")


def test_preformatted_text_keeps_its_paragraphs() -> None:
    lines = "\n".join(f"{n}. The people of the valley spoke of the bridge and the\nferry again.\n"
                      for n in range(1, 8))  # fmt: skip
    found = read(f"<pre>{lines}</pre>").blocks
    assert [b.number for b in found] == list("1234567")
    assert found[0].text.endswith("and the ferry again.")


def test_title_and_date_of_the_head_where_the_body_has_none() -> None:
    head = (
        "<title>The bridge must be built, says an expert | Sample Site</title>"
        '<meta property="article:published_time" content="2024-03-05T10:00:00Z">'
    )
    lines = [line.text for line in read(f"<p>{LONG}</p>", head).opening]
    assert lines[:2] == ["The bridge must be built, says an expert", "5 March 2024"]
    lines = [line.text for line in read(f"<h1>Heading</h1><p>{LONG}</p>", head).opening]
    assert lines[:2] == ["5 March 2024", "Heading"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="Content-Language" content="ru-RU">',
        '<meta name="DC.Language" content="ru">',
        '<meta property="og:locale" content="ru_RU">',
    ],
)
def test_language_is_stated_in_several_ways(head: str) -> None:
    assert read(f"<p>{LONG}</p>", head).language == "ru"


def test_a_page_of_frames_says_so() -> None:
    with pytest.raises(NoTextError, match="frames"):
        read_html(b"<html><head></head><frameset><frame src='a.html'></frameset></html>", "a.html")


def test_xhtml_with_empty_elements() -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><head><title/>'
        '<script src="x.js"/></head><body><p><a name="top"/>Words.</p></body></html>'
    )
    assert [b.text for b in read_html(page.encode(), "a.xhtml").blocks] == ["Words."]


def test_definition_lists_keep_both_sides() -> None:
    assert texts("<dl><dt>Ferry</dt><dd>A boat.</dd></dl>") == ["Ferry", "A boat."]
