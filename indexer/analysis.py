"""How text becomes terms: one analyser a language, the same for documents and queries.

Words are lower-cased and stemmed by language; where no stemmer exists (Belarusian, Ukrainian) only
lower-cased. Chinese is written without spaces, and becomes overlapping pairs of characters. For
exact phrases every language is lower-cased and unstemmed, each Chinese character a term.
"""

from __future__ import annotations

import re
import unicodedata

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

__all__ = ["EXACT", "analyser", "field_language", "prepare_exact", "prepare_words"]

_STEMMERS = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
    "ru": "Russian",
}
_OTHER = "xx"
EXACT = "exact"
_MAX_TERM = 80

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK_RUN = re.compile(f"[{_CJK}]+")
_CJK_CHARACTER = re.compile(f"([{_CJK}])")
# Arabic vowel marks and the stretching tatweel: printed in some editions, left out in most.
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")


def field_language(language: str | None) -> str:
    """Return the language whose analyser a text takes: its own, or "xx" where there is none."""
    return language if language in _STEMMERS or language == "zh" else _OTHER


def analyser(language: str, *, stop: bool = False) -> TextAnalyzer:
    """Return the analyser of a `field_language`, or the one of exact phrases for `EXACT`.

    Args:
        language: what to analyse.
        stop: leave out words that say nothing by themselves ("their", "some"). For marking hits;
            ranking needs no list, since such words weigh little wherever they are frequent.
    """
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    builder = builder.filter(Filter.remove_long(_MAX_TERM)).filter(Filter.lowercase())
    if stop and language in _STEMMERS:
        builder = builder.filter(Filter.stopword(_STEMMERS[language]))
    if language in _STEMMERS:
        builder = builder.filter(Filter.stemmer(_STEMMERS[language]))
    return builder.build()


def prepare_exact(text: str) -> str:
    """Return text whose terms are its words, each Chinese character one of them."""
    return _CJK_CHARACTER.sub(r" \1 ", _fold(text))


def prepare_words(text: str) -> str:
    """Return text whose terms are its words; a run of Chinese is its overlapping pairs."""
    return _CJK_RUN.sub(lambda run: f" {_pairs(run.group())} ", _fold(text))


def _fold(text: str) -> str:
    """Unify what looks the same: compatibility forms, Arabic marks, ё and е."""
    folded = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text))
    return folded.replace("ё", "е").replace("Ё", "Е")


def _pairs(run: str) -> str:
    return " ".join(run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else run
