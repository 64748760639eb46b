"""How text becomes terms: one analyser a language, the same for documents and queries.

Words are folded (what looks or reads the same becomes the same), lower-cased and stemmed: by
Snowball in Tantivy where that serves the language, else by `indexer.stemming`. Accents of Latin
letters fall after stemming, because people leave them out when they type. Chinese is written
without spaces, and becomes overlapping pairs of characters. For exact phrases every language is
folded and lower-cased only, each Chinese character a term.
"""

from __future__ import annotations

import re
import unicodedata

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from indexer.stemming import LIGHT_STEMMED, stemmed

__all__ = [
    "ANALYSIS_VERSION",
    "EXACT",
    "FIELD_LANGUAGES",
    "WORD",
    "analyser",
    "field_language",
    "prepare_exact",
    "prepare_question",
    "prepare_words",
]

ANALYSIS_VERSION = 2
"""Raised when the same text would become other terms, so that an index is made anew."""

_SNOWBALL = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
    "ru": "Russian",
}
_OTHER = "xx"
FIELD_LANGUAGES = tuple(sorted({*_SNOWBALL, *LIGHT_STEMMED, "zh", _OTHER}))
"""Languages with an analyser of their own, and "xx" for all others."""

EXACT = "exact"
_MAX_TERM = 80

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_HAN_CHARACTER = re.compile(f"([{_HAN}])")

# Soft hyphens, marks without width, stress and accents that have no letter of their own, Arabic
# vowel marks and the stretching tatweel: printed in some editions and left out in most.
_MARKS = (
    "\u00ad\u0300-\u036f\u0640\u061c\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u180e\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_ALIKE = {
    "ё": "е", "Ё": "Е", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ſ": "s", "ı": "i", "ʼ": "'",
    # Forms of alef; final ya without its dots; the ya and kaf of Persian keyboards.
    "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك",
    **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)},
}  # fmt: skip
_FOLDED = re.compile(f"[{_MARKS}{''.join(_ALIKE)}]")
# Belarusian and Ukrainian write a word with an apostrophe inside, of three kinds, or without.
_APOSTROPHE = "['’ʼ‘`]"
_INSIDE = "(?<=[\u0400-\u04ff].)(?=[\u0400-\u04ff])"
_CYRILLIC_APOSTROPHE = re.compile(_APOSTROPHE + _INSIDE)
_HAMZA_CARRIERS = str.maketrans("ؤئ", "وي")

WORD = re.compile(f"[^\\W_](?:[^\\W_]+|[{_MARKS}]+|{_APOSTROPHE}{_INSIDE})*")
"""A word as it is printed, with the marks inside it that folding takes away."""

# Written with a hyphen and without, in documents of one organization: "co-operation", "e-mail". The
# hyphen is looked for first and then what stands before it: the other way round takes four times.
_HYPHENATED = re.compile(r"-(\w{3,})")
_PREFIX = re.compile(
    r"(?:\A|[^\w-])(co|e|on|re|non|pre|post|anti|multi|inter|sub|counter|micro|macro|socio|extra)\Z",
    re.IGNORECASE,
)
_LONGEST_PREFIX = 8


def field_language(language: str | None) -> str:
    """Return the language whose analyser a text takes: its own, or "xx" where there is none."""
    return language if language in FIELD_LANGUAGES else _OTHER


def analyser(language: str, *, stop: bool = False) -> TextAnalyzer:
    """Return the analyser of a `field_language`, or the one of exact phrases for `EXACT`.

    Args:
        language: what to analyse; texts are prepared by `prepare_words` or `prepare_exact` before.
        stop: leave out words that say nothing by themselves ("their", "some"), where a list of
            them is known. For marking hits; ranking needs no list, since such words weigh little
            wherever they are frequent.
    """
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    builder = builder.filter(Filter.remove_long(_MAX_TERM)).filter(Filter.lowercase())
    if stop and language in _SNOWBALL:
        builder = builder.filter(Filter.stopword(_SNOWBALL[language]))
    if language in _SNOWBALL:
        builder = builder.filter(Filter.stemmer(_SNOWBALL[language]))
    return (builder if language == EXACT else builder.filter(Filter.ascii_fold())).build()


def prepare_exact(text: str) -> str:
    """Return text whose terms are its words, each Chinese character one of them."""
    return _HAN_CHARACTER.sub(r" \1 ", _folded(text))


def prepare_words(text: str, language: str = _OTHER) -> str:
    """Return text whose terms are its words as a `field_language` indexes them.

    A run of Chinese becomes its characters and its overlapping pairs: a question of one character
    is answered, and one of several is matched by its pairs alone.
    """
    return _HAN_RUN.sub(lambda run: f" {_singles_and_pairs(run[0])} ", _worded(text, language))


def prepare_question(text: str, language: str = _OTHER) -> str:
    """Return text whose terms are those to look for in what `prepare_words` prepared."""
    return _HAN_RUN.sub(lambda run: f" {_pairs(run[0])} ", _worded(text, language))


def _worded(text: str, language: str) -> str:
    folded = _folded(text)
    if "-" in folded:
        folded = _HYPHENATED.sub(_with_joined, folded)
    if language == "ar":
        folded = folded.translate(_HAMZA_CARRIERS)
    return stemmed(folded.lower(), language) if language in LIGHT_STEMMED else folded


def _with_joined(match: re.Match[str]) -> str:
    """Return what follows a hyphen, and behind it the word as it is without the hyphen."""
    before = match.string[max(0, match.start() - _LONGEST_PREFIX) : match.start()]
    prefix = _PREFIX.search(before)
    return match[0] if prefix is None else f"{match[0]} {prefix[1]}{match[1]}"


def _folded(text: str) -> str:
    """Unify what looks or reads the same: compatibility forms, marks, spellings, figures."""
    if text.isascii():
        return text
    text = _CYRILLIC_APOSTROPHE.sub("", unicodedata.normalize("NFKC", text))
    return _FOLDED.sub(lambda match: _ALIKE.get(match[0], ""), text)


def _pairs(run: str) -> str:
    return " ".join(run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else run


def _singles_and_pairs(run: str) -> str:
    return f"{' '.join(run)} {_pairs(run)}" if len(run) > 1 else run
