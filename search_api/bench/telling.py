"""What happened to a paragraph over the years, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from search_api.schemas import Passage, Proposal, Version, WithoutIt
from workbench.lineage import addressed_to

__all__ = ["told"]

MOST_NAMED = 3
"""Texts that a sentence names; of more, the rest are counted."""


def told(
    asked: Passage,
    versions: Sequence[Version],
    without: Sequence[WithoutIt],
    loose: Sequence[Proposal],
    *,
    in_series: bool,
) -> tuple[str, ...]:
    """Tell the course of a paragraph, earliest first."""
    if not versions:
        return (f"{asked.citation} is a draft, and no text in force says it.",)
    first = _when(versions[0].passage)
    if len(versions) == 1 and without:
        others = "1 other text" if len(without) == 1 else f"{len(without)} other texts"
        return (f"Used once, in {first}; absent from {others} of the series.",)
    story = [f"First used in {first}." if in_series else f"Earliest found: {first}."]
    quiet: dict[str, list[str]] = {"Kept word for word in": [], "Reworded in": []}
    for version in versions[1:]:
        happened = _happened(version)
        if happened:
            story.append(f"{_when(version.passage)}: {happened}.")
        else:
            heading = "Reworded in" if version.words else "Kept word for word in"
            quiet[heading].append(_when(version.passage))
    story += [f"{heading} {_listed(places)}." for heading, places in quiet.items() if places]
    between = [each for each in without if each.place == "between"]
    if between:
        back = [_when(each.passage) for each in versions if each.came_back]
        story.append(f"Between, absent from {_named(between)}; came back in {_listed(back)}.")
    story += _dropped(versions, without)
    if loose:
        one = len(loose) == 1
        words = "One draft says" if one else f"{len(loose)} drafts say"
        story.append(f"{words} it, and no text in force that it became.")
    return tuple(story)


def _dropped(versions: Sequence[Version], without: Sequence[WithoutIt]) -> list[str]:
    """Say after which text to each organ the paragraph was dropped."""
    last = {addressed_to(each.passage.symbol): each.passage for each in versions}
    return [
        f"Dropped after {_when(passage)}: absent from {_named(absent)}."
        for organ, passage in last.items()
        if (
            absent := [
                each
                for each in without
                if each.place == "after" and addressed_to(each.symbol) == organ
            ]
        )
    ]


def _happened(version: Version) -> str:
    """Say what became of the verb of a version; empty where it is the same or not known."""
    verb = version.verb
    if verb is None or verb.before == verb.after or None in (verb.before, verb.after):
        return ""
    changed = f"{verb.before} → {verb.after}"
    if verb.strength in ("stronger", "weaker"):
        return f"the verb grew {verb.strength}, {changed}"
    return f"the verb changed, {changed}"


def _when(passage: Passage) -> str:
    return f"{passage.citation} ({passage.year})" if passage.year else passage.citation


def _named(texts: Sequence[WithoutIt]) -> str:
    return _listed(
        [f"{t.symbol or t.document_id}" + (f" ({t.year})" if t.year else "") for t in texts]
    )


def _listed(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return "; ".join(names)
    rest = len(names) - MOST_NAMED + 1
    return f"{'; '.join(names[: MOST_NAMED - 1])}; and {rest} others"
