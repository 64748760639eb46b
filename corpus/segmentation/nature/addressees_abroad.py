"""Find addressees in French, Spanish, Russian, Arabic and Chinese resolutions.

In these languages the phrase ends where the thing asked begins: "de" or "à" and an infinitive,
"a que", a Russian infinitive, Arabic "أن". A phrase is taken only if it opens with a word for
someone who can act, so that what is asked for is never taken for the one who is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.countries import country_code

__all__ = ["phrases_abroad"]

_ASIDE = re.compile(r"^,[^,;:]{1,140},(?= )")


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How a language prints an addressee.

    Attributes:
        asks: verbs that take one.
        before: prepositions and articles between the verb and the phrase; what it matches is left
            out of the phrase.
        end: what ends the last phrase.
        between: what stands between phrases.
        article: articles of further phrases.
        agent: words a phrase opens with, adjectives before the noun included.
    """

    asks: re.Pattern[str]
    before: re.Pattern[str]
    end: re.Pattern[str]
    between: re.Pattern[str]
    article: re.Pattern[str]
    agent: re.Pattern[str]


_FR_INFINITIVE = (
    r"(?:ne (?:pas )?|n['’]|se |s['’]|lui |leur |y |en |les? |l['’]|la )*"
    r"[a-zéèêàâîôûç]+(?:er|ir|oir|aître|endre|faire|ettre|uivre|uire|ondre|clure|indre|battre|dire"
    r"|vre|être|crire)\b"
)
_FR_ARTICLE = r"(?:l['’]|les? |la |aux? |à l['’]|à la |du |des |d['’]|à )"
_FRENCH = _Grammar(
    asks=re.compile(
        r"(?:prie|invite|engage|exhorte|encourage|presse|charge|autorise|mandate|demande|enjoint"
        r"|recommande|lance (?:\w+ )*appel|fait (?:\w+ )?appel|appelle)\b",
        re.IGNORECASE,
    ),
    before=re.compile(rf"^ (?:(?:solennel|pressant|urgent) )?(?:à )?{_FR_ARTICLE}?"),
    end=re.compile(
        rf"(?: d[e'’] ?| à | d['’]){_FR_INFINITIVE}| (?:à ce )?que?['’ ]| pour qu| qui | dont | où "
        r"| afin | en (?=vue|particulier|coopération|consultation|collaboration|tant|ce|fonction)"
        r"| ayant | y compris | notamment | conformément | dans (?!le contexte|le domaine)"
        r"| agissant | participant | qu['’]"
        r"|,(?! (?:les?|la|l['’]|aux?|à l|à la|tou))|[;:\n]"
    ),
    between=re.compile(r", (?:et |ainsi que )?| et | ainsi que | ou "),
    article=re.compile(rf"^{_FR_ARTICLE}"),
    agent=re.compile(
        r"(?:(?:tou(?:te)?s|autres?|les|la|l['’]|le|États et|deux|divers(?:es)?|principaux) )*"
        r"(?:États?|gouvernements?|autorités?|parties|partie|Secrétaire|Haut|Haute|Conseil|Comités?"
        r"|Commissions?|Rapporteure?s?|Rapporteuses?|Groupes?|groupes?|organisations?|organismes?"
        r"|institutions?|mécanismes?|titulaires?|communauté|société|organes?|Experte?s?|experte?s?"
        r"|Représentante?s?|Présidente?|Assemblée|entreprises?|pays|acteurs?|donateurs?|fonds"
        r"|programmes?|Puissances?|Union|Bureau|système|membres?|Membres?|Équipe|Mission|forces"
        r"|Directeur|Directrice|Coordonnateur|Coordonnatrice|Département|Programme|Fonds|banques?"
        r"|secteur|dirigeants|médias|universités|partenaires|Sous-Comité|Organisation|procédures"
        r"|intéressés|Facilitateur|Instance|Forum|Tribunal|Cour|Procureur|Médiateur)\b",
        re.IGNORECASE,
    ),
)
_ES_ARTICLE = r"(?:al |a los |a las |a la |a el |a todos los |los |las |la |el |a )"
_SPANISH = _Grammar(
    asks=re.compile(
        r"(?:pide|insta|exhorta|invita|alienta|anima|solicita|encarece|encomienda|autoriza"
        r"|recomienda|exige|apremia|hace (?:\w+ )?un llamamiento|urge|apela|requiere|ordena)\b",
        re.IGNORECASE,
    ),
    before=re.compile(r"^ (?:(?:urgente|enérgico) )?(?:al |a los |a las |a la |a )"),
    end=re.compile(
        r" (?:a )?que\b| a (?:no |)(?:[a-záéíóúñ]+(?:ar|er|ir)(?:se|l[aeo]s?|les)?)\b| para que\b"
        r"| en (?=particular|cooperación|consulta|colaboración|consonancia|su|el contexto)"
        r"| de conformidad| con arreglo| incluid[ao]s?| especialmente | cuy[ao]s? | donde "
        r"| [a-záéíóúñ]+(?:ar|er|ir)(?:se)? (?=compromisos|la|el|los|las|un|una|todas|en|a)"
        r"|,(?! (?:los|las|la|el|al|a los|a las|a la|tod))|[;:\n]"
    ),
    between=re.compile(r", (?:y |e |así como )?| y | e | así como | o "),
    article=re.compile(rf"^{_ES_ARTICLE}"),
    agent=re.compile(
        r"(?:(?:tod[oa]s|demás|otr[oa]s|los|las|la|el|dos|ambas|principales|es) )*"
        r"(?:Estados?|Gobiernos?|gobiernos?|autoridad(?:es)?|partes?|Secretari[oa]|Alt[oa]|Oficina"
        r"|Consejo|Comités?|Comisión|Comisiones|Relator(?:es|a|as)?|Grupos?|organización|entidad"
        r"|organizaciones|organismos?|instituciones|institución|mecanismos?|titulares?|comunidad"
        r"|sociedad|órganos?|Expert[oa]s?|Representantes?|President[ea]|Asamblea|empresas?|países"
        r"|país|agentes|interesados|donantes|fondos?|programas?|Potencias?|Unión|sistema|entidades"
        r"|Miembros?|miembros?|Equipo|Misión|fuerzas|Director(?:a)?|Coordinador(?:a)?|Departamento"
        r"|bancos?|sector|dirigentes|medios|universidades|asociados|Subcomité|procedimientos|Foro"
        r"|Organización|Programa|Fondo|Facilitador|Tribunal|Corte|Fiscal)\b",
        re.IGNORECASE,
    ),
)
_RU_INFINITIVE = (
    r"(?:[а-яё]+(?:[аяеиуы]ть|оть|сти|зти|йти|чь)(?:ся)?|не (?=[а-яё]+ть)|быть)(?<!ость)(?<!есть)"
    r"(?<!асть)(?<!сеть)(?<!ости)(?<!асти)\b"
)
_RU_ADVERB = (
    r"(?:[а-яё]+(?:но|ко|ее|ски|стью)|быстро|скоро|также|вновь|далее|и впредь|по-прежнему|не"
    r"|в срочном порядке)"
)
_RUSSIAN = _Grammar(
    asks=re.compile(
        r"(?:.* )?(?:призывает|просит|предлагает|рекомендует|поручает|настаивает|побуждает"
        r"|уполномочивает|поощряет|обращается с (?:\w+ )?призывом|требует)\b",
        re.IGNORECASE,
    ),
    before=re.compile(r"^ (?:к |ко |от )?"),
    end=re.compile(
        rf"(?: {_RU_ADVERB})* {_RU_INFINITIVE}| чтобы\b| котор| которые| в соответствии "
        rf"| в частности"
        r"| при | на основе | с (?=учетом|тем|целью|участием)| в (?=консультации|сотрудничестве"
        r"|рамках"
        r"|контексте|полной|полном|целях|связи|ходе|координации|первоочередном)| имеющ| участвующ"
        r"| представ[ли]| действующ| располагающ| принимающ| затрагива| к (?=тому|соблюдению)"
        r"|,(?! (?:всех|все|другие|других|органы|органам|организаци|учрежден|правительств|межправ"
        r"|неправ|гражданск|специальн|Верховн|Управлен|государств))|[;:\n]"
    ),
    between=re.compile(r", (?:и |а также )?| и | а также | или "),
    article=re.compile(r"^(?:к |ко )"),
    agent=re.compile(
        r"(?:[А-Яа-яёЁ-]+(?:ое|ого|ому|ый|ий|ого|его|ему|ые|ых|ым|им|их|ую|ой|ая|ей|се|сех|сем)? )"
        r"{0,4}?(?:государств|правительств|власт|сторон|секретар|комиссар|управлени|совет|комитет"
        r"|комисси|докладчик|групп|организаци|учрежден|механизм|сообществ|обществ|орган|эксперт"
        r"|представител|председател|ассамбле|предприяти|стран|субъект|донор|фонд|программ"
        r"|держав|союз|участник|институт|мандатари|процедур|партнер)[а-яё]*\b",
        re.IGNORECASE,
    ),
)
_ARABIC = _Grammar(
    asks=re.compile(r"[يت](?:طلب إلى|دعو|حث|هيب|ناشد|شجع|وصي|طالب)"),
    before=re.compile(r"^ (?:ب(?=ال|جميع|كافة))?"),
    end=re.compile(r" (?:(?:إلى |على |ب)?أن |إلى |على |بما |ما يلي)|[:؛،\n]"),
    between=re.compile(r" و(?=ال|جميع|كافة|حكومة|سائر)"),
    article=re.compile(r"^(?!)"),
    agent=re.compile(
        r"(?:جميع |كافة |سائر )?(?:الدول|الأمين العام|الأمينة العامة|المفوض|الحكوم|حكومة|حكومات"
        r"|السلطات|المقرر|المجتمع|الأطراف|اللجنة|لجنة|الفريق|الهيئات|المنظمات|المؤسسات|الجهات"
        r"|البلدان|الشركات|الممثل|رئيس|مكتب|مفوضية|هيئات|وكالات|الخبير|الإجراءات|المكلفين)"
    ),
)
_GRAMMARS = {"fr": _FRENCH, "es": _SPANISH, "ru": _RUSSIAN, "ar": _ARABIC}
# In Chinese nothing but the next verb ends a phrase: only names that nothing can go on from.
_CHINESE = re.compile(
    r"(?P<who>(?:联合国)?秘书长|联合国人权事务高级专员(?:办事处)?|人权事务高级专员(?:办事处)?|高级专员"
    r"|(?:所有|各)?(?:会员国|缔约国|成员国)|所有国家|国际社会|各国政府|[\u3400-\u9fff]{2,8}(?:当局|政府))"
    r"(?P<end>和|及|以及|、|，|:|：|(?=在|继续|向|采取|确保|提供|就|与|为|提交|充分|立即|不|考虑|加强|根据"
    r"|按照|尊重|履行|应|对|将|通过|尽快|支持|批准|促进|保护|积极|开展|进行|全面|酌情|协助|给予|执行|停止))"
)
_CHINESE_ASKS = re.compile(r"(?:促请|敦促|吁请|呼吁|请|邀请|要求|鼓励|责成|授权|建议)$")
_MAX_PHRASE_CHARS = 140


def phrases_abroad(verb: str, rest: str, language: str) -> tuple[str, ...]:
    """Return the addressees of a verb that is not English, as printed without article.

    Args:
        verb: as printed.
        rest: what follows it.
        language: ISO 639-1.
    """
    if language == "zh":
        return _chinese(verb, rest)
    grammar = _GRAMMARS.get(language)
    if grammar is None or grammar.asks.match(verb) is None:
        return ()
    rest = _ASIDE.sub("", rest)
    opening = grammar.before.match(rest)
    if opening is None:
        return ()
    rest = rest[opening.end() :]
    end = grammar.end.search(rest)
    if end is None:
        return ()
    phrases: list[str] = []
    for part in grammar.between.split(rest[: end.start()]):
        phrase = grammar.article.sub("", part.strip())
        if _names_someone(phrase, grammar, language):
            phrases.append(phrase)
        elif not phrases:
            return ()
        else:
            # "promotion et protection": more of the phrase before, which is cut off and unsafe.
            phrases[-1] = rest[rest.find(phrases[-1]) : rest.find(part) + len(part)].strip()
    return tuple(dict.fromkeys(p for p in phrases if 1 < len(p) <= _MAX_PHRASE_CHARS))


def _names_someone(phrase: str, grammar: _Grammar, language: str) -> bool:
    return grammar.agent.match(phrase) is not None or country_code(phrase, language) is not None


def _chinese(verb: str, rest: str) -> tuple[str, ...]:
    phrases: list[str] = []
    if _CHINESE_ASKS.search(verb) is None:
        return ()
    while match := _CHINESE.match(rest):
        phrases.append(match["who"])
        rest = rest[match.end() :]
        if match["end"] not in ("和", "及", "以及", "、"):
            break
    return tuple(phrases)
