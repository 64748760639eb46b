"""Every word of the draft page, in French."""

from __future__ import annotations

TITLE = "Vérifier un projet"
INTRO = (
    "Collez une déclaration ou un projet de résolution, ou lisez-le dans un fichier. Chaque phrase "
    "est suivie de ceux qui l’ont dite avant vous, l’autorité la plus forte en premier. Les "
    "projets, les amendements rejetés et les textes remplacés ne comptent jamais."
)
PASTE = "Projet"
PLACEHOLDER = "Collez le texte. Une ligne vide termine un paragraphe."
FILE = "Ou un fichier : Word, texte, PDF ou HTML"
READ = "Lire le fichier"
BEFORE = "Devant quel organe"
BEFORE_HELP = "Ses propres résolutions passent avant celles des autres organes."
BEFORE_ANY = "N’importe lequel"
EXCLUDE = "Écarter ces cotes"
EXCLUDE_HELP = (
    "Documents qui ne sont pas des précédents, séparés par des virgules : le projet lui-même, "
    "s’il est dans l’index."
)
K = "Précédents par phrase"
CHECK = "Chercher des précédents"
EMPTY = "Rien à vérifier pour l’instant"
EMPTY_HELP = "Le texte reste sur cet ordinateur et disparaît quand la page est fermée."
NO_SENTENCE = "Ce texte ne contient aucune phrase à vérifier."
PROGRESS = "{done} {done:phrase|phrases} sur {total}"
PROGRESS_START = "Lecture du projet"
STOPPED = "La vérification s’est arrêtée avant la fin ; ce qui a été vérifié est affiché."
MORE = "Vérifier le reste ({rest})"
COUNTS = "{total} {total:phrase|phrases}"
GRADES = {
    "verbatim": "Mot pour mot",
    "near-verbatim": "Presque mot pour mot",
    "same-meaning": "Même sens",
    "none": "Sans précédent",
}
GRADE_HELP = {
    "verbatim": "les mêmes mots",
    "near-verbatim": "presque les mêmes mots ; les différences sont marquées",
    "same-meaning": "d’autres mots, le même sens",
    "none": "personne ne paraît l’avoir dit",
}
SHOW = "Afficher"
NOT_PRECEDENT = "N’est pas un précédent : {why}"
DIFFERS = (
    "Les mots du projet que la source n’a pas sont barrés ; ceux qu’elle a à leur place sont "
    "soulignés."
)
PARAGRAPH = "paragraphe {number}"
TOO_LARGE = "Ce fichier est trop volumineux pour la page. `precedent draft FILE` le lit."
TOO_LONG = "Ce projet dépasse {most:,} caractères. Vérifiez-le par parties."
EXCLUDE_WRONG = "On peut écarter au plus 50 cotes, de 300 caractères au plus chacune."
TO_TABLE = "Mettre {count} {count:phrase|phrases} dans le tableau de négociation"
IN_TABLE = "Le tableau compte {count} {count:ligne|lignes}."
STATEMENT = "Longueur et temps de parole"
JUSTIFICATION = "{grade} : {standing}"
NO_PRECEDENT = "Aucun précédent n’a été trouvé."
ONLY_OTHERS = "Seulement dans des textes qui ne comptent pas : {citations}"
