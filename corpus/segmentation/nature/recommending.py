"""Recognise how a report says that it recommends: who speaks, which verb, or who should do what.

"The Special Rapporteur recommends that States …", "The State party should …", in six languages.
Only the present tense counts: what was recommended is told, not recommended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Recommending", "recommending_opening"]

_ADVERBS = (
    r"(?: (?:also|further|again|once again|strongly|therefore|thus|hereby|urgently|accordingly"
    r"|particularly|firmly|respectfully|reiterates its call and|likewise|in particular)){0,2}"
)
_SPEAKER = (
    r"(?:[Hh]e|[Ss]he|[Ii]t|(?:The|the) (?:[\w’'-]+ ){0,6}?(?:Committee|Sub-?[Cc]ommittee"
    r"|Rapporteur|Working Group|Expert"
    r"|High Commissioner|Commission|Secretary-General|Representative|Forum|Expert Mechanism"
    r"|OHCHR|Panel|Mission|Group of [\w ]{0,24}Experts|[\w ]{0,30}Group|mandate holder)"
    r"(?: (?:on|for|against|of)(?! behalf) [^.;:,\n]{3,110}?)?)"
)
_VERBS = r"urges|calls (?:up)?on|requests|invites|encourages|appeals to|recommends"
_BASE_VERBS = r"urge|call (?:up)?on|request|invite|encourage|appeal to|recommend"
# A report recommends in its first sentence: who speaks, what may stand between, the verb.
_WHO_RECOMMENDS = re.compile(
    rf"(?:(?:(?!\. [A-Z])[^;:\n]){{0,300}}?, )?{_SPEAKER}(?:,[^.;:,\n]{{0,90}},)?{_ADVERBS} "
    rf"(?P<verb>{_VERBS})\b"
    rf"|(?:I|We){_ADVERBS} (?P<own>{_BASE_VERBS})\b"
)
_WISHES = re.compile(
    rf"^{_SPEAKER} (?:would(?: \w+)? like|wishes)(?: \w+)? to (?P<verb>{_BASE_VERBS})\b"
)
_SHOULD = re.compile(
    r"(?:[A-Z][^.;:\n]{3,120}, )?(?P<who>(?:The |the |All |all |Other |Both )?(?:"
    r"(?:Member |donor |[Hh]ost )?States?(?: [Pp]art(?:y|ies)(?: to the [A-Z][\w ]{3,60})?)?"
    r"|Governments?(?: of [A-Z][\w ’'-]{3,60})?"
    r"|(?:[\w-]+ ){0,3}authorities(?: [oi][fn] [A-Z][\w ]+)?"
    r"|international community|(?:[Bb]usiness )?enterprises|[Bb]usinesses|[Cc]ompanies|Donors"
    r"|Human Rights Council|General Assembly|Security Council|Secretary-General"
    r"|(?:Office of the )?(?:United Nations )?High Commissioner for [A-Z][a-z]+(?: Rights)?"
    r"|[Cc]ivil society(?: organizations)?|[Nn]ational human rights institutions))"
    r" should(?: also| therefore| further| immediately| urgently)*"
    r" (?!be (?:noted|mentioned|emphasi|recalled|established|understood|seen|made))"
)
_STATE_PARTY = re.compile(
    r"(?:^|(?<=[.;:] )|(?<=\n)|(?<=, )|(?<=。))(?:[Tt]he (?P<en>State party) (?:should|must)\b"
    r"|[Ll]['’](?P<fr>État partie) (?:devrait|doit)\b|[Ee]l (?P<es>Estado parte) deb(?:e"
    r"|er[ií]a|erá)\b"
    r"|(?P<ru>[Гг]осударству-участнику)(?: \w+)? следует\b|(?P<zh>缔约国)应"
    r"|ينبغي ل(?P<ar>لدولة الطرف))"
)
# Who speaks and the verb, in the other languages; what follows is read by `addressees_abroad`.
_ABROAD = {
    "fr": re.compile(
        r"(?:[^.;:\n]{0,160}, )?(?:[Ll][ea] |[Ll]['’]|Il|Elle|il|elle|Les )[^.;:,\n]{0,90}?\b"
        r"(?P<verb>recommande|invite|engage|exhorte|demande|prie|encourage)"
        r"(?: (?:également|aussi|en outre|instamment|vivement|donc))*(?= )"
    ),
    "es": re.compile(
        r"(?:[^.;:\n]{0,160}, )?(?:[Ee]l |[Ll]a |[Ll]os |Ella|Él)[^.;:,\n]{0,90}?\b"
        r"(?P<verb>recomienda|insta|exhorta|pide|invita|alienta|solicita)"
        r"(?: (?:también|además|asimismo|encarecidamente))*(?= )"
    ),
    "ru": re.compile(
        r"(?:[^.;:\n]{0,160}, )?(?:(?:Специальный докладчик|Комитет|Рабочая группа"
        r"|Независимый эксперт"
        r"|Верховный комиссар|Комиссия|Подкомитет|Группа)[^.;:,\n]{0,90}?|Она|Он) "
        r"(?:(?:также|далее|настоятельно|решительно) )*"
        r"(?P<verb>рекомендует|призывает|просит|предлагает)(?= )"
    ),
    "ar": re.compile(
        r"و?(?P<verb>[يت](?:وصي|حث|دعو|هيب|ناشد|شجع))(?: (?:كذلك|أيضا[\u064b-\u0652]*))?"
        r"(?: (?:ال)?(?:مقررة? الخاصة?|لجنة|فريق العامل|خبيرة? المستقلة?|مفوضة? السامية?))?(?= )"
    ),
    "zh": re.compile(
        r"(?:特别报告员|委员会|工作组|独立专家|高级专员)(?:还|又|进一步|强烈)*"
        r"(?P<verb>建议|敦促|促请|吁请|呼吁|鼓励|请|邀请)"
    ),
}


@dataclass(frozen=True, slots=True)
class Recommending:
    """How a paragraph recommends.

    Attributes:
        verb: of the one who recommends, in the third person; None where it says who should act.
        rest: what follows the verb; or, where there is none, who should act.
        language: ISO 639-1, of these words.
    """

    verb: str | None
    rest: str
    language: str


def recommending_opening(text: str) -> Recommending | None:
    """Return how a paragraph of a report recommends, or None where it does not open so."""
    if (found := _WHO_RECOMMENDS.match(text)) is not None:
        verb = found["verb"] or _third_person(found["own"])
        return Recommending(verb, text[found.end() :], "en")
    if (found := _WISHES.match(text)) is not None:
        return Recommending(_third_person(found["verb"]), text[found.end() :], "en")
    if (found := _SHOULD.match(text)) is not None:
        return Recommending(None, re.sub(r"^(?:The|the) ", "", found["who"]), "en")
    if (found := _STATE_PARTY.search(text)) is not None:
        language = found.lastgroup or "en"
        printed = found[language]
        return Recommending(None, f"ا{printed}" if language == "ar" else printed, language)
    for language, form in _ABROAD.items():
        if (found := form.match(text)) is not None:
            return Recommending(found["verb"], text[found.end() :], language)
    return None


def _third_person(verb: str) -> str:
    """Return "calls upon" for "call upon"."""
    first, space, rest = verb.partition(" ")
    return verb if first.endswith("s") else f"{first}s{space}{rest}"
