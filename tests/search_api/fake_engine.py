"""An engine without an index: three documents of an invented State, ranked by shared words."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from corpus.errors import PrecedentError, QueryError, SymbolError, UnknownNameError
from search_api.keeping.census import census
from search_api.schemas import (
    Concern,
    Document,
    DocumentConcerns,
    DocumentList,
    DocumentSummary,
    Facets,
    FacetValue,
    Filters,
    Hit,
    HitGroup,
    Info,
    ModelInfo,
    Neighbours,
    Passage,
    QualityReport,
    Scores,
    SearchRequest,
    SearchResponse,
    Twins,
    VectorIndexInfo,
)
from search_api.selection import selection_of
from search_api.settings import Settings
from search_api.standing import standing_of
from tests.search_api.fake_bench import FakeBench
from tests.search_api.fake_reader import FakeReader
from tests.search_api.fake_trends import FakeTrends

TITLES = {
    ("A/HRC/15/16", "en"): "Report of the Working Group: Freedonia",
    ("A/HRC/15/16", "ru"): "Доклад Рабочей группы: Фредония",
    ("F/HRC/2", "en"): "Statement on Freedonia",
}

WORDS = (
    "detainees and a lawyer of their choice",
    "access to a lawyer",
    "detainees",
    "water and food",
    "schools",
)


def make_passage(symbol: str, language: str, number: int) -> Passage:
    key = f"{symbol.replace('/', '_')}:{language}"
    return Passage(
        passage_id=f"{key}:{number}",
        document_id=key,
        symbol=symbol,
        title=TITLES[symbol, language],
        number=str(number),
        paragraph_id=str(number),
        paragraph_kind="body",
        part=1,
        parts=1,
        pages=(number // 4 + 1,),
        section=("I. Findings",),
        kind="upr-report",
        body="Working Group of Freedonia",
        country=("BLR",),
        date="2010",
        year=2010,
        language=language,
        standing=standing_of("upr-report", None),
        text=WORDS[number % len(WORDS)],
        citation=f"{symbol}, para. {number}",
    )


PASSAGES = tuple(make_passage(*key, number) for key in TITLES for number in range(1, 21))


class FakeEngine:
    """Answers from `PASSAGES`.

    Attributes:
        before_search: called with each request before it is answered; may raise or block.
        closed: whether `close` was called.
        asked: every request that came.
    """

    def __init__(self, generation: int = 1) -> None:
        self.generation = generation
        self.before_search: Callable[[SearchRequest], None] = lambda request: None
        self.closed = threading.Event()
        self.asked: list[SearchRequest] = []
        self.warmed = False

    identity = "freedonia"

    @property
    def bench(self) -> FakeBench:
        return FakeBench()

    @property
    def reader(self) -> FakeReader:
        return FakeReader()

    @property
    def trends(self) -> FakeTrends:
        return FakeTrends()

    def _alive(self) -> None:
        assert not self.closed.is_set(), "a closed engine was asked"

    def warm(self) -> None:
        self.warmed = True

    def prepare(self, requests: Sequence[SearchRequest]) -> None:
        self._alive()

    def search(self, request: SearchRequest) -> SearchResponse:
        self._alive()
        self.asked.append(request)
        self.before_search(request)
        if request.cursor is not None and not request.cursor.isdecimal():
            raise QueryError("cursor", "is not one of this service", "leave it out")
        offset = request.offset if request.cursor is None else int(request.cursor[:6])
        words = set(request.query.lower().split())
        scored = [
            (len(words & set(passage.text.split())) / max(len(words), 1), passage)
            for passage in allowed(request.filters)
        ]
        ranked = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
        page = ranked[offset : offset + request.k]
        hits = tuple(
            make_hit(passage, score, rank) for rank, (score, passage) in enumerate(page, offset + 1)
        )
        more = offset + request.k < len(ranked)
        response = SearchResponse(
            query=request.query,
            interpretation="words" if words else "empty",
            total=len(ranked),
            allowed=len(scored),
            k=request.k,
            offset=offset,
            next_cursor=str(offset + request.k) if more else None,
            hits=hits,
            took_ms={"rank": 0.1},
        )
        self._alive()
        return _grouped(response) if request.group_by_document else response

    def passage(self, passage_id: str, *, before: int = 2, after: int = 2) -> Neighbours:
        index = _index(passage_id)
        passage = PASSAGES[index]
        around = [one for one in PASSAGES if one.document_id == passage.document_id]
        place = around.index(passage)
        return Neighbours(
            passage=passage,
            before=tuple(around[max(0, place - before) : place]),
            after=tuple(around[place + 1 : place + 1 + after]),
        )

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        by_id = {one.passage_id: one for one in PASSAGES}
        return [by_id[each] for each in dict.fromkeys(passage_ids) if each in by_id]

    def census(self) -> bytes:
        return census((one.passage_id, sha256(one.text.encode()).digest()) for one in PASSAGES)

    def similar(
        self,
        passage_id: str,
        *,
        k: int = 10,
        offset: int = 0,
        cursor: str | None = None,
        filters: Filters | None = None,
    ) -> SearchResponse:
        if cursor is not None:  # `test_paging` asks a real index
            raise QueryError("the cursor", "was not given by this list", "begin without one")
        text = PASSAGES[_index(passage_id)].text
        asked = SearchRequest(query=text, k=k, offset=offset, filters=filters or Filters())
        return self.search(asked)

    def twins(self, passage_id: str) -> Twins:
        here = PASSAGES[_index(passage_id)]
        same = (one for one in PASSAGES if (one.symbol, one.number) == (here.symbol, here.number))
        return Twins(passage=here, twins=tuple(p for p in same if p.language != here.language))

    def quality(self, *, offset: int, k: int, cursor: str | None = None) -> QualityReport:
        gap = Concern(code="gaps", weight=0.5, message="paragraph number 21 is missing")
        if cursor is not None:  # `test_paging` asks a real index
            raise QueryError("the cursor", "was not given by this list", "begin without one")
        worst = tuple(
            DocumentConcerns(
                document_id=f"{symbol.replace('/', '_')}:{language}",
                symbol=symbol,
                title=title,
                language=language,
                source="freedonia.txt",
                score=0.5,
                concerns=(gap,),
            )
            for (symbol, language), title in TITLES.items()
        )
        return QualityReport(
            documents=3,
            numbered=3,
            without_gap=0,
            paragraphs=60,
            missing=3,
            ocr=0,
            concerns={"gaps": 3},
            total=3,
            offset=offset,
            worst=worst[offset : offset + k],
        )

    def document(self, symbol: str, *, language: str | None = None) -> Document:
        if symbol == "not a symbol":
            raise SymbolError(symbol, "is not a document symbol", "write it as in A/HRC/15/16")
        contents = tuple(
            one
            for one in PASSAGES
            if one.document_id == symbol or (one.symbol == symbol and one.language == language)
        ) or tuple(one for one in PASSAGES if one.symbol == symbol and language is None)
        if not contents:
            raise UnknownNameError(symbol, "no such document", "GET /v1/documents lists them")
        summary = summarise(contents[0])
        return Document(**summary.model_dump(), contents=contents)

    def documents(
        self,
        *,
        filters: Filters,
        text: str | None,
        offset: int,
        k: int,
        cursor: str | None = None,
    ) -> DocumentList:
        if cursor is not None:  # it has one page, and gives none
            raise QueryError("the cursor", "was not given by this list", "begin without one")
        firsts = {one.document_id: one for one in reversed(allowed(filters))}
        found = [
            summarise(one)
            for one in sorted(firsts.values(), key=lambda one: one.document_id)
            if not text or text in f"{one.symbol} {one.title}"
        ]
        page = tuple(found[offset : offset + k])
        return DocumentList(total=len(found), offset=offset, documents=page)

    def facets(self, filters: Filters) -> Facets:
        counts = Counter(one.language or "" for one in allowed(filters))
        return Facets(
            language=tuple(
                FacetValue(value=value, label=value, passages=number, documents=1)
                for value, number in counts.most_common()
            )
        )

    def info(self) -> Info:
        return Info(
            version="0",
            model=ModelInfo(name="fake", digest="0" * 64, precision="fp32", dim=8, max_tokens=16),
            vector_index=VectorIndexInfo(kind="auto", exact=len(PASSAGES), coded=0),
            generation=self.generation,
            schema_version=1,
            published_at="2025-01-01T00:00:00Z",
            documents=len(TITLES),
            paragraphs=len(PASSAGES),
            passages=len(PASSAGES),
        )

    def close(self) -> None:
        self.closed.set()


def allowed(filters: Filters) -> list[Passage]:
    selection_of(filters)  # raises what the engine does
    first, last = filters.year_from or 0, filters.year_to or 9999
    return [
        one
        for one in PASSAGES
        if (not filters.kind or one.kind in filters.kind)
        and (not filters.body or one.body in filters.body)
        and (not filters.country or set(one.country) & set(filters.country))
        and (not filters.language or one.language in filters.language)
        and (not filters.symbol or one.symbol in filters.symbol)
        and first <= (one.year or 0) <= last
    ]


def make_hit(passage: Passage, score: float, rank: int) -> Hit:
    return Hit(
        **passage.model_dump(), rank=rank, score=score, scores=Scores(fused=score, lexical=score)
    )


def _grouped(response: SearchResponse) -> SearchResponse:
    by_document: dict[str, list[Hit]] = {}
    for hit in response.hits:
        by_document.setdefault(hit.document_id, []).append(hit)
    groups = tuple(
        HitGroup(
            rank=rank,
            document_id=key,
            symbol=hits[0].symbol,
            title=hits[0].title,
            score=hits[0].score,
            hits=tuple(hits),
        )
        for rank, (key, hits) in enumerate(by_document.items(), 1)
    )
    return response.model_copy(update={"hits": (), "groups": groups})


def _index(passage_id: str) -> int:
    for index, passage in enumerate(PASSAGES):
        if passage.passage_id == passage_id:
            return index
    raise UnknownNameError(passage_id, "no such passage", "take an id from a hit")


def summarise(passage: Passage) -> DocumentSummary:
    return DocumentSummary(
        document_id=passage.document_id,
        symbol=passage.symbol,
        title=passage.title,
        kind=passage.kind,
        body=passage.body,
        year=passage.year,
        language=passage.language,
        source="freedonia.txt",
        sha256="0" * 64,
        paragraphs=20,
        passages=20,
    )


class FakeOpener:
    """Publishes what a test says: `generation`, and what opening it gives or raises."""

    def __init__(self, engines: Iterable[FakeEngine] = (), generation: int | None = None) -> None:
        self.engines = {engine.generation: engine for engine in engines}
        self.generation = generation
        self.fault: Exception | None = None
        self.opened: list[int] = []
        self.gate = threading.Event()
        self.gate.set()

    @classmethod
    def of(cls, engine: FakeEngine) -> FakeOpener:
        return cls([engine], engine.generation)

    def publish(self, engine: FakeEngine) -> None:
        self.engines[engine.generation] = engine
        self.generation = engine.generation

    def published(self) -> int | None:
        return self.generation

    def open(self) -> FakeEngine:
        generation = self.generation
        assert generation is not None
        self.opened.append(generation)
        assert self.gate.wait(10)
        if self.fault is not None:
            raise self.fault
        return self.engines[generation]


class BareError(PrecedentError):
    """A deliberate error that no row of the table fits."""


TEST_HOST = "testserver"
"""What Starlette's test client calls the service."""


def fake_settings(**given: object) -> Settings:
    """Return settings that touch nothing of this machine, and let Starlette's test client in."""
    places = {"index_dir": Path("index"), "library_file": Path("/dev/null/library.sqlite")}
    known = {"allowed_hosts": (TEST_HOST,), "poll_s": 0.01}
    return Settings.model_validate({**places, **known, **given})
