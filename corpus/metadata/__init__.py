"""Metadata of a document, from what it prints: unknown is None, never guessed."""

from corpus.metadata.describe import Metadata, describe_flow, describe_pages

__all__ = ["Metadata", "describe_flow", "describe_pages"]
