"""One paragraph followed through the texts of its series."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from corpus.errors import UnknownNameError
from indexer.encoder import Encoder
from indexer.linked import twin_rows
from indexer.snapshot import Snapshot
from indexer.whole import WholeParagraph, whole_paragraphs
from search_api import present
from search_api.bench.naming import named_paragraph
from search_api.bench.paragraphs import verb_change, whole_passages, word_changes
from search_api.bench.proposals import place_proposals
from search_api.bench.series import series_of
from search_api.bench.telling import told
from search_api.bench.tracing import Candidate, Tracer, graded, is_proposal
from search_api.schemas import Lineage, LineageScope, LineageSeries, Version, WithoutIt
from workbench.lineage import Place, addressed_to, course, years_without

__all__ = ["lineage"]


def lineage(
    snapshot: Snapshot,
    encoder: Encoder,
    reference: str,
    *,
    scope: LineageScope = "series",
    language: str | None = None,
) -> Lineage:
    """Follow a paragraph through the texts of its series; see `Workbench.lineage`."""
    asked = _asked(snapshot, reference, language)
    (document,) = snapshot.documents([asked.document_id])
    series = series_of(snapshot, document, scope)
    tracer = Tracer(snapshot, encoder, asked, series, exhaustive=scope == "series")
    found = tracer.trace()
    texts = [row for row in series.documents if not is_proposal(row)]
    versions = _versions(snapshot, asked, [found.get(row["document_id"]) for row in texts])
    whole = tracer.complete and series.successive
    without, back = _absences(texts, found) if whole else ((), frozenset[str]())
    versions = [
        each.model_copy(update={"came_back": each.passage.document_id in back}) for each in versions
    ]
    drafts = [row for row in series.documents if is_proposal(row)]
    versions, loose = place_proposals(snapshot, versions, texts, drafts, found, tracer)
    (passage,) = whole_passages(snapshot, [asked])
    years = [row["year"] for row in texts if row["year"]]
    return Lineage(
        passage=passage,
        scope=scope,
        series=LineageSeries(
            name=series.name,
            by=series.by,
            language=document["language"],
            documents=len(series.documents),
            complete=whole,
            years_without=years_without(years) if whole else (),
        ),
        story=told(passage, versions, without, loose, in_series=scope == "series"),
        versions=tuple(versions),
        without=without,
        proposals=tuple(loose),
        twins=present.twins(snapshot, asked.rows.start).twins,
    )


_SHOWN = ("document_id", "symbol", "title", "date", "year")


def _absences(
    texts: list[sqlite3.Row], found: Mapping[str, Candidate]
) -> tuple[tuple[WithoutIt, ...], frozenset[str]]:
    """Return the texts that lack the paragraph, and those in which it came back.

    Each is held against the texts to the same organ; where none of these has it, none lacks it.
    """
    organs: dict[str, list[sqlite3.Row]] = {}
    for row in texts:
        organs.setdefault(addressed_to(row["symbol"]), []).append(row)
    places: dict[str, Place] = {}
    back: set[str] = set()
    for rows in organs.values():
        has_it = [row["document_id"] in found for row in rows]
        if any(has_it):
            run = course(has_it)
            back.update(rows[at]["document_id"] for at in run.came_back)
            for row, place in zip(rows, run.places, strict=True):
                if place is not None:
                    places[row["document_id"]] = place
    without = tuple(
        WithoutIt(**{name: row[name] for name in _SHOWN}, place=places[row["document_id"]].value)
        for row in texts
        if row["document_id"] in places
    )
    return without, frozenset(back)


def _asked(snapshot: Snapshot, reference: str, language: str | None) -> WholeParagraph:
    """Return the paragraph that is meant, in the language that is asked for."""
    row = snapshot.row_of(reference.strip())
    if row is None:
        return named_paragraph(snapshot, reference, language)
    (whole,) = whole_paragraphs(snapshot, [row])
    (document,) = snapshot.documents([whole.document_id])
    if language is None or document["language"] == language:
        return whole
    rows, _ = twin_rows(snapshot, whole.document_id, whole.paragraph_id)
    for twin in snapshot.passages(rows):
        if twin["language"] == language:
            return whole_paragraphs(snapshot, [twin["row"]])[0]
    raise UnknownNameError(
        reference,
        f"is not here in language {language!r}",
        f"follow it in {document['language'] or 'its own language'}",
    )


def _versions(
    snapshot: Snapshot, asked: WholeParagraph, found: list[Candidate | None]
) -> list[Version]:
    """Return what each text that has the paragraph says, each compared with the one before."""
    held = [each for each in found if each is not None]
    passages = whole_passages(snapshot, [each.whole for each in held])
    cited = {passage.document_id: passage.citation for passage in passages}
    versions: list[Version] = []
    for candidate, passage in zip(held, passages, strict=True):
        before = versions[-1].passage if versions else None
        differs = before is not None and before.text != passage.text
        words = word_changes(before.text, passage.text) if before and differs else ()
        versions.append(
            Version(
                passage=passage,
                asked=candidate.whole.rows == asked.rows,
                grade=graded(candidate),
                through=cited.get(candidate.through or ""),
                similarity=round(candidate.similarity, 4),
                meaning=round(candidate.meaning, 4),
                first_use=before is None,
                previous=before.passage_id if before else None,
                words=words if any(word.kind != "same" for word in words) else (),
                verb=verb_change(before, passage) if before else None,
            )
        )
    return versions
