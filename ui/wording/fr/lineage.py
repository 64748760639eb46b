"""Every string of the page that follows a paragraph, in French."""

from __future__ import annotations

PAGE = "Filiation"
TITLE = "Un paragraphe au fil des ans"
INTRO = (
    "Où il apparaît pour la première fois, comment chaque texte ultérieur le formule, où son verbe "
    "se renforce ou s’affaiblit, et où il est abandonné."
)
PARAGRAPH = "Paragraphe"
PLACEHOLDER = "A/HRC/RES/…, par. 3"
SCOPE = "Textes à parcourir"
SCOPES = {
    "series": "Les textes annuels de sa série",
    "body": "Tout ce qu’a dit le même organe",
    "all": "Tous les textes dans sa langue",
}
FOLLOW = "Suivre"
FAILED = "Impossible de suivre ce paragraphe."
OPEN = "Filiation"

SERIES = "{documents} {documents:texte parcouru|textes parcourus} ({by}) : {name}"
BY = {
    "mandate": "un même mandat",
    "title": "un même titre, ou un tiers des paragraphes en commun",
    "country": "mêmes organe, type et pays",
    "body-and-kind": "mêmes organe et type",
    "body": "un même organe",
    "all": "tous les textes dans cette langue",
}
TIMELINE = (
    "Chronologie par année : chaque marque est un texte. Tout est aussi dit en mots, au-dessus et "
    "au-dessous."
)
ROW_VERSION = "Versions"
ROW_PROPOSAL = "Projets, rejets"
ROW_WITHOUT = "Sans lui"
STANDING = "Statut"
YEAR = "Année"
TEXT = "Texte"

GRADES = {
    "verbatim": "Mot pour mot",
    "near-verbatim": "Presque mot pour mot",
    "same-meaning": "Même sens",
    "reworded": "Reformulé",
}
ASKED = "Le paragraphe demandé"
FIRST_USE = "Première apparition"
CAME_BACK = "De retour"
SAME_WORDS = "Les mêmes mots que dans la version précédente."
THROUGH = "Proche de la version de {document}, non du paragraphe demandé."
PROPOSAL = "{standing}, à côté de ce texte : {citation}"
PROPOSAL_LOOSE = "{standing}, sans texte qui en soit issu : {citation}"
WITHOUT = "Textes de la série sans ce paragraphe ({count})"
PLACES = {
    "before": "avant sa première apparition",
    "between": "dans l’intervalle",
    "after": "après sa dernière apparition",
}
YEARS_WITHOUT = "L’index ne contient aucun texte de cette série pour {years}."
TWINS = "Dans d’autres langues"
SIDE_BY_SIDE = "Comparer avec la version précédente"
