"""Every string of the page that shows a document whole, in French."""

from __future__ import annotations

PAGE = "Lecture"
TITLE = "Lire un document"
NOTHING_ASKED = (
    "Ouvrez un document depuis une recherche, ou désignez-en un ici : par une cote (A/HRC/…), par "
    "l’identifiant d’un document, ou par la cote d’une référence suivie d’un paragraphe."
)
DOCUMENT = "Document"
PLACEHOLDER = "A/HRC/…"
OPEN = "Ouvrir"
READ = "Lire"
NOT_FOUND = "Ce document n’est pas dans l’index."
SEARCH_FOR_IT = "Le chercher"
PLACE_LOST = (
    "Le paragraphe demandé n’est pas dans ce document, qui est donc affiché depuis le début."
)

# What is known of it
PAGES = "{count:,} {count:page|pages}"
PARAGRAPHS = "{count:,} {count:paragraphe|paragraphes}"
SESSION = "session {session}"
AGENDA_ITEM = "point {item} de l’ordre du jour"
ONLINE = "En ligne (hors de cet ordinateur)"
ORIGINAL = "Enregistrer l’original ({name})"
QUALITY = "Qualité de lecture : {count} {count:remarque|remarques}"
VERSIONS = "Autres versions"
VERSION = {
    "language-version": "{language}",
    "another-version": "Autre texte sous cette cote : {name}",
    "same-text": "Même texte : {name}",
    "adopted-as": "Texte adopté : {name}",
    "adopts": "Projet à l’origine : {name}",
    "revises": "Révise {name}",
    "revised-by": "Révisé par {name}",
    "corrects": "Rectifie {name}",
    "corrected-by": "Rectifié par {name}",
    "supersedes": "Remplace {name}",
    "superseded-by": "Remplacé par {name}",
    "adds-to": "Complète {name}",
    "added-to-by": "Complété par {name}",
    "amends": "Amende {name}",
    "amended-by": "Amendé par {name}",
}
VERSION_OTHER = "Lié à {name}"

# The text
OUTLINE = "Plan"
OUTLINE_LABEL = "Sections du document"
TEXT_LABEL = "Texte du document"
LINK_TO = "Paragraphe {number} : le choisir, et le mettre dans l’adresse"
LINK_TO_UNNUMBERED = "Choisir ce paragraphe, et le mettre dans l’adresse"
SHOW_PAGE = "Montrer la page {page}"
PAGE_MARK = "p.\u00a0{page}"
FROM_IMAGE = "lu sur image"
FOOTNOTES = "Notes de bas de page"
LOOSE_FOOTNOTES = "Notes dont l’appel n’a pas été trouvé dans le texte"
EARLIER = "Paragraphes précédents ({count:,})"
LATER = "Paragraphes suivants ({count:,})"
WINDOW = "Paragraphes {first:,}–{last:,} sur {total:,}"

# Going about in it
PREVIOUS = "Précédent"
NEXT = "Suivant"
JUMP = "Paragraphe"
JUMP_PLACEHOLDER = "N°"
GO = "Aller"
NO_SUCH_PARAGRAPH = "Il n’y a pas de paragraphe {number} dans ce document."
MARKED = "Paragraphe choisi"
NOTHING_MARKED = (
    "Choisissez un paragraphe par son numéro pour le citer, suivre sa filiation ou le voir sur sa "
    "page."
)
ADDRESSED_TO = "S’adresse à : {addressees}"
COMPARE = "Comparer"
SIMILAR = "Semblables"

# The page image
IMAGE = "Image de la page"
IMAGE_OF = "Page {page} sur {pages}"
IMAGE_ALT = "Page {page} de {name}, telle qu’imprimée"
IMAGE_ALT_MARKED = "Page {page} de {name}, telle qu’imprimée ; {citation} y est encadré"
PREVIOUS_PAGE = "Page précédente"
NEXT_PAGE = "Page suivante"
STANDS_ON = "{citation} se trouve aux pages {pages}."
BACK_TO_MARKED = "Revenir à la page {page}"
NO_IMAGE = {
    "record": (
        "Pas de page à montrer : ce texte est venu comme une fiche parmi d’autres, non comme un "
        "fichier."
    ),
    "gone": (
        "Pas de page à montrer : le fichier n’est plus là où il a été indexé. Le texte est celui "
        "qui y a été lu."
    ),
    "file": "Pas de page à montrer : seuls les fichiers PDF ont des pages telles qu’imprimées.",
}
IMAGE_FAILED = "Cette page ne peut pas être montrée."
