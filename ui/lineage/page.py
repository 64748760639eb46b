"""The page that follows one paragraph through the texts of its series."""

from __future__ import annotations

from typing import cast

import streamlit as st

from precedent_client import RefusedError, ServiceError
from search_api.schemas import Lineage, LineageScope, Proposal, Version, WithoutIt
from ui.compare.page import legend
from ui.lineage import timeline
from ui.parts import waiting
from ui.parts.cards import line, notice, passage_text
from ui.parts.dates import dated
from ui.parts.differences import changed_text, verb_badge
from ui.parts.markup import Markup, element, text
from ui.parts.standing import badges, standing_name
from ui.service import connection
from ui.wording import lineage as texts
from ui.wording.language import carried

__all__ = ["proposal_card", "show", "story", "version_card", "without_list"]

_PASSAGE, _SCOPE = "passage", "scope"
_MOST_CHARACTERS = 500


def show() -> None:
    """Draw the page; the paragraph that is followed stands in the address."""
    st.html(str(element("header", element("h1", texts.TITLE), class_="p-top")))
    st.html(str(element("p", texts.INTRO, class_="p-tips")))
    passage, scope = _asked()
    with st.form("lineage", border=False):
        given = st.text_input(
            texts.PARAGRAPH,
            passage,
            placeholder=texts.PLACEHOLDER,
            max_chars=_MOST_CHARACTERS,
        )
        scopes = list(texts.SCOPES)
        given_scope = st.radio(
            texts.SCOPE,
            scopes,
            index=scopes.index(scope),
            format_func=lambda name: texts.SCOPES[name],
            horizontal=True,
        )
        if st.form_submit_button(texts.FOLLOW, type="primary"):
            passage, scope = given.strip(), given_scope
            _remember(passage, scope)
    if not passage:
        return
    try:
        found = connection.client().lineage(passage, scope=cast("LineageScope", scope))
    except RefusedError as error:
        st.html(str(notice(texts.FAILED, error.detail, tone="warning")))
        return
    except ServiceError as error:
        waiting.show(error)
        return
    _draw(found)


def _draw(found: Lineage) -> None:
    st.html(str(story(found)))
    if found.versions:
        st.altair_chart(timeline.chart(found), width="stretch")
        st.html(str(line(texts.TIMELINE)))
    if any(version.words for version in found.versions):
        st.html(str(legend()))
    held = {version.passage.passage_id: version.passage.text for version in found.versions}
    for at, version in enumerate(found.versions):
        with st.container(key=f"card-{at}", gap=None):
            st.html(str(version_card(version, held.get(version.previous or ""))))
    for at, proposal in enumerate(found.proposals):
        with st.container(key=f"card-loose-{at}", gap=None):
            st.html(str(proposal_card(proposal, None)))
    if found.without:
        st.html(str(without_list(found.without)))
    if found.twins:
        st.html(str(element("h2", texts.TWINS, class_="p-side")))
        for twin in found.twins:
            st.html(str(passage_text(twin, text(twin.text))))


def story(found: Lineage) -> Markup:
    """Tell what happened, and in which texts was looked."""
    series = found.series
    where = texts.SERIES.format(
        documents=series.documents, by=texts.BY[series.by], name=series.name
    )
    years = ", ".join(map(str, series.years_without))
    return element(
        "section",
        element("h2", found.passage.citation, dir="auto"),
        element("ul", *(element("li", each, dir="auto") for each in found.story)),
        line(where),
        line(texts.YEARS_WITHOUT.format(years=years)) if years else None,
        class_="p-compared p-concerns",
        role="status",
    )


def version_card(version: Version, before: str | None) -> Markup:
    """Show one version, with what differs from the one before it marked."""
    passage = version.passage
    grade = texts.ASKED if version.asked else texts.GRADES[version.grade]
    marks = [grade]
    marks += [texts.FIRST_USE] * version.first_use + [texts.CAME_BACK] * version.came_back
    same = before is not None and not version.words
    through = texts.THROUGH.format(document=version.through) if version.through else None
    words = (
        changed_text(before, passage, version.words)
        if before is not None
        else passage_text(passage, text(passage.text))
    )
    return element(
        "article",
        element(
            "header",
            element("span", dated(passage.date or str(passage.year or "")), class_="p-rank"),
            element("span", passage.citation, class_="p-citation", dir="auto"),
            *badges(passage),
            *(element("span", mark, class_="p-badge") for mark in marks),
            verb_badge(version.verb),
            class_="p-head",
        ),
        line(texts.SAME_WORDS) if same else None,
        line(through) if through else None,
        words,
        *(proposal_card(proposal, version) for proposal in version.proposals),
        class_="p-card",
        aria_label=passage.citation,
    )


def proposal_card(proposal: Proposal, version: Version | None) -> Markup:
    """Show a draft or an amendment, beside the version that became of it."""
    passage = proposal.passage
    words = texts.PROPOSAL if version is not None else texts.PROPOSAL_LOOSE
    return element(
        "aside",
        element(
            "p",
            element(
                "b",
                words.format(standing=standing_name(passage.standing), citation=passage.citation),
                dir="auto",
            ),
            " ",
            verb_badge(proposal.verb),
        ),
        passage_text(passage, text(passage.text)),
        class_="p-notice p-proposal",
    )


def without_list(without: tuple[WithoutIt, ...]) -> Markup:
    """List the texts of the series that lack the paragraph, and where they stand."""
    return element(
        "details",
        element("summary", texts.WITHOUT.format(count=len(without))),
        element(
            "ul",
            *(
                element(
                    "li",
                    element("span", each.symbol or each.title or each.document_id, dir="auto"),
                    f" ({each.year}), " if each.year else ", ",
                    texts.PLACES[each.place],
                )
                for each in without
            ),
        ),
        class_="p-concerns",
    )


def _asked() -> tuple[str, str]:
    passage = st.query_params.get(_PASSAGE, "")[:_MOST_CHARACTERS].strip()
    scope = st.query_params.get(_SCOPE, "series")
    return passage, scope if scope in texts.SCOPES else "series"


def _remember(passage: str, scope: str) -> None:
    given = {_PASSAGE: passage, _SCOPE: scope if scope != "series" else ""}
    named = {name: value for name, value in given.items() if value}
    st.query_params.from_dict({**named, **carried()})
