"""Ranking: filters first, then candidates by words, pairs and meaning, then one order of them."""

from search_api.ranking.grouping import grouped
from search_api.ranking.meaning import Meaning, meaning_of
from search_api.ranking.order import candidates, gather, rank
from search_api.ranking.question import PASTED_WORDS, Question, Ranking

__all__ = [
    "PASTED_WORDS",
    "Meaning",
    "Question",
    "Ranking",
    "candidates",
    "gather",
    "grouped",
    "meaning_of",
    "rank",
]
