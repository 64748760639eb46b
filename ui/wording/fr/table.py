"""What the page of the negotiation table says, in French."""

from __future__ import annotations

TITLE = "Tableau de négociation"
INTRO = (
    "Rassemblez des propositions de libellé avec leur source, dites où les insérer et pourquoi, "
    "puis remettez le tableau sous forme de document Word. Tout reste dans cet onglet du "
    "navigateur : enregistrez-le en CSV pour reprendre demain."
)
ADD = "Ajouter au tableau"
IN_TABLE = "Dans le tableau"
COUNT = "Le tableau de négociation contient {count} {count:passage|passages}"
COUNT_ONE = "Le tableau de négociation contient 1 passage"
COLUMNS = {
    "issue": "Question",
    "suggested_language": "Libellé proposé",
    "where_inserted": "Où l’insérer",
    "un_reference": "Référence ONU",
    "justification": "Justification",
}
REFERENCE = "Référence"
REFERENCE_HELP = (
    "Une référence telle que A/HRC/15/16, par. 12, ou l’identifiant d’un passage : remplit une "
    "ligne."
)
REFERENCE_PLACEHOLDER = "A/HRC/15/16, par. 12"
ADD_REFERENCE = "Ajouter son paragraphe"
LEFT_OUT = "Non ajouté : {why}"
NAME = "Titre du tableau"
UNTITLED = "Tableau de négociation"
EDIT_HELP = (
    "Choisissez une case et écrivez ; la ligne vide à la fin attend une nouvelle proposition. Pour "
    "retirer une ligne, cochez-la à gauche et appuyez sur Suppr."
)
PREVIEW = "Tel qu’il sera lu"
EMPTY = (
    "Le tableau est vide. Ajoutez des lignes depuis les résultats d’une recherche, par une "
    "référence ou en les écrivant."
)
WORD = "Télécharger en Word"
CSV = "Enregistrer en CSV"
IN_PARTS = (
    "Le tableau compte {count:,} lignes et un fichier en contient {most:,}. Prenez-le par parties."
)
PART = "{label}, partie {number}"
CELL_TOO_LONG = (
    "Une case dépasse {most:,} caractères. Le reste ne figure ni dans le tableau ci-dessous "
    "ni dans ses fichiers : divisez la case."
)
UPLOAD = "Reprendre un tableau enregistré (CSV)"
READ = "Ajouter ses lignes"
CLEAR = "Vider le tableau"
