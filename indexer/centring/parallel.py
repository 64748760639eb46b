"""The same sentences in eleven languages, which show what a language by itself adds to a vector."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["parallel_sentences"]


@cache
def parallel_sentences() -> dict[str, tuple[str, ...]]:
    """Return sentences by language, ISO 639-1, in the same order in each."""
    text = (files("indexer.centring") / "parallel.toml").read_text(encoding="utf-8")
    return {language: tuple(sentences) for language, sentences in tomllib.loads(text).items()}
