"""What a title says: kind of document, countries, and the title people know it by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.bodies import COMMITTEES
from corpus.countries import find_countries
from corpus.symbols import Symbol
from corpus.types import DocumentKind as Kind

__all__ = ["committee_of", "countries_of", "kind_of_title", "title_of"]

_RAPPORTEUR = (
    r"special rapporteur(?!s)|independent expert(?!s)|"
    r"representative of the secretary-general (?:on|for) (?:the )?(?:situation of |issue of )?"
    r"(?:human rights|internally)|"
    r"rapporteu(?:r|se) spéciale?\b|experte? indépendante?\b|relatora? especial\b|"
    r"expert[oa] independiente\b|"
    r"специальн\w+ докладчик(?!ов)|специальн\w+ дакладчы|независим(?:ый|ого|ым) эксперт|"
    r"المقرر[ة]? الخاص|特别报告员|独立专家"
)
_EXPERT_GROUP = (
    r"working group (?:of experts )?on (?!the universal p)|group of (?:independent )?experts|"
    r"group of independent|group of human rights experts|expert mechanism|commission of inquiry|"
    r"fact-finding mission|commission on human rights in south sudan|"
    r"(?:council|human rights) advisory committee|independent investigative mechanism|"
    r"group of eminent|groupe d[’']experts|grupo de expertos|группы? (?:независимых )?экспертов|"
    r"commission d[’']enquête|comisión (?:internacional )?(?:independiente )?de investigación|"
    r"mission (?:internationale )?(?:indépendante )?d[’']établissement des faits|"
    r"комисси\w+ по расследованию|экспертн\w+ механизм|فريق الخبراء|لجنة التحقيق|"
    r"专家组|调查委员会|专家机制|工作组报告"
)
# In the order they are tried; the first that fits wins.
_KINDS: tuple[tuple[str, Kind | None], ...] = (
    (r"(?:comments|observations|response|replies) (?:by|of|from) the (?:state|government)\b", None),
    (r"(?:draft )?amendments? (?:to|proposed to) (?:the )?(?:draft|A/)|: amendment to",
     Kind.DRAFT_AMENDMENT),
    (r"draft resolution\b|projet de résolution|proyecto de resolución|проект резолюции|"
     r"праект рэзалюцыі|مشروع قرار|决议草案", Kind.DRAFT_RESOLUTION),
    (r"resolution adopted|r[eé]solution adopt[eé]e|resoluci[oó]n aprobada|резолюция, принятая|"
     r"قرار اتخذ|通过的?决议", Kind.RESOLUTION),
    (r"(?:decision|views) adopted by the .*committee|constatations adoptées|"
     r"dictamen aprobado|соображения, принятые", Kind.TREATY_BODY_DECISION),
    (r"decision adopted by|décision adoptée|decisión aprobada|решение, принятое", Kind.DECISION),
    (r"\bgeneral (?:comment|recommendation) no|observation générale no|observación general núm|"
     r"замечание общего порядка №|التعليق العام رقم|一般性意见", Kind.GENERAL_COMMENT),
    (r"\bconcluding observations on|observations finales concernant|observaciones finales sobre|"
     r"\bconcluding observations (?:of|by|adopted by) the .{0,80}committee|"
     r"заключительные замечания (?:по|комитета)|الملاحظات الختامية|结论性意见",
     Kind.CONCLUDING_OBSERVATIONS),
    (r"(?:written|oral) statement|exposé écrit|exposición (?:conjunta )?escrita|"
     r"exposición por escrito|"
     r"письменное заявление|пісьмовая заява|بيان خطي|书面陈述", Kind.NGO_STATEMENT),
    (r"report of the (?:sample )?working group on the universal p(?:eriodic|eer) review|"
     r"rapport du groupe de travail sur l[’']examen périodique universel|"
     r"informe del grupo de trabajo sobre el examen periódico universal|"
     r"доклад рабочей группы по универсальному периодическому обзору|"
     r"تقرير الفريق العامل المعني بالاستعراض الدوري الشامل|普遍定期审议工作组(?:的)?报告",
     Kind.UPR_REPORT),
    (r"letters? dated|note verbale dated|lettres? datée|carta de fecha|letter to the", Kind.LETTER),
    (r"(?:^|: )report of the (?:secretary-general|(?:office of the )?(?:united nations )?high "
     r"commissioner|(?:first|second|third|fourth|fifth|sixth) committee)(?!['’]s)",
     Kind.OFFICIAL_REPORT),
    (_RAPPORTEUR, Kind.SPECIAL_RAPPORTEUR_REPORT),
    (_EXPERT_GROUP, Kind.EXPERT_GROUP_REPORT),
    (r"report of the (?:\w+ )?(?:committee on (?:the )?(?:elimination|rights|enforced|protection|"
     r"economic)|committee against torture|human rights committee)|"
     r"(?:committee against torture|human rights committee|cultural rights).*report on the",
     Kind.TREATY_BODY_REPORT),
    (r"report of the (?:sample )?(?:united nations )?(?:high commissioner|secretary-general|"
     r"office of the)|report of the human rights council|rapport du (?:haut|secrétaire)|"
     r"informe del? (?:la )?(?:oficina|alto|secretario)|доклад (?:верховного|генерального)|"
     r"доклад управления верховного|rapport d[eu] (?:la )?(?:haute?|haut-commissariat)|"
     r"special representative of the secretary-general|"
     r"تقرير (?:الأمين العام|مفوض|المفوض)|秘书长的?报告|高级专员(?:办事处)?的?报告",
     Kind.OFFICIAL_REPORT),
    (r"^(?:provisional )?summary record", Kind.MEETING_RECORD),
)  # fmt: skip
_UPR_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"national report submitted|rapport national présenté|informe nacional presentado|"
     r"национальный доклад, представленный|التقرير الوطني|国家报告", Kind.UPR_NATIONAL_REPORT),
    (r"compilation (?:prepared|on|of)|compilation (?:établie|concernant)|recopilación|подборка",
     Kind.UPR_COMPILATION),
    (r"summary (?:prepared|of stakeholders|of other stakeholders)|résumé (?:établi|des)|"
     r"resumen (?:preparado|de las)|резюме", Kind.UPR_STAKEHOLDERS),
)  # fmt: skip
_ADOPTED = re.compile(
    r"(?:resolution|decision|r[eé]solution|resoluci[oó]n|décision|decisión|резолюция|решение)"
    r"\W+(?:adopted|adopt[eé]e|aprobada|принят)(?!.*communication)|"
    r"قرار اتخذ|.{0,12}理事会.{0,20}通过的(?:决议|决定)$|大会.{0,20}(?:通过的)?决议$|"
    r"adopted by the security council at its|adoptée? par le conseil de sécurité|"
    r"aprobada por el consejo de seguridad|принятая советом безопасности|安全理事会.{0,40}通过",
    re.IGNORECASE,
)
_SPONSORS = re.compile(
    r":\s*(?:revised )?(?:draft (?:resolution|decision)|amendments?\b.*)\W*\Z", re.I
)
_SENDER = re.compile(
    r"\bfrom the (?:Permanent|Chargé|Deputy|Head|Minister).*|submitted by .*|présentée? par .*|"
    r"presentad[ao] por .*|addressed to .*|"
    r"(?:^|: )[^:]*: (?:revised )?draft (?:resolution|decision)",
    re.IGNORECASE,
)


def kind_of_title(titles: Sequence[str], symbol: Symbol | None) -> Kind | None:
    """Return the kind of document its symbol and title decide, or None."""
    joined = ": ".join(titles)
    named = next((kind for words, kind in _KINDS if re.search(words, joined, re.I)), None)
    by_symbol = symbol.kind if symbol else None
    if by_symbol is Kind.DRAFT_RESOLUTION and named is Kind.DRAFT_AMENDMENT:
        return named
    if by_symbol is not None:
        return by_symbol
    upr = next((kind for words, kind in _UPR_KINDS if re.search(words, joined, re.I)), None)
    if upr is not None and symbol is not None and "UPR" in symbol.parts:
        return upr
    return named


def committee_of(titles: Sequence[str]) -> str | None:
    """Return the acronym of the treaty body whose report, comment or view the title announces."""
    joined = " ".join(titles)
    for acronym, name in COMMITTEES.items():
        if re.search(rf"report of the {name}|{name} report|adopted by the {name}", joined, re.I):
            return acronym
    return None


def countries_of(titles: Sequence[str], language: str | None) -> tuple[str, ...]:
    """Return the States that a title names as concerned.

    Sponsors of drafts, senders of letters and the names of organizations are not concerned.
    """
    plain = ": ".join(_SENDER.sub("", title) for title in titles if not _SPONSORS.search(title))
    return find_countries(plain, language or "en")


def title_of(titles: Sequence[str]) -> str | None:
    """Join the paragraphs of a title block into the title people know the document by.

    "Resolution adopted by …" and the sponsors of a draft are left out where a subject follows.
    """
    subject = [t for t in titles if not (_ADOPTED.match(t) or _SPONSORS.search(t))]
    return ": ".join(subject or titles) or None
