"""What a title says: kind of document, mandate, countries, and the title people know it by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.bodies import COMMITTEES
from corpus.countries import find_countries
from corpus.symbols import Symbol
from corpus.types import DocumentKind as Kind

__all__ = ["committee_of", "countries_of", "kind_of_title", "mandate_of", "title_of"]

_RAPPORTEUR = (
    r"special rapporteur|independent expert(?!s)|"
    r"special representative of the secretary-general on|"
    r"rapporteuse? spéciale?|expert indépendant|relator[a]? especial|experto independiente|"
    r"специальн\w+ докладчик|специальн\w+ дакладчы|независим\w+ эксперт|"
    r"المقرر[ة]? الخاص|特别报告员|独立专家"
)
_EXPERT_GROUP = (
    r"working group on (?!the universal p)|group of (?:independent )?experts|"
    r"group of independent|expert mechanism|commission of inquiry|fact-finding mission|"
    r"group of eminent|groupe d[’']experts|grupo de expertos|группы? (?:независимых )?экспертов|"
    r"комисси\w+ по расследованию|فريق الخبراء|专家组|工作组报告"
)
# In the order they are tried; the first that fits wins.
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"(?:draft )?amendments? (?:to|proposed to) (?:the )?(?:draft|A/)|: amendment to",
     Kind.DRAFT_AMENDMENT),
    (r"draft resolution\b|projet de résolution|proyecto de resolución|проект резолюции|"
     r"праект рэзалюцыі|مشروع قرار|决议草案", Kind.DRAFT_RESOLUTION),
    (r"resolution adopted|r[eé]solution adopt[eé]e|resoluci[oó]n aprobada|резолюция, принятая|"
     r"قرار اتخذ|通过的决议", Kind.RESOLUTION),
    (r"(?:decision|views) adopted by the .*committee|constatations adoptées|"
     r"dictamen aprobado|соображения, принятые", Kind.TREATY_BODY_DECISION),
    (r"decision adopted by|décision adoptée|decisión aprobada|решение, принятое", Kind.DECISION),
    (r"\bgeneral (?:comment|recommendation) no|observation générale no|observación general núm|"
     r"замечание общего порядка №|التعليق العام رقم|一般性意见", Kind.GENERAL_COMMENT),
    (r"\bconcluding observations on|observations finales concernant|observaciones finales sobre|"
     r"заключительные замечания по", Kind.CONCLUDING_OBSERVATIONS),
    (r"(?:written|oral) statement|exposé écrit|exposición (?:conjunta )?escrita|"
     r"exposición por escrito|"
     r"письменное заявление|пісьмовая заява|بيان خطي|书面陈述", Kind.NGO_STATEMENT),
    (r"report of the (?:sample )?working group on the universal p(?:eriodic|eer) review|"
     r"rapport du groupe de travail sur l[’']examen périodique universel|"
     r"informe del grupo de trabajo sobre el examen periódico universal|"
     r"доклад рабочей группы по универсальному периодическому обзору", Kind.UPR_REPORT),
    (r"letters? dated|note verbale dated|lettres? datée|carta de fecha|letter to the", Kind.LETTER),
    (_RAPPORTEUR, Kind.SPECIAL_RAPPORTEUR_REPORT),
    (_EXPERT_GROUP, Kind.EXPERT_GROUP_REPORT),
    (r"report of the (?:\w+ )?(?:committee on (?:the )?(?:elimination|rights|enforced|protection|"
     r"economic)|committee against torture|human rights committee)|"
     r"(?:committee against torture|human rights committee|cultural rights).*report on the",
     Kind.TREATY_BODY_REPORT),
    (r"report of the (?:sample )?(?:united nations )?(?:high commissioner|secretary-general|"
     r"office of the)|report of the human rights council|rapport du (?:haut|secrétaire)|"
     r"informe del (?:alto|secretario)|доклад (?:верховного|генерального)", Kind.OFFICIAL_REPORT),
    (r"summary record", Kind.MEETING_RECORD),
)  # fmt: skip
_UPR_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"national report submitted|rapport national présenté|informe nacional presentado|"
     r"национальный доклад, представленный", Kind.UPR_NATIONAL_REPORT),
    (r"compilation (?:prepared|on|of)|compilation (?:établie|concernant)|recopilación|подборка",
     Kind.UPR_COMPILATION),
    (r"summary (?:prepared|of stakeholders|of other stakeholders)|résumé (?:établi|des)|"
     r"resumen (?:preparado|de las)|резюме", Kind.UPR_STAKEHOLDERS),
)  # fmt: skip
_ADOPTED = re.compile(
    r"(?:resolution|decision|r[eé]solution|resoluci[oó]n|décision|decisión|резолюция|решение)"
    r"\W+(?:adopted|adopt[eé]e|aprobada|принят)(?!.*communication)",
    re.IGNORECASE,
)
_SPONSORS = re.compile(
    r":\s*(?:revised )?(?:draft (?:resolution|decision)|amendments?\b.*)\W*\Z", re.I
)
_MANDATE = re.compile(
    r"(?:Sample )?(?:Special Rapporteurs?|Independent Experts?|Working Group|Expert Mechanism|"
    r"(?:International )?(?:Independent )?(?:International )?Commission of Inquiry|"
    r"(?:International )?(?:Independent )?(?:International )?Fact-[Ff]inding Mission|"
    r"Group of (?:Independent |Eminent )?(?:International )?(?:and Regional )?Experts|"
    r"Special Representative of the Secretary-General|"
    r"Rapporteu(?:r|se) spéciale?(?: exemple)?|Relatora? Especial(?: de Muestra)?)"
    r"(?: of| on| for| in| sur| chargée? de| sobre)\b[^;:]*"
)
_MISSION = re.compile(
    r"\b(?:on (?:his|her|its|their) (?:mission|visit)|: mission|\(mission)\b.*", re.I
)
# ", Anaïs Marin" at the end: two to four capitalised words, after a comma.
_HOLDER = re.compile(r",\s+(?:Mr\.?s?\s+|Ms\.?\s+)?(?:[^\W\d_a-z][\w.’'-]+\s*){2,5}\*?\Z")
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


def mandate_of(titles: Sequence[str]) -> str | None:
    """Return the special procedure or expert group that reports, as the title names it."""
    for title in titles:
        if (found := _MANDATE.search(title)) and "on the Universal P" not in found[0]:
            words = _MISSION.sub("", found[0])
            return _HOLDER.sub("", words).strip(" ,*") or None
    return None


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
