"""Names of States as UN documents print them in other languages, where ISO 3166 differs.

UN terminology (UNTERM) has "Belarús" and "República Árabe Siria" where the translations of ISO
3166 have "Bielorrusia" and "Siria"; titles in Russian decline the name.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["UN_NAMES", "declined"]

UN_NAMES: dict[str, dict[str, str]] = {
    "fr": {
        "BOL": "bolivie (état plurinational de)|état plurinational de bolivie",
        "BLR": "bélarus|biélorussie",
        "CAF": "république centrafricaine",
        "CIV": "côte d'ivoire",
        "COD": "république démocratique du congo",
        "CZE": "tchéquie|république tchèque",
        "GBR": "royaume-uni|royaume-uni de grande-bretagne et d'irlande du nord",
        "IRN": "république islamique d'iran|iran (république islamique d')",
        "KOR": "république de corée",
        "LAO": "république démocratique populaire lao",
        "LBY": "libye|jamahiriya arabe libyenne",
        "MDA": "république de moldova",
        "MKD": "macédoine du nord|ex-république yougoslave de macédoine",
        "PRK": "république populaire démocratique de corée",
        "PSE": "état de palestine|palestine|territoire palestinien occupé|"
        "territoires palestiniens occupés",
        "RUS": "fédération de russie",
        "SYR": "république arabe syrienne",
        "TUR": "türkiye|turquie",
        "TZA": "république-unie de tanzanie",
        "USA": "états-unis d'amérique|états-unis",
        "VEN": "venezuela (république bolivarienne du)|république bolivarienne du venezuela",
        "VNM": "viet nam",
    },
    "es": {
        "BHR": "bahrein",
        "BLR": "belarús|belarus",
        "BOL": "bolivia (estado plurinacional de)|estado plurinacional de bolivia",
        "BWA": "botswana",
        "CAF": "república centroafricana",
        "CIV": "côte d'ivoire",
        "COD": "república democrática del congo",
        "CZE": "chequia|república checa",
        "GBR": "reino unido|reino unido de gran bretaña e irlanda del norte",
        "IRN": "república islámica del irán|irán (república islámica del)|irán",
        "IRQ": "iraq",
        "KEN": "kenya",
        "KOR": "república de corea",
        "LAO": "república democrática popular lao",
        "LBY": "libia|jamahiriya árabe libia",
        "MDA": "república de moldova",
        "MKD": "macedonia del norte|ex república yugoslava de macedonia",
        "MWI": "malawi",
        "PRK": "república popular democrática de corea",
        "PSE": "estado de palestina|palestina|territorio palestino ocupado",
        "QAT": "qatar",
        "RUS": "federación de rusia",
        "RWA": "rwanda",
        "SAU": "arabia saudita",
        "SYR": "república árabe siria",
        "TUR": "türkiye|turquía",
        "TZA": "república unida de tanzanía|república unida de tanzania",
        "USA": "estados unidos de américa|estados unidos",
        "VEN": "venezuela (república bolivariana de)|república bolivariana de venezuela",
        "VNM": "viet nam",
        "ZWE": "zimbabwe",
    },
    "ru": {
        "BOL": "боливия (многонациональное государство)|многонациональное государство боливия",
        "CAF": "центральноафриканская республика|центральноафриканской республике|"
        "центральноафриканской республики",
        "CIV": "кот-д'ивуар|кот-д'ивуаре",
        "COD": "демократическая республика конго|демократической республике конго|"
        "демократической республики конго",
        "GBR": "соединенное королевство|соединенное королевство великобритании и северной ирландии",
        "IRN": "исламская республика иран|исламской республике иран|исламской республики иран|"
        "иран (исламская республика)",
        "KOR": "республика корея|республике корея|республики корея",
        "LAO": "лаосская народно-демократическая республика",
        "MDA": "республика молдова|республике молдова|республики молдова",
        "PRK": "корейская народно-демократическая республика|"
        "корейской народно-демократической республике|"
        "корейской народно-демократической республики",
        "PSE": "государство палестина",
        "RUS": "российская федерация|российской федерации",
        "SSD": "южный судан|южном судане|южного судана",
        "SYR": "сирийская арабская республика|сирийской арабской республике|"
        "сирийской арабской республики",
        "TZA": "объединенная республика танзания",
        "USA": "соединенные штаты америки",
        "VEN": "венесуэла (боливарианская республика)|боливарианская республика венесуэла|"
        "боливарианской республике венесуэла",
    },
    "ar": {
        "BLR": "بيلاروس",
        "CAF": "جمهورية أفريقيا الوسطى",
        "COD": "جمهورية الكونغو الديمقراطية",
        "IRN": "جمهورية إيران الإسلامية",
        "KOR": "جمهورية كوريا",
        "PRK": "جمهورية كوريا الشعبية الديمقراطية",
        "PSE": "دولة فلسطين|الأرض الفلسطينية المحتلة",
        "RUS": "الاتحاد الروسي",
        "SSD": "جنوب السودان",
        "SYR": "الجمهورية العربية السورية",
        "VEN": "جمهورية فنزويلا البوليفارية",
    },
    "zh": {
        "BOL": "多民族玻利维亚国",
        "COD": "刚果民主共和国",
        "GBR": "大不列颠及北爱尔兰联合王国",
        "KOR": "大韩民国",
        "LAO": "老挝人民民主共和国",
        "MDA": "摩尔多瓦共和国",
        "PSE": "巴勒斯坦国|巴勒斯坦被占领土",
        "RUS": "俄罗斯联邦",
        "TZA": "坦桑尼亚联合共和国",
        "USA": "美利坚合众国",
        "VEN": "委内瑞拉玻利瓦尔共和国",
    },
    "pt": {"MWI": "malawi|malauí|maláui", "TZA": "tanzânia", "SEN": "senegal"},
}
"""By language and ISO 3166-1 alpha-3 code, folded as names are; `|` separates."""

_ENDINGS = (
    ("ия", ("ии", "ию")),
    ("я", ("и", "е", "ю")),
    ("а", ("е", "ы", "у")),
    ("ь", ("и", "я", "е")),
    ("й", ("я", "е", "ю")),
)


def declined(name: str) -> Iterator[str]:
    """Yield the other cases of a Russian name of one word ("Мьянма": "Мьянме", …).

    Those that other names of States have are for the caller to keep out.
    """
    if not name.isalpha() or len(name) < 4:
        return
    for ending, others in _ENDINGS:
        if name.endswith(ending):
            yield from (name[: -len(ending)] + other for other in others)
            return
    if name[-1] not in "оеиуыэю":
        yield from (name + other for other in ("а", "е", "у"))
