"""Recognise the verb a paragraph of a resolution opens with, in six languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.segmentation.nature.verb_tables import OPERATIVE, PREAMBULAR

__all__ = ["Opening", "operative_opening", "preambular_opening"]

_LATIN = frozenset({"en", "fr", "es"})
_SCRIPTS = (
    (re.compile(r"[\u0400-\u04ff]"), "ru"),
    (re.compile(r"[\u0600-\u06ff]"), "ar"),
    (re.compile(r"[\u3400-\u9fff]"), "zh"),
)
# Words that only one of the three languages in Latin letters has, and every paragraph of it.
_PLAIN_WORDS = {
    "en": re.compile(r"\b(?:the|of|and|to|that|in|all|its)\b"),
    "fr": re.compile(r"\b(?:le|les|des|du|et|aux?|dans|qu|une?|sur|pour)\b|[dlL]['’]"),
    "es": re.compile(r"\b(?:el|los|las|del|y|al|su|que|una?|para|por)\b"),
}
_READ = 300


@dataclass(frozen=True, slots=True)
class Opening:
    """A verb that opens a paragraph.

    Attributes:
        verb: as printed, with the adverbs that belong to it.
        language: ISO 639-1, of the verb.
        end: offset of the words after it.
    """

    verb: str
    language: str
    end: int


def operative_opening(text: str) -> Opening | None:
    """Return the indicative verb an operative paragraph opens with, or None.

    >>> operative_opening("Also calls upon all States to cooperate;").verb
    'Also calls upon'
    """
    return _opening(text, OPERATIVE)


def preambular_opening(text: str) -> Opening | None:
    """Return the participle a preambular paragraph opens with, or None."""
    return _opening(text, PREAMBULAR)


def _opening(text: str, tables: dict[str, re.Pattern[str]]) -> Opening | None:
    for language in _languages(text):
        if match := tables[language].match(text):
            # Russian paragraphs go on from the organ's name, in small letters.
            if language in _LATIN and not text[:1].isupper():
                return None
            return Opening(match[0].strip(), language, match.end())
    return None


def _languages(text: str) -> tuple[str, ...]:
    """Return the languages a text may be in, the likeliest first."""
    for script, language in _SCRIPTS:
        if script.match(text):
            return (language,)
    opening = text[:_READ]
    counts = {name: len(words.findall(opening)) for name, words in _PLAIN_WORDS.items()}
    return tuple(sorted(counts, key=lambda name: -counts[name]))
