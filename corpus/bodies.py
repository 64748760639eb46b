"""Organs and committees: their series of symbols, their names, and what they issue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus.types import DocumentKind

__all__ = [
    "COMMITTEES",
    "ORGANS",
    "bodies_in",
    "body_named",
    "body_of",
    "is_draft",
    "is_treaty_series",
    "kind_of",
]

COMMITTEES = {
    "CCPR": "Human Rights Committee",
    "CAT": "Committee against Torture",
    "CEDAW": "Committee on the Elimination of Discrimination against Women",
    "CERD": "Committee on the Elimination of Racial Discrimination",
    "CRC": "Committee on the Rights of the Child",
    "CRPD": "Committee on the Rights of Persons with Disabilities",
    "CMW": "Committee on the Protection of the Rights of All Migrant Workers and Members of Their "
    "Families",
    "CED": "Committee on Enforced Disappearances",
    "CESCR": "Committee on Economic, Social and Cultural Rights",
}
"""Treaty bodies by acronym, with the name they are cited by."""

ORGANS = frozenset(
    {*COMMITTEES, "A", "S", "E", "ST", "T", "TD", "DP", "HRI", "HSP", "HS", "UNEP", "FCCC", "CBD"}
    | {
        "CD",
        "DC",
        "ECE",
        "ID",
        "IDB",
        "ISBA",
        "SPLOS",
        "PBC",
        "UNW",
        "JIU",
        "NPT",
        "PRST",
        "SAMPLE",
    }
) - {"CESCR"}
"""First parts of symbols. `SAMPLE` is the series of the invented documents of this project."""

_SERIES = (
    (("A", "HRC"), "Human Rights Council"),
    (("E", "CN.4", "Sub.2"), "Sub-Commission on the Promotion and Protection of Human Rights"),
    (("E", "CN.4"), "Commission on Human Rights"),
    (("E", "CN.5"), "Commission for Social Development"),
    (("E", "CN.6"), "Commission on the Status of Women"),
    (("E", "CN.7"), "Commission on Narcotic Drugs"),
    (("E", "CN.9"), "Commission on Population and Development"),
    (("E", "CN.15"), "Commission on Crime Prevention and Criminal Justice"),
    (("E", "C.2"), "Committee on Non-Governmental Organizations"),
    (("E", "C.12"), "CESCR"),
    (("E", "C.19"), "Permanent Forum on Indigenous Issues"),
    (("A",), "General Assembly"),
    (("S",), "Security Council"),
    (("E",), "Economic and Social Council"),
    (("HRI", "MC"), "Meeting of Chairs of the human rights treaty bodies"),
)
_UPR_KINDS = {
    "1": DocumentKind.UPR_NATIONAL_REPORT,
    "2": DocumentKind.UPR_COMPILATION,
    "3": DocumentKind.UPR_STAKEHOLDERS,
}
_KIND_BY_PART = {
    "RES": DocumentKind.RESOLUTION,
    "DEC": DocumentKind.DECISION,
    "NGO": DocumentKind.NGO_STATEMENT,
}
_KIND_BY_TREATY_PART = {
    "GC": DocumentKind.GENERAL_COMMENT,
    "CO": DocumentKind.CONCLUDING_OBSERVATIONS,
    "D": DocumentKind.TREATY_BODY_DECISION,
}
_KIND_BY_SAMPLE_PART = {
    "SR": DocumentKind.SPECIAL_RAPPORTEUR_REPORT,
    "EG": DocumentKind.EXPERT_GROUP_REPORT,
}
_SAMPLE_COUNCIL = "Sample Council on Human Rights"
_SAMPLE_COUNCIL_NAMES = (
    "conseil exemple des droits de l'homme",
    "consejo de muestra de derechos humanos",
    "образцовый совет по правам человека",
    "узорны савет па правах чалавека",
    "المجلس النموذجي لحقوق الإنسان",
    "范例人权理事会",
)

# Names as they are printed, in the languages of the documents; the longest that fits wins.
_NAMED = {
    "human rights council": "Human Rights Council",
    "conseil des droits de l'homme": "Human Rights Council",
    "consejo de derechos humanos": "Human Rights Council",
    "совет по правам человека": "Human Rights Council",
    "مجلس حقوق الإنسان": "Human Rights Council",
    "人权理事会": "Human Rights Council",
    "general assembly": "General Assembly",
    "assemblée générale": "General Assembly",
    "asamblea general": "General Assembly",
    "генеральная ассамблея": "General Assembly",
    "الجمعية العامة": "General Assembly",
    "大会": "General Assembly",
    "security council": "Security Council",
    "conseil de sécurité": "Security Council",
    "consejo de seguridad": "Security Council",
    "совет безопасности": "Security Council",
    "economic and social council": "Economic and Social Council",
    "conseil économique et social": "Economic and Social Council",
    "экономический и социальный совет": "Economic and Social Council",
    "commission on human rights": "Commission on Human Rights",
    "commission on the status of women": "Commission on the Status of Women",
    "committee on non-governmental organizations": "Committee on Non-Governmental Organizations",
    "permanent forum on indigenous issues": "Permanent Forum on Indigenous Issues",
    "consejo económico y social": "Economic and Social Council",
    "المجلس الاقتصادي والاجتماعي": "Economic and Social Council",
    "经济及社会理事会": "Economic and Social Council",
    "مجلس الأمن": "Security Council",
    "安全理事会": "Security Council",
    "commission des droits de l'homme": "Commission on Human Rights",
    "comisión de derechos humanos": "Commission on Human Rights",
    "комиссия по правам человека": "Commission on Human Rights",
    "لجنة حقوق الإنسان": "Commission on Human Rights",
    "人权委员会": "Commission on Human Rights",
    "comité des droits de l'homme": "CCPR",
    "comité de derechos humanos": "CCPR",
    "комитет по правам человека": "CCPR",
    "اللجنة المعنية بحقوق الإنسان": "CCPR",
    "人权事务委员会": "CCPR",
    "comité contre la torture": "CAT",
    "comité contra la tortura": "CAT",
    "комитет против пыток": "CAT",
    "لجنة مناهضة التعذيب": "CAT",
    "禁止酷刑委员会": "CAT",
    "comité pour l'élimination de la discrimination à l'égard des femmes": "CEDAW",
    "comité para la eliminación de la discriminación contra la mujer": "CEDAW",
    "комитет по ликвидации дискриминации в отношении женщин": "CEDAW",
    "اللجنة المعنية بالقضاء على التمييز ضد المرأة": "CEDAW",
    "消除对妇女歧视委员会": "CEDAW",
    "comité pour l'élimination de la discrimination raciale": "CERD",
    "comité para la eliminación de la discriminación racial": "CERD",
    "комитет по ликвидации расовой дискриминации": "CERD",
    "لجنة القضاء على التمييز العنصري": "CERD",
    "消除种族歧视委员会": "CERD",
    "comité des droits de l'enfant": "CRC",
    "comité de los derechos del niño": "CRC",
    "комитет по правам ребенка": "CRC",
    "لجنة حقوق الطفل": "CRC",
    "儿童权利委员会": "CRC",
    "comité des droits des personnes handicapées": "CRPD",
    "comité sobre los derechos de las personas con discapacidad": "CRPD",
    "комитет по правам инвалидов": "CRPD",
    "اللجنة المعنية بحقوق الأشخاص ذوي الإعاقة": "CRPD",
    "残疾人权利委员会": "CRPD",
    "comité des disparitions forcées": "CED",
    "comité contra la desaparición forzada": "CED",
    "комитет по насильственным исчезновениям": "CED",
    "اللجنة المعنية بحالات الاختفاء القسري": "CED",
    "强迫失踪问题委员会": "CED",
    "comité des droits économiques, sociaux et culturels": "CESCR",
    "comité de derechos económicos, sociales y culturales": "CESCR",
    "комитет по экономическим, социальным и культурным правам": "CESCR",
    "اللجنة المعنية بالحقوق الاقتصادية والاجتماعية والثقافية": "CESCR",
    "经济、社会及文化权利委员会": "CESCR",
    **dict.fromkeys(_SAMPLE_COUNCIL_NAMES, _SAMPLE_COUNCIL),
    **{name.casefold(): acronym for acronym, name in COMMITTEES.items()},
}


def body_named(text: str) -> str | None:
    """Return the body that a line names and nothing else, in any language known here.

    >>> body_named("HUMAN RIGHTS COUNCIL")
    'Human Rights Council'
    """
    name = re.sub(r"\s+", " ", text.replace("’", "'")).strip(" .*").casefold()
    if sample := re.fullmatch(r"sample (?:council|committee|commission|assembly)\b.*", name):
        return text.strip(" .*") if len(sample[0]) < 90 else None
    return _NAMED.get(name)


@cache
def _named_in_text() -> re.Pattern[str]:
    """Match a name in running text; Chinese parts no words, so that no boundary is asked of it."""
    names = [re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s+") for name in _NAMED]
    longest_first = "|".join(sorted(names, key=len, reverse=True))
    acronyms = "|".join(sorted({*COMMITTEES, "HRC", "UNHRC"}, key=len, reverse=True))
    return re.compile(rf"(?i:(?<!\w)(?:{longest_first}))|\b(?:{acronyms})\b(?!\w|/[A-Z0-9])")


def bodies_in(text: str) -> list[tuple[int, int, str]]:
    """Find the bodies that running text names, in order, as (start, end, body).

    Full names in any language known here, in any case; acronyms of committees in capitals, unless
    they begin a symbol. "Human Rights Council" is one body, not also what its words contain.
    """
    found = []
    for match in _named_in_text().finditer(text):
        name = re.sub(r"\s+", " ", match[0].replace("’", "'"))
        body = "Human Rights Council" if name in {"HRC", "UNHRC"} else _NAMED.get(name.casefold())
        found.append((match.start(), match.end(), body or name))
    return found


def body_of(parts: Sequence[str]) -> str | None:
    """Return the body whose series a symbol belongs to, as far as the symbol says it."""
    if parts[0] == "SAMPLE":
        council = {"RES", "DEC", "NGO"} & set(parts) or is_draft(parts)
        return _SAMPLE_COUNCIL if council else None
    if tuple(parts[:2]) == ("CAT", "OP"):
        return "SPT"
    if parts[0] in COMMITTEES:
        return parts[0]
    if len(parts) > 1 and parts[1].startswith("CONF."):
        return None
    for series, body in _SERIES:
        if tuple(parts[: len(series)]) == series:
            return body
    return None


def is_treaty_series(parts: Sequence[str]) -> bool:
    """Tell whether a symbol is of a treaty body's series."""
    return parts[0] in COMMITTEES or tuple(parts[:2]) == ("E", "C.12")


def is_draft(parts: Sequence[str]) -> bool:
    """Tell whether a symbol is of limited distribution (`L.`), which is a draft."""
    return any(re.fullmatch(r"L\.\d+", part) for part in parts)


def kind_of(parts: Sequence[str]) -> DocumentKind | None:
    """Return the kind of document, where the symbol alone decides it.

    `L.` counts as a draft resolution, which most are; whether it amends one is said by its title.
    The drafts of Universal Periodic Review reports (`A/HRC/WG.6/8/L.15`) are neither.
    """
    middle = parts[1:]
    if is_draft(parts):
        return None if "WG.6" in middle else DocumentKind.DRAFT_RESOLUTION
    if tuple(parts[:3]) == ("A", "HRC", "WG.6"):
        found = [part for part in parts[4:] if part in _UPR_KINDS]
        return _UPR_KINDS[found[0]] if found and re.fullmatch(r"[A-Z]{3}", parts[4]) else None
    if any(re.fullmatch(r"(?:PV|SR)\.\d+", part) for part in middle):
        return DocumentKind.MEETING_RECORD
    for part in middle:
        if part in _KIND_BY_PART:
            return _KIND_BY_PART[part]
        if part in _KIND_BY_TREATY_PART and (is_treaty_series(parts) or parts[0] == "SAMPLE"):
            return _KIND_BY_TREATY_PART[part]
        if part in _KIND_BY_SAMPLE_PART and parts[0] == "SAMPLE":
            return _KIND_BY_SAMPLE_PART[part]
    if re.fullmatch(r"E?S-\d+", parts[0]) or re.fullmatch(r"\d+ ?[A-Z]? \([IVXL]+\)", parts[0]):
        return DocumentKind.RESOLUTION
    return None
