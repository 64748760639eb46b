"""Every string of the page of trends, in French."""

from __future__ import annotations

PAGE = "Tendances"
TITLE = "Combien de fois on l’a dit"
INTRO = (
    "En quelles années, par qui et en quels termes. Sous chaque graphique, il est dit ce qui a été "
    "compté ; on peut le prendre comme image et comme données."
)
QUERIES = "Mots ou expressions, une requête par ligne"
QUERIES_HELP = (
    "Jusqu’à {most}. Les mots entre « guillemets » sont comptés tels quels ; une cote compte les "
    "passages qui la mentionnent."
)
QUERIES_PLACEHOLDER = '"disparition forcée"\npersonnes disparues'
DRAW = "Tracer"
EXAMPLES = "Par exemple"
EXAMPLE_QUERIES = (
    ('"non-refoulement"',),
    ('"habeas corpus"', "extradition", "surveillance"),
    ("torture",),
)
EXAMPLE_JOIN = " · "

HOW = "Compter les passages"
HOWS = {"words": "qui ont ces mots", "meaning": "proches par les mots et le sens"}
SHOWN = "Afficher"
SHOWNS = {"share": "la part", "number": "le nombre"}
UNIT = "Unité"
UNITS = {"passages": "passages", "documents": "documents"}
FILTERED = "Filtres ({count})"
NO_FILTERS = "Filtres"
SYMBOLS = "Dans les documents : {symbols}"

# What was counted, in one sentence; the second of each pair names the languages.
COUNTED = {
    "words": "Compté : les passages qui ont tous les mots de la requête, sous toutes leurs "
    "formes, et ses mots entre guillemets tels quels ; le compte est exact.",
    "meaning": "Compté : les passages auxquels une recherche donne {bar:.2f} ou plus sur 1 pour la "
    "requête, par les mots et le sens réunis ; certains passages proches manquent, et certains "
    "passages comptés ne sont pas proches.",
}
IN_LANGUAGES = "Langue des passages : {languages}."
IN_LANGUAGES_ELSEWHERE = (
    "Langue des passages : {languages} ; {elsewhere:,} {elsewhere:passage|passages} en d’autres "
    "langues {elsewhere:n’est pas compté|ne sont pas comptés}."
)
LANGUAGE_JOIN = ", "
ONCE = {
    "passages": "Un texte présent deux fois, comme projet et tel qu’adopté, compte une fois.",
    "documents": "Un document en plusieurs langues est un seul document.",
}
SHARES = {
    ("year", "passages"): "La part est celle de tous les passages de l’année.",
    ("year", "documents"): "La part est celle de tous les documents de l’année.",
    ("body", "passages"): "La part est celle de tous les passages de l’organe.",
    ("body", "documents"): "La part est celle de tous les documents de l’organe.",
    ("body-year", "passages"): "La part est celle de tous les passages de l’organe dans l’année.",
    ("body-year", "documents"): "La part est celle de tous les documents de l’organe dans l’année.",
}
FEW = {
    "passages": "Teinte pâle : moins de {least} passages dans l’index, trop peu pour conclure.",
    "documents": "Teinte pâle : moins de {least} documents dans l’index, trop peu pour conclure.",
}
EMPTY_CELLS = "Case grise : des textes, mais qui ne le disent pas. Case vide : aucun texte."
UNDATED = {
    "passages": "Hors du graphique, faute d’année : {part:,} {part:passage|passages} sur "
    "{whole:,} non {whole:daté|datés}.",
    "documents": "Hors du graphique, faute d’année : {part:,} {part:document|documents} sur "
    "{whole:,} non {whole:daté|datés}.",
}
ONLY = "Seulement : {values}."
ONLY_JOIN = ", "
ONLY_YEARS = "{first}–{last}"
INCOMPLETE = (
    "Plus de passages atteignent le seuil qu’il n’en a été examiné : ces comptes sont trop bas."
)
NOTHING_TITLE = "Rien n’a été trouvé."
NOTHING = {
    "words": "Aucun passage n’a ces mots. Comptez les passages proches par les mots et le sens, ou "
    "ôtez des filtres.",
    "meaning": "Aucun passage n’est assez proche. Prenez d’autres mots, ou ôtez des filtres.",
}
NOTHING_OF = "{query} : rien n’a été trouvé."
REMARK = "{query} : {warning}"

BY_YEAR_TITLE = "Par année : {query}"
COMPARED_TITLE = "Comparaison par année"
HEAT = "Requêtes et années"
BY_BODY_TITLE = "Par organe : {query}"
BY_BODY_AND_YEAR_TITLE = "Par organe et par année : {query}"
OF_QUERY = "Organes et termes de la requête"
NO_BODY = "Organe inconnu"
YEAR = "Année"
BODY = "Organe"
QUERY = "Requête"
COUNT = {"passages": "Passages", "documents": "Documents"}
OF_COUNT = {"passages": "Passages en tout", "documents": "Documents en tout"}
SHARE = "Part"
AXIS = {
    ("share", "passages"): "Part des passages",
    ("share", "documents"): "Part des documents",
    ("number", "passages"): "Passages",
    ("number", "documents"): "Documents",
}
POINT = {
    "passages": "{part:,} {part:passage|passages} sur {whole:,} ({share:.1f} %)",
    "documents": "{part:,} {part:document|documents} sur {whole:,} ({share:.1f} %)",
}
NUMBER = "{number:,}"
SHARE_CELL = "{share:.1f} %"
# The plot in words, for those who do not see it. {point} is one of POINT.
SUMMARY_YEARS = "{query} : maximum en {year}, {point} ; d’abord en {first}, en dernier en {last}."
SUMMARY_BODIES = "Maximum : {body}, {point}. Dit par {count:,} {count:organe|organes} sur {all:,}."
SUMMARY_CELLS = "Maximum : {body} en {year}, {point}."
MORE_BODIES = "{count:,} {count:autre organe figure|autres organes figurent} dans le tableau."
OPEN_HINT = (
    "Chaque marque, comme chaque ligne du tableau, mène à la recherche de ce qu’elle compte."
)

AS_PNG = "Image (PNG)"
AS_SVG = "Dessin (SVG)"
AS_CSV = "Données (CSV)"
AS_TABLE = "Les chiffres ({plot})"
OPEN_SEARCH = "Chercher"
OPEN_SEARCH_LABEL = "Chercher ce qui est compté ici : {place}"

TELLING = "Mots nouveaux, mots en recul"
TELLING_SHOW = "Montrer les mots qui distinguent les périodes"
TELLING_INTRO = (
    "Sur {passages:,} {passages:passage|passages} (langue : {language}), les mots plus probables "
    "dans une période que dans les autres (logarithme du rapport de chances, à loi a priori "
    "informative, en écarts types), dans au moins trois documents de la période. Les mots courants "
    "dans tout l’index sont laissés de côté."
)
TELLING_NONE = (
    "Moins de deux périodes de vingt passages datés : trop peu pour les distinguer l’une de "
    "l’autre."
)
PERIOD = "{first}–{last}"
PERIOD_ONE = "{first}"
PERIOD_OF = "{passages:,} {passages:passage|passages}, {documents:,} {documents:document|documents}"
PERIOD_NOTHING = "Aucun mot ne se distingue."
WORD_TITLE = "{word} : {passages:,} ici, {elsewhere:,} dans les autres périodes"
WORD_COUNT = "{passages:,} ({z:.1f})"
LANGUAGE_UNKNOWN = "inconnue"
