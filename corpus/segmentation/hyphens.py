"""What the languages of the United Nations do with hyphens: which words are written with one.

Only what grammar fixes is listed (pronouns after the verb, particles, numerals, prefixes that stand
apart), never a vocabulary: the document's own words come first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

__all__ = ["COMPOUNDS", "Habit", "habit_of"]


@dataclass(frozen=True, slots=True)
class Habit:
    """How a language treats a hyphen at a line end that the document says nothing about.

    Attributes:
        keeps: it belongs to the word as a rule.
        firsts: first halves that are written with a hyphen ("non", "vice").
        syllables: first halves that are, but are syllables too ("ex"): believed only where the
            second half is a word of the document.
        seconds: second halves that are ("ci", "même", "se").
        after_accent: second halves that are where an accented vowel stands before them ("-los").
    """

    keeps: bool = True
    firsts: frozenset[str] = frozenset()
    syllables: frozenset[str] = frozenset()
    seconds: frozenset[str] = frozenset()
    after_accent: frozenset[str] = frozenset()

    def is_compound(self, first: str, second: str, words: Collection[str]) -> bool:
        """Tell whether grammar writes two halves, lower case, with a hyphen.

        Args:
            first: what stands before the hyphen.
            second: what stands after it.
            words: of the document.
        """
        if first in self.firsts or second in self.seconds:
            return True
        if first in self.syllables and second in words:
            return True
        return first[-1:] in _ACCENTED and second in self.after_accent


_ACCENTED = tuple("áâéêíóôú")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMPOUNDS: dict[str, Habit] = {
    "en": Habit(),
    "fr": Habit(
        keeps=False,
        firsts=_words(
            "non sous vice demi semi quasi après avant arrière peut celui celle ceux celles vis là"
            " vingt trente quarante cinquante soixante quatre franco afro anglo euro nord"
        ),
        syllables=_words("ex mi contre ci au par dix plus moins porte est sud ouest"),
        seconds=_words(
            "ci là même mêmes il elle ils elles t dessus dessous delà deux trois quatre cinq six"
            " sept huit neuf deuxième troisième quatrième cinquième sixième septième huitième"
            " neuvième"
        ),
    ),
    "es": Habit(
        keeps=False,
        firsts=_words("franco afro anglo hispano euro"),
        syllables=_words("ex vice socio no político técnico"),
    ),
    "pt": Habit(
        keeps=False,
        firsts=_words("não pré pós pró recém além aquém luso afro anglo"),
        syllables=_words("ex vice sem sub segunda"),
        seconds=_words("se lhe lhes feira"),
        after_accent=_words("lo la los las"),
    ),
    "ru": Habit(
        keeps=False,
        firsts=_words(
            "северо юго социально научно культурно материально торгово военно финансово"
            " организационно административно уголовно гражданско учебно лечебно историко экспертно"
            " международно национально информационно общественно нормативно экономико медико"
            " духовно производственно жилищно вице"
        ),
        syllables=_words("кое во в по экс премьер генерал политико психо морально"),
        seconds=_words("то либо нибудь таки"),
    ),
    "de": Habit(keeps=False),
}

# The commonest words of a language, each of which is no word of the others.
_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "en": _words("the of and to that with for which by"),
    "fr": _words("les des du et aux dans une est par qui pour"),
    "es": _words("los las del y el una por para que con"),
    "pt": _words("os dos da do uma não pelo pela ao com"),
    "de": _words("der die und das den von zu mit"),
}
_RUSSIAN = _words("и в на по с для что не")
_CYRILLIC_SHARE = 3


def habit_of(words: Counter[str]) -> Habit:
    """Return the habit of the language that a document is written in.

    Args:
        words: of the document, lower case, with their counts.
    """
    if sum(words[w] for w in _RUSSIAN) * _CYRILLIC_SHARE > sum(
        words[w] for w in _FUNCTION_WORDS["en"]
    ):
        return COMPOUNDS["ru"]
    scores = {
        language: sum(words[word] for word in known) / len(known)
        for language, known in _FUNCTION_WORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    return COMPOUNDS[best] if scores[best] else Habit()
