"""Calls to what the user keeps: collections, saved searches, all of it as a file."""

from __future__ import annotations

from collections.abc import Iterator

from precedent_client.addressing import params_of
from precedent_client.calls import Calls
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


class Kept(Calls):
    """Calls to what the user keeps."""

    def collections(
        self, *, passage_id: str | None = None, k: int | None = None, cursor: str | None = None
    ) -> CollectionList:
        """Return collections, the last used first, and whether each holds a passage.

        Without `k` all of them; with it, `next_cursor` of an answer goes on.
        """
        params = params_of(passage_id=passage_id, k=k, cursor=cursor)
        return self._connection.get("/v1/collections", CollectionList, params)

    def create_collection(self, request: CollectionRequest) -> Collection:
        """Make an empty collection."""
        return self._connection.change("POST", "/v1/collections", Collection, request)

    def collection(self, collection_id: int) -> CollectionContents:
        """Return a collection with its entries."""
        return self._connection.get(_of_collection(collection_id), CollectionContents)

    def entries(
        self, collection_id: int, *, k: int | None = None, cursor: str | None = None
    ) -> EntryList:
        """Return the entries of a collection, in their order."""
        path = f"{_of_collection(collection_id)}/entries"
        return self._connection.get(path, EntryList, params_of(k=k, cursor=cursor))

    def change_collection(self, collection_id: int, request: CollectionChange) -> Collection:
        """Change name, note or tags of a collection; what was not given stays."""
        path = _of_collection(collection_id)
        return self._connection.change("PATCH", path, Collection, request)

    def remove_collection(self, collection_id: int) -> Collection:
        """Remove a collection with the entries that the key sees, and return what it was."""
        return self._connection.change("DELETE", _of_collection(collection_id), Collection)

    def collection_file(self, collection_id: int) -> LibraryFile:
        """Return a collection as `import_library` takes it."""
        return self._connection.get(f"{_of_collection(collection_id)}/file", LibraryFile)

    def add_entry(self, collection_id: int, request: EntryRequest) -> Entry:
        """Put a passage into a collection."""
        path = f"{_of_collection(collection_id)}/entries"
        return self._connection.change("POST", path, Entry, request)

    def change_entry(self, collection_id: int, entry_id: int, request: EntryChange) -> Entry:
        """Change note, tags or place of an entry, or renew its words."""
        path = f"{_of_collection(collection_id)}/entries/{entry_id:d}"
        return self._connection.change("PATCH", path, Entry, request)

    def remove_entry(self, collection_id: int, entry_id: int) -> Entry:
        """Take a passage out of a collection, and return the entry."""
        path = f"{_of_collection(collection_id)}/entries/{entry_id:d}"
        return self._connection.change("DELETE", path, Entry)

    def saved_searches(self, *, k: int | None = None, cursor: str | None = None) -> SavedSearchList:
        """Return saved searches, the newest first."""
        return self._connection.get("/v1/searches", SavedSearchList, params_of(k=k, cursor=cursor))

    def save_search(self, request: SavedSearchRequest) -> SavedSearch:
        """Keep a search under a name; what it gives now counts as seen."""
        return self._connection.change("POST", "/v1/searches", SavedSearch, request)

    def saved_search(self, search_id: int) -> SavedSearch:
        """Return a saved search."""
        return self._connection.get(_of_search(search_id), SavedSearch)

    def change_search(self, search_id: int, request: SavedSearchChange) -> SavedSearch:
        """Change name or note of a saved search."""
        return self._connection.change("PATCH", _of_search(search_id), SavedSearch, request)

    def remove_search(self, search_id: int) -> DeletedSearch:
        """Forget a saved search."""
        return self._connection.change("DELETE", _of_search(search_id), DeletedSearch)

    def search_changes(self, search_id: int) -> SearchChanges:
        """Return what changed in a saved search since the last visit; looking is no visit."""
        return self._connection.get(f"{_of_search(search_id)}/changes", SearchChanges)

    def mark_search_seen(self, search_id: int, request: SeenRequest) -> SavedSearch:
        """Count this as a visit: what the search gives now is new no more."""
        path = f"{_of_search(search_id)}/seen"
        return self._connection.change("POST", path, SavedSearch, request)

    def alerts(
        self, *, hits: int | None = None, k: int | None = None, cursor: str | None = None
    ) -> AlertList:
        """Return in which saved searches something changed since each was visited.

        Args:
            hits: Hits told of each kind in one alert.
            k: Saved searches to look at.
            cursor: `next_cursor` of the answer before, to go on where there are many.
        """
        params = params_of(hits=hits, k=k, cursor=cursor)
        return self._connection.get("/v1/alerts", AlertList, params)

    def iter_alerts(self, *, hits: int | None = None) -> Iterator[Alert]:
        """Yield every alert, the newest search first."""
        cursor: str | None = None
        while True:
            found = self.alerts(hits=hits, cursor=cursor)
            yield from found.alerts
            cursor = found.next_cursor
            if cursor is None:
                return

    def library(self) -> LibraryFile:
        """Return everything that is kept, as a file that `import_library` takes elsewhere."""
        return self._connection.get("/v1/library", LibraryFile)

    def import_library(self, request: LibraryImport) -> LibraryImported:
        """Take in a file of collections and saved searches; nothing is overwritten."""
        return self._connection.change("POST", "/v1/library", LibraryImported, request)

    def wipe_library(self, *, confirm: str) -> Wiped:
        """Delete all that is kept; `confirm` has to be "everything"."""
        params = params_of(confirm=confirm)
        return self._connection.change("DELETE", "/v1/library", Wiped, params=params)


def _of_collection(collection_id: int) -> str:
    return f"/v1/collections/{collection_id:d}"


def _of_search(search_id: int) -> str:
    return f"/v1/searches/{search_id:d}"
