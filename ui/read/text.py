"""The text of a document as markup: paragraphs with their numbers in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from search_api.schemas import Highlight, OutlineEntry, ReadFootnote, Reading, ReadParagraph
from ui.parts.markup import Markup, element, highlighted, join
from ui.read.address import Address, link, link_to_place
from ui.wording import read as texts

__all__ = ["element_id", "outline", "paragraphs"]

LONG_TEXT_CHARACTERS = 20_000
"""Longer paragraphs scroll within their frame: of 30,000 real ones, three."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "dv", "ps", "sd", "ug"})


def element_id(ordinal: int) -> str:
    """Return the id of a paragraph's element."""
    return f"p-{ordinal}"


def paragraphs(reading: Reading, q: str) -> Markup:
    """Show the window of a document.

    What is marked is not told here but by `ui.read.follow`, so that going from one paragraph to
    the next sends the text to the browser only once.
    """
    document = reading.document
    shown: list[Markup] = []
    page = 0
    for paragraph in reading.paragraphs:
        first = paragraph.pages[0] if paragraph.pages else 0
        turned = first if first > page and document.page_images else None
        page = max(page, first)
        shown.append(_paragraph(paragraph, document.document_id, document.language, q, turned))
    return element(
        "article",
        *shown,
        _loose(reading.loose_footnotes),
        class_="p-reading",
        dir="rtl" if document.language in _RIGHT_TO_LEFT else "ltr",
        aria_label=texts.TEXT_LABEL,
    )


def outline(entries: Sequence[OutlineEntry], document: str, q: str) -> Markup | None:
    """Show the headings, each a link to where it begins; None where there are none."""
    if not entries:
        return None
    return element(
        "details",
        element("summary", texts.OUTLINE),
        element(
            "nav",
            element(
                "ul",
                *(
                    element(
                        "li",
                        element(
                            "a",
                            entry.title,
                            href=link(Address(document, paragraph=entry.paragraph_id, q=q)),
                            target="_self",
                            data_go="",
                            dir="auto",
                        ),
                        class_=f"p-level-{min(entry.level, 5)}",
                    )
                    for entry in entries
                ),
            ),
            aria_label=texts.OUTLINE_LABEL,
        ),
        class_="p-outline",
    )


def _paragraph(
    paragraph: ReadParagraph, document: str, language: str | None, q: str, turned: int | None
) -> Markup:
    mark = None if turned is None else _page_mark(turned, document, q)
    if paragraph.level is not None:
        heading = element(
            f"h{min(paragraph.level + 1, 6)}",
            highlighted(paragraph.text, paragraph.highlights),
            dir="auto",
            lang=language,
        )
        return element(
            "div", mark, heading, id=element_id(paragraph.ordinal), class_="p-par p-heading"
        )
    long = len(paragraph.text) > LONG_TEXT_CHARACTERS
    return element(
        "div",
        mark,
        _number(paragraph, document, q),
        element(
            "div",
            element(
                "div",
                _words(paragraph),
                class_="p-text p-long" if long else "p-text",
                dir="auto",
                lang=language,
                tabindex="0" if long else None,
            ),
            _notes(paragraph.footnotes, language),
        ),
        id=element_id(paragraph.ordinal),
        class_=f"p-par p-kind-{paragraph.kind}",
    )


def _number(paragraph: ReadParagraph, document: str, q: str) -> Markup:
    number = paragraph.number
    label = texts.LINK_TO.format(number=number) if number else texts.LINK_TO_UNNUMBERED
    return element(
        "div",
        element(
            "a",
            number or "¶",
            href=link_to_place(paragraph, document, q),
            target="_self",
            data_go="",
            aria_label=label,
            class_="p-no",
        ),
        element("small", texts.FROM_IMAGE) if paragraph.ocr else None,
        class_="p-margin",
    )


def _page_mark(page: int, document: str, q: str) -> Markup:
    return element(
        "a",
        texts.PAGE_MARK.format(page=page),
        href=link(Address(document, page=page, q=q)),
        target="_self",
        data_page=str(page),
        aria_label=texts.SHOW_PAGE.format(page=page),
        class_="p-turn",
    )


def _words(paragraph: ReadParagraph) -> Markup:
    """Show the words, the verb a paragraph of a resolution opens with set apart."""
    verb = paragraph.verb or ""
    words, marks = paragraph.text, paragraph.highlights
    if not verb or not words.startswith(verb):
        return highlighted(words, marks)
    end = len(verb)
    rest = [
        Highlight(start=max(each.start - end, 0), end=each.end - end, kind=each.kind)
        for each in marks
        if each.end > end
    ]
    return join(
        [
            element("em", highlighted(verb, marks), class_="p-verb"),
            highlighted(words[end:], rest),
        ]
    )


def _notes(notes: Sequence[ReadFootnote], language: str | None) -> Markup | None:
    if not notes:
        return None
    return element(
        "ul",
        *(
            element(
                "li",
                element("span", note.mark, class_="p-mark"),
                element("span", note.text, dir="auto", lang=language),
            )
            for note in notes
        ),
        class_="p-notes",
        aria_label=texts.FOOTNOTES,
    )


def _loose(notes: Sequence[ReadFootnote]) -> Markup | None:
    if not notes:
        return None
    heading = element("summary", texts.LOOSE_FOOTNOTES)
    return element("details", heading, _notes(notes, None), class_="p-loose")
