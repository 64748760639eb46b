"""What the frame around all pages says, in French."""

from __future__ import annotations

PAGES = {
    "search": "Recherche",
    "see": "Tendances",
    "read": "Lecture",
    "draft": "Vérifier un projet",
    "verify": "Références",
    "table": "Tableau",
    "compare": "Comparer",
    "lineage": "Filiation",
    "collections": "Collections",
    "corpus": "Corpus",
}

TAB = "{page} · {app}"
TAB_SHOWN = "{shown} · {page} · {app}"

NAVIGATION = "Pages"
HOME = "Accueil"
MENU = "Menu"
SKIP = "Aller au contenu"
WORKING = "En cours…"
LANGUAGE = "Langue de la page"
