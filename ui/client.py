"""The page's side of the HTTP contract: typed calls in, `search_api.schemas` out.

Everything that can go wrong between the page and the service becomes one of five errors, so that
the page can say what to do about it:

ServiceError
 ├─ ServiceAwayError      nothing listens, or the connection broke
 ├─ ServiceSlowError      no answer in time, or it is too busy (503)
 ├─ ServiceNotReadyError  it answers that it has no index or no model (503)
 ├─ RefusedError          it answers with another problem, whose detail is for the reader
 └─ ForeignServiceError   what answers is not Precedent, or of another version
"""

from __future__ import annotations

import os
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from search_api.schemas import (
    Document,
    Facets,
    Filters,
    Info,
    Neighbours,
    Problem,
    Readiness,
    SearchRequest,
    SearchResponse,
)

__all__ = [
    "DEFAULT_API_URL",
    "TIMEOUT_S",
    "ApiClient",
    "ForeignServiceError",
    "RefusedError",
    "ServiceAwayError",
    "ServiceError",
    "ServiceNotReadyError",
    "ServiceSlowError",
    "api_url",
]

DEFAULT_API_URL = "http://127.0.0.1:8000"
CONNECT_TIMEOUT_S = 3.0
TIMEOUT_S = 35.0
"""A little more than the service gives itself (30 s), so that its own words for it arrive."""

Answer = TypeVar("Answer", bound=BaseModel)


class ServiceError(Exception):
    """Something between the page and the search service went wrong.

    Attributes:
        url: Address of the service.
        detail: What went wrong, for the reader.
    """

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(f"{url}: {detail}")
        self.url = url
        self.detail = detail


class ServiceAwayError(ServiceError):
    """Nothing answers at the address."""


class ServiceSlowError(ServiceError):
    """The service did not answer in time, or said that it is too busy to."""


class ServiceNotReadyError(ServiceError):
    """The service runs but cannot search.

    Attributes:
        lacks_index: Whether an index is what it lacks; else the detail says what.
    """

    def __init__(self, url: str, detail: str, *, lacks_index: bool = True) -> None:
        super().__init__(url, detail)
        self.lacks_index = lacks_index


class RefusedError(ServiceError):
    """The service answered with a problem.

    Attributes:
        title: Kind of problem.
        status: HTTP status.
    """

    def __init__(self, url: str, title: str, status: int, detail: str) -> None:
        super().__init__(url, detail)
        self.title = title
        self.status = status


class ForeignServiceError(ServiceError):
    """What answers does not speak the contract."""


def api_url() -> str:
    """Return the address of the search service: PRECEDENT_API_URL, else port 8000 here."""
    return os.environ.get("PRECEDENT_API_URL") or DEFAULT_API_URL


class ApiClient:
    """Calls to one search service. Safe to share between threads, as `httpx.Client` is."""

    def __init__(
        self,
        url: str = DEFAULT_API_URL,
        *,
        timeout_s: float = TIMEOUT_S,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Prepare the calls; nothing is contacted yet.

        Args:
            url: Address of the service.
            timeout_s: Longest wait for an answer.
            transport: Stands in for the network in tests.
        """
        self.url = url.rstrip("/")
        self.timeout_s = timeout_s
        # Proxies and credentials from the environment are ignored: a query is for this service
        # only, and a proxy that is set for the web would otherwise be shown it.
        self._http = httpx.Client(
            base_url=self.url,
            timeout=httpx.Timeout(timeout_s, connect=min(CONNECT_TIMEOUT_S, timeout_s)),
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            headers={"Accept": "application/json"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the passages that answer, best first."""
        return self._post("/v1/search", request, SearchResponse)

    def similar(self, passage_id: str, k: int, filters: Filters) -> SearchResponse:
        """Return the passages nearest to one, best first, without itself."""
        params = {"k": [str(k)], **_filter_params(filters)}
        return self._get(f"/v1/similar/{_segment(passage_id)}", SearchResponse, params)

    def neighbours(self, passage_id: str, before: int, after: int) -> Neighbours:
        """Return a passage with those around it in its document."""
        return self._get(
            f"/v1/passages/{_segment(passage_id)}",
            Neighbours,
            {"before": [str(before)], "after": [str(after)]},
        )

    def document(self, symbol: str) -> Document:
        """Return a document with its passages in reading order."""
        return self._get(f"/v1/documents/{quote(symbol, safe='/')}", Document)

    def facets(self, filters: Filters) -> Facets:
        """Return the values to filter by, with the counts that the given filters leave."""
        return self._get("/v1/facets", Facets, _filter_params(filters))

    def info(self) -> Info:
        """Return what is served."""
        return self._get("/v1/info", Info)

    def readiness(self) -> Readiness:
        """Return whether searches can be answered; a 503 is an answer here, not an error."""
        response = self._send("GET", "/readyz")
        try:
            return Readiness.model_validate_json(response.content)
        except ValidationError:
            if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                return Readiness(ready=False, reason=self._problem(response).detail)
            return self._read(response, Readiness)

    def _get(
        self,
        path: str,
        answer: type[Answer],
        params: dict[str, list[str]] | None = None,
    ) -> Answer:
        return self._read(self._send("GET", path, params=params), answer)

    def _post(self, path: str, body: BaseModel, answer: type[Answer]) -> Answer:
        return self._read(self._send("POST", path, content=body.model_dump_json()), answer)

    def _send(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, list[str]] | None = None,
        content: str | None = None,
    ) -> httpx.Response:
        headers = {"Content-Type": "application/json"} if content is not None else {}
        try:
            return self._http.request(method, path, params=params, content=content, headers=headers)
        except httpx.ConnectTimeout as error:
            raise ServiceAwayError(self.url, "the connection was not accepted in time") from error
        except httpx.TimeoutException as error:
            raise ServiceSlowError(self.url, f"no answer in {self.timeout_s:.0f} s") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServiceAwayError(self.url, str(error) or type(error).__name__) from error

    def _read(self, response: httpx.Response, answer: type[Answer]) -> Answer:
        if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            problem = self._problem(response)
            kind = problem.type.rpartition(":")[2]
            if kind == "busy":
                raise ServiceSlowError(self.url, problem.detail)
            lacks_index = kind in {"index", "blank"}  # "about:blank" names no kind
            raise ServiceNotReadyError(self.url, problem.detail, lacks_index=lacks_index)
        if not response.is_success:
            problem = self._problem(response)
            raise RefusedError(self.url, problem.title, problem.status, problem.detail)
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            cause = f"{error.error_count()} fields are not as expected"
            raise ForeignServiceError(self.url, cause) from error

    def _problem(self, response: httpx.Response) -> Problem:
        try:
            return Problem.model_validate_json(response.content)
        except ValidationError as error:
            if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                return Problem(title="Unavailable", status=503, detail="it is not ready")
            cause = f"HTTP status {response.status_code} without a description"
            raise ForeignServiceError(self.url, cause) from error


def _filter_params(filters: Filters) -> dict[str, list[str]]:
    params: dict[str, list[str]] = {
        name: list(values)
        for name in ("kind", "body", "country", "language", "symbol")
        if (values := getattr(filters, name))
    }
    if filters.year_from is not None or filters.year_to is not None:
        params["year"] = [f"{filters.year_from or ''}..{filters.year_to or ''}"]
    return params


def _segment(passage_id: str) -> str:
    return quote(passage_id, safe="")
