"""Drafts and amendments, shown beside the text they became or were to change."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from indexer.linked import links_of
from indexer.linking.links import LinkKind
from indexer.snapshot import Snapshot
from indexer.whole import whole_paragraphs
from search_api.bench.paragraphs import verb_change, whole_passages, word_changes
from search_api.bench.tracing import Candidate, Tracer, graded
from search_api.schemas import Passage, Proposal, Version
from workbench.lineage import names_paragraph, series_title

__all__ = ["place_proposals"]


def place_proposals(
    snapshot: Snapshot,
    versions: Sequence[Version],
    texts: Sequence[sqlite3.Row],
    drafts: Sequence[sqlite3.Row],
    found: Mapping[str, Candidate],
    tracer: Tracer,
) -> tuple[list[Version], list[Proposal]]:
    """Put each draft of the paragraph beside its version.

    Args:
        snapshot: that all are of.
        versions: of the paragraph, by date.
        texts: documents of the series that were in force at some time.
        drafts: the others.
        found: the paragraph in each text, by document id.
        tracer: to compare a draft with the version it stands beside.

    Returns:
        versions with their proposals, and the proposals that stand beside none.
    """
    beside: dict[str, list[Proposal]] = {each.passage.document_id: [] for each in versions}
    wholes = {each.passage.document_id: found[each.passage.document_id].whole for each in versions}
    by_id = {each.passage.document_id: each for each in versions}
    loose: list[Proposal] = []
    for draft in drafts:
        became = _became(snapshot, draft, texts)
        version = by_id.get(became or "")
        best = found.get(draft["document_id"])
        if version is not None:
            near = tracer.nearest(draft["document_id"], wholes[version.passage.document_id])
            best = max((c for c in (best, near) if c is not None), key=_close, default=None)
        made = []
        if best is not None:
            (passage,) = whole_passages(snapshot, [best.whole])
            made.append(_proposal(passage, best, became, version))
        elif version is not None and draft["kind"] == "draft-amendment":
            made += _naming(snapshot, draft, version, became)
        if version is not None:
            beside[version.passage.document_id] += made
        else:
            loose += made
    placed = [
        each.model_copy(update={"proposals": tuple(beside[each.passage.document_id])})
        for each in versions
    ]
    return placed, loose


def _close(candidate: Candidate) -> tuple[int, float, float]:
    return candidate.closeness


def _proposal(
    passage: Passage, found: Candidate, became: str | None, version: Version | None
) -> Proposal:
    words = word_changes(passage.text, version.passage.text) if version else ()
    return Proposal(
        passage=passage,
        grade=graded(found),
        became=became,
        words=words if any(word.kind != "same" for word in words) else (),
        verb=verb_change(passage, version.passage) if version else None,
    )


def _naming(
    snapshot: Snapshot, draft: sqlite3.Row, version: Version, became: str | None
) -> list[Proposal]:
    """Return what an amendment wanted of the paragraph, where it names it by its number."""
    wholes = whole_paragraphs(snapshot, snapshot.document_rows(draft["document_id"]))
    naming = [whole for whole in wholes if names_paragraph(whole.text, version.passage.number)]
    return [
        Proposal(passage=passage, grade=None, became=became)
        for passage in whole_passages(snapshot, naming)
    ]


def _became(snapshot: Snapshot, draft: sqlite3.Row, texts: Sequence[sqlite3.Row]) -> str | None:
    """Return the text a draft became or was to change: as linked, else by title and session."""
    ids = {text["document_id"] for text in texts}
    for link in links_of(snapshot, draft["document_id"]):
        if link["kind"] in (LinkKind.ADOPTED_AS, LinkKind.AMENDS) and link["other_id"] in ids:
            return str(link["other_id"])
    title = series_title(draft["title"])
    for text in texts:
        together = draft["session"] is not None and text["session"] == draft["session"]
        if title and together and series_title(text["title"]) == title:
            return str(text["document_id"])
    return None
