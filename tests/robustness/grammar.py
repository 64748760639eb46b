"""Draw web pages and JSON records that are well formed and make no sense."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

__all__ = ["pages", "record_lines", "texts"]

_TAGS = (
    "div", "p", "span", "b", "i", "em", "sup", "a", "ol", "ul", "li", "table", "tr", "td", "th",
    "h1", "h2", "h3", "h4", "br", "img", "section", "article", "main", "header", "footer",
    "blockquote", "pre", "dl", "dt", "dd", "font", "center", "form",
)  # fmt: skip
_ATTRIBUTES = (
    "", ' class="footnote"', ' id="fn1"', ' href="#fn1"', " hidden", ' start="-3"', " reversed",
    ' type="I"', ' value="99999999"', ' role="main"', ' lang="x"', " style='display:none'",
)  # fmt: skip
_PHRASES = (
    "1. The Committee notes", "(a) Detention;", "12", "A/HRC/1/1", "I. Introduction", "[1]", "*",
    "Recalling resolution 1/1,", "Calls upon all States", "Annex", "Page 2", "1/", "Комитет",
    "委员会", "اللجنة", "\u202e", "&nbsp;", "&#xD800;", "&", "<", "\x0c", "\ufffe", "15 April 2025",
    "Distr.: General", "Original: English", "The meeting rose at 1 p.m.", "1.", "1.1.1", "2)", "-",
)  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """Draw lines as a text file has them, sensible words in senseless order."""
    piece = st.sampled_from(_PHRASES) | st.text(max_size=20)
    joints = st.sampled_from((" ", "\n", "\n\n", "\t", "    ", "\r\n", "\n\n\n"))
    return st.lists(st.tuples(piece, joints), max_size=40).map(
        lambda pairs: "".join(a + b for a, b in pairs)
    )


def pages() -> st.SearchStrategy[str]:
    """Draw a web page: tags that open, close and do neither, attributes, phrases."""
    word = st.sampled_from(_PHRASES) | st.text(max_size=12)
    opening = st.builds("<{}{}>".format, st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES))
    closing = st.sampled_from(_TAGS).map("</{}>".format)
    body = st.lists(opening | word | closing | word, max_size=60).map("".join)
    return body.map(lambda inner: f"<!DOCTYPE html><html><body>{inner}")


def record_lines() -> st.SearchStrategy[bytes]:
    """Draw lines of JSON: records with fields of any type, and what is no record."""
    scalar = (
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
        | st.sampled_from(("A/HRC/1/1", "en", "2025-04-15", "resolution", "draft", "1", "12.1"))
    )  # fmt: skip
    anything = st.recursive(
        scalar, lambda inner: st.lists(inner, max_size=4) | _object(inner), max_leaves=8
    )
    paragraph = st.fixed_dictionaries(
        {"text": st.text(min_size=1, max_size=60) | anything},
        optional=dict.fromkeys(("number", "id", "kind", "section", "page", "pages"), anything),
    )
    names = (
        "symbol", "title", "kind", "body", "mandate", "country", "session", "agenda_item", "date",
        "year", "language", "status", "superseded_by", "vote", "url", "footnotes", "id",
    )  # fmt: skip
    record = st.fixed_dictionaries(
        {"paragraphs": st.lists(paragraph, max_size=6) | anything},
        optional=dict.fromkeys(names, anything),
    )
    line = (record | record | anything).map(lambda value: json.dumps(value).encode())
    return st.lists(line | st.binary(max_size=30), max_size=5).map(b"\n".join)


def _object(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.text(max_size=8), inner, max_size=4)
