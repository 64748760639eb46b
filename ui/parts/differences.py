"""What differs between two texts, as markup: struck out what went, underlined what came."""

from __future__ import annotations

from collections.abc import Sequence

from search_api.schemas import Passage, Span, VerbChange, WordChange
from ui.parts.cards import passage_text
from ui.parts.markup import Markup, element, join, text
from ui.wording import compare as texts

__all__ = ["changed_text", "marked", "verb_badge"]


def marked(
    before: str, after: str, words: Sequence[WordChange], part: Span | None = None
) -> Markup:
    """Show the later text, or a part of it, with what was deleted and inserted.

    `ins` and `del` are told apart by line as well as colour, and say what they are to a screen
    reader. Spans that do not fit the texts are cut to what is left of them.
    """
    pieces: list[Markup] = []
    reached, end = (0, len(after)) if part is None else (part.start, part.end)
    for change in words:
        if change.kind == "same":
            continue
        start = max(change.after.start, reached)
        pieces.append(text(after[reached:start]))
        if gone := before[change.before.start : change.before.end]:
            # What is deleted last stands behind the space that was before it.
            apart = not str(pieces[-1])[-1:].isspace() and start > 0
            pieces += [text(" " if apart else ""), element("del", gone), text(" ")]
        if new := after[start : change.after.end]:
            pieces.append(element("ins", new))
        reached = max(change.after.end, start)
    pieces.append(text(after[reached:end]))
    return join(pieces)


def changed_text(before: str, after: Passage, words: Sequence[WordChange]) -> Markup:
    """Show a passage with what differs from an earlier text marked."""
    return passage_text(after, marked(before, after.text, words))


def verb_badge(verb: VerbChange | None) -> Markup | None:
    """Say what became of a verb; None where that is nothing, or not known."""
    if verb is None or verb.before is None or verb.after is None or verb.before == verb.after:
        return None
    words = texts.VERB[verb.strength].format(before=verb.before, after=verb.after)
    tone = "p-badge p-caution" if verb.strength == "weaker" else "p-badge"
    return element("span", words, class_=tone)
