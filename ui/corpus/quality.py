"""How well the documents were read, and which to look at before citing them."""

from __future__ import annotations

import streamlit as st

from precedent_client import ServiceError
from search_api.schemas import DocumentConcerns, QualityReport, Unread
from ui.corpus import turning
from ui.parts import waiting
from ui.parts.cards import line, notice
from ui.parts.markup import Markup, element, join
from ui.service import connection
from ui.wording import common
from ui.wording import corpus as texts

__all__ = ["document_card", "figures", "show", "unread_list"]


def show() -> None:
    """Draw the list; where it starts stands in the address."""
    st.html(str(element("p", texts.QUALITY_INTRO, class_="p-tips")))
    try:
        report = connection.client().quality(offset=turning.offset(), k=turning.PER_PAGE)
    except ServiceError as error:
        waiting.show(error)
        return
    st.html(str(element("p", figures(report), class_="p-line")))
    if report.worst:
        last = report.offset + len(report.worst)
        shown = texts.QUALITY_RANGE.format(first=report.offset + 1, last=last, total=report.total)
        st.html(str(line(shown)))
        for at, document in enumerate(report.worst):
            with st.container(key=f"card-{at}", gap=None):
                st.html(str(document_card(document)))
    else:
        nothing = texts.PAST_END if report.offset else texts.QUALITY_NOTHING
        st.html(str(notice("", nothing)))
    turning.buttons(len(report.worst), report.total)
    if report.unread and not report.offset:
        st.html(str(unread_list(report.unread, report.unread_total)))


def figures(report: QualityReport) -> str:
    """Say in a sentence how well reading went."""
    numbers = report.paragraphs + report.missing
    return texts.QUALITY_FIGURES.format(
        documents=report.documents,
        numbered=report.numbered,
        without_gap=_share(report.without_gap, report.numbered),
        found=_share(report.paragraphs, numbers),
        numbers=numbers,
        ocr=report.ocr,
    )


def _share(part: int, whole: int) -> str:
    return texts.SHARE.format(share=100 * part / whole) if whole else "0"


def document_card(document: DocumentConcerns) -> Markup:
    """Show a document and why it is worth a look."""
    name = document.symbol or document.title or document.source
    language = common.LANGUAGES.get(document.language or "", document.language)
    facts = [fact for fact in (document.title, language, document.source) if fact and fact != name]
    return element(
        "article",
        element(
            "header",
            element("span", name, class_="p-citation", dir="auto"),
            element("span", texts.SCORE.format(score=document.score), class_="p-score"),
            class_="p-head",
        ),
        element(
            "p",
            join([element("span", fact, dir="auto") for fact in facts]),
            class_="p-facts p-details",
        ),
        element("ul", *(element("li", concern.message) for concern in document.concerns)),
        class_="p-card p-concerns",
        aria_label=name,
        data_document=document.document_id,
    )


def unread_list(unread: tuple[Unread, ...], total: int) -> Markup:
    """Show what could not be read, and why."""
    more = total - len(unread)
    return element(
        "section",
        element("h2", texts.UNREAD_TITLE.format(count=total), class_="p-side"),
        element(
            "ul",
            *(
                element("li", element("b", file.source, dir="auto"), ": ", file.reason)
                for file in unread
            ),
        ),
        element("p", texts.UNREAD_MORE.format(count=more), class_="p-line") if more else None,
        class_="p-concerns",
    )
