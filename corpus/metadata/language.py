"""The language of a document: its job number and masthead first, then its letters and words."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from corpus.metadata.opening import Opening

__all__ = ["detect_language", "language_of", "likeliest_language", "surely_not_in"]

_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "be", "uk", "pt", "de", "pl")
_BY_LETTER = {"E": "en", "F": "fr", "S": "es", "R": "ru", "A": "ar", "C": "zh"}
_NAMES = {
    "english": "en", "french": "fr", "spanish": "es", "russian": "ru", "arabic": "ar",
    "chinese": "zh", "belarusian": "be", "français": "fr", "español": "es", "русский": "ru",
    "العربية": "ar", "中文": "zh", "беларуская": "be", "português": "pt",
}  # fmt: skip
# "Original: anglais": the name is written in the language of the document itself.
_NAMES_OF_NAMES = (
    ("fr", r"anglais|français|espagnol|russe|arabe|chinois"),
    ("es", r"inglés|francés|español|ruso|árabe|chino"),
    ("ru", r"английский|французский|испанский|русский|арабский|китайский"),
    ("ar", r"بالإنكليزية|بالفرنسية|بالإسبانية|بالعربية|الإنكليزية|إنكليزي"),
    ("zh", r"英文|法文|西班牙文|俄文|中文|阿拉伯文"),
)
_SCRIPTS = {"ru": "cyrillic", "be": "cyrillic", "uk": "cyrillic", "ar": "arabic", "zh": "han"}
_MIN_LETTERS = 40
_SAMPLE_CHARS = 6000
_SURE = 0.9
_LIKELY = 0.6


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_LANGUAGES))
    found: _Identifier = identifier
    return found


def detect_language(text: str) -> str | None:
    """Return the language a text is written in, or None where it is too short or unsure."""
    sample = text[:_SAMPLE_CHARS]
    if sum(c.isalpha() for c in sample) < (_MIN_LETTERS if _script(sample) == "latin" else 12):
        return None
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _SURE else None


def likeliest_language(text: str) -> str | None:
    """Return the language a question is most likely in, however short; None of one without letters.

    Of a few Latin letters English is as good a guess as any: names and terms of art are in it.
    """
    if not any(c.isalpha() for c in text):
        return None
    language, probability = _identifier().classify(text[:_SAMPLE_CHARS])
    if probability < _LIKELY and _script(text) == "latin":
        return "en"
    return str(language)


def surely_not_in(language: str, text: str) -> bool:
    """Return whether a question, however short, is surely in another language than this one.

    Of 1,179 questions in English 12 look most like another language, none with this certainty;
    "libertad de expresión" and "torture en détention" reach it. Letters of another script tell by
    themselves.
    """
    if not any(c.isalpha() for c in text):
        return False
    if _script(text) != _SCRIPTS.get(language, "latin"):
        return True
    likeliest, probability = _identifier().classify(text[:_SAMPLE_CHARS])
    return likeliest != language and probability >= _SURE


def _script(text: str) -> str:
    counts = {
        "cyrillic": len(re.findall(r"[\u0400-\u04ff]", text)),
        "arabic": len(re.findall(r"[\u0600-\u06ff\ufb50-\ufeff]", text)),
        "han": 2 * len(re.findall(r"[\u4e00-\u9fff]", text)),
        "latin": len(re.findall(r"[A-Za-z\u00c0-\u024f]", text)),
    }
    return max(counts, key=lambda name: counts[name])


def language_of(opening: Opening, text: str, stated: str | None) -> tuple[str | None, str | None]:
    """Return (language, warning).

    The job number's letter is believed first, then the language printed in the masthead, then what
    the file itself states, unless the letters of the text belong to another script.

    Args:
        opening: the first page.
        text: the words of the document, for the check and for want of anything printed.
        stated: by the file (`lang` of HTML), or None.
    """
    printed = _printed(opening) or stated
    if printed is None:
        return detect_language(text), None
    letters = sum(c.isalpha() for c in text[:_SAMPLE_CHARS])
    if letters >= _MIN_LETTERS and _SCRIPTS.get(printed, "latin") != _script(text[:_SAMPLE_CHARS]):
        found = detect_language(text)
        return found, f"the document says it is in {printed!r}, but its text is in {found!r}"
    return printed, None


def _printed(opening: Opening) -> str | None:
    if opening.job_letter in _BY_LETTER:
        return _BY_LETTER[opening.job_letter]
    for name in opening.printed_languages:
        if (code := _NAMES.get(name.casefold())) is not None:
            return code
    original = (opening.original or "").casefold()
    for code, names in _NAMES_OF_NAMES:
        if re.fullmatch(rf"(?:{names})(?:[\s,/].*)?", original):
            return code
    return None  # "Original: English" stands on Russian files too
