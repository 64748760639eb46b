"""Choose the languages in which the words of a picture are looked for.

tesseract reads the letters of the languages it is told, and finds English words in a Russian page
when told English. What the document's other pages are in is known best; else what the first page
turns out to be in.
"""

from __future__ import annotations

from collections.abc import Collection

from corpus.readers.ocr.tesseract import debian_package

__all__ = [
    "DEFAULT_PACK",
    "UN_PACKS",
    "missing_pack_remedy",
    "pack_of",
    "packs_of_script",
    "stand_in",
]

DEFAULT_PACK = "eng"
UN_PACKS = ("eng", "fra", "spa", "rus", "ara", "chi_sim")
"""The packs of the official languages of the United Nations."""

_PACKS = {
    "en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "chi_sim",
    "be": "bel", "uk": "ukr", "pt": "por", "de": "deu", "pl": "pol",
}  # fmt: skip
_SCRIPTS = {
    "Latin": ("eng", "fra", "spa", "por", "deu", "pol"),
    "Cyrillic": ("rus", "ukr", "bel"),
    "Arabic": ("ara",),
    "Han": ("chi_sim",),
    "HanS": ("chi_sim",),
    "HanT": ("chi_sim",),
    "Japanese": ("chi_sim",),
}


def pack_of(language: str | None) -> str | None:
    """Return tesseract's name of a language (ISO 639-1), or None where it is none of ours."""
    return _PACKS.get(language or "")


def packs_of_script(script: str, installed: Collection[str]) -> tuple[str, ...]:
    """Return the installed packs that read a script, the most frequent at the UN first."""
    return tuple(pack for pack in _SCRIPTS.get(script, ()) if pack in installed)


def stand_in(pack: str, installed: Collection[str]) -> str | None:
    """Return the pack itself, or where it is missing another that knows its letters, or None."""
    if pack in installed:
        return pack
    family = next((packs for packs in _SCRIPTS.values() if pack in packs), ())
    return next((other for other in family if other in installed), None)


def missing_pack_remedy(pack: str) -> str:
    """Say how to install a language pack."""
    return f"apt-get install {debian_package(pack)}"
