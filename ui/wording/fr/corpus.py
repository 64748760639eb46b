"""What the page of the corpus says: what is indexed, uploads, how well it was read; in French."""

from __future__ import annotations

TITLE = "Corpus"
VIEW_LABEL = "Afficher"
VIEWS = {
    "indexed": "Contenu",
    "documents": "Documents",
    "add": "Ajouter",
    "quality": "Qualité",
}

# What is indexed
FIGURES = {
    "documents": "Documents",
    "paragraphs": "Paragraphes",
    "passages": "Passages",
    "languages": "Langues",
}
BY = {
    "kind": "Par type",
    "body": "Par organe",
    "language": "Par langue",
}
DOCUMENTS = "Documents"
PASSAGES = "Passages"
MORE_VALUES = "{count:,} {count:autre|autres}"
BY_YEAR = "Par année"
BY_YEAR_TITLE = "Documents par année, de {first} à {last}"
YEAR = "Année"
UNDATED = "Sans date : {count:,}."
AS_TABLE = "Les mêmes chiffres en tableau"
NOTHING = "L’index est encore vide"
NOTHING_HELP = (
    "Ajoutez des documents ci-dessous ; on peut y faire des recherches dès qu’ils sont lus."
)
NOTHING_FIXED = "Indexez-en dans un terminal :"
INDEX_COMMAND = "precedent index PATH"

# The model and the index
MODEL_TITLE = "Modèle et index"
MODEL = {
    "name": "Modèle",
    "digest": "Empreinte de ses poids (sha256)",
    "precision": "Arithmétique",
    "dim": "Dimensions d’un vecteur",
    "max_tokens": "Longueur maximale d’un passage",
    "generation": "Génération de l’index",
    "published": "Mise en service",
    "vectors": "Index vectoriel",
    "size": "Taille sur le disque",
    "uploads": "Dont fichiers ajoutés ici",
    "folder": "Emplacement",
}
TOKENS = "{count:,} {count:jeton|jetons}"
VECTORS = (
    "{kind} : {exact:,} {exact:comparé|comparés} en entier, {coded:,} {coded:trouvé|trouvés} par "
    "code"
)
UPLOADED = "{count:,} {count:fichier|fichiers}, {size}"
SIZES = ("{size:.0f}\u00a0Ko", "{size:.0f}\u00a0Mo", "{size:.1f}\u00a0Go")
REBUILD = "Reconstruire l’index"
REBUILD_HELP = (
    "Réécrit toutes les parties de l’index à partir de ce qu’il contient. Rien n’est relu ni "
    "encodé de nouveau, et les recherches restent possibles. Pour un index peut-être endommagé."
)

# The list of documents
FIND_LABEL = "Partie d’une cote ou d’un titre"
FIND_PLACEHOLDER = "A/HRC/…, ou mots du titre"
KIND_LABEL = "Type"
ANY_KIND = "Tous les types"
LANGUAGE_LABEL = "Langue"
ANY_LANGUAGE = "Toutes les langues"
LIST_RANGE = "Documents {first:,}–{last:,} sur {total:,}"
LIST_NOTHING = "Aucun document ne correspond."
PARAGRAPHS = "{count:,} {count:paragraphe|paragraphes}"
READ = "Lire"
REMOVE = "Retirer"
REMOVE_TITLE = "Retirer ce document ?"
REMOVE_HELP = (
    "On ne pourra plus le lire ici ni y faire de recherches. S’il a été ajouté sur cette page, son "
    "fichier est supprimé. Un fichier qui vous appartient reste à sa place, et son document "
    "revient quand son dossier est indexé de nouveau."
)
REMOVE_YES = "Le retirer"
KEEP = "Le garder"

# Adding
ADD_INTRO = (
    "Les fichiers sont conservés dans le dossier de l’index, sur cet ordinateur, et lus l’un après "
    "l’autre ; on peut y faire des recherches dès que c’est fait. D’ici là, la recherche reste "
    "possible."
)
BOUNDS = (
    "PDF, Word (.docx, .doc), HTML, texte brut et JSON Lines (.jsonl, .jsonl.gz). En une fois : "
    "jusqu’à {files:,} {files:fichier|fichiers} de {file_size} chacun, {size} en tout. Au-delà, "
    "dans un terminal :"
)
ADD_COMMAND = "precedent index FOLDER"
SOURCE_LABEL = "Que faut-il ajouter ?"
SOURCES = {"files": "Des fichiers", "folder": "Un dossier"}
CHOOSE_FILES = "Fichiers à ajouter"
CHOOSE_FOLDER = "Dossier à ajouter, avec tout son contenu"
UPLOAD = "Ajouter au corpus"
NONE_CHOSEN = "Choisissez d’abord au moins un fichier."
TOO_MANY = (
    "Vous avez choisi {count:,} {count:fichier|fichiers} ; le maximum est de {most:,} en une fois."
)
TOO_LARGE = "Les fichiers font {size} en tout ; le maximum est de {most} en une fois."
NOT_CHANGEABLE = "On ne peut ni ajouter ni retirer de documents ici"
REFUSED = "L’opération n’a pas abouti"

# Jobs
JOBS = "En cours"
EARLIER = "Précédemment"
KINDS = {
    "upload": "Ajout de {count:,} {count:fichier|fichiers}, {at} UTC",
    "remove": "Retrait de {subject}, {at} UTC",
    "rebuild": "Reconstruction de l’index, {at} UTC",
}
DOING = {
    "upload": "Ajout de {count:,} {count:fichier|fichiers} en cours",
    "remove": "Retrait de {subject} en cours",
    "rebuild": "Reconstruction de l’index en cours",
}
STAGES = {
    "queued": "En attente de son tour",
    "start": "Démarrage",
    "wait": "En attente : un autre programme écrit dans l’index",
    "find": "Examen des fichiers",
    "read": "Lecture",
    "embed": "Encodage des passages",
    "publish": "Mise en service du nouvel index",
}
READING = "Lecture de {name} ({done:,} sur {total:,} déjà {done:lu|lus})"
ENCODING = "Encodage des passages : {done:,} sur {total:,}"
STATES = {
    "queued": "En attente",
    "running": "En cours",
    "done": "Terminé",
    "failed": "Échec",
    "interrupted": "Interrompu : le service s’est arrêté entre-temps",
    "cancelled": "Arrêté",
}
STOP = "Arrêter"
RESUME = "Reprendre"
GIVE_UP = "Abandonner"
SHOW_FILES = "Ce que les fichiers sont devenus"
KEPT_AFTER_STOP = (
    "Ce qui a été lu est conservé, et la recherche le trouvera après la prochaine modification."
)
FILE = "Fichier"
OUTCOME = "Résultat"
OUTCOMES = {
    "waiting": "En attente",
    "indexed": "Indexé",
    "unchanged": "Déjà indexé",
    "duplicate": "Doublon",
    "failed": "Non indexé",
    "skipped": "Non lu",
}
WITH_PARAGRAPHS = "{outcome} : {count:,} {count:paragraphe|paragraphes}"
SEARCH_IT = "Y chercher"
COPY_OF = "Les mêmes octets sont déjà dans l’index, venus d’un autre fichier, sous le nom :"
MORE_FILES = "… et {count:,} {count:autre fichier|autres fichiers}."
SUMMARY = {
    "indexed": "indexés : {count:,}",
    "unchanged": "déjà indexés : {count:,}",
    "duplicate": "doublons : {count:,}",
    "failed": "non indexés : {count:,}",
    "skipped": "non lus : {count:,}",
    "waiting": "en attente : {count:,}",
}

# How well the documents were read
QUALITY_TITLE = "Documents à revoir"
QUALITY_INTRO = (
    "La lecture d’un document peut mal se passer sans que personne le remarque. Voici les "
    "documents à regarder avant de les citer, les plus douteux d’abord, chacun avec le motif. Un "
    "motif n’est pas un verdict : un numéro peut manquer parce que le document lui-même le saute."
)
QUALITY_FIGURES = (
    "{documents:,} {documents:document|documents}, dont {numbered:,} aux paragraphes numérotés. "
    "Parmi ceux-ci, {without_gap} n’ont aucune lacune dans la numérotation ; sur {numbers:,} "
    "{numbers:numéro|numéros}, {found} ont été retrouvés. Avec des mots lus sur des images : "
    "{ocr:,}."
)
SHARE = "{share:.1f} %"
QUALITY_RANGE = "Documents {first}–{last} sur {total:,} à revoir"
QUALITY_NOTHING = "Aucun document ne donne de raison d’y revenir."
PAST_END = "La liste s’arrête avant cette page."
SCORE = "poids {score:.2f}"
UNREAD_TITLE = "Fichiers qui n’ont pas pu être lus ({count:,})"
UNREAD_MORE = (
    "… et {count:,} {count:autre|autres} ; `precedent doctor --corpus` en donne la liste complète."
)

# Turning pages
PREVIOUS = "Page précédente"
MORE = "Suite"

NUMBER = "{count:,}"

PUBLISHED_AT = "{time} UTC"
