"""What the frame, the search page and the cards say, in French."""

from __future__ import annotations

APP_NAME = "Precedent"
TAGLINE = "Ce qui a déjà été dit, paragraphe par paragraphe"
SEARCH_PAGE = "Recherche"

TABLE_PAGE = "Tableau de négociation"
CORPUS_PAGE = "Corpus"

# The question
QUERY_LABEL = "Question, paragraphe collé, cote ou référence"
QUERY_PLACEHOLDER = "Mots, paragraphe ou A/HRC/…, par. 12"
LONG_TEXT = "Texte long"
LONG_TEXT_HELP = (
    "Affiche une zone plus grande, qui garde les sauts de ligne, pour coller un paragraphe ou "
    "une page."
)
SEARCH = "Chercher"
QUERY_TIPS = (
    "Les mots entre « guillemets » doivent figurer tels quels dans le paragraphe ; -mot écarte les "
    "paragraphes qui contiennent ce mot. Une cote, suivie ou non d’un numéro de paragraphe, mène "
    "droit au texte."
)
EXAMPLES_TITLE = "Par exemple"
EXAMPLES = (
    "accès des détenus à l’avocat de leur choix",
    '"habeas corpus" contrôle de la détention par un juge',
    "доступ задержанных к адвокату",
)

# Filters
FILTERS = "Filtres"
FACET_LABELS = {
    "kind": "Type de document",
    "body": "Organe",
    "country": "Pays",
    "language": "Langue",
    "status": "Statut",
}
FACET_PLACEHOLDERS = {
    "kind": "Tous les types",
    "body": "Tous les organes",
    "country": "Tous les pays",
    "language": "Toutes les langues",
    "status": "Tous les statuts",
}
KINDS = {
    "resolution": "Résolution",
    "decision": "Décision",
    "draft-resolution": "Projet de résolution",
    "draft-amendment": "Projet d’amendement",
    "general-comment": "Observation générale",
    "concluding-observations": "Observations finales",
    "treaty-body-decision": "Décision d’un organe conventionnel",
    "treaty-body-report": "Rapport d’un organe conventionnel",
    "special-rapporteur-report": "Rapport d’un Rapporteur spécial",
    "expert-group-report": "Rapport d’un groupe d’experts",
    "official-report": "Rapport officiel",
    "upr-report": "Rapport de l’EPU",
    "upr-national-report": "EPU : rapport national",
    "upr-compilation": "EPU : compilation de l’ONU",
    "upr-stakeholders": "EPU : résumé des parties prenantes",
    "ngo-statement": "Déclaration d’ONG",
    "meeting-record": "Compte rendu de séance",
    "letter": "Lettre",
}
LANGUAGES = {
    "ar": "Arabe",
    "be": "Bélarussien",
    "de": "Allemand",
    "en": "Anglais",
    "es": "Espagnol",
    "fr": "Français",
    "pl": "Polonais",
    "pt": "Portugais",
    "ru": "Russe",
    "uk": "Ukrainien",
    "zh": "Chinois",
}
FACET_OPTION = "{label} ({passages:,})"
FACET_OPTION_UNKNOWN = "{label}"
SYMBOL_LABEL = "Dans les documents"
YEAR_FROM = "Année de début"
YEAR_TO = "Année de fin"
ANY_YEAR = "Toutes"
COUNTS_NOTE = "Entre parenthèses : les passages retenus par les autres filtres."
CLEAR_FILTERS = "Effacer les filtres"
SHOWING = "Affichage"
GROUP = "Regrouper par document"
PER_PAGE = "Résultats par page"
SIGNALS_LABEL = "Classer selon"
SIGNALS = {
    "hybrid": "Les mots et le sens",
    "lexical": "Les mots seuls",
    "dense": "Le sens seul",
}
EXPLAIN = "Dire pourquoi"
EXPLAIN_HELP = (
    "Indique ce que chaque résultat a de commun avec la question. Demande un peu plus de temps."
)
RERANK = "Relire les meilleurs résultats"
RERANK_HELP = (
    "Relit les 20 meilleurs en regard de la question et les reclasse. Seulement pour les questions "
    "courtes en anglais ; demande environ une seconde de plus."
)

# Above the hits
RANGE_ONE = "1 résultat"
RANGE_HITS = "Résultats {first}–{last} sur {total:,} {total:classé|classés}"
RANGE_GROUPS = (
    "Documents {first}–{last} sur {total:,} {total:classé|classés} · résultats affichés : {hits}"
)
ALLOWED_ALL = "passages examinés : {allowed:,}"
ALLOWED_FILTERED = "passages retenus par vos filtres : {allowed:,}"
TOOK = "{ms:.0f}\u00a0ms"
INTERPRETED = {
    "symbol": "Lu comme la cote d’un document.",
    "citation": "Lu comme une référence : voici le paragraphe.",
}
READ_AS = "Lu ainsi : {parts}."
READ_WORDS = "les mots « {words} »"
READ_PHRASE = "exactement « {phrase} »"
READ_EXCLUDED = "sans « {phrase} »"
READ_FILTER = "{field} : {values}"
READ_FILTER_EXCLUDED = "{field}, sauf : {values}"
READ_OR = " ou "
READ_SYMBOL = "dans {symbol}"
LEGEND = "Légende :"
SIMILAR_MARK_NAMES = {"word": "mots communs", "sentence": "sens le plus proche"}
MARK_NAMES = {"word": "vos mots", "phrase": "expression exacte", "sentence": "sens le plus proche"}
PREVIOUS = "Page précédente"
MORE = "Suite"
TOO_LONG_FOR_ADDRESS = (
    "Ce texte est trop long pour l’adresse de la page : ni un marque-page ni un rechargement ne le "
    "feront revenir."
)

# A card
PARAGRAPH_KINDS = {
    "preambular": "alinéa du préambule",
    "operative": "paragraphe du dispositif",
    "recommendation": "recommandation",
    "heading": "intertitre",
    "footnote": "note de bas de page",
    "annex": "annexe",
}
PAGE = "p.\u00a0{pages}"
PAGES = "p.\u00a0{pages}"
PART = "partie {part} sur {parts}"
SECTION_JOIN = " › "
UNTITLED = "Document sans titre"
STATUS = {
    "draft": "Projet : pas un libellé convenu",
    "rejected": "Rejeté : jamais convenu",
    "superseded": "Texte remplacé",
    "adopted-by-vote": "Adoptée par vote",
    "adopted-without-vote": "Adoptée sans vote",
    "revised": "Texte révisé, en vigueur",
    "corrected": "Modifié par un rectificatif",
    "final": "Texte définitif",
}
STANDINGS = {
    "superseded": "Texte remplacé",
    "rejected": "Rejeté",
    "draft": "Projet",
    "adopted-without-vote": "Adoptée sans vote",
    "adopted-by-vote": "Adoptée par vote",
    "adopted": "Adoptée, mode inconnu",
    "general-comment": "Observation générale",
    "views": "Constatations",
    "concluding-observations": "Observations finales",
    "expert-finding": "Conclusion d’experts",
    "official-report": "Rapport officiel",
    "state-commitment": "Engagement de l’État",
    "state-recommendation": "Recommandation d’États",
    "state-report": "Déclaration d’un État",
    "review-record": "Compte rendu d’examen",
    "ngo-claim": "Affirmation d’une organisation",
    "unknown": "Statut inconnu",
}
SUPERSEDED_BY = "Remplacé par {symbol}"
STATUS_BESIDE_STANDING = frozenset({"revised", "corrected"})
VOTE_IN_DOUBT = "Décompte des voix incertain : {why}"
RESTRICTED = "Accès restreint ({name})\u00a0: à ne pas citer en public"
SCORES = "score {fused:.2f}"
COPY_CITATION = "Copier la référence"
COPY_TEXT = "Copier le texte et sa référence"
COPIED = "Copié"
COPY_FAILED = "Copie refusée : sélectionnez plutôt le texte"
CONTEXT = "Contexte"
HIDE_CONTEXT = "Masquer le contexte"
WIDER_CONTEXT = "Élargir le contexte"
WITHIN_DOCUMENT = "Chercher dans ce document"
CONTEXT_TITLE = "Dans son document"
CONTEXT_NONE = "Rien ne le précède ni ne le suit dans son document."
SIMILAR = "Semblables"
ALSO_IN = "Figure aussi dans {places}"
ALSO_IN_ONE = "{citation} ({link})"
LINKS = {
    "language-version": "dans une autre langue",
    "another-version": "autre texte sous cette cote",
    "same-text": "même texte",
    "adopted-as": "projet de ce texte",
    "adopts": "adopté à partir de ce texte",
    "revises": "révise ce texte",
    "revised-by": "révisé par ce texte",
    "corrects": "rectifie ce texte",
    "corrected-by": "rectifié par ce texte",
    "supersedes": "remplace ce texte",
    "superseded-by": "remplacé par ce texte",
}
WHY = "Pourquoi"
WHY_WORDS = "mots : {words}"
WHY_PHRASES = "expressions exactes : {phrases}"
WHY_RUN = "mots à la suite : « {run} »"
WHY_MEANING = "proximité de sens : {dense:.2f}"
WHY_SENTENCE = "phrase la plus proche ({score:.2f}) : « {sentence} »"
OCR = "Lu sur une image : vérifiez les lettres"
OTHER_LANGUAGES = "Le même paragraphe dans d’autres langues"
OPEN_ORIGINAL = "Ouvrir l’original (hors de cet ordinateur)"
GROUP_HITS = "{count} {count:résultat|résultats}"
GROUP_HIT = "1 résultat"

# Similar passages
SIMILAR_FOUND = "Passages les plus proches par le sens : {count}"
SIMILAR_TO = "Paragraphes semblables à {citation}"
BACK_TO_SEARCH = "Retour à la recherche"
BACK_TO_START = "Retour à l’accueil"

# Nothing found
EMPTY_TITLE = "Aucun résultat"
EMPTY_FILTERS = "Vos filtres ne retiennent aucun passage."
EMPTY_FILTERED = "Rien parmi les passages retenus par vos filtres ({allowed:,})."
EMPTY_WORDS = "Aucun passage ne répond à la question ({allowed:,} {allowed:examiné|examinés})."
EMPTY_QUOTED = (
    "Les mots entre guillemets doivent figurer tels quels dans un même paragraphe ; essayez sans "
    "les guillemets."
)
EMPTY_SYMBOL = "L’index ne contient aucun document ni paragraphe sous cette cote."
EMPTY_PAST_END = "La liste s’arrête avant cette page."
EMPTY_SIMILAR = (
    "Aucun autre passage n’est proche de celui-ci, ou vos filtres n’en retiennent aucun."
)
FIRST_PAGE = "Revenir aux premiers résultats"

# What is served
INFO_LINE = (
    "{documents:,} {documents:document|documents} · {passages:,} {passages:passage|passages} · "
    "{languages} · modèle {model} ({precision}) · index {generation}, {published}"
)
INFO_LANGUAGES = "{count} {count:langue|langues}"
INFO_LANGUAGE = "1 langue"

# When something is wrong
AWAY_TITLE = "Le service de recherche est injoignable"
AWAY_TEXT = "Rien ne répond à {url}. Lancez-le dans un terminal :"
AWAY_COMMAND = "precedent serve"
SLOW_TITLE = "Le service de recherche est trop lent"
SLOW_TEXT = "{url} n’a pas répondu : {cause}. Vous pouvez réessayer."
NOT_READY_TITLE = "Le service de recherche n’est pas encore prêt"
NO_INDEX_TITLE = "Le service de recherche n’a pas d’index"
NO_INDEX_TEXT = "Il fonctionne, mais n’a rien où chercher. Créez un index dans un terminal :"
NO_INDEX_COMMAND = "precedent index PATH"
RETRYING = "Cette page réessaie toutes les {seconds} secondes et reprend d’elle-même."
TRY_AGAIN = "Réessayer"
REFUSED_TITLE = "Le service de recherche a refusé cette demande"
PROBLEM = "{title}\u00a0: {detail}"
PROBLEMS = {
    "unknown-name": "Document ou passage introuvable",
    "query": "Question sans réponse possible",
    "symbol": "Ceci n’est pas une cote de document",
    "invalid-request": "Demande non valable",
    "input": "Demande inutilisable",
    "too-large": "Envoi trop volumineux",
    "rate": "Trop de demandes",
    "busy": "Le service est surchargé",
    "conflict": "Modifié entre-temps, ou nom déjà pris",
    "key": "Une clé est nécessaire",
    "scope": "La clé ne le permet pas",
    "not-allowed": "Non autorisé ici",
}
FOREIGN_TITLE = "Autre chose répond à cette adresse"
FOREIGN_TEXT = "{url} n’a pas répondu comme le service de recherche de Precedent : {cause}."
NEIGHBOURS_FAILED = "Le contexte n’a pas pu être lu."
