"""How often something is said, by year and by body, and in which words."""

from search_api.trends.room import TrendRoom

__all__ = ["TrendRoom"]
