"""A hit's citation in the forms that people are asked for, each to copy."""

from __future__ import annotations

import streamlit as st

from precedent_client import ServiceError
from search_api.schemas import ExportFormat, ExportRequest, Hit
from ui.parts.cards import notice
from ui.parts.copy_button import copy_buttons
from ui.parts.markup import element
from ui.service import connection
from ui.wording import common as texts
from ui.wording import search as search_texts

__all__ = ["show"]

_FORMS: tuple[ExportFormat, ...] = ("un", "oscola", "chicago", "bibtex", "ris")


def show(hit: Hit, key: str) -> None:
    """Draw the button, and once it is open the forms; they are asked for only then."""
    popover = st.popover(
        search_texts.CITE, type="tertiary", key=f"cite-{key}", on_change="rerun", width="content"
    )
    with popover:
        if popover.open:
            _forms(hit, key)


def _forms(hit: Hit, key: str) -> None:
    copy_buttons(
        {texts.COPY_TEXT: f"“{hit.text}” ({hit.citation})"},
        key=f"copy-text-{key}",
    )
    client = connection.client()
    for form in _FORMS:
        request = ExportRequest(passage_ids=(hit.passage_id,), format=form)
        try:
            written = client.export(request).content.decode("utf-8", "replace").strip()
        except ServiceError as error:
            told = search_texts.CITE_FAILED
            st.html(str(notice("", told, error.detail, tone="warning")))
            return
        name = search_texts.CITE_FORMS[form]
        with st.container(key=f"form-{form}-{key}", gap=None):
            copy_buttons(
                {search_texts.CITE_COPY.format(form=name): written}, key=f"copy-{form}-{key}"
            )
            st.html(str(element("pre", written, class_="p-cited", dir="auto", tabindex="0")))
