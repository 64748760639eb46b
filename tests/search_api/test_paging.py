"""Pages of every list: without loss or repetition, also where the list changes in between."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import QueryError
from indexer.build import build_from_documents, remove_documents
from search_api.paging import decode_cursor, encode_cursor, page_after, page_by_key
from tests.fakes import FakeEncoder, document
from tests.search_api.freedonia import make_service

SYMBOLS = [f"X/{n:02}" for n in range(1, 8)]


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    index = tmp_path / "index"
    index_documents(index, *SYMBOLS)
    return index


def index_documents(index: Path, *symbols: str) -> None:
    made = [document(symbol, f"Counsel was refused in {symbol}.", "So.") for symbol in symbols]
    build_from_documents(made, index, encoder=FakeEncoder())


@pytest.fixture
def client(index_dir: Path, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(make_service(index_dir, tmp_path, poll_s=3600)) as client:
        yield client


def republished(client: TestClient) -> None:
    client.app.state.engines.holder.refresh()  # type: ignore[attr-defined]


def pages(client: TestClient, path: str, of: str, **params: object) -> Iterator[list[Any]]:
    """Yield the pages of a list, following `Link`; whatever the test does in between counts."""
    address = path
    asked: dict[str, Any] | None = dict(params)
    while True:
        answer = client.get(address, params=asked)
        assert answer.status_code == 200, answer.text
        yield answer.json()[of]
        link = answer.headers.get("link")
        assert (link is None) == (answer.json()["next_cursor"] is None)
        if link is None:
            return
        found = re.fullmatch(r'<(/v1/[^>]+)>; rel="next"', link)
        assert found is not None
        address, asked = found[1], None


def symbols(found: list[Any]) -> list[str]:
    return [each["symbol"] for each in found]


def test_documents_come_page_by_page(client: TestClient) -> None:
    found = list(pages(client, "/v1/documents", "documents", k=3))
    assert [symbols(page) for page in found] == [SYMBOLS[:3], SYMBOLS[3:6], SYMBOLS[6:]]


def test_what_is_published_between_two_pages_is_neither_lost_nor_repeated(
    client: TestClient, index_dir: Path
) -> None:
    following = pages(client, "/v1/documents", "documents", k=3)
    assert symbols(next(following)) == ["X/01", "X/02", "X/03"]
    index_documents(index_dir, "X/00", "X/04a")
    remove_documents(["X/03"], index_dir, encoder=FakeEncoder())
    republished(client)
    assert symbols(next(following)) == ["X/04", "X/04a", "X/05"]
    assert symbols(next(following)) == ["X/06", "X/07"]


def test_quality_comes_page_by_page(client: TestClient, index_dir: Path) -> None:
    undated = [document(f"Y/{n}", f"Counsel was refused {n}.", year=None) for n in range(5)]
    build_from_documents(undated, index_dir, encoder=FakeEncoder())
    republished(client)
    whole = client.get("/v1/quality").json()
    found = list(pages(client, "/v1/quality", "worst", k=2))
    assert [each for page in found for each in page] == whole["worst"]
    assert len(found) == (whole["total"] + 1) // 2 > 2


def test_hits_come_page_by_page_by_a_link(client: TestClient) -> None:
    whole = client.get("/v1/search", params={"q": "counsel refused", "k": 50}).json()["hits"]
    found = list(pages(client, "/v1/search", "hits", q="counsel refused", k=3, language="en"))
    ids = [hit["passage_id"] for page in found for hit in page]
    assert ids == [hit["passage_id"] for hit in whole]
    assert len(found) > 2


LIKE = "/v1/similar/X_01:en:1"


def test_similar_passages_come_page_by_page(client: TestClient) -> None:
    whole = client.get(LIKE, params={"k": 50}).json()["hits"]
    found = list(pages(client, LIKE, "hits", k=4, language="en"))
    ids = [hit["passage_id"] for page in found for hit in page]
    assert ids == [hit["passage_id"] for hit in whole]
    assert len(ids) == 13
    assert "X_01:en:1" not in ids
    assert [len(page) for page in found] == [4, 4, 4, 1]
    later = client.get(LIKE, params={"k": 4, "offset": 4}).json()
    assert (later["offset"], later["hits"]) == (4, found[1])


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service over more passages than are ranked for one question."""
    folder = tmp_path_factory.mktemp("many")
    chance = random.Random(5)  # the same passages each time
    words = [f"word{n}" for n in range(60)]
    texts = [f"Counsel {' '.join(chance.sample(words, 12))}." for _ in range(500)]
    held = [document(f"Z/{n}", *texts[n * 100 : n * 100 + 100]) for n in range(5)]
    build_from_documents(held, folder / "index", encoder=FakeEncoder())
    with TestClient(make_service(folder / "index", folder, poll_s=3600)) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/v1/search", {"q": "counsel word1 word2 word3"}),
        ("/v1/search", {"q": "counsel word1 word2 word3", "group_by_document": "true"}),
        ("/v1/similar/Z_1:en:1", {}),
    ],
    ids=["hits", "groups", "similar"],
)
def test_pages_of_one_ranking_hold_each_hit_once_to_the_last(
    many: TestClient, path: str, asked: dict[str, str]
) -> None:
    first = many.get(path, params={**asked, "k": 40}).json()
    of = "groups" if "group_by_document" in asked else "hits"
    found = [hit for page in pages(many, path, of, **asked, k=40) for hit in page]
    ids = [hit["document_id"] if of == "groups" else hit["passage_id"] for hit in found]
    assert len(ids) == len(set(ids)) == first["total"]
    assert of == "groups" or len(ids) > 200


def test_similar_passages_go_not_on_in_another_list_or_index(
    client: TestClient, index_dir: Path
) -> None:
    cursor = client.get(LIKE, params={"k": 4}).json()["next_cursor"]
    for other in ("/v1/similar/X_02:en:1?", f"{LIKE}?year=2001&", "/v1/search?q=Counsel&",
                  "/v1/documents?"):  # fmt: skip
        answer = client.get(f"{other}cursor={cursor}")
        assert answer.status_code == 422, other
        assert "belongs to another list" in answer.json()["detail"]
    text = client.get(LIKE).json()["query"]
    assert client.get("/v1/search", params={"q": text, "cursor": cursor}).status_code == 422
    assert client.get(LIKE, params={"k": 9, "cursor": cursor}).json()["offset"] == 4
    index_documents(index_dir, "X/00")
    republished(client)
    assert client.get(LIKE, params={"cursor": cursor}).status_code == 409


def test_a_search_goes_not_on_in_another_index(client: TestClient, index_dir: Path) -> None:
    first = client.post("/v1/search", json={"query": "counsel", "k": 2}).json()
    asked = {"query": "counsel", "k": 2, "cursor": first["next_cursor"]}
    assert client.post("/v1/search", json=asked).status_code == 200
    index_documents(index_dir, "X/00")
    republished(client)
    answer = client.post("/v1/search", json=asked)
    assert (answer.status_code, answer.json()["type"]) == (
        409,
        "urn:precedent:problem:stale-cursor",
    )
    assert "the index has changed" in answer.json()["detail"]
    assert client.post("/v1/search", json={"query": "counsel", "offset": 2}).status_code == 200


def make_collection(client: TestClient, name: str) -> int:
    return int(client.post("/v1/collections", json={"name": name}).json()["id"])


def test_what_is_kept_comes_page_by_page(client: TestClient) -> None:
    for name in "abcde":
        at = make_collection(client, name)
        client.post("/v1/searches", json={"name": name, "request": {"query": name}})
    for n in range(1, 6):
        client.post(f"/v1/collections/{at}/entries", json={"passage_id": f"X_0{n}:en:1"})
    for path, of in (("/v1/collections", "collections"), ("/v1/searches", "searches")):
        names = [[each["name"] for each in page] for page in pages(client, path, of, k=2)]
        assert names == [["e", "d"], ["c", "b"], ["a"]]
    entries = [[e["id"] for e in page] for page in
               pages(client, f"/v1/collections/{at}/entries", "entries", k=2)]  # fmt: skip
    assert entries == [[1, 2], [3, 4], [5]]


def test_entries_go_on_behind_the_last_one_whatever_moves_or_goes(client: TestClient) -> None:
    at = make_collection(client, "a")
    place = f"/v1/collections/{at}/entries"
    for n in range(1, 7):
        client.post(place, json={"passage_id": f"X_0{n}:en:1"})
    following = pages(client, place, "entries", k=2)
    assert [each["id"] for each in next(following)] == [1, 2]
    client.post(place, json={"passage_id": "X_07:en:1", "position": 0})
    assert [each["id"] for each in next(following)] == [3, 4]
    client.delete(f"{place}/4")
    assert [each["id"] for each in next(following)] == [5, 6]


def test_jobs_come_page_by_page(client: TestClient) -> None:
    for _ in range(3):
        assert client.post("/v1/index/rebuild").status_code == 202
    whole = [each["job_id"] for each in client.get("/v1/jobs").json()["jobs"]]
    assert len(whole) == 4
    found = [each["job_id"] for page in pages(client, "/v1/jobs", "jobs", k=3) for each in page]
    assert found == whole


LISTS = ["/v1/documents", "/v1/quality", "/v1/collections", "/v1/searches", "/v1/jobs",
         "/v1/alerts", "/v1/collections/1/entries"]  # fmt: skip


def test_a_cursor_that_no_answer_gave_is_refused(client: TestClient) -> None:
    make_collection(client, "a")
    for path in (*LISTS, LIKE, "/v1/search?q=a"):
        for cursor in ("x", "%00", "AAAA", "A" * 400, "é", " ", "e30"):
            joined = "&" if "?" in path else "?"
            answer = client.get(f"{path}{joined}cursor={cursor}")
            assert answer.status_code == 422, (path, cursor)
            assert "cursor" in answer.json()["detail"]


def test_a_cursor_of_another_list_or_of_other_filters_is_refused(client: TestClient) -> None:
    cursor = client.get("/v1/documents?k=1").json()["next_cursor"]
    for path in ("/v1/quality", "/v1/jobs", "/v1/search?q=a", "/v1/documents?language=en",
                 "/v1/documents?q=X"):  # fmt: skip
        joined = "&" if "?" in path else "?"
        answer = client.get(f"{path}{joined}cursor={cursor}")
        assert answer.status_code == 422, path
        assert "belongs to another list" in answer.json()["detail"]
    found = client.post("/v1/search", json={"query": "counsel", "k": 1}).json()["next_cursor"]
    for other in ({"query": "refused"}, {"query": "counsel", "sort": "newest"}):
        assert client.post("/v1/search", json={**other, "cursor": found}).status_code == 422


def test_an_altered_cursor_is_refused() -> None:
    cursor = encode_cursor("list", 5)
    for at in range(len(cursor)):
        other = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        with pytest.raises(QueryError, match="is not one that an answer gave"):
            decode_cursor(other, "list", int)


def test_no_answer_is_given_for_a_cursor_made_with_care(client: TestClient) -> None:
    """The check sum is no secret: what a cursor holds is bounded all the same."""
    make_collection(client, "a")
    for n in range(1, 4):
        client.post("/v1/collections/1/entries", json={"passage_id": f"X_0{n}:en:1"})
    for passed in (-5, 0, 10**30):
        cursor = encode_cursor("entries 1", 99, passed)
        answer = client.get(f"/v1/collections/1/entries?cursor={cursor}")
        assert answer.status_code == 200, passed


SMALL = st.integers(0, 30)


@settings(deadline=None)
@given(st.sets(SMALL), st.integers(1, 5), st.lists(st.sets(SMALL, max_size=5), max_size=31))
def test_pages_by_key_lose_and_repeat_nothing_that_stays(
    held: set[int], k: int, between: list[set[int]]
) -> None:
    rows = sorted(held)
    staying = set(rows)
    shown: list[int] = []
    cursor = None
    while True:
        page = page_by_key(rows, lambda row: (row,), of="n", types=(int,), k=k, cursor=cursor)
        shown += page.rows
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
        changed = between.pop() if between else set()  # what comes or goes before the next page
        staying -= changed
        rows = sorted(set(rows) ^ changed)
    assert shown == sorted(set(shown))
    assert staying <= set(shown)


@settings(deadline=None)
@given(st.lists(st.text(), unique=True), st.integers(1, 5))
def test_pages_in_an_order_of_their_own_come_whole(rows: list[str], k: int) -> None:
    step: Callable[[str | None], Any] = lambda cursor: page_after(  # noqa: E731
        rows, lambda row: row, of="n", kind=str, k=k, cursor=cursor
    )
    page = step(None)
    shown = list(page.rows)
    while page.next_cursor is not None:
        page = step(page.next_cursor)
        shown += page.rows
    assert shown == rows
