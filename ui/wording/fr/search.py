"""What the search page says around its hits, in French.

Fields are those of `ui.wording.phrases`.
"""

from __future__ import annotations

# Filters
COUNTS_OF_QUESTION = (
    "Entre parenthèses : les passages trouvés pour cette question et retenus par les autres "
    "filtres. Choisir une valeur, c’est chercher plus loin parmi ses passages."
)
CHIP = "{field} : {value}"
FIELDS = {
    "kind": "Type de document",
    "body": "Organe",
    "country": "Pays",
    "language": "Langue",
    "status": "Statut",
    "symbol": "Dans",
    "year": "Années",
    "year_from": "Depuis",
    "year_to": "Jusqu’en",
}
YEARS_BETWEEN = "de {first} à {last}"
YEARS_FROM = "depuis {first}"
YEARS_TO = "jusqu’en {last}"
OR = "{first} ou {second}"

# Order
SORT = "Ordre des résultats"
SORTS = {
    "relevance": "Par pertinence",
    "newest": "Plus récents",
    "oldest": "Plus anciens",
    "authority": "Par autorité",
}
SORTED = (
    "Dans cet ordre : {near:,} {near:passage assez proche|passages assez proches} de la question, "
    "sur {candidates:,} {candidates:classé|classés}."
)
SORTED_WHOLE = (
    "Dans cet ordre : {near:,} {near:passage qui contient|passages qui contiennent} les mots entre "
    "guillemets ou {near:correspond|correspondent} à la référence demandée."
)

# Other questions
DID_YOU_MEAN = "Vouliez-vous dire"
NEAREST_PARAGRAPHS = "Les plus proches dans ce document"

# Nothing found
EMPTY_PARAGRAPH = "Le document est ici, mais il n’a pas ce paragraphe."
EMPTY_NO_HELP = "Sans l’un ou l’autre de ces filtres, il n’y a toujours rien :"
WITHOUT_FILTER = "Sans « {field} : {values} » ({hits:,})"
WITHOUT_FILTERS = "Sans aucun filtre ({hits:,})"
WORDS_ALONE = "Les mots seuls ({hits:,})"
WITHOUT_MARKS = "« {phrase} » sans les guillemets ({hits:,})"
WITHOUT_ALL_MARKS = "Sans les guillemets ({hits:,})"
WITHOUT_EXCLUSION = "Sans écarter « {word} » ({hits:,})"
WAYS_NOTE = "Entre parenthèses : les passages qu’il y a alors."
PART_FILTER = "{field} : {values}"
PHRASE_ALONE = "« {phrase} » figure dans {passages:,} {passages:passage|passages}."
PHRASE_ALONE_FILTERED = (
    "« {phrase} » figure dans {passages:,} {passages:passage|passages} "
    "{passages:retenu|retenus} par vos filtres, et dans {everywhere:,} de tout l’index."
)
PHRASES_APART = "Les expressions entre guillemets ne figurent ensemble dans aucun paragraphe."

# A card
READ = "Lire"
OTHER_LANGUAGES = "Autres langues"
HIDE_LANGUAGES = "Masquer les langues"
LANGUAGES_NONE = "Ce paragraphe n’est pas ici dans une autre langue."
LANGUAGES_WITHOUT = "Introuvable par son numéro dans : {documents}"
CITE = "Citer"
CITE_FORMS = {
    "un": "Note de bas de page, style ONU",
    "oscola": "OSCOLA",
    "chicago": "Chicago",
    "bibtex": "BibTeX",
    "ris": "RIS",
}
CITE_COPY = "Copier : {form}"
CITE_FAILED = "La référence n’a pas pu être écrite."

# Earlier questions
HISTORY = "Questions précédentes"
HISTORY_NOTE = (
    "De cet onglet seulement. Elles ne sont écrites nulle part et disparaissent quand la page est "
    "fermée ou rechargée."
)
HISTORY_EMPTY = "Aucune pour l’instant."
HISTORY_ONE = "{query}"
HISTORY_FILTERED = "{query} ({filters:,} {filters:filtre|filtres})"
HISTORY_FORGET = "Oublier cette question"
HISTORY_FORGET_ALL = "Tout oublier"
