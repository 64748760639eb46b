"""Ordinal numbers of sessions ("Fifty-ninth session", "Сорок третья сессия")."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["session_number"]

# Units, then tens; the opening letters are enough, and cover case and gender.
_WORDS = (
    # English
    ("first 1|second 2|third 3|fourth 4|fifth 5|sixth 6|seventh 7|eighth 8|ninth 9|tenth 10|"
     "eleventh 11|twelfth 12|thirteenth 13|fourteenth 14|fifteenth 15|sixteenth 16|seventeenth 17|"
     "eighteenth 18|nineteenth 19|twentieth 20|thirtieth 30|fortieth 40|fiftieth 50|sixtieth 60|"
     "seventieth 70|eightieth 80|ninetieth 90|hundredth 100|twenty 20|thirty 30|forty 40|fifty 50|"
     "sixty 60|seventy 70|eighty 80|ninety 90|hundred 100"),
    # French
    ("premiere 1|deuxieme 2|troisieme 3|quatrieme 4|cinquieme 5|sixieme 6|septieme 7|huitieme 8|"
     "neuvieme 9|dixieme 10|onzieme 11|douzieme 12|treizieme 13|quatorzieme 14|quinzieme 15|"
     "seizieme 16|vingtieme 20|trentieme 30|quarantieme 40|cinquantieme 50|vingt 20|trente 30|"
     "quarante 40|cinquante 50|unieme 1"),
    # Spanish
    ("primer 1|segundo 2|tercer 3|cuarto 4|quinto 5|sexto 6|septimo 7|octavo 8|noveno 9|decimo 10|"
     "undecimo 11|duodecimo 12|vigesimo 20|trigesimo 30|cuadragesimo 40|quincuagesimo 50|"
     "sexagesimo 60|septuagesimo 70|octogesimo 80|nonagesimo 90"),
    # Russian
    ("первая 1|вторая 2|третья 3|четвертая 4|пятая 5|шестая 6|седьмая 7|восьмая 8|девятая 9|"
     "десятая 10|одиннадцатая 11|двенадцатая 12|тринадцатая 13|четырнадцатая 14|пятнадцатая 15|"
     "шестнадцатая 16|семнадцатая 17|восемнадцатая 18|девятнадцатая 19|двадцатая 20|тридцатая 30|"
     "сороковая 40|пятидесятая 50|шестидесятая 60|семидесятая 70|восьмидесятая 80|двадцать 20|"
     "тридцать 30|сорок 40|пятьдесят 50|шестьдесят 60|семьдесят 70|восемьдесят 80"),
    # Belarusian
    ("першая 1|другая 2|трэцяя 3|чацвёртая 4|пятая 5|шостая 6|сёмая 7|восьмая 8|дзявятая 9|"
     "дзясятая 10|адзінаццатая 11|дванаццатая 12|трынаццатая 13|чатырнаццатая 14|пятнаццатая 15|"
     "шаснаццатая 16|семнаццатая 17|васямнаццатая 18|дзевятнаццатая 19|дваццатая 20"),
    # Arabic
    ("الأولى 1|الثانية 2|الثالثة 3|الرابعة 4|الخامسة 5|السادسة 6|السابعة 7|الثامنة 8|التاسعة 9|"
     "العاشرة 10|عشرة 10|العشرون 20|والعشرون 20|والثلاثون 30|الثلاثون 30|والأربعون 40|الأربعون 40|"
     "والخمسون 50|الخمسون 50|والستون 60|الستون 60|الحادية 1"),
)  # fmt: skip
_SESSION = re.compile(
    r"(?P<ordinal>.+?)\s+(?P<type>(?:regular |resumed |substantive |special |emergency special )?)"
    r"(?:session|meeting|sesión|período (?:extraordinario )?de sesiones|сессия|сесія)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:الدورة)\s+(?P<ordinal>.+)")
_CHINESE = re.compile(r"第\s*(?P<number>[一二三四五六七八九十百\d]+)\s*(?:届会议|届|次会议)")
_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th|e|ème|[ºª]|-[яй])?\Z")


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    latin = all(unicodedata.name(c, "").startswith(("LATIN", "COMBINING")) for c in decomposed)
    return "".join(c for c in decomposed if not (latin and unicodedata.combining(c)))


_VALUES: dict[str, int] = {}
for _words in _WORDS:
    for _entry in _words.split("|"):
        _word, _, _value = _entry.rpartition(" ")
        _VALUES.setdefault(_fold(_word), int(_value))


def session_number(line: str) -> str | None:
    """Return the number of the session that a line names and nothing else, or None.

    A special session is marked: "Tenth emergency special session" is "ES-10".

    >>> session_number("Fifty-ninth session"), session_number("Quarante-huitième session")
    ('59', '48')
    """
    line = re.sub(r"\s+", " ", line).strip(" *.")
    if match := _CHINESE.fullmatch(line):
        return str(_chinese(match["number"]))
    match = _SESSION.fullmatch(line) or _AFTER.fullmatch(line)
    if match is None:
        return None
    value = _ordinal(match["ordinal"])
    if value is None:
        return None
    kind = (match.groupdict().get("type") or "").lower().strip()
    prefix = {"special": "S-", "emergency special": "ES-"}.get(kind, "")
    return f"{prefix}{value}"


def _ordinal(text: str) -> int | None:
    if digits := _DIGITS.fullmatch(text):
        return int(digits[1])
    total = 0
    for word in re.split(r"[\s-]+", text):
        if word.casefold() in {"and", "et", "y", "one"}:
            continue
        value = _VALUES.get(_fold(word))
        if value is None:
            return None
        total += value
    return total or None


def _chinese(text: str) -> int:
    if text.isdecimal():
        return int(text)
    digits = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
    total, current = 0, 0
    for c in text:
        if c in digits:
            current = digits[c]
        else:
            total += (current or 1) * (10 if c == "十" else 100)
            current = 0
    return total + current
