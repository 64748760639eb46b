"""What the views ask of the service, and how they say that it refused."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from precedent_client import RefusedError, ServiceError, api_url
from search_api.schemas import (
    Collection,
    CollectionContents,
    CollectionList,
    Filters,
    SavedSearch,
    SavedSearchList,
    SearchChanges,
)
from ui.parts import waiting
from ui.parts.cards import Labels, notice, own_names
from ui.search.filters_panel import Choices
from ui.service import connection
from ui.wording import collect as texts

__all__ = [
    "attempt",
    "changes",
    "collections",
    "contents",
    "labels",
    "news",
    "say_refusal",
    "searches",
    "tell",
]

_REFUSAL = "collect-refusal"
_NEWS_TTL_S = 600


def collections(passage_id: str | None = None) -> CollectionList:
    """Return every collection, the last used first, and which of them hold a passage."""
    return connection.client().collections(passage_id=passage_id)


def contents(collection_id: int) -> CollectionContents:
    """Return a collection with its entries."""
    return connection.client().collection(collection_id)


def searches() -> SavedSearchList:
    """Return every saved search, the newest first."""
    return connection.client().saved_searches()


def changes(search_id: int) -> SearchChanges:
    """Return what changed in a saved search since the last visit."""
    return connection.client().search_changes(search_id)


def news(search: SavedSearch) -> tuple[int, int]:
    """Return how many passages are new in a saved search, and how many have other words.

    Remembered for an index and a visit: a list of searches is drawn more often than it changes.
    """
    if search.unchanged:
        return 0, 0
    generation = connection.info().generation
    return _news(api_url(), search.id, search.created_at, search.seen_at, generation)


@st.cache_data(show_spinner=False, ttl=_NEWS_TTL_S, max_entries=1_000)
def _news(
    url: str,  # noqa: ARG001 - tells services apart
    search_id: int,
    created_at: str,  # noqa: ARG001 - tells a search from one of another library
    seen_at: str | None,  # noqa: ARG001
    generation: int,  # noqa: ARG001
) -> tuple[int, int]:
    found = changes(search_id)
    return len(found.new), len(found.changed)


def labels() -> Labels:
    """Return names of facet values for people; the page's own alone where there is no index."""
    try:
        everything = connection.facets(Filters())
    except ServiceError:
        return own_names()
    return Choices(everything, everything).labels


def attempt(ask: Callable[[], object]) -> bool:
    """Do something on a click; where it is refused, keep why for the next drawing to say."""
    st.session_state.pop(_REFUSAL, None)
    try:
        ask()
    except ServiceError as error:
        st.session_state[_REFUSAL] = error
        return False
    return True


def say_refusal() -> None:
    """Say why the last click came to nothing, if it did."""
    error: ServiceError | None = st.session_state.pop(_REFUSAL, None)
    if error is not None:
        tell(error)


def tell(error: ServiceError) -> None:
    """Say what is wrong."""
    if isinstance(error, RefusedError):
        st.html(str(notice(texts.REFUSED, error.detail, tone="warning")))
    else:
        waiting.show(error)


def named(found: CollectionList, collection_id: int) -> Collection | None:
    """Return a collection of a list."""
    return next((each for each in found.collections if each.id == collection_id), None)
