"""Readable keys of documents and passages, derived from symbol, language and paragraph label.

`A/HRC/15/16` in English is `A_HRC_15_16:en`; its paragraph 12 is `A_HRC_15_16:en:12`; the second
part of that, were it split, `A_HRC_15_16:en:12.p2`. Keys are ASCII and need no quoting in a URL
path. `:` separates, so it stands in no component; what a paragraph label holds besides letters,
digits and `._~()-` is percent-encoded, and so is the point of a label that itself ends like a part
(`12.p2` as a label is `12%2Ep2`). Joining and splitting are therefore exact inverses.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePath
from urllib.parse import quote, unquote

from corpus.errors import SymbolError
from corpus.symbols import Symbol, parse_symbol
from corpus.types import DocumentKind

__all__ = [
    "document_id",
    "general_comment_number",
    "leading_symbol",
    "passage_id",
    "split_passage_id",
]

_GENERAL_COMMENT = re.compile(
    r"\bgeneral\s+(?:comment|recommendation)s?\s+No\.?\s*0*(\d+)", re.IGNORECASE
)
_PART = re.compile(r"(?P<label>.+)\.p(?P<part>[1-9]\d*)\Z", re.DOTALL)
_MAX_SLUG = 80


def leading_symbol(text: str | None) -> Symbol | None:
    """Return the symbol a reference opens with, leaving out a pinpoint after it.

    Lists give old general comments as "A/54/18, annex V" or "HRI/GEN/1/Rev.9 (Vol. I) p. 181".
    """
    if not text:
        return None
    stripped = re.sub(
        r"\s*,?\s*(?:p|pp|chap|annex|para|paras|part)\b\.?\s.*\Z", "", text, flags=re.I
    )
    stripped = re.sub(r"\s*,?\s*p\.\s*\d+.*\Z", "", stripped)
    for candidate in (text, stripped):
        try:
            return parse_symbol(candidate)
        except SymbolError:
            continue
    return None


def general_comment_number(title: str | None) -> str | None:
    """Return the number a title gives a general comment or recommendation ("No. 01" is "1")."""
    found = _GENERAL_COMMENT.search(title or "")
    return found[1] if found else None


def document_id(symbol: str | None, language: str | None, title: str | None, source: str) -> str:
    """Return the key of a document.

    A general comment published under a symbol outside the GC series gets `~gc20` from its title:
    several old ones share the symbol of one session report. A text without a symbol gets `~` and a
    slug of its source's stem.

    Args:
        symbol: as parsed, or the reference its source gives.
        language: ISO 639-1, left out when None.
        title: as printed.
        source: path or name it came from.
    """
    key = _clean(symbol.strip().replace("/", "_")) if symbol and symbol.strip() else ""
    if key:
        key += _general_comment_mark(symbol or "", title)
    else:
        key = "~" + _slug(PurePath(source).name)
    return f"{key}:{_clean(language)}" if language else key


def _general_comment_mark(symbol: str, title: str | None) -> str:
    number = general_comment_number(title)
    parsed = leading_symbol(symbol)
    if number is None or not re.match(
        r"\W*(?:\[?revised\]?\W*)?(?:joint\s+)?general\b", title or "", re.I
    ):
        return ""
    in_series = parsed is not None and parsed.kind is DocumentKind.GENERAL_COMMENT
    return "" if in_series else f"~gc{number}"


def _clean(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._()-]+", "-", text).strip("-")


def _slug(name: str) -> str:
    stem = re.sub(r"(?:\.(?:pdf|docx?|html?|xhtml|txt|jsonl|json|gz))+\Z", "", name, flags=re.I)
    ascii_only = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:_MAX_SLUG]
    letters = sum(c.isalnum() for c in unicodedata.normalize("NFKC", stem))
    if sum(c.isalnum() for c in slug) < letters:  # letters were lost: tell such names apart
        digest = hashlib.sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        slug = f"{slug}-{digest}".strip("-")
    return slug or "unnamed"


def passage_id(document_id: str, paragraph_id: str, part: int = 1, parts: int = 1) -> str:
    """Return the key of a passage: a paragraph, or part `part` (from 1) of a long one."""
    label = quote(paragraph_id, safe="._~()-")
    if match := _PART.match(label):
        label = f"{match['label']}%2Ep{match['part']}"
    return f"{document_id}:{label}.p{part}" if parts > 1 else f"{document_id}:{label}"


def split_passage_id(passage_id: str) -> tuple[str, str, int | None]:
    """Return (document id, paragraph id, part) of a passage's key; part is None for a whole one.

    Raises:
        SymbolError: when it is no such key.
    """
    document, colon, label = passage_id.rpartition(":")
    if not (document and colon and label):
        raise SymbolError(repr(passage_id), "not a passage id", "give one like A_HRC_15_16:en:12")
    match = _PART.match(label)
    if match:
        return document, unquote(match["label"]), int(match["part"])
    return document, unquote(label), None
