"""Every string of the page that checks citations, in French."""

from __future__ import annotations

PAGE = "Vérifier les références"
TITLE = "Vos sources le disent-elles ?"
INTRO = (
    "Collez un projet, ou une seule référence et ce qu’on lui fait dire. Pour chaque référence, la "
    "page cherche si les mots figurent dans ce paragraphe, dans un autre, ou nulle part."
)
TEXT = "Projet ou référence"
TEXT_PLACEHOLDER = "Le Comité a déclaré que « … » (CCPR/C/GC/32, par. 19)."
CLAIM = "Ce qu’on fait dire à cette référence (facultatif)"
CLAIM_HELP = (
    "Seulement s’il y a une seule référence ci-dessus. Les mots entre guillemets doivent y figurer "
    "tels quels."
)
UPLOAD = "Ou lire un fichier : DOCX, TXT, PDF"
UPLOAD_TOO_LARGE = (
    "{name} est trop volumineux pour être envoyé, même sans ses images ; vérifiez-le avec "
    "`precedent verify`."
)
UPLOAD_READ = (
    "{name} a été lu : {words:,} {words:mot|mots}. Le texte lu se trouve dans la zone ci-dessus."
)
CHECK = "Vérifier les références"
TOO_LONG = (
    "Ce texte dépasse {most:,} caractères. Vérifiez-le par parties, les notes avec leur texte, ou "
    "avec `precedent verify FILE`, qui accepte un texte de n’importe quelle longueur."
)
CHECKING = "Références vérifiées : {done} sur {total}"
STOPPED = "Seule une partie des références a été vérifiée : {done} sur {total}."
ONLY_WRONG = "Montrer seulement ce qui est à revoir"
NONE_WRONG = "Rien à revoir : tout est exact ou dit en d’autres termes."
ONE = "1 référence"
MANY = "{count} {count:référence|références}"
CLAIMED = "Propos attribué"
QUOTED = "Citation"
IN_SOURCE = "Dans la source"
NEAREST_IN_SOURCE = "Le plus proche dans la source"
READ_AS = "lu comme {citation}"
IN_NOTE = "en note {mark}"
MARKED = (
    "Les mots barrés ne sont pas dans la source ; les mots soulignés y sont, et ont été omis ou "
    "modifiés."
)

VERDICTS = {
    "right": "Exact",
    "misquoted": "Mal cité",
    "other-paragraph": "Autre paragraphe",
    "other-document": "Autre document",
    "paraphrased": "En d’autres termes",
    "not-there": "Introuvable",
    "no-such-paragraph": "Paragraphe inexistant",
    "not-held": "Hors de l’index",
    "malformed": "Cote mal formée",
    "nothing-claimed": "Rien à vérifier",
}

STATEMENT = "Longueur et temps de parole"
STATEMENT_EMPTY = "Collez une déclaration, ou lisez-la dans un fichier, pour en compter les mots."
STATEMENT_TOO_LONG = (
    "Ce texte dépasse {most:,} caractères : il est trop long pour être compté ici. "
    "Comptez-le par parties."
)
PACE = "Mots par minute"
PACE_USUAL = "débit habituel de la langue"
PACE_HELP = (
    "Votre propre débit ; pour le chinois, en caractères. La valeur proposée est une hypothèse "
    "pour la langue."
)
COUNTED = (
    "{words:,} {unit} dans le corps du texte (titre : {title:,} ; entre guillemets : {quoted:,}) ; "
    "notes, à part : {notes:,}."
)
UNITS = {"words": "mots", "characters": "caractères"}
LIMIT = "Exposé écrit, {status} : {words:,}"
TIME = "Déclaration orale, {minutes:g} min : {words:,}"
WITHIN = "dans la limite"
OVER = "{over:,} de trop"
CUT = "La limite est atteinte à « … {words} »."
ALOUD = "À voix haute : {minutes} min {seconds:02} s, à {pace} {unit} par minute."
COUNTING_RULE = (
    "Compté comme dans un traitement de texte : tout ce qui se trouve entre deux espaces, titre et "
    "citations compris. Une déclaration orale dispose en général de deux minutes environ ; "
    "d’autres durées existent."
)
