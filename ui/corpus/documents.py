"""The list of documents: looked for by symbol and title, read, and removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import quote, urlencode

import streamlit as st

from precedent_client import ServiceError
from search_api.schemas import (
    CorpusState,
    DocumentList,
    DocumentSummary,
    Facets,
    FacetValue,
    Filters,
)
from ui.corpus import jobs, turning
from ui.parts import waiting
from ui.parts.cards import line, notice, own_names
from ui.parts.dates import dated
from ui.parts.markup import Markup, element, join
from ui.parts.standing import restricted_badges
from ui.service import connection
from ui.wording import common
from ui.wording import corpus as texts

__all__ = ["FILTERS", "document_row", "show"]

FILTERS = ("q", "kind", "language")
"""Names in the address of what narrows the list."""

_MOST_CHARACTERS = 500
_MOST_FILTER_CHARACTERS = 300


def show(state: CorpusState) -> None:
    """Draw the list; what narrows it, and where it starts, stand in the address."""
    client = connection.client()
    try:
        facets = client.facets(Filters())
        _narrowing(facets)
        found = _listed()
    except ServiceError as error:
        waiting.show(error)
        return
    if not found.documents:
        nothing = texts.PAST_END if found.offset and found.total else texts.LIST_NOTHING
        st.html(str(notice("", nothing)))
    else:
        first, last = found.offset + 1, found.offset + len(found.documents)
        shown = texts.LIST_RANGE.format(first=first, last=last, total=found.total)
        st.html(str(line(shown)))
    for at, document in enumerate(found.documents):
        with st.container(key=f"card-{at}", gap=None):
            st.html(str(document_row(document)))
            with st.container(horizontal=True, key=f"actions-{at}"):
                st.html(str(_links(document)), width="content")
                if state.changeable and st.button(
                    texts.REMOVE, key=f"remove-{at}", type="tertiary"
                ):
                    _confirm(document)
    turning.buttons(len(found.documents), found.total)


def _listed() -> DocumentList:
    """Return the part of the list that the address asks for."""
    said = {name: next(iter(st.query_params.get_all(name)), "") for name in FILTERS}
    narrowed = {
        name: (value[:_MOST_FILTER_CHARACTERS],)
        for name in ("kind", "language")
        if (value := said[name])
    }
    return connection.client().documents(
        q=said["q"][:_MOST_CHARACTERS] or None,
        filters=Filters(**narrowed),
        offset=turning.offset(),
        k=turning.PER_PAGE,
    )


def _narrowing(facets: Facets) -> None:
    """Draw what narrows the list; the address holds it."""
    names = own_names()
    chosen = {facet: _known(getattr(facets, facet), names[facet]) for facet in ("kind", "language")}
    for name in FILTERS:  # as the address has it, also after Back
        given = st.query_params.get(name)
        known = chosen.get(name)
        st.session_state[_key(name)] = (given or "") if known is None else (
            given if given in known else None
        )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", key="narrow"):
        st.text_input(
            texts.FIND_LABEL,
            placeholder=texts.FIND_PLACEHOLDER,
            max_chars=_MOST_CHARACTERS,
            key=_key("q"),
            on_change=_narrow,
            args=("q",),
        )
        for facet, label, any_ in (
            ("kind", texts.KIND_LABEL, texts.ANY_KIND),
            ("language", texts.LANGUAGE_LABEL, texts.ANY_LANGUAGE),
        ):
            known = chosen[facet]
            st.selectbox(
                label,
                sorted(known, key=known.__getitem__),
                index=None,
                format_func=known.__getitem__,
                placeholder=any_,
                key=_key(facet),
                on_change=_narrow,
                args=(facet,),
            )


def _key(name: str) -> str:
    return f"list-{name}"


def _known(values: Sequence[FacetValue], own: Mapping[str, str]) -> dict[str, str]:
    """Return the values there are, with the page's names for them where it has any."""
    return {each.value: own.get(each.value, each.label) for each in values}


def _narrow(name: str) -> None:
    st.query_params.pop(turning.FROM, None)
    value = st.session_state.get(_key(name))
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def document_row(document: DocumentSummary, *, linked: bool = True) -> Markup:
    """Show a document: what it is, whose, when, and what it is worth as precedent.

    Args:
        document: to show.
        linked: whether its name leads to reading it; not where something is asked of it.
    """
    names = own_names()
    name = _name(document)
    standing = common.STATUS.get(document.status or "", document.status)
    if document.superseded_by:
        standing = common.SUPERSEDED_BY.format(symbol=document.superseded_by)
    facts = [
        document.mandate or document.body,
        names["kind"].get(document.kind or "", document.kind or ""),
        dated(document.date or str(document.year)) if document.date or document.year else None,
        names["language"].get(document.language or "", document.language or ""),
        texts.PARAGRAPHS.format(count=document.paragraphs),
        document.source if document.source != name else None,
    ]
    return element(
        "article",
        element(
            "header",
            element(
                "a" if linked else "span",
                name,
                href=_read(document) if linked else None,
                target="_self" if linked else None,
                class_="p-citation",
                dir="auto",
            ),
            *restricted_badges(document),
            element("span", standing, class_="p-badge", dir="auto") if standing else None,
            class_="p-head",
        ),
        element("h3", document.title, class_="p-title", dir="auto")
        if document.title and document.title != name
        else None,
        element(
            "p",
            join([element("span", fact, dir="auto") for fact in facts if fact]),
            class_="p-facts p-details",
        ),
        class_="p-card",
        aria_label=name,
        data_document=document.document_id,
    )


def _links(document: DocumentSummary) -> Markup:
    read = element("a", texts.READ, href=_read(document), target="_self")
    if not document.symbol:
        return element("span", read, class_="p-links")
    within = element("a", texts.SEARCH_IT, href=f"./?{urlencode({'symbol': document.symbol})}",
                     target="_self")  # fmt: skip
    return element("span", read, within, class_="p-links")


def _read(document: DocumentSummary) -> str:
    return f"read?document={quote(document.document_id, safe='')}"


def _name(document: DocumentSummary) -> str:
    return document.symbol or document.title or document.source


def _confirm(document: DocumentSummary) -> None:
    @st.dialog(texts.REMOVE_TITLE)
    def ask() -> None:
        st.html(str(document_row(document, linked=False)))
        st.html(str(element("p", texts.REMOVE_HELP)))
        with st.container(horizontal=True):
            chosen = [
                st.button(
                    texts.REMOVE_YES,
                    type="primary",
                    key="remove-yes",
                    on_click=jobs.ask,
                    args=(partial(connection.client().remove_document, document.document_id),),
                ),
                st.button(texts.KEEP, key="remove-no"),
            ]
        if any(chosen):
            st.rerun()

    ask()
