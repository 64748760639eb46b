"""A small search service with an invented corpus, over real HTTP on 127.0.0.1.

It answers in the classes of the contract and filters, groups and pages as the real one does, but
ranks by shared words only. `answer` is the service without HTTP, so that tests of the page can use
it through `httpx.MockTransport` as well.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import BaseModel, ValidationError

from search_api.schemas import (
    Concern,
    DocumentConcerns,
    Facets,
    Filters,
    Highlight,
    Hit,
    HitGroup,
    Info,
    ModelInfo,
    Neighbours,
    Passage,
    Problem,
    QualityReport,
    Readiness,
    Scores,
    SearchRequest,
    SearchResponse,
    TableFile,
    TableRow,
    TableRows,
    TableRowsRequest,
    TellingRequest,
    TrendFileRequest,
    TrendsRequest,
    Twins,
    Unread,
    VectorIndexInfo,
)
from tests.browser import fake_trends
from tests.browser.fake_asides import asides, counted, in_order
from tests.browser.fake_corpus import FakeCorpus
from tests.browser.fake_library import KEPT, FakeLibrary
from tests.browser.fake_reading import FakeFile, page_image, reading, served
from tests.browser.invented_corpus import HOSTILE, corpus


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if len(word) > 3]


def _allowed(passages: list[Passage], filters: Filters) -> list[Passage]:
    def allows(passage: Passage) -> bool:
        year = passage.year or 0
        return (
            (not filters.kind or passage.kind in filters.kind)
            and (not filters.body or passage.body in filters.body)
            and (not filters.country or bool({*filters.country} & {*passage.country}))
            and (not filters.language or passage.language in filters.language)
            and (not filters.symbol or passage.symbol in filters.symbol)
            and (filters.year_from is None or year >= filters.year_from)
            and (filters.year_to is None or year <= filters.year_to)
        )

    return [passage for passage in passages if allows(passage)]


def _hit(passage: Passage, rank: int, score: float, query: str) -> Hit:
    wanted = set(_words(query))
    marks = [
        Highlight(start=m.start(), end=m.end(), kind="word")
        for m in re.finditer(r"\w+", passage.text)
        if m.group().lower() in wanted
    ]
    for phrase in re.findall(r'"([^"]+)"', query):
        at = passage.text.find(phrase)
        if at >= 0:
            end = at + len(phrase)
            marks = [m for m in marks if m.end <= at or m.start >= end]
            marks.append(Highlight(start=at, end=end, kind="phrase"))
    if not marks:
        end = passage.text.find(". ") + 1 or len(passage.text)
        marks = [Highlight(start=0, end=end, kind="sentence")]
    return Hit(
        **passage.model_dump(),
        rank=rank,
        score=score,
        scores=Scores(fused=score, lexical=score * 20, dense=None),
        highlights=tuple(sorted(marks, key=lambda m: m.start)),
    )


class AskedFor(BaseModel):
    """Stands for a file: what was asked for, so that tests see that it arrives."""

    path: str
    body: str


def _table_read(file: TableFile) -> tuple[int, BaseModel]:
    head, *lines = file.content.decode().splitlines()
    if head != "Issue":
        return _problem(422, "The request cannot be used", f"{file.name}: has none of the columns")
    return 200, TableRows(rows=tuple(TableRow(issue=line) for line in lines))


class FakeService:
    """The service without HTTP.

    Attributes:
        ready: False makes it answer as a service that has no index.
        library: Collections and saved searches.
        asked: Path and query of every request, in order.
    """

    def __init__(self) -> None:
        self.passages = corpus()
        self.corpus = FakeCorpus(self.passages)
        self.ready = True
        self.library = FakeLibrary(self)
        self.asked: list[str] = []

    def answer(self, method: str, target: str, body: bytes = b"") -> tuple[int, BaseModel]:
        """Answer one request with a status and an object of the contract."""
        self.asked.append(f"{method} {target}")
        parts = urlsplit(target)
        path, params = unquote(parts.path), parse_qs(parts.query)
        if not self.ready:
            kind = "urn:precedent:problem:index"
            detail = "index: nothing has been published there; run `precedent index PATH`"
            return _problem(503, "No index can be searched", detail, kind)
        if path == "/readyz":
            return 200, Readiness(ready=True, reason=None)
        if path == "/v1/info":
            return 200, self._info()
        if path == "/v1/facets":
            return 200, self._facets(_filters(params))
        if path == "/v1/search" and method == "POST":
            try:
                return 200, self._search(SearchRequest.model_validate_json(body))
            except ValidationError as error:
                return _problem(422, "The request is not valid", str(error.errors()[0]["msg"]))
        if path.startswith("/v1/reading/"):
            named = path.removeprefix("/v1/reading/")
            found = reading(self.passages, named, params)
            missing = _problem(404, "No such document or passage", "no such document or paragraph")
            return missing if found is None else (200, found)
        if path.startswith("/v1/pages/"):
            return 200, page_image()
        if path.startswith("/v1/originals/"):
            return 200, FakeFile(content=b"%PDF-", headers={"Content-Type": "application/pdf"})
        if path.startswith(KEPT):
            return self.library.answer(method, path, params, body)
        if (told := self.corpus.answer(method, path, params, body)) is not None:
            return 200, told
        if path == "/v1/quality":
            return 200, _quality(int(params["offset"][0]), int(params["k"][0]))
        if path in {"/v1/export", "/v1/table"}:
            return 200, AskedFor(path=path, body=body.decode())
        if path == "/v1/table/rows":
            return 200, self._table_rows(TableRowsRequest.model_validate_json(body))
        if path == "/v1/table/read":
            return _table_read(TableFile.model_validate_json(body))
        if path.startswith("/v1/trends"):
            return 200, self._trends(path, body)
        name, _, passage_id = path.removeprefix("/v1/").partition("/")
        places = [at for at, p in enumerate(self.passages) if p.passage_id == passage_id]
        if not places or name not in {"passages", "similar", "twins"}:
            return _problem(404, "No such document or passage", f"{path}: no such passage")
        if name == "similar":
            return 200, self._similar(places[0], _filters(params), int(params["k"][0]))
        if name == "twins":
            return 200, self._twins(places[0])
        before, after = int(params["before"][0]), int(params["after"][0])
        return 200, self._neighbours(places[0], before, after)

    def _trends(self, path: str, body: bytes) -> BaseModel:
        if path == "/v1/trends/words":
            return fake_trends.telling(TellingRequest.model_validate_json(body))
        if path == "/v1/trends/file":
            file = TrendFileRequest.model_validate_json(body)
            return fake_trends.csv_file(file, _allowed(self.passages, file.filters))
        asked = TrendsRequest.model_validate_json(body)
        return fake_trends.trends(asked, _allowed(self.passages, asked.filters))

    def _table_rows(self, asked: TableRowsRequest) -> TableRows:
        named = {name: p for p in self.passages for name in (p.passage_id, p.citation)}
        found = [named[each] for each in asked.references if each in named]
        return TableRows(
            rows=tuple(
                TableRow(issue="Detention", suggested_language=p.text, un_reference=p.citation)
                for p in found
            ),
            missing=tuple(f"{e}: no such" for e in asked.references if e not in named),
        )

    def _info(self) -> Info:
        model = ModelInfo(
            name="fake-words", digest="0" * 64, precision="bf16", dim=8, max_tokens=512
        )
        documents = len({p.document_id for p in self.passages})
        return Info(
            version="0.1.0",
            model=model,
            vector_index=VectorIndexInfo(kind="auto", exact=len(self.passages), coded=0),
            generation=3,
            schema_version=1,
            published_at="2025-05-04T10:00:00Z",
            documents=documents,
            paragraphs=len(self.passages),
            passages=len(self.passages),
            languages=("en", "ru", "ar"),
        )

    def _facets(self, filters: Filters) -> Facets:
        return counted(lambda held: _allowed(self.passages, held), filters)

    def _search(self, asked: SearchRequest) -> SearchResponse:
        allowed = _allowed(self.passages, asked.filters)
        wanted = Counter(_words(asked.query))

        def found(filters: Filters) -> list[tuple[int, Passage]]:
            scored = [
                (sum(wanted[w] for w in set(_words(p.text))), p)
                for p in _allowed(self.passages, filters)
            ]
            return sorted((s for s in scored if s[0]), key=lambda s: -s[0])

        ranked = found(asked.filters)
        top = max((score for score, _ in ranked), default=1)
        hits = [
            _hit(passage, rank, round(score / top, 3), asked.query)
            for rank, (score, passage) in enumerate(ranked, start=1)
        ]
        hits = in_order(hits, asked)
        beside = asides(
            asked,
            lambda filters: [p for _, p in found(filters)],
            [p.symbol for p in self.passages if p.symbol],
        )
        last = asked.offset + asked.k
        groups: list[HitGroup] = []
        if asked.group_by_document:
            by_document: dict[str, list[Hit]] = {}
            for hit in hits:
                by_document.setdefault(hit.document_id, []).append(hit)
            groups = [
                HitGroup(
                    rank=rank,
                    document_id=key,
                    symbol=found[0].symbol,
                    title=found[0].title,
                    score=found[0].score,
                    hits=tuple(found[:3]),
                )
                for rank, (key, found) in enumerate(by_document.items(), start=1)
            ]
        listed = groups or hits
        return SearchResponse(
            query=asked.query,
            interpretation="citation" if ", para." in asked.query else "words",
            warnings=("A lone quotation mark was read as nothing.",)
            if asked.query.count('"') % 2
            else (),
            total=len(listed),
            allowed=len(allowed),
            k=asked.k,
            offset=asked.offset,
            next_cursor=f"after-{last}" if last < len(listed) else None,
            hits=() if asked.group_by_document else tuple(hits[asked.offset : last]),
            groups=tuple(groups[asked.offset : last]),
            took_ms={"encode": 3.0, "rank": 1.5, "total": 4.5},
            **beside,
        )

    def _similar(self, at: int, filters: Filters, k: int) -> SearchResponse:
        asked = SearchRequest(query=self.passages[at].text, k=k + 1, filters=filters)
        response = self._search(asked)
        others = [h for h in response.hits if h.passage_id != self.passages[at].passage_id][:k]
        ranked = tuple(h.model_copy(update={"rank": n}) for n, h in enumerate(others, start=1))
        return response.model_copy(update={"hits": ranked, "k": k, "next_cursor": None})

    def _twins(self, at: int) -> Twins:
        """Pair paragraphs of one number in documents of one symbol."""
        here = self.passages[at]
        twins = [
            p
            for p in self.passages
            if p.symbol == here.symbol and p.number == here.number and p.language != here.language
        ]
        return Twins(passage=here, twins=tuple(twins))

    def _neighbours(self, at: int, before: int, after: int) -> Neighbours:
        document = self.passages[at].document_id
        same = [p for p in self.passages if p.document_id == document]
        here = same.index(self.passages[at])
        return Neighbours(
            passage=same[here],
            before=tuple(same[max(0, here - before) : here]),
            after=tuple(same[here + 1 : here + 1 + after]),
        )


def _quality(offset: int, k: int) -> QualityReport:
    """Return concerns of thirty invented documents and two files that failed."""
    listed = tuple(
        DocumentConcerns(
            document_id=f"X_IRC_{n}:en",
            symbol=f"X/IRC/{n}",
            title=HOSTILE if n == 2 else f"Report number {n} of an invented council",
            language="en",
            source=f"X_IRC_{n}.pdf",
            score=round(1.5 - n / 30, 2),
            concerns=(
                Concern(code="gaps", weight=0.5, message=f"paragraph numbers {n}, {n + 3} missing"),
                Concern(code="no-date", weight=0.2, message="no date was found"),
            ),
        )
        for n in range(1, 31)
    )
    failed = Unread(
        source="scan.pdf", kind="no-text", reason="2 pages without text", at="2025-05-04T10:00:00Z"
    )
    return QualityReport(
        documents=112,
        numbered=100,
        without_gap=97,
        paragraphs=9812,
        missing=12,
        ocr=3,
        concerns={"gaps": 30, "no-date": 30},
        total=len(listed),
        offset=offset,
        worst=listed[offset : offset + k],
        unread_total=2,
        unread=(failed, failed.model_copy(update={"source": "<b>x</b>.pdf"})),
    )


def _problem(
    status: int, title: str, detail: str, kind: str = "about:blank"
) -> tuple[int, BaseModel]:
    return status, Problem(type=kind, title=title, status=status, detail=detail)


def _filters(params: dict[str, list[str]]) -> Filters:
    first, _, last = params.get("year", [".."])[0].partition("..")
    return Filters(
        **{name: tuple(params[name]) for name in LISTED if name in params},
        year_from=int(first) if first else None,
        year_to=int(last) if last else None,
    )


LISTED = ("kind", "body", "country", "language", "symbol")


class FakeApi:
    """The service on a port of 127.0.0.1, that can go down and come back at the same address."""

    def __init__(self) -> None:
        self.service = FakeService()
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen, at the address of the last time if there was one."""
        service = self.service

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _reply(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                status, answer = service.answer(self.command, self.path, body)
                content, headers = served(answer)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PATCH = do_DELETE = _reply  # noqa: N815

            def log_message(self, *args: object) -> None:
                """Keep the test's output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
