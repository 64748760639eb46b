"""The one client of this process, shared by all readers of the page."""

from __future__ import annotations

import streamlit as st

from precedent_client import Client, api_url
from search_api.schemas import Facets, Filters, Info

__all__ = ["client", "facets", "info"]

COUNTS_TTL_S = 15
"""Counts change only when an index is published; a page that is redrawn asks for them often."""


def client() -> Client:
    """Return the client for the service that the environment names, with the key it names.

    It asks once: the page says at once what is wrong, and tries again by itself where that helps.
    """
    return _client(api_url())


def facets(filters: Filters) -> Facets:
    """Return the values to filter by, with the counts that the given filters leave."""
    return _facets(api_url(), filters.model_dump_json())


def info() -> Info:
    """Return what is served."""
    return _info(api_url())


@st.cache_resource(show_spinner=False, max_entries=4)
def _client(url: str) -> Client:  # noqa: ARG001 - tells services apart
    return Client.from_environment(retries=0)


@st.cache_data(show_spinner=False, ttl=COUNTS_TTL_S, max_entries=200)
def _facets(url: str, filters: str) -> Facets:
    return _client(url).facets(Filters.model_validate_json(filters))


@st.cache_data(show_spinner=False, ttl=COUNTS_TTL_S, max_entries=4)
def _info(url: str) -> Info:
    return _client(url).info()
