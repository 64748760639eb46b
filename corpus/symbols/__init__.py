"""Document symbols: their grammar, and finding them in text and addresses."""

from corpus.symbols.finding import document_url, find_symbols, symbol_from_url
from corpus.symbols.grammar import (
    Symbol,
    fold,
    fold_letters,
    is_symbol,
    normalise_symbol,
    parse_symbol,
)

__all__ = [
    "Symbol",
    "document_url",
    "find_symbols",
    "fold",
    "fold_letters",
    "is_symbol",
    "normalise_symbol",
    "parse_symbol",
    "symbol_from_url",
]
