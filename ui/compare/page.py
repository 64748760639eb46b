"""The page that compares: two documents or two paragraphs, held against each other."""

from __future__ import annotations

import streamlit as st

from precedent_client import RefusedError, ServiceError
from search_api.schemas import ComparedDocument, ComparedParagraph, CompareRequest, Comparison
from ui.parts import waiting
from ui.parts.cards import line, notice, passage_text
from ui.parts.differences import changed_text, verb_badge
from ui.parts.markup import Markup, element, join, text
from ui.service import connection
from ui.wording import common
from ui.wording import compare as texts
from ui.wording.language import carried

__all__ = ["comparison_heading", "legend", "paragraph_card", "show"]

_FIRST, _SECOND, _ALL = "first", "second", "all"
_MOST_CHARACTERS = 500


def show() -> None:
    """Draw the page; what is compared stands in the address."""
    st.html(str(element("header", element("h1", texts.TITLE), class_="p-top")))
    st.html(str(element("p", texts.INTRO, class_="p-tips")))
    first, second, all_ = _asked()
    with st.form("compare", border=False):
        columns = st.columns(2)
        given_first = columns[0].text_input(
            texts.FIRST, first, placeholder=texts.PLACEHOLDER, max_chars=_MOST_CHARACTERS
        )
        given_second = columns[1].text_input(
            texts.SECOND, second, placeholder=texts.PLACEHOLDER, max_chars=_MOST_CHARACTERS
        )
        given_all = st.checkbox(texts.SHOW_UNCHANGED, all_)
        if st.form_submit_button(texts.COMPARE, type="primary"):
            first, second, all_ = given_first.strip(), given_second.strip(), given_all
            _remember(first, second, all_)
    if not first and not second:
        return
    if not first or not second:
        st.html(str(notice("", texts.BOTH)))
        return
    try:
        request = CompareRequest(first=first, second=second)
        found = connection.client().compare(request)
    except RefusedError as error:
        st.html(str(notice(texts.FAILED, error.detail, tone="warning")))
        return
    except ServiceError as error:
        waiting.show(error)
        return
    _draw(found, all_=all_)


def _draw(found: Comparison, *, all_: bool) -> None:
    st.html(str(comparison_heading(found)))
    whole = all_ or found.of == "paragraphs"
    shown = [each for each in found.paragraphs if whole or each.became != "unchanged" or each.moved]
    if not shown:
        st.html(str(notice("", texts.ALL_UNCHANGED)))
        return
    if any(each.words for each in shown):
        st.html(str(legend()))
    for at, each in enumerate(shown):
        with st.container(key=f"card-{at}", gap=None):
            st.html(str(paragraph_card(each)))


def comparison_heading(found: Comparison) -> Markup:
    """Say what was compared with what, and how many paragraphs became what."""
    sides = [_name(side, found) for side in (found.first, found.second)]
    held = found.counts.model_dump()
    counts = [
        text(words.format(n=held[name])) for name, words in texts.COUNTS.items() if held[name]
    ]
    return element(
        "section",
        element("h2", texts.SIDES.format(first=sides[0], second=sides[1]), dir="auto"),
        line(texts.LINKS[found.link]) if found.link in texts.LINKS else None,
        element(
            "p",
            join([element("span", each) for each in counts]),
            class_="p-facts",
            role="status",
        ),
        class_="p-compared",
    )


def _name(side: ComparedDocument, found: Comparison) -> str:
    """Name a document, with its language where that is what tells the two apart."""
    name = side.symbol or side.title or side.document_id
    if found.first.language == found.second.language or side.language is None:
        return name
    language = common.LANGUAGES.get(side.language, side.language)
    return texts.NAME_AND_LANGUAGE.format(name=name, language=language)


def legend() -> Markup:
    """Explain the marks."""
    return element(
        "p",
        element("del", texts.LEGEND_GONE),
        " ",
        element("ins", texts.LEGEND_NEW),
        class_="p-line",
    )


def paragraph_card(each: ComparedParagraph) -> Markup:
    """Show what became of one paragraph."""
    places = [passage.citation for passage in (each.first, each.second) if passage is not None]
    lost = each.became == "lost"
    within = None
    if each.within is not None:
        within = (texts.MERGED if lost else texts.SPLIT).format(citation=each.within.citation)
    return element(
        "article",
        element(
            "header",
            element("span", texts.BECAME[each.became], class_=f"p-badge p-became-{each.became}"),
            element("span", texts.MOVED, class_="p-badge") if each.moved else None,
            element("span", " → ".join(places), class_="p-citation", dir="auto"),
            verb_badge(each.verb),
            element("span", texts.SIMILARITY.format(share=each.similarity), class_="p-score")
            if each.similarity is not None and each.words
            else None,
            class_="p-head",
        ),
        line(within) if within else None,
        _words(each),
        class_="p-card",
        aria_label=f"{texts.BECAME[each.became]}: {places[-1]}",
    )


def _words(each: ComparedParagraph) -> Markup:
    first, second = each.first, each.second
    if first is not None and second is not None:
        if each.became == "translated":
            sides = [passage_text(side, text(side.text)) for side in (first, second)]
            return element("div", *sides, class_="p-sides")
        return changed_text(first.text, second, each.words)
    # Words of a paragraph that stands alone are not marked: what was lost has to be read.
    alone = [passage_text(side, text(side.text)) for side in (first, second) if side is not None]
    return element("div", *alone, class_=f"p-alone-{each.became}")


def _asked() -> tuple[str, str, bool]:
    first, second = (st.query_params.get(name, "")[:_MOST_CHARACTERS] for name in (_FIRST, _SECOND))
    return first.strip(), second.strip(), _ALL in st.query_params


def _remember(first: str, second: str, all_: bool) -> None:
    given = {_FIRST: first, _SECOND: second, _ALL: "1" if all_ else ""}
    named = {name: value for name, value in given.items() if value}
    st.query_params.from_dict({**named, **carried()})
