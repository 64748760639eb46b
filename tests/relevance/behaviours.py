"""Named behaviours of search over real documents: what must be found, and what not above it.

Each was written from a question an advocate asks and checked by reading the paragraphs. Expected
paragraphs are given by symbol and number; any one of them among the first `k` is an answer, and
none of the forbidden may stand above the first expected.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from search_api.schemas import Filters

__all__ = ["BEHAVIOURS", "Behaviour"]


@dataclass(frozen=True)
class Behaviour:
    """A question and its answers.

    Attributes:
        name: what search must be able to do.
        query: as typed.
        k: among how many first hits an expected one must be.
        expected: (symbol, paragraph numbers).
        forbidden: (symbol, paragraph numbers) that may not stand above the first expected.
        filters: as chosen in the page.
    """

    name: str
    query: str
    k: int
    expected: dict[str, set[str]]
    forbidden: dict[str, set[str]] = field(default_factory=dict)
    filters: Filters = field(default_factory=Filters)


BELARUS = "A/HRC/15/16"

BEHAVIOURS = [
    Behaviour(
        "counsel of one's choice",
        "access of detainees to a lawyer of their choice",
        5,
        {
            "A/HRC/13/39": {"54"},
            "E/CN.4/2003/68": {"26"},
            "CCPR/C/GC/32": {"34"},
            "CCPR/C/GC/35": {"46", "58"},
        },
    ),
    Behaviour(
        "a moratorium, in one country",
        "moratorium on the death penalty",
        3,
        {BELARUS: {"98.16", "98.17"}},
        filters=Filters(country=("BLR",)),
    ),
    Behaviour(
        "a country named in the question leads",
        "moratorium on executions in Belarus",
        3,
        {BELARUS: {"54", "98.16", "98.17"}},
        {"A/HRC/25/3": {"138.119", "138.120"}},
    ),
    Behaviour(
        "registration of associations",
        "simplify the registration of non-governmental organizations",
        3,
        {BELARUS: {"98.28", "98.30", "98.35"}},
    ),
    Behaviour(
        "independent media",
        "independent newspapers and journalists must be able to register",
        5,
        {BELARUS: {"98.12", "98.27"}},
    ),
    Behaviour(
        "incommunicado detention",
        "holding people without contact with the outside world is itself ill-treatment",
        10,
        {
            "A/56/156": {"14"},
            "E/CN.4/1986/15": {"109"},
            "A/57/173": {"16"},
            "A/71/298": {"63"},
            "CCPR/C/GC/35": {"56", "58"},
            "E/CN.4/2004/56": {"37"},
        },
    ),
    Behaviour(
        "tainted confessions",
        "evidence obtained by torture is inadmissible",
        5,
        {"A/HRC/25/60": {"64", "82"}, "A/HRC/13/39": {"53"}, "CCPR/C/GC/32": {"41", "6"}},
    ),
    Behaviour(
        "the erased of Slovenia",
        "people erased from the register of permanent residents",
        5,
        {
            "A/HRC/WG.6/20/SVN/1": {"20", "92"},
            "A/HRC/WG.6/34/SVN/2": {"74"},
            "A/HRC/WG.6/48/SVN/3": {"81"},
        },
    ),
    Behaviour(
        "prolonged solitary confinement",
        "when does solitary confinement become torture",
        3,
        {"A/66/268": {"88", "61", "26", "79", "76", "70", "71", "72", "74", "80"}},
    ),
    Behaviour(
        "diplomatic assurances",
        "assurances do not make it lawful to return someone to torture",
        5,
        {
            "A/60/316": {"29", "30", "31", "46", "48", "51", "52"},
            "E/CN.4/2006/6": {"28", "31", "32"},
            "CAT/C/GC/4": {"19", "20"},
        },
    ),
    Behaviour(
        "privatization of schools",
        "private schools for profit undermine education as a public good",
        5,
        {
            "A/69/402": {"38", "97", "98", "100", "104"},
            "A/70/342": {"86", "87"},
            "A/HRC/29/30": {"62"},
        },
    ),
    Behaviour(
        "pregnant pupils",
        "schoolgirls expelled because they are pregnant",
        5,
        {
            "E/CN.4/2000/6": {"57", "58", "60"},
            "E/CN.4/2006/45": {"70", "71", "76"},
            "A/HRC/35/24": {"43"},
            "CEDAW/C/GC/36": {"52", "54", "55"},
        },
    ),
    Behaviour(
        "enough water",
        "how much water must a person have for daily use",
        3,
        {"E/C.12/2002/11": {"12"}},
        filters=Filters(kind=("general-comment",)),
    ),
    Behaviour(
        "removing judges",
        "judges may only be dismissed for serious misconduct",
        3,
        {"CCPR/C/GC/32": {"20"}},
    ),
    Behaviour(
        "conscientious objectors",
        "refusal to perform military service on grounds of conscience",
        3,
        {"CCPR/C/21/Rev.1/Add.4": {"11"}},
        filters=Filters(kind=("general-comment",)),
    ),
    Behaviour(
        "minimum age",
        "from what age may a child be tried as a criminal",
        5,
        {"CRC/C/GC/24": {"20", "21", "22", "23", "24", "26"}, "CRC/C/GC/10": {"30", "31", "32"}},
    ),
    Behaviour(
        "the superseded does not stand above the one in force, asked by symbol",
        "CRC/C/GC/24, para. 21",
        1,
        {"CRC/C/GC/24": {"21"}},
    ),
    Behaviour(
        "the disappeared and their families",
        "right of relatives to know the truth about the disappeared",
        5,
        {"CED/C/GC/1": {"44", "49"}, "A/56/156": {"10", "12", "14", "15"}, "CCPR/C/GC/36": {"58"}},
    ),
    Behaviour(
        "Indigenous data",
        "Indigenous Peoples decide over data about themselves",
        5,
        {"A/HRC/EMRIP/2025/2": {"64", "65", "69", "71"}},
    ),
    Behaviour(
        "adopted text beside its draft",
        '"Encourages relevant special procedure mandate holders" climate change',
        2,
        {"A/HRC/RES/59/25": {"25"}},
        filters=Filters(kind=("resolution",)),
    ),
    Behaviour(
        "artificial intelligence in school",
        "artificial intelligence tools in the classroom and the work of teachers",
        5,
        {"A/79/520": {"55", "56", "107", "122", "1", "89", "102"}},
    ),
    Behaviour(
        "a Russian question, an English answer",
        "доступ задержанных к адвокату по своему выбору",
        10,
        {
            "A/HRC/13/39": {"54"},
            "E/CN.4/2003/68": {"26"},
            "CCPR/C/GC/32": {"32", "33", "34", "37", "38"},
            "CCPR/C/GC/35": {"46", "58"},
        },
    ),
    Behaviour(
        "a Belarusian question, an English answer",
        "мараторый на смяротнае пакаранне",
        5,
        {BELARUS: {"97.23", "98.16", "98.17", "98.18", "98.19", "54"}},
        filters=Filters(country=("BLR",)),
    ),
    Behaviour(
        "a French question on a French text",
        "procédures pour l’instauration d’une paix ferme et durable en Amérique centrale",
        3,
        {"A/RES/48/161": {str(n) for n in range(1, 40)}},
        filters=Filters(language=("fr",)),
    ),
    Behaviour(
        "a Spanish question on a Spanish text",
        "financiación de la Misión de las Naciones Unidas en Haití",
        3,
        {"A/RES/48/246": {str(n) for n in range(1, 30)}},
        filters=Filters(language=("es",)),
    ),
    Behaviour(
        "a citation goes straight to its paragraph",
        "A/HRC/15/16, para. 98.16",
        1,
        {BELARUS: {"98.16"}},
    ),
    Behaviour(
        "visits to prisons",
        "independent bodies visiting places of detention to prevent ill-treatment",
        5,
        {
            "A/65/273": {"75", "76", "77", "80", "83", "92"},
            "A/HRC/31/57": {"39"},
            "E/CN.4/2003/68": {"26"},
        },
    ),
]
