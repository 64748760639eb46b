"""A client of the search service, typed from the service's own schemas.

from precedent_client import Client

with Client() as client:
for hit in client.search("access of detainees to a lawyer").hits:
print(hit.citation, hit.text)
"""

from precedent_client.addressing import DEFAULT_URL, api_url
from precedent_client.answers import Download
from precedent_client.async_client import AsyncClient
from precedent_client.client import Client
from precedent_client.drafts import AsyncPrecedentStream, PrecedentStream
from precedent_client.errors import (
    ForeignServiceError,
    RefusedError,
    ServiceAwayError,
    ServiceError,
    ServiceNotReadyError,
    ServiceSlowError,
    UnsafeKeyError,
)
from precedent_client.operations import TIMEOUT_S

__all__ = [
    "DEFAULT_URL",
    "TIMEOUT_S",
    "AsyncClient",
    "AsyncPrecedentStream",
    "Client",
    "Download",
    "ForeignServiceError",
    "PrecedentStream",
    "RefusedError",
    "ServiceAwayError",
    "ServiceError",
    "ServiceNotReadyError",
    "ServiceSlowError",
    "UnsafeKeyError",
    "api_url",
]
