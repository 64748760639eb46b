"""The query language: how what people type is read, and what its filters mean in an index.

Reading (`parse_query`) knows no index: it tells phrases, exclusions, filters and symbols from
words. What a filter's value stands for is found in the index it is asked of (`narrow`).
"""

from search_api.query.fields import FieldValue
from search_api.query.narrowing import Narrowing, narrow, read_as
from search_api.query.reading import (
    MAX_SYNTAX_CHARACTERS,
    MAX_SYNTAX_WORDS,
    ParsedQuery,
    parse_query,
)
from search_api.query.symbols import sought_in
from search_api.query.values import unknown_values
from search_api.query.writing import as_typed

__all__ = [
    "MAX_SYNTAX_CHARACTERS",
    "MAX_SYNTAX_WORDS",
    "FieldValue",
    "Narrowing",
    "ParsedQuery",
    "as_typed",
    "narrow",
    "parse_query",
    "read_as",
    "sought_in",
    "unknown_values",
]
