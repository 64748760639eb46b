"""The connection of the page to the search service."""
