"""The client of the search service, under the name that people look for: `precedent.client`."""

from precedent_client import AsyncClient, Client, ServiceError

__all__ = ["AsyncClient", "Client", "ServiceError"]
