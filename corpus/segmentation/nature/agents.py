"""Words by which the English of resolutions is read: who can act, and what ends a noun phrase."""

from __future__ import annotations

__all__ = [
    "ADJECTIVAL",
    "AFTER_HEAD",
    "AFTER_TO",
    "AGENTS",
    "ALSO_VERBS",
    "BEFORE_TO",
    "DETERMINERS",
    "IN_STOPS",
    "LINKS",
    "NAMED_HEADS",
    "STOPS",
    "TOGETHER",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AGENTS = _words(
    """state states party parties government governments authority authorities organization
    organizations organisation organisations institution institutions agency agencies body bodies
    mechanism mechanisms procedures holder holders rapporteur rapporteurs commissioner
    commissioners secretary-general secretary-generals council councils committee committees
    commission commissions sub-commission assembly group groups expert experts office offices
    representative representatives envoy envoys adviser advisers fund funds programme programmes
    stakeholder stakeholders actor actors partner partners society community communities country
    countries enterprise enterprises corporation corporations company companies business businesses
    sector donor donors media academia leader leaders department departments secretariat
    secretariats entity entities power powers members member president presidents chair chairs
    chairperson chairpersons chairperson-rapporteur bureau individual individuals university
    universities defenders parliament parliaments parliamentarians judiciary mission missions force
    forces movement movements participants bank banks conference union unions team teams registrar
    tribunal tribunals court courts coordinator ombudsperson prosecutor prosecutors panel forum
    minister ministers ministry ministries director director-general police military militia
    militias combatants legislature legislatures system providers employers manufacturers
    politicians officials people everyone all others citizens journalists lawyers observers
    observer contributors signatories administration students parents teachers
    employees workers researchers families administration facility network networks
    federation association associations foundations foundation intermediaries regime
    faction factions side sides junta taliban hamas unit commander commanders troops
    presidency faculty
    educators scientists
    practitioners professionals legislators judges leadership troika trustees belligerents rebels
    insurgents perpetrators bishops churches intermediary owners operators investors editors"""
)
# Heads that are someone only in a name: "the United Nations system", not "a school system".
NAMED_HEADS = _words(
    """mission missions system programme programmes unit administration facility procedures fund
    funds conference panel court courts team"""
)
# Heads that are also verbs, where a finite verb may follow: "that States institute".
ALSO_VERBS = frozenset({"state", "force", "chair", "court", "police", "side", "sides", "power"})
ADJECTIVAL = frozenset({"police", "military", "business"})
# What may stand after a head: "the States concerned", "all parties involved".
AFTER_HEAD = frozenset({"concerned", "involved", "alike", "themselves", "itself", "present"})
# Words that end a phrase wherever they stand.
STOPS = _words(
    """that which who whose whom where when whether while if as with at from under by within through
    upon via during without between among throughout including such inter particularly especially
    pursuant subject consistent regarding concerning beyond whenever based taking bearing so once
    also further therefore urgently immediately actively not participating working hosting having
    providing contributing supporting affecting dealing operating acting using engaged affected
    responsible able wishing seeking considering implementing receiving serving representing
    maintaining exercising not yet before after because in-depth only should shall must is are
    both either into over about towards toward accordingly again once still inside outside
    notwithstanding despite per like unless until since depending according individually
    jointly collectively Given While As Where When If Recognizing"""
)
LINKS = frozenset({"of", "for", "on", "in", "against", "to"})
DETERMINERS = _words("the a an all any each its this that these those their such")
BEFORE_TO = frozenset({"party", "parties", "signatory", "signatories", "contributors", "access"})
AFTER_TO = _words("armed conflict conflicts international human relevant multilateral core one")
IN_STOPS = _words(
    """accordance cooperation consultation coordination collaboration conformity close order line
    particular this their its light view a need which addition conjunction full keeping compliance
    all any good partnership dialogue response relation accord agreement turn due general
    appropriate"""
)
TOGETHER = (
    "Food and Agriculture Organization",
    "Economic and Social Council",
    "Economic, Social and Cultural Rights",
    "agencies, funds and programmes",
    "funds, programmes and agencies",
    "funds, programmes and specialized agencies",
    "funds and programmes",
    "programmes and funds",
    "agencies and programmes",
    "organizations and bodies",
    "bodies and organizations",
    "organizations and agencies",
    "agencies and organizations",
    "Peace and Security Council",
    "Human and Peoples’ Rights",
    "Human and Peoples' Rights",
    "Administrative and Budgetary Questions",
    "Reconstruction and Development",
    "Security and Cooperation",
    "Educational, Scientific and Cultural Organization",
    "Drugs and Crime",
    "Trade and Development",
    "Crime Prevention and Criminal Justice",
    "Red Cross and Red Crescent",
    "Children and Armed Conflict",
    "Economic Cooperation and Development",
    "Migration and Refugees",
    "Political and Peacebuilding Affairs",
    "Gender Equality and the Empowerment of Women",
    "Bosnia and Herzegovina",
    "Trinidad and Tobago",
    "Antigua and Barbuda",
    "Saint Kitts and Nevis",
    "Saint Vincent and the Grenadines",
    "Sao Tome and Principe",
    "Great Britain and Northern Ireland",
    "Serbia and Montenegro",
    "Latin America and the Caribbean",
    "Asia and the Pacific",
)
