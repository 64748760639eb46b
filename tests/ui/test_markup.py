"""Text shown on the page stays text, whatever it says."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.schemas import Highlight
from ui.parts.markup import element, highlighted, join, safe_link, text

HOSTILE = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            ["<script>", "</", "'", '"', "&", "&lt;", "<!--", "]]>", "\u202e", "\u202d", "\x00",
             "\ud800", "javascript:", "=", " onload=", "<img src=x>", "a", "\n", "ب", "語"]
        )
    ).map("".join),
)  # fmt: skip

UNCARRIED = "�"


class Reader(HTMLParser):
    """Reads markup back as a browser would: elements, attributes, and the text between them."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.marked: list[str] = []
        self._within: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        self._within.append(dict(attrs).get("class") or "")
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        self._within.pop()

    def handle_data(self, data: str) -> None:
        if self._within and self._within[-1] == "p-control":
            data = chr(int(data.removeprefix("U+"), 16))
        self.words += data
        if any(kind in {"p-word", "p-phrase", "p-sentence"} for kind in self._within):
            self.marked[-1] += data


def carried(value: str) -> str:
    """What HTML can carry of a text; the rest is U+FFFD."""
    return "".join(
        UNCARRIED
        if (ord(c) < 32 and c not in "\t\n\r")
        or 127 <= ord(c) < 160
        or 0xD800 <= ord(c) < 0xE000
        or 0xFDD0 <= ord(c) <= 0xFDEF
        or c in "\ufffe\uffff"
        else c
        for c in value
    )


@given(HOSTILE)
def test_text_is_read_back_as_it_was_and_makes_no_element(value: str) -> None:
    reader = Reader(f"<p>{text(value)}</p>")
    assert reader.words == carried(value)
    assert set(reader.elements) <= {"p", "span"}
    assert reader.elements.count("span") == sum(value.count(c) for c in "\u202d\u202e")


@given(HOSTILE, HOSTILE)
def test_an_attribute_never_ends_early(value: str, content: str) -> None:
    reader = Reader(str(element("a", content, title=value, class_="p-x")))
    shown = carried(value).replace("\u202d", "").replace("\u202e", "")
    assert reader.attributes[:2] == [("title", shown), ("class", "p-x")]
    assert reader.words == carried(content)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Highlight]]:
    value = draw(HOSTILE)
    bound = st.integers(-3, len(value) + 3)
    kinds = st.sampled_from(["word", "phrase", "sentence"])
    marks = st.builds(Highlight, start=bound, end=bound, kind=kinds)
    return value, draw(st.lists(marks, max_size=6))


@given(marked_texts())
def test_highlights_reassemble_to_the_exact_text(case: tuple[str, list[Highlight]]) -> None:
    value, marks = case
    reader = Reader(str(element("div", highlighted(value, marks))))
    assert reader.words == carried(value)
    assert set(reader.elements) <= {"div", "mark", "span"}


@given(HOSTILE, st.data())
def test_marks_that_lie_apart_hold_what_their_offsets_say(value: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(value)), unique=True, max_size=8)))
    marks = [
        Highlight(start=start, end=end, kind="word")
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    reader = Reader(str(highlighted(value, marks)))
    assert reader.marked == [carried(value[m.start : m.end]) for m in marks]


def test_strings_among_children_are_escaped() -> None:
    inner = element("b", "<i>")
    assert str(element("p", inner, "<u>", None)) == "<p><b>&lt;i&gt;</b>&lt;u&gt;</p>"
    assert str(join(["a", None, "b"], " & ")) == "a &amp; b"


@pytest.mark.parametrize("name", ["script>", "A", "", "on click", 'x="'])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        element(name, "x")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://docs.un.org/en/A/HRC/15/16", "https://docs.un.org/en/A/HRC/15/16"),
        (" http://x.example/a ", "http://x.example/a"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt://x.example/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//x.example", None),
        ("http://[broken", None),
        ("https://", None),
        ("", None),
        (None, None),
    ],
)
def test_only_links_of_the_web_are_followed(url: str | None, expected: str | None) -> None:
    assert safe_link(url) == expected


def test_a_word_without_end_can_be_broken_and_is_shown_whole() -> None:
    shown = str(text("a " + "x" * 1200 + " <b>"))
    assert shown.count("<wbr>") >= 2
    assert shown.replace("<wbr>", "") == "a " + "x" * 1200 + " &lt;b&gt;"
    assert "<wbr>" not in str(text("plain words " * 1000))
    assert "<wbr>" not in str(element("a", href="h" * 2000))
