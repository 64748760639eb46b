"""What passages are worth as precedent, as answers say it."""

from __future__ import annotations

from functools import lru_cache

from search_api.schemas import Standing
from workbench.standing import standing_table

__all__ = ["standing_of"]


@lru_cache(maxsize=4096)
def standing_of(
    kind: str | None,
    status: str | None,
    *,
    title: str = "",
    body: str | None = None,
    superseded_by: str | None = None,
    vote: tuple[int, int, int] | None = None,
    paragraph_kind: str = "",
    section: tuple[str, ...] = (),
) -> Standing:
    """Return the standing of a paragraph of a document; see `StandingTable.of`.

    Raises:
        InputError: the table that `PRECEDENT_STANDING` names cannot be used.
    """
    found = standing_table().of(
        kind=kind,
        status=status,
        title=title,
        body=body,
        superseded_by=superseded_by,
        vote=vote,
        paragraph_kind=paragraph_kind,
        section=section,
    )
    return Standing(
        name=found.name,
        label=found.label,
        authority=found.authority,
        counts=found.counts,
        why=found.why,
        vote=found.vote,
        vote_in_doubt=found.vote_in_doubt,
    )
