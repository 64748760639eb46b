"""Recognise resolutions: preambular and operative paragraphs and the verbs that open them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.segmentation.nature.verbs import operative_opening, preambular_opening

__all__ = [
    "is_opening",
    "looks_like_resolution",
    "opening_verb",
    "opens_operative",
    "opens_preambular",
]

_MAX_OPENING_CHARS = 120
# The line "The Human Rights Council," that the participles below it belong to. In languages that
# set the same words at the head of sentences the comma tells them apart.
_OPENING = re.compile(
    r"The (?:[A-Z][\w-]*(?: |,)|on |of |the |and |for |against )+,?"
    r"|(?:Le |La |L’|L'|Les )(?:Conseil|Assemblée|Commission|Comité|Sous-Commission|Conférence)"
    r"[^.;,]*,"
    r"|(?:El|La) (?:Consejo|Asamblea|Comisión|Comité|Subcomisión|Conferencia)[^.;,]*,"
    r"|(?:Совет|Генеральная Ассамблея|Комиссия|Комитет|Подкомиссия|Экономический и Социальный Совет"
    r"|Конференция)[^.;,]*,"
    r"|(?:人权理事会|安全理事会|经济及社会理事会|人权委员会)[,，]?|大会[,，]"
    r"|(?:إن (?:مجلس|الجمعية|اللجنة|المجلس|لجنة)|مجلس حقوق الإنسان|الجمعية العامة)[^.;,،]*[,،]?"
)
# "The African Commission on Human and Peoples' Rights (the Commission), meeting at its 60th …".
_MEETING = re.compile(
    r"(?:The [A-Z][^.;]{0,40}(?:Commission|Committee|Council|Assembly|Conference)\b[^.;]{0,80}?"
    r",? ?(?:meeting|convened|having met|gathered)"
    r" (?:at|in|for|on|during|from|virtually|under)\b"
    r"|(?:La |Le |L’|L')(?:Commission|Comité|Conseil|Assemblée"
    r"|Conférence)\b[^.;]{0,80}?,? ?réunie? (?:en|lors|à|du|dans|pour)\b)[^.;]{0,240}[,;:]?"
)
_NAMED = re.compile(
    r"\bresolution|\brésolution|\bresoluci[óo]n|резолюци|决议|قرار"
    r"|\bdecision adopted|\bdécision adoptée",
    re.IGNORECASE,
)
_VOTE = re.compile(r"(?:Adopted|Rejected|Abstaining|Recorded|Carried)\b")
# Italics of more words than this mark more than the verb.
_MAX_ITALIC_WORDS = 7
_MAX_ITALIC_CHARS = 60
_FUNCTION_WORD = re.compile(
    r"\s(?:of|that|the|its|at|by|with|in|de|des|du|d['’]|la|le|les|el|los|las|que|qu['’]|à|a)$"
)


def is_opening(text: str) -> bool:
    """Tell whether a line names the organ that speaks: "The Human Rights Council,"."""
    words = text.strip()
    if 2 < len(words) < _MAX_OPENING_CHARS and _OPENING.fullmatch(words):
        return True
    return _MEETING.fullmatch(words) is not None


def looks_like_resolution(openings: Sequence[tuple[str, str]], masthead: str = "") -> bool:
    """Tell whether a text is a resolution.

    Args:
        openings: (text, italic words it opens with) of the first paragraphs, in order.
        masthead: words of the first page, which name a resolution or decision.

    Returns:
        True where an organ's name stands alone and either at least two paragraphs after it open
        with a participle or an indicative verb, or the masthead says it is a resolution: the files
        of the 1990s have no italics, and in languages other than English these verbs have no one
        form.
    """
    for i, (text, _) in enumerate(openings):
        if not is_opening(text):
            continue
        after = openings[i + 1 : i + 6]
        leads = sum(bool(lead) or opening_verb(words, lead) is not None for words, lead in after)
        return leads >= 2 or (len(after) >= 2 and _NAMED.search(masthead) is not None)
    return False


def opening_verb(text: str, lead_italic: str) -> str | None:
    """Return the verb a paragraph opens with, as printed.

    Italics mark it in print, and win over the lists of `verb_tables`, but for two slips of print: a
    verb of two words of which one is italic ("*Calls* upon"), and italics that run on into the
    words after the verb. Formats without italics are read by the lists alone: a verb that is in
    none of them is None, and nothing is guessed.
    """
    listed = operative_opening(text) or preambular_opening(text)
    known = listed.verb if listed else None
    lead = _italic_verb(text, lead_italic)
    if lead is None or (known is not None and known.startswith(lead)):
        return known
    if known is not None and _FUNCTION_WORD.sub("", lead) == known:
        return known
    return lead


def _italic_verb(text: str, lead_italic: str) -> str | None:
    """Return the italic words a paragraph opens with, where they can be a verb."""
    lead = re.sub(r"^\W*(?:\d+\s?\.\s*)?", "", lead_italic).strip(" ,;:.،，。؛")
    # Where the whole paragraph is italic, italics mark nothing.
    if not lead or not text.startswith(lead) or len(lead.split()) > _MAX_ITALIC_WORDS:
        return None
    return lead if len(lead) < _MAX_ITALIC_CHARS and lead != text.strip(" ,;:.") else None


def opens_operative(text: str) -> bool:
    """Tell whether an unnumbered paragraph is operative: it opens with an indicative verb.

    In Chinese both kinds of paragraph open with the same form, and only the number tells.
    """
    opening = operative_opening(text)
    return opening is not None and opening.language != "zh"


def opens_preambular(text: str) -> bool:
    """Tell whether an unnumbered paragraph opens with a participle, as preambular ones do."""
    return preambular_opening(text) is not None and _VOTE.match(text) is None
