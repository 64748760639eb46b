"""Find whom a paragraph of a resolution addresses, or a recommendation.

Only verbs that ask something of someone have an addressee: "Urges", "Requests", "Calls upon",
"Demands that". What cannot be told safely is left out: a false addressee is worse than none.
"""

from __future__ import annotations

import re

from corpus.segmentation.nature.addressees_abroad import phrases_abroad
from corpus.segmentation.nature.noun_phrases import noun_phrases
from corpus.segmentation.nature.recommending import recommending_opening
from corpus.segmentation.nature.verbs import operative_opening

__all__ = ["recommendation_addressees", "resolution_addressees"]

_ASKS = re.compile(
    r"\b(?:urges|calls (?:\w+ )*(?:upon|on)|requests|invites|encourages|appeals (?:\w+ )*to"
    r"|authori[sz]es|instructs|directs|mandates|asks|exhorts|implores|reminds|entrusts)\b",
    re.IGNORECASE,
)
_ASKS_THAT = re.compile(
    r"\b(?:demands|requests|recommends|asks|insists|requires|urges|proposes)\b", re.I
)
_REPEATS = re.compile(r"\b(?:reiterates|renews|repeats)\b", re.IGNORECASE)
_CALL = re.compile(
    r" (?:also |again )?(?:its|his|her|their) (?:[\w-]+ ){0,2}"
    r"(?:call|request|appeal|invitation|demand|recommendation)(?: (?:upon|on|to))?(?= )"
)
_SECOND = re.compile(
    r"(?:,? (?:and|or)(?: further| also| strongly)? (?:urges|calls (?:up)?on|requests|invites"
    r"|encourages|appeals to|recommends|demands))(?= )"
)
# What may stand between the verb and the addressee: ", in this regard,", "once again".
_ASIDE = re.compile(
    r"^(?:,? (?:once again|once more|again|also|further|in particular|urgently|strongly|inter alia"
    r"|therefore|accordingly|especially|in this (?:regard|respect|context|connection)),?"
    r"|, (?:in|with|pursuant|as|while|where|on|upon|through|taking|bearing|for|at|to this end)\b"
    r"[^,;:]{0,140},)(?= )"
)
# "recommends that: (a) States …": whom the first item names.
_ITEMS = re.compile(r"^ ?:\s*(?:\(?(?:a|i|1)\)|[•–-])\s+(?=\S)")
_THAT = re.compile(r"^,? that(?:,[^,;:]{0,120},)?(?=[ :])")
_SHALL = re.compile(
    r"^ that ((?:all |Member |the )*(?:Member States|States))(?:[^,;]{0,60})? shall\b"
)


def resolution_addressees(text: str) -> tuple[str, ...]:
    """Return whom an operative paragraph addresses, as printed without article.

    >>> resolution_addressees("Urges the Government of Samplonia and all parties to cooperate;")
    ('Government of Samplonia', 'all parties')
    """
    opening = operative_opening(text)
    if opening is None:
        return ()
    rest = text[opening.end :]
    if opening.language != "en":
        return phrases_abroad(opening.verb, rest, opening.language)
    return _asked(opening.verb, rest)


def recommendation_addressees(text: str) -> tuple[str, ...]:
    """Return whom a recommendation in a report addresses, where its first words say so.

    >>> recommendation_addressees("The State party should repeal the law.")
    ('State party',)
    """
    opening = recommending_opening(text)
    if opening is None:
        return ()
    if opening.verb is None:
        return (opening.rest,)
    if opening.language != "en":
        return phrases_abroad(opening.verb, opening.rest, opening.language)
    return _asked(opening.verb, opening.rest)


def _asked(verb: str, rest: str) -> tuple[str, ...]:
    """Return the addressees of an English verb, given what follows it."""
    if _REPEATS.search(verb):
        call = _CALL.match(rest)
        return _after(rest[call.end() :], clause=True) if call else ()
    if verb.lower().endswith("decides") or "decides " in verb.lower():
        shall = _SHALL.match(rest)
        return noun_phrases(shall[1]) if shall else ()
    if second := _SECOND.match(rest):
        return _asked(second[0], rest[second.end() :])
    that = _ASKS_THAT.search(verb) is not None
    if not that and not _ASKS.search(verb):
        return ()
    return _after(rest, clause=that, direct=_ASKS.search(verb) is not None)


def _after(rest: str, *, clause: bool, direct: bool = True) -> tuple[str, ...]:
    """Return the addressees in what follows a verb: its object, or the subject of its clause."""
    while aside := _ASIDE.match(rest):
        rest = rest[aside.end() :]
    if clause and (that := _THAT.match(rest)):
        rest = rest[that.end() :]
        items = _ITEMS.match(rest)
        return noun_phrases(rest[items.end() if items else 0 :].strip(), clause=True)
    if not direct or not rest.startswith(" ") or rest.startswith((" for ", " that ")):
        return ()
    return noun_phrases(rest.strip())
