"""Every string of the page that compares, in French."""

from __future__ import annotations

PAGE = "Comparer"
TITLE = "Comparer deux textes"
INTRO = (
    "Un projet et ce qui en a été adopté, les résolutions de deux années, deux versions "
    "linguistiques ou deux paragraphes : indiquez d’abord le texte le plus ancien."
)
FIRST = "Texte antérieur"
SECOND = "Texte postérieur"
PLACEHOLDER = "A/HRC/…, une référence ou un identifiant"
COMPARE = "Comparer"
SHOW_UNCHANGED = "Montrer aussi les paragraphes inchangés"
BOTH = (
    "Indiquez les deux textes : une cote pour un document, ou une référence pour un seul "
    "paragraphe."
)
FAILED = "Impossible de comparer ces textes."

LEGEND_GONE = "mots supprimés"
LEGEND_NEW = "mots ajoutés"

COUNTS = {
    "unchanged": "{n} {n:inchangé|inchangés}",
    "changed": "{n} {n:modifié|modifiés}",
    "translated": "{n} en regard",
    "lost": "{n} {n:disparu|disparus}",
    "added": "{n} {n:ajouté|ajoutés}",
    "moved": "{n} {n:déplacé|déplacés}",
    "renumbered": "{n} {n:renuméroté|renumérotés}",
    "merged": "{n} {n:fondu|fondus} dans un autre",
    "split": "{n} {n:détaché|détachés} d’un autre",
    "stronger": "{n} au verbe plus fort",
    "weaker": "{n} au verbe plus faible",
}
NAME_AND_LANGUAGE = "{name} ({language})"
SIDES = "{first} → {second}"
LINKS = {
    "adopted-as": "Le premier est un projet, adopté sous la forme du second.",
    "adopts": "Le second est le projet dont le premier est issu.",
    "superseded-by": "Le second a remplacé le premier.",
    "supersedes": "Le premier a remplacé le second.",
    "language-version": (
        "Versions linguistiques d’un même texte, en regard par numéro de paragraphe."
    ),
    "revised-by": "Le second est une version révisée du premier.",
    "amends": "Le premier est un amendement au second.",
}
BECAME = {
    "unchanged": "Inchangé",
    "changed": "Modifié",
    "translated": "En regard",
    "lost": "Disparu",
    "added": "Ajouté",
}
MOVED = "Déplacé"
SIMILARITY = "{share:.0%} de mots identiques"
MERGED = "Figure désormais dans {citation}"
SPLIT = "Figurait dans {citation}"
VERB = {
    "stronger": "Plus fort : {before} → {after}",
    "weaker": "Plus faible : {before} → {after}",
    "same": "Aussi fort : {before} → {after}",
    "not-compared": "{before} → {after}",
}
ALL_UNCHANGED = "Aucune différence."
