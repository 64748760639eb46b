"""What can go wrong between a program and the service.

Everything becomes one of these, so that a caller can say what to do about it:

ServiceError
 ├─ ServiceAwayError      nothing listens, or the connection broke
 ├─ ServiceSlowError      no answer in time, too busy (503), or asked too often (429)
 ├─ ServiceNotReadyError  it answers that it has no index or no model (502, 503, 504)
 ├─ RefusedError          it answers with another problem, whose detail is for the reader
 ├─ ForeignServiceError   what answers is not Precedent, or of another version
 └─ UnsafeKeyError        the key would travel where others can read it; nothing was sent
"""

from __future__ import annotations

from search_api.schemas import Problem

__all__ = [
    "ForeignServiceError",
    "RefusedError",
    "ServiceAwayError",
    "ServiceError",
    "ServiceNotReadyError",
    "ServiceSlowError",
    "UnsafeKeyError",
]


class ServiceError(Exception):
    """Something between the caller and the search service went wrong.

    Attributes:
        url: Address of the service.
        detail: What went wrong, for the reader.
        problem: What the service answered (RFC 9457); None where it answered nothing of the kind.
        retry_after_s: Seconds after which asking again makes sense, where the service said so.
    """

    problem: Problem | None = None
    retry_after_s: float | None = None

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(f"{url}: {detail}" if url else detail)
        self.url = url
        self.detail = detail

    def add(self, more: str) -> None:
        """Say more behind the detail."""
        ServiceError.__init__(self, self.url, f"{self.detail}{more}")


class ServiceAwayError(ServiceError):
    """Nothing answers at the address."""


class ServiceSlowError(ServiceError):
    """The service did not answer in time, or said that too much is asked of it."""


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


class UnsafeKeyError(ServiceError):
    """The key is not sent: the way there is not encrypted, or the key is none."""
