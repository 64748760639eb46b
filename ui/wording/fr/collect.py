"""What the page of collections and saved searches says, and what fills it, in French."""

from __future__ import annotations

PAGE = "Collections"
TITLE = "Ce que vous gardez"
INTRO = (
    "Les passages que vous gardez, avec vos notes, et les recherches qui vous signalent ce qui est "
    "nouveau. Un passage conserve ici son texte même si son document est retiré ou modifié."
)
BACK = "Toutes les collections et recherches"

# Adding a passage, on a card
ADD = "Ajouter à une collection"
COLLECTION = "Collection"
NEW_COLLECTION = "Nouvelle collection…"
NAME = "Nom"
NAME_PLACEHOLDER = "Par exemple : Accès à un avocat"
NOTE = "Note"
NOTE_PLACEHOLDER = "Pourquoi vous le gardez (facultatif)"
PUT = "Ajouter"
ADDED = "Ajouté."
NAME_MISSING = "Donnez un nom à la nouvelle collection."
ALREADY_IN = "Figure déjà dans :"

# Saving a search
SAVE_SEARCH = "Enregistrer cette recherche"
SAVE = "Enregistrer"
SAVED = (
    "Recherche enregistrée. Ce qu’elle trouve aujourd’hui compte comme vu ; la page Collections "
    "signalera ce qui est nouveau."
)
SAVED_AS = "Enregistrée sous :"
SEARCH_NAME_MISSING = "Donnez un nom à la recherche."

# All of it
COLLECTIONS = "Collections"
COUNT = "{count:,} {count:passage|passages}"
CHANGED_ON = "modifiée le {date}"
NO_COLLECTIONS = (
    "Aucune collection pour l’instant. Choisissez « Ajouter à une collection » sous un résultat, "
    "ou créez-en une ici et remplissez-la plus tard."
)
MAKE = "Nouvelle collection"
MAKE_IT = "Créer"
SEARCHES = "Recherches enregistrées"
NO_SEARCHES = (
    "Aucune recherche enregistrée pour l’instant. Choisissez « Enregistrer cette recherche » "
    "au-dessus des résultats : après la prochaine indexation, ce qu’elle trouve de nouveau "
    "s’affiche ici, et dans un terminal par « precedent alerts »."
)
NEWS = "{new:,} {new:nouveau|nouveaux}"
NEWS_CHANGED = "{changed:,} {changed:modifié|modifiés}"
NEWS_NONE = "rien de nouveau"
NEWS_UNKNOWN = "non vérifié : {why}"
NEVER_SEEN = "pas encore consultée"
SEEN_ON = "vue le {date}"
UNREADABLE = (
    "Enregistrée par une autre version de Precedent, que celle-ci ne sait pas lire : {name}"
)

# One collection
EDIT = "Nom, note et étiquettes"
EDIT_ENTRY = "Note et étiquettes"
TAGS = "Étiquettes"
TAGS_HELP = "Séparées par des virgules."
KEEP = "Enregistrer"
REMOVE = "Retirer"
REMOVE_COLLECTION = "Supprimer la collection"
REMOVE_COLLECTION_SURE = (
    "La collection sera supprimée avec toutes ses notes et {count:son|ses} {count:,} "
    "{count:passage|passages}. Il n’y a pas de retour en arrière ; enregistrez-la d’abord dans un "
    "fichier si vous pensez en avoir encore besoin."
)
REMOVE_SURE = "Supprimer"
REMOVED = "Passage retiré : {citation}."
UNDO = "Le remettre"
MADE_ON = "Créée le {date}"
ONLY_TAG = "Seulement avec l’étiquette"
ANY_TAG = "Toutes"
EMPTY = (
    "Elle est encore vide. Choisissez « Ajouter à une collection » sous un résultat de recherche."
)
EMPTY_TAG = "Aucun de ses passages ne porte cette étiquette."
RANGE = "Passages {first}–{last} sur {total:,}"
READ = "Lire"
UP = "Monter"
DOWN = "Descendre"
STATE_CHANGED = "Le texte a changé dans l’index ; voici celui que vous avez gardé."
STATE_MISSING = "Ce passage n’est plus dans l’index ; voici le texte que vous avez gardé."
STATE_UNKNOWN = "Aucun index n’est en service ; voici le texte que vous avez gardé."
RENEW = "Prendre le texte actuel"
NOT_PRECEDENT = "{standing} : pas un précédent"
YOUR_NOTE = "Votre note"
TO_TABLE = "Tout mettre dans le tableau de négociation"
IN_TABLE = "Le tableau de négociation contient {count} {count:passage|passages}"
EXPORT = "Exporter"
EXPORT_LACKS = (
    "{count:,} {count:passage n’est|passages ne sont} plus dans l’index et ne {count:figure|"
    "figurent} que dans le fichier pour Precedent."
)
SAVE_FILE = "Enregistrer un fichier pour Precedent"
SAVE_FILE_HELP = "Avec notes et étiquettes ; un collègue peut l’importer sur cette page."

# One saved search
OPEN_SEARCH = "Ouvrir la recherche"
SINCE = "Depuis le {date}"
SINCE_NEVER = "Pas encore consultée : tout ce qu’elle trouve est nouveau"
NEW_HITS = "Nouveaux ({count:,})"
CHANGED_HITS = "Au texte modifié ({count:,})"
RISEN_HITS = "Remontés parmi les premiers, sans être nouveaux ({count:,})"
GONE = "Sortis des premiers ({count:,})"
GONE_ONE = "{citation} : d’autres sont passés devant"
GONE_REMOVED = "{citation} : retiré de l’index"
NOTHING_NEW = "Rien de nouveau depuis votre dernière visite."
SAME_INDEX = "L’index est celui de votre dernière visite : il ne peut donc rien y avoir de nouveau."
MARK_SEEN = "Marquer comme vu"
MARK_SEEN_HELP = "Jusque-là, ce qui est nouveau le reste, quel que soit le nombre de visites."
REMOVE_SEARCH = "Supprimer la recherche"
REMOVE_SEARCH_SURE = (
    "La recherche et le souvenir de ce qui en a été vu seront supprimés, sans retour en arrière."
)
EDIT_SEARCH = "Nom et note"
WATCHED = "suivi des {depth} premiers résultats"

# Files
FILES = "Emporter, transmettre, supprimer"
SAVE_ALL = "Tout enregistrer dans un fichier"
UPLOAD = "Importer un fichier enregistré par Precedent"
ON_CONFLICT = "Si un nom est déjà pris"
CONFLICTS = {
    "refuse": "Ne rien importer",
    "rename": "Donner un autre nom",
    "merge": "Ajouter ce qui manque",
}
TAKE_IN = "Importer"
TAKEN_IN = "Importé : {entries:,} {entries:passage|passages}. Déjà présents : {left_out:,}."
NO_FILE = "Choisissez d’abord un fichier."
TOO_LARGE = (
    "Ce fichier est trop volumineux pour être importé ici. Dans un terminal : "
    "precedent collections import FILE"
)
NOT_OURS = "{name} n’est pas un fichier de collections que cette version sache lire."
KEPT_IN = (
    "Tout est conservé dans un seul fichier, sur l’ordinateur du service de recherche, et nulle "
    "part ailleurs :"
)
WIPE = "Pour tout supprimer définitivement, dans un terminal de cet ordinateur :"
WIPE_COMMAND = "precedent library wipe"
LOCKED = "Rien ne peut être gardé pour l’instant"
NOT_SAVED = "Non enregistré. Vous aviez écrit :"
REFUSED = "L’opération n’a pas abouti"
