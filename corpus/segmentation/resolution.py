"""Recognise resolutions: preambular and operative paragraphs and the verbs that open them."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["is_opening", "looks_like_resolution", "opening_verb", "opens_operative"]

# The line "The Human Rights Council," that the participles below it belong to.
_OPENING = re.compile(
    r"(?:The (?:[A-Z][\w-]*(?: |,)|on |of |the |and |for |against )+"
    r"|(?:Le|La|L’|L'|Les) ?(?:Conseil|Assemblée|Commission|Comité|Sous-Commission)[^.;]*"
    r"|(?:El|La) (?:Consejo|Asamblea|Comisión|Comité)[^.;]*"
    r"|(?:Совет|Генеральная Ассамблея|Комиссия|Комитет|Экономический и Социальный Совет)[^.;]*"
    r"|(?:人权理事会|大会|安全理事会|经济及社会理事会)"
    r"|(?:إن (?:مجلس|الجمعية|اللجنة)|مجلس حقوق الإنسان|الجمعية العامة)[^.;]*)[,，،]?"
)
_NAMED = re.compile(
    r"\bresolution|\brésolution|\bresoluci[óo]n|резолюци|决议|قرار"
    r"|\bdecision adopted|\bdécision adoptée",
    re.IGNORECASE,
)
_ADVERB = (
    r"(?:also|further|again|deeply|gravely|strongly|seriously|fully|firmly|once more|once again"
    r"|particularly|warmly|highly|duly|profoundly|extremely|in particular|alarmed|reaffirming)"
)
_FEELING = (
    r"(?:\w+ ){0,2}(?:concern|appreciation|regret|satisfaction|interest|alarm|dismay|gratitude"
    r"|outrage|hope|support|condolences)"
)
_PARTICIPLE = re.compile(
    rf"(?:{_ADVERB}\s)*"
    rf"(?:bearing in mind|keeping in mind|taking into (?:account|consideration)|taking note"
    rf"|having (?:in mind|\w+ed)|looking forward|expressing {_FEELING}"
    rf"|noting with {_FEELING}|guided by|\w+(?:ing|ed)|aware|conscious|mindful|desirous|cognizant)"
    r"\b(?:\s(?:also|further|again|once more|with (?:appreciation|concern|satisfaction|regret))"
    r"\b)?",
    re.IGNORECASE,
)
_INDICATIVE = re.compile(
    r"(?:(?:also|further|again|strongly|deeply|gravely|once again|urgently|firmly)\s)*"
    rf"(?:calls (?:up)?on|calls for|calls (?:also|further|again) (?:up)?on|appeals to"
    rf"|draws attention|takes note|takes (?:also|further) note|expresses {_FEELING}"
    rf"|notes with {_FEELING}"
    r"|accepts|acknowledges|adopts|affirms|appeals|appoints|approves|authorizes|calls|commends"
    r"|condemns|confirms|congratulates|considers|decides|declares|demands|deplores|designates"
    r"|determines|draws|emphasizes|encourages|endorses|establishes|expresses|extends|instructs"
    r"|invites|notes|proclaims|reaffirms|recalls|recognizes|recommends|regrets|reiterates|rejects"
    r"|reminds|renews|requests|resolves|stresses|suggests|supports|takes|thanks|underlines"
    r"|underscores|urges|views|welcomes)\b(?:\s(?:also|further|again|once again)\b)?",
    re.IGNORECASE,
)


def is_opening(text: str) -> bool:
    """Tell whether a line names the organ that speaks: "The Human Rights Council,"."""
    return 3 < len(text) < 120 and _OPENING.fullmatch(text.strip()) is not None


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

    Italics mark it in print. Where a format has none, English verbs are known by form and list;
    in other languages without italics the answer is None: nothing is guessed.
    """
    if lead_italic:
        lead = re.sub(r"^\W*(?:\d+\s?\.\s*)?", "", lead_italic)
        lead = lead.strip(" ,;:.")
        # Where the whole paragraph is italic, italics mark nothing.
        if lead and len(lead) < 80 and text.startswith(lead):
            return lead
    for pattern in (_INDICATIVE, _PARTICIPLE):
        if match := pattern.match(text):
            verb = match[0].strip()
            return verb if verb[:1].isupper() else None
    return None


def opens_operative(text: str) -> bool:
    """Tell whether an unnumbered paragraph is operative: it opens with an indicative verb."""
    return _INDICATIVE.match(text) is not None
