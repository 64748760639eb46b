"""Light stemmers, for languages of which Tantivy has none or one that misses what matters.

Each takes the inflection off a word and leaves its derivation. For Arabic it is light10 (Larkey,
Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval", 2007), with "and" and
"so" also before the article's other clitics. Snowball's, which Tantivy has, leaves the "and" on
والمحامين and so does not find it by المحامين. Belarusian, Ukrainian and Polish lose their endings
by table, the longest first: their dictionaries are not to be had (Belarusian) or weigh hundreds of
megabytes in memory, and a word cut to its first letters is joined with many of other meaning.
`benchmarks/analysis.py` measures what that gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["LIGHT_STEMMED", "stemmed"]

_CACHED = 1 << 16
"""Words kept with their stems, about 8 MB: a collection repeats the words of its language."""

_LEAST = 3
"""Letters that are left of a word at least; shorter stems are shared by unrelated words."""

# Arabic: the article behind "and" or "so", with "by", "like" or "for" run into it; a bare "and".
_ARABIC_PREFIX = re.compile("(?:[وف]?(?:بال|كال|ال|لل)(?=..)|و(?=...))")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
_LEAST_ARABIC = 2


def _arabic(word: str) -> str:
    match = _ARABIC_PREFIX.match(word)
    stem = word[match.end() :] if match else word
    for suffix in _ARABIC_SUFFIXES:
        if len(stem) >= len(suffix) + _LEAST_ARABIC and stem.endswith(suffix):
            stem = stem[: -len(suffix)]
    return stem


@dataclass(frozen=True, slots=True)
class _Endings:
    """What a Slavic language inflects by.

    Attributes:
        abstract: endings of its many nouns in "-ness", kept apart from those of verbs like them.
        kept: what is left of those.
        reflexive: "self" of verbs, behind their ending.
        endings: of nouns, adjectives and verbs.
        alike: stems end differently before some endings; (ending, what it counts as).
    """

    abstract: re.Pattern[str]
    kept: str
    reflexive: re.Pattern[str] | None
    endings: re.Pattern[str]
    alike: tuple[tuple[str, str], ...] = ()

    def strip(self, word: str) -> str:
        """Return a word without its inflection."""
        if len(word) <= _LEAST:
            return word
        if abstract := self.abstract.search(word, _LEAST):
            return word[: abstract.start()] + self.kept
        if self.reflexive and (reflexive := self.reflexive.search(word, _LEAST)):
            word = word[: reflexive.start()]
        ending = self.endings.search(word, _LEAST)
        stem = word[: ending.start()] if ending else word
        for written, counts_as in self.alike:
            if len(stem) > _LEAST and stem.endswith(written):
                stem = stem.removesuffix(written) + counts_as
        return stem[:-1] if len(stem) > _LEAST and stem[-1] == stem[-2] else stem


def _one_of(*lists: str) -> re.Pattern[str]:
    """Return a pattern of some endings; a search finds the longest, which begins first."""
    listed = sorted({each for words in lists for each in words.split()}, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(listed)})\\Z")


_BELARUSIAN = _Endings(
    _one_of(
        *(
            f"{vowel}сц{end}"
            for vowel in "ао"
            for end in ["ь", "і", "ю", "ей", "ям", "ямі", "ях", "яў"]
        )
    ),
    "асц",
    _one_of("ся сь ца цца"),
    _one_of(
        "ага яга ога аму яму ому ых іх ым ім ымі імі ай яй ой ей ую юю ая яя ое ае яе ее ыя ія",
        "амі ямі ах ях ам ям аў яў оў ёў еў ом ем ём эй ёй аю яю ою ею ёю",
        "іяй іяю іях іям іямі іі ію ыяй ыю ыях ыям ыямі ыі",
        "у ю а я о е э ё ы і ь й",
        "ць аць яць іць ыць ець уць юць аваць яваць уваць юваць",
        "іў ыў ла лі ло ала алі ало яла ялі яло іла ілі іло ыла ылі ыло ела елі ело",
        "аваў авала авалі авала яваў явала явалі",
        "еш эш ыш аеш яеш уе юе уеш юеш эм аем яем уем юем еце эце іце ыце аеце уеце",
        "аюць яюць уюць ююць",
    ),
    # "свабодзе" and "свабода", "адвакаце" and "адвакат", "умоў" and "умова".
    (("дз", "д"), ("ц", "т"), ("ў", "в")),
)
_UKRAINIAN = _Endings(
    _one_of("ість ості істю остей остям остями остях"),
    "ост",
    _one_of("ся сь"),
    _one_of(
        "ого ього ому ьому єму ий ій їй их іх їх им ім їм ими іми їми ої ьої єї ою ьою ую юю ая яя",
        "ами ями ах ях ам ям ів їв ей ею єю ом ем єм іям іями іях ія ії ію ією",
        "а я е є і ї у ю о и ь й",
        "ти ть ати яти ити увати ювати ував ювала ював увала увало ували",
        "ав яв ив ала ало али яла яло яли ила ило или ла ло ли",
        "еш єш иш їш ить їть емо ємо имо їмо ете єте ите їте уть ють ать ять",
        "ає яє ує ює ають яють ують юють аємо уємо аєте уєте",
    ),
)
_POLISH = _Endings(
    _one_of("ość ości ością ościach ościami ościom"),
    "ość",
    None,
    _one_of(
        "ego iego emu iemu ych ich ymi imi ym im ej iej ą ią ę ię a ia e ie y i o io u iu ó",
        "ów iów om iom ami iami ach iach owi iowi em iem owie ji ja ję ją je jom jach jami",
        "ć ać eć ić yć ować iować ał ała ało ali ały ił iła iło ili iły ył yła yło yli yły",
        "uje ują ujemy ujecie esz emy ecie isz imy icie ysz ymy ycie asz amy acie ają",
    ),
    (("ś", "s"), ("ź", "z"), ("ń", "n"), ("ć", "c")),
)


def _belarusian(word: str) -> str:
    # An initial у is written ў after a vowel.
    word = f"у{word[1:]}" if word.startswith("ў") else word
    return _BELARUSIAN.strip(word)


_STEMMERS: Mapping[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "ar": (re.compile("[\u0621-\u064a]{3,}"), lru_cache(_CACHED)(_arabic)),
    "be": (re.compile("[\u0400-\u04ff]{2,}"), lru_cache(_CACHED)(_belarusian)),
    "pl": (re.compile("[a-z\u00df-\u017f]{4,}"), lru_cache(_CACHED)(_POLISH.strip)),
    "uk": (re.compile("[\u0400-\u04ff]{4,}"), lru_cache(_CACHED)(_UKRAINIAN.strip)),
}

LIGHT_STEMMED = frozenset(_STEMMERS)
"""Languages that `stemmed` knows, ISO 639-1."""


def stemmed(text: str, language: str) -> str:
    """Return a lower-case text with the words of one of `LIGHT_STEMMED` brought to their stems."""
    word, stem = _STEMMERS[language]
    return word.sub(lambda match: stem(match[0]), text)
