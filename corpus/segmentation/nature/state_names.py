"""Names of States as brackets in reports of the universal periodic review print them.

What `corpus.countries` knows is not repeated: these are abbreviations ("UK", "DRC"), slips that
recur, and the names of UNTERM in other languages where the translations of ISO 3166 differ. They
are read in brackets only: "uk" or "uae" in a title would be found in other words.
"""

from __future__ import annotations

__all__ = ["NAMES_IN_BRACKETS"]

_NAMES = {
    "ARE": "uae|emirates|объединенные арабские эмираты|阿拉伯联合酋长国|الإمارات العربية المتحدة",
    "AUT": "النمسا",
    "BIH": "bosnia & herzegovina|bosnia|البوسنة والهرسك",
    "BOL": "bolivia, plurinational state of|玻利维亚(多民族国)|دولة بوليفيا المتعددة القوميات",
    "BRN": "бруней-даруссалам|文莱达鲁萨兰国",
    "BTN": "bhután",
    "CHL": "شيلي",
    "CHN": "people's republic of china|الصين",
    "CIV": "cote d'ivoire|côte d ivoire|كوت ديفوار",
    "COD": "drc|dr congo|democratic republic of congo|rdc",
    "COG": "republic of congo",
    "COM": "comoras",
    "CZE": "чешская республика|الجمهورية التشيكية|تشيكيا",
    "DNK": "الدانمرك",
    "DZA": "argelia",
    "FSM": "micronésie (états fédérés de)|micronesia (estados federados de)"
    "|микронезия (федеративные штаты)",
    "GBR": "uk|great britain and northern ireland|england|المملكة المتحدة"
    "|المملكة المتحدة لبريطانيا العظمى وأيرلندا الشمالية",
    "GMB": "gambia (republic of the)|republic of the gambia",
    "IRN": "إيران (جمهورية - الإسلامية)|جمهورية إيران الإسلامية",
    "KAZ": "kazajstán",
    "KGZ": "kyrgyz republic|кыргызстан",
    "KNA": "saint-kitts-et-nevis|saint kitts y nevis|st. kitts and nevis",
    "KOR": "rok|korea (republic of)|جمهورية كوريا",
    "LAO": "lao pdr|lao people's democratic republic (the)|laos",
    "MDA": "moldova (republic of)|جمهورية مولدوفا",
    "MDV": "мальдивские острова",
    "MKD": "fyrom|tfyrom|former yugoslav republic of macedonia|republic of north macedonia"
    "|l'ex-république yougoslave de macédoine|la ex república yugoslava de macedonia"
    "|бывшая югославская республика македония|республика северная македония",
    "MMR": "burma",
    "NLD": "netherlands (kingdom of the)|kingdom of the netherlands|holland|荷兰王国"
    "|pays-bas (royaume des)|países bajos (reino de los)|нидерланды (королевство)",
    "NOR": "النرويج",
    "NZL": "nueva zelandia|نيوزيلندا",
    "PHL": "phillipines|philipines",
    "PNG": "papua nueva guinea|папуа-новая гвинея",
    "PRK": "dprk|dpr korea",
    "PSE": "palestine (state of)|دولة فلسطين",
    "ROU": "rumania",
    "SAU": "kingdom of saudi arabia|المملكة العربية السعودية",
    "SDN": "the sudan|السودان",
    "SLB": "îles salomon",
    "SWE": "السويد",
    "SWZ": "swazilandia",
    "TLS": "тимор-лешти",
    "TTO": "trinidad & tobago|trinidad y tabago|特立尼达和多巴哥",
    "TUN": "túnez",
    "TUR": "تركيا",
    "USA": "usa|us|u.s.|united states (the)|соединенные штаты|الولايات المتحدة"
    "|الولايات المتحدة الأمريكية",
    "VAT": "holy see|vatican|saint-siège|santa sede|святой престол|教廷|الكرسي الرسولي",
    "VCT": "saint-vincent-et-les grenadines|st. vincent and the grenadines",
    "VEN": "venezuela, bolivarian republic of|جمهورية فنزويلا البوليفارية",
    "ZAF": "rsa|جنوب أفريقيا",
}

NAMES_IN_BRACKETS = {name: code for code, names in _NAMES.items() for name in names.split("|")}
"""Folded name (lower case, straight apostrophe) → ISO 3166-1 alpha-3 code."""
