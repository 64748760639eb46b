"""How a text was adopted, by the note in brackets at its end; a tally must add up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.types import DocumentStatus

__all__ = ["Adoption", "find_adoption"]

# Members entitled to vote.
_MEMBERS = {
    "Human Rights Council": 47,
    "Sample Council on Human Rights": 47,
    "Security Council": 15,
}
_MEMBERS |= {
    "General Assembly": 193,
    "Economic and Social Council": 54,
    "Commission on Human Rights": 53,
}

_WITHOUT_VOTE = re.compile(
    r"\[\s*(?:Adopted without a vote|Adoptée? sans (?:vote|être mise? aux voix)|"
    r"Aprobad[ao] sin (?:someterse a )?votación|Принят[оа] без голосования|"
    r"Прынят[ао] без галасавання|"
    r"未经表决[获得]*通过|اعتُمد بدون تصويت|اعتُ?مد[ت]? دون تصويت)",
    re.IGNORECASE,
)
_TALLIES = (
    r"(?P<how>Adopted|Rejected) (?:as amended )?by a (?:recorded|roll-call) vote of (?P<yes>\d+)"
    r"(?: votes?)? to (?P<no>\d+|none),? with (?P<abstain>\d+|no) abstentions?",
    r"(?P<how>Adopté|Rejeté)e?s?.{0,60}? par (?P<yes>\d+) voix contre (?P<no>\d+|zéro)"
    r"(?:,? avec (?P<abstain>\d+|aucune) abstentions?)?",
    r"(?P<how>Aprobad|Rechazad)[ao].{0,60}? por (?P<yes>\d+) votos contra (?P<no>\d+|ninguno)"
    r"(?:,? y (?P<abstain>\d+|ninguna) abstenci)?",
    r"(?P<how>Принят|Отклонен)[ао]?.{0,80}? (?P<yes>\d+) голосами против (?P<no>\d+)"
    r"(?:,? при (?P<abstain>\d+))?",
)
_TALLY = [re.compile(rf"\[?\s*{words}", re.IGNORECASE | re.DOTALL) for words in _TALLIES]
_REJECTED = ("rejected", "rejeté", "rechazad", "отклонен")
_VOTERS = re.compile(
    r"In favour\s*:(?P<yes>.+?)Against\s*:(?P<no>.+?)Abstaining\s*:(?P<abstain>.+?)(?:\]|\Z)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Adoption:
    """How a text was adopted.

    Attributes:
        status: adopted with or without a vote, or rejected.
        vote: (in favour, against, abstaining), or None.
        warnings: contradictions found, one line each.
    """

    status: DocumentStatus
    vote: tuple[int, int, int] | None = None
    warnings: tuple[str, ...] = ()


def find_adoption(text: str, body: str | None) -> Adoption | None:
    """Read the adoption note of a resolution, decision or proposal, or return None.

    A tally of more votes than the body has members is an error of the source: it is not kept, and
    said. So is one that disagrees with the voters listed below it.

    Args:
        text: of the document, or of its end.
        body: that voted, which bounds the tally.
    """
    flat = re.sub(r"\s+", " ", text)
    for pattern in _TALLY:
        if match := pattern.search(flat):
            return _by_vote(match, flat[match.end() :], body)
    if _WITHOUT_VOTE.search(flat):
        return Adoption(DocumentStatus.ADOPTED_WITHOUT_VOTE)
    return None


def _by_vote(match: re.Match[str], after: str, body: str | None) -> Adoption:
    rejected = match["how"].lower() in _REJECTED
    status = DocumentStatus.REJECTED if rejected else DocumentStatus.ADOPTED_BY_VOTE
    tally = _count(match["yes"]), _count(match["no"]), _count(match["abstain"])
    written = "–".join(map(str, tally))
    members = _MEMBERS.get(body or "")
    if members is not None and sum(tally) > members:
        cause = f"tally {written} adds up to {sum(tally)}, more than the {members} members"
        return Adoption(status, None, (f"{cause} of the {body}",))
    if (tally[0] <= tally[1]) is not rejected:
        verb = "rejected" if rejected else "adopted"
        return Adoption(status, None, (f"tally {written} contradicts {verb!r}",))
    if (listed := _listed(after)) is not None and listed != tally:
        lists = "–".join(map(str, listed))
        return Adoption(status, tally, (f"tally {written}, but the lists of voters give {lists}",))
    return Adoption(status, tally)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _listed(text: str) -> tuple[int, int, int] | None:
    """Count the voters listed after a tally, or None where no lists stand there."""
    match = _VOTERS.search(text[:6000])
    if match is None:
        return None
    counts = []
    for name in ("yes", "no", "abstain"):
        # "Bolivia (Plurinational State of)" has no comma; "and" joins the last two.
        names = re.split(r",\s*(?:and\s+)?|\s+and\s+(?=[A-Z][^,]*\Z)", match[name].strip(" .;"))
        counts.append(sum(bool(re.search(r"\w", n)) for n in names))
    return counts[0], counts[1], counts[2]
