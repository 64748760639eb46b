"""The same sentences in eleven languages, which show what a language by itself adds to a vector.

The words they begin with, encoded as questions, show what being a question of few words adds.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["parallel_phrases", "parallel_sentences"]

_WORDS = 4
"""Of a phrase: two in a row are taken of each sentence."""

_CHARACTERS = 6
"""Of a phrase where words are not set apart by spaces."""


@cache
def parallel_sentences() -> dict[str, tuple[str, ...]]:
    """Return sentences by language, ISO 639-1, in the same order in each."""
    text = (files("indexer.centring") / "parallel.toml").read_text(encoding="utf-8")
    return {language: tuple(sentences) for language, sentences in tomllib.loads(text).items()}


@cache
def parallel_phrases() -> dict[str, tuple[str, ...]]:
    """Return phrases by language: the first words of the parallel sentences, and those after."""
    return {
        language: tuple(phrase for each in sentences for phrase in _phrases(each))
        for language, sentences in parallel_sentences().items()
    }


def _phrases(sentence: str) -> tuple[str, str]:
    words = sentence.split()
    if len(words) > 1:
        return " ".join(words[:_WORDS]), " ".join(words[_WORDS : 2 * _WORDS]).rstrip(".")
    return sentence[:_CHARACTERS], sentence[_CHARACTERS : 2 * _CHARACTERS]
