"""Collections and saved searches of the small service: kept by the real code, in a file of its own.

What the invented service finds stands for the index, so that the page is tested against the answers
it will get. The file is made by the first thing that a test keeps.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel

from corpus.errors import PrecedentError
from library.file import Library
from search_api.keeping import collections, exchange, searches
from search_api.keeping.census import census
from search_api.problems import problem_of
from search_api.schemas import (
    CollectionChange,
    CollectionRequest,
    EntryChange,
    EntryRequest,
    LibraryImport,
    Passage,
    SavedSearchChange,
    SavedSearchRequest,
    SearchRequest,
    SearchResponse,
    SeenRequest,
)

if TYPE_CHECKING:
    from search_api.engine_like import EngineLike
    from tests.browser.fake_api import FakeService

__all__ = ["KEPT", "FakeLibrary"]

KEPT = ("/v1/collections", "/v1/searches", "/v1/library")

Answer = Callable[[list[int], bytes], BaseModel]


class _Index:
    """What the invented service finds, as an engine.

    Attributes:
        generation: raise it together with a change of the passages.
    """

    identity = "invented"
    generation = 3

    def __init__(self, service: FakeService) -> None:
        self._service = service

    def search(self, request: SearchRequest) -> SearchResponse:
        return self._service._search(request)

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        held = {each.passage_id: each for each in self._service.passages}
        return [held[each] for each in passage_ids if each in held]

    def census(self) -> bytes:
        passages = self._service.passages
        return census((each.passage_id, sha256(each.text.encode()).digest()) for each in passages)


class FakeLibrary:
    """The paths under `KEPT`.

    Attributes:
        index: what is in service.
        library: where things are kept.
    """

    def __init__(self, service: FakeService) -> None:
        self.index = _Index(service)
        folder = tempfile.mkdtemp()
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.library = Library(Path(folder) / "library.sqlite")

    def answer(
        self, method: str, path: str, params: dict[str, list[str]], body: bytes
    ) -> tuple[int, BaseModel]:
        """Answer one request with a status and an object of the contract."""
        shape = re.sub(r"/\d+", "/*", path.removeprefix("/v1/"))
        ids = [int(each) for each in re.findall(r"/(\d+)", path)]
        if (method, shape) == ("GET", "collections"):
            return 200, collections.listed(self.library, params.get("passage_id", [None])[0])
        try:
            return 200, self._answers[method, shape](ids, body)
        except PrecedentError as error:
            problem = problem_of(error)
            return problem.status, problem

    @property
    def _answers(self) -> dict[tuple[str, str], Answer]:
        held, engine = self.library, cast("EngineLike", self.index)
        return {
            ("POST", "collections"): lambda _, body: collections.create(
                held, CollectionRequest.model_validate_json(body)
            ),
            ("GET", "collections/*"): lambda ids, _: collections.contents(held, engine, *ids),
            ("PATCH", "collections/*"): lambda ids, body: collections.change(
                held, *ids, CollectionChange.model_validate_json(body)
            ),
            ("DELETE", "collections/*"): lambda ids, _: collections.remove(held, *ids),
            ("GET", "collections/*/file"): lambda ids, _: exchange.export(held, *ids),
            ("POST", "collections/*/entries"): lambda ids, body: collections.add(
                held, engine, *ids, EntryRequest.model_validate_json(body)
            ),
            ("PATCH", "collections/*/entries/*"): lambda ids, body: collections.change_entry(
                held, engine, *ids, EntryChange.model_validate_json(body)
            ),
            ("DELETE", "collections/*/entries/*"): lambda ids, _: collections.remove_entry(
                held, engine, *ids
            ),
            ("GET", "searches"): lambda _, __: searches.listed(held, engine),
            ("POST", "searches"): lambda _, body: searches.save(
                held, engine, SavedSearchRequest.model_validate_json(body)
            ),
            ("GET", "searches/*"): lambda ids, _: searches.find(held, engine, *ids),
            ("PATCH", "searches/*"): lambda ids, body: searches.change(
                held, engine, *ids, SavedSearchChange.model_validate_json(body)
            ),
            ("DELETE", "searches/*"): lambda ids, _: searches.remove(held, *ids),
            ("GET", "searches/*/changes"): lambda ids, _: searches.changes(held, engine, *ids),
            ("POST", "searches/*/seen"): lambda ids, body: searches.see(
                held, engine, *ids, SeenRequest.model_validate_json(body).generation
            ),
            ("GET", "library"): lambda _, __: exchange.export(held),
            ("POST", "library"): lambda _, body: exchange.take_in(
                held, LibraryImport.model_validate_json(body)
            ),
        }
