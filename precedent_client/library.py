"""Calls to what the user keeps: collections, saved searches, all of it as a file."""

from __future__ import annotations

from precedent_client.addressing import params_of
from precedent_client.calls import Call, change, get, operation, series
from precedent_client.paging import Pages
from search_api.schemas import (
    Alert,
    AlertList,
    Collection,
    CollectionChange,
    CollectionContents,
    CollectionList,
    CollectionRequest,
    DeletedSearch,
    Entry,
    EntryChange,
    EntryList,
    EntryRequest,
    LibraryFile,
    LibraryImport,
    LibraryImported,
    SavedSearch,
    SavedSearchChange,
    SavedSearchList,
    SavedSearchRequest,
    SearchChanges,
    SeenRequest,
    Wiped,
)

__all__ = ["Kept"]


class Kept:
    """Calls to what the user keeps."""

    @operation
    def collections(
        self, *, passage_id: str | None = None, k: int | None = None, cursor: str | None = None
    ) -> Call[CollectionList]:
        """Return collections, the last used first, and whether each holds a passage.

        Without `k` all of them; with it, `next_cursor` of an answer goes on.
        """
        params = params_of(passage_id=passage_id, k=k, cursor=cursor)
        return get("/v1/collections", CollectionList, params)

    @operation
    def create_collection(self, request: CollectionRequest) -> Call[Collection]:
        """Make an empty collection."""
        return change("POST", "/v1/collections", Collection, request)

    @operation
    def collection(self, collection_id: int) -> Call[CollectionContents]:
        """Return a collection with its entries."""
        return get(_of_collection(collection_id), CollectionContents)

    @operation
    def entries(
        self, collection_id: int, *, k: int | None = None, cursor: str | None = None
    ) -> Call[EntryList]:
        """Return the entries of a collection, in their order."""
        path = f"{_of_collection(collection_id)}/entries"
        return get(path, EntryList, params_of(k=k, cursor=cursor))

    @operation
    def change_collection(self, collection_id: int, request: CollectionChange) -> Call[Collection]:
        """Change name, note or tags of a collection; what was not given stays."""
        path = _of_collection(collection_id)
        return change("PATCH", path, Collection, request)

    @operation
    def remove_collection(self, collection_id: int) -> Call[Collection]:
        """Remove a collection with the entries the key may see, and return what it was.

        Where it has others, of restricted documents, it stays with those.
        """
        return change("DELETE", _of_collection(collection_id), Collection)

    @operation
    def collection_file(self, collection_id: int) -> Call[LibraryFile]:
        """Return a collection as `import_library` takes it."""
        return get(f"{_of_collection(collection_id)}/file", LibraryFile)

    @operation
    def add_entry(self, collection_id: int, request: EntryRequest) -> Call[Entry]:
        """Put a passage into a collection."""
        path = f"{_of_collection(collection_id)}/entries"
        return change("POST", path, Entry, request)

    @operation
    def change_entry(self, collection_id: int, entry_id: int, request: EntryChange) -> Call[Entry]:
        """Change note, tags or place of an entry, or renew its words."""
        path = f"{_of_collection(collection_id)}/entries/{entry_id:d}"
        return change("PATCH", path, Entry, request)

    @operation
    def remove_entry(self, collection_id: int, entry_id: int) -> Call[Entry]:
        """Take a passage out of a collection, and return the entry."""
        path = f"{_of_collection(collection_id)}/entries/{entry_id:d}"
        return change("DELETE", path, Entry)

    @operation
    def saved_searches(
        self, *, k: int | None = None, cursor: str | None = None
    ) -> Call[SavedSearchList]:
        """Return saved searches, the newest first."""
        return get("/v1/searches", SavedSearchList, params_of(k=k, cursor=cursor))

    @operation
    def save_search(self, request: SavedSearchRequest) -> Call[SavedSearch]:
        """Keep a search under a name; what it gives now counts as seen."""
        return change("POST", "/v1/searches", SavedSearch, request)

    @operation
    def saved_search(self, search_id: int) -> Call[SavedSearch]:
        """Return a saved search."""
        return get(_of_search(search_id), SavedSearch)

    @operation
    def change_search(self, search_id: int, request: SavedSearchChange) -> Call[SavedSearch]:
        """Change name or note of a saved search."""
        return change("PATCH", _of_search(search_id), SavedSearch, request)

    @operation
    def remove_search(self, search_id: int) -> Call[DeletedSearch]:
        """Forget a saved search."""
        return change("DELETE", _of_search(search_id), DeletedSearch)

    @operation
    def search_changes(self, search_id: int) -> Call[SearchChanges]:
        """Return what changed in a saved search since the last visit; looking is no visit."""
        return get(f"{_of_search(search_id)}/changes", SearchChanges)

    @operation
    def mark_search_seen(self, search_id: int, request: SeenRequest) -> Call[SavedSearch]:
        """Count this as a visit: what the search gives now is new no more."""
        path = f"{_of_search(search_id)}/seen"
        return change("POST", path, SavedSearch, request)

    @operation
    def alerts(
        self, *, hits: int | None = None, k: int | None = None, cursor: str | None = None
    ) -> Call[AlertList]:
        """Return in which saved searches something changed since each was visited.

        Args:
            hits: Hits told of each kind in one alert.
            k: Saved searches to look at.
            cursor: `next_cursor` of the answer before, to go on where there are many.
        """
        return _alerts(hits=hits, k=k, cursor=cursor)

    @series
    def iter_alerts(self, *, hits: int | None = None) -> Pages[AlertList, Alert]:
        """Yield every alert, the newest search first."""
        return Pages(
            lambda cursor: _alerts(hits=hits, cursor=cursor),
            lambda page: page.alerts,
            lambda page: page.next_cursor,
        )

    @operation
    def library(self) -> Call[LibraryFile]:
        """Return everything that is kept, as a file that `import_library` takes elsewhere."""
        return get("/v1/library", LibraryFile)

    @operation
    def import_library(self, request: LibraryImport) -> Call[LibraryImported]:
        """Take in a file of collections and saved searches; nothing is overwritten."""
        return change("POST", "/v1/library", LibraryImported, request)

    @operation
    def wipe_library(self, *, confirm: str) -> Call[Wiped]:
        """Delete all that is kept; `confirm` has to be "everything"."""
        params = params_of(confirm=confirm)
        return change("DELETE", "/v1/library", Wiped, params=params)


def _alerts(**said: str | int | None) -> Call[AlertList]:
    return get("/v1/alerts", AlertList, params_of(**said))


def _of_collection(collection_id: int) -> str:
    return f"/v1/collections/{collection_id:d}"


def _of_search(search_id: int) -> str:
    return f"/v1/searches/{search_id:d}"
