"""The paths of the service, by what they are about."""

from search_api.routes import documents, search, service

__all__ = ["documents", "search", "service"]
