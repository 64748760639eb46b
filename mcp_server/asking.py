"""The tools' work: the service is asked, and its answers are quoted, cut to size and no more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mcp_server.answers import (
    Absence,
    Check,
    LineageAnswer,
    Paragraph,
    ParagraphAnswer,
    Quotation,
    SearchAnswer,
    VerifyAnswer,
    VersionQuotation,
)
from mcp_server.quoting import quotation, shown
from precedent_client import Client, RefusedError
from search_api.schemas import (
    CitationCheck,
    Filters,
    Hit,
    LineageScope,
    Passage,
    VerifyRequest,
    Version,
)

__all__ = [
    "MAX_AROUND",
    "MAX_CHECKED",
    "MAX_FOUND",
    "NotFoundError",
    "lineage",
    "read_paragraph",
    "search",
    "verify_citation",
]

MAX_FOUND = 20
"""Passages in one answer: some 60,000 characters at most, mostly a third of that."""

MAX_AROUND = 5
MAX_CHECKED = 20
MAX_VERSIONS = 20
"""Versions and proposals of a lineage, together."""

MAX_ABSENCES = 40
"""Texts without the paragraph; they are named and not quoted."""

_PARTS_AROUND = 20
"""Parts asked for beside the neighbours, so that long paragraphs come whole."""

_NOT_FOUND = 404
_NOWHERE = frozenset({"not-held", "no-such-paragraph", "malformed"})


class NotFoundError(Exception):
    """What was asked for by name is not there; the message says what is."""


def search(
    client: Client, query: str, *, filters: Filters | None, k: int, offset: int
) -> SearchAnswer:
    """Return the passages that answer."""
    found = client.search(query, k=k, offset=offset, filters=filters or Filters(), highlights=False)
    return SearchAnswer(
        read_as=found.interpretation,
        passages=tuple(quotation(hit) for hit in found.hits),
        more=found.next_cursor is not None,
        warnings=tuple(map(shown, found.warnings)),
    )


def read_paragraph(
    client: Client, reference: str, *, language: str | None, before: int, after: int
) -> ParagraphAnswer:
    """Return a paragraph with those around it.

    Raises:
        NotFoundError: the reference names no paragraph, or several.
    """
    passage_id, others = _named(client, reference, language)
    found = client.passage(passage_id, before=before + _PARTS_AROUND, after=after + _PARTS_AROUND)
    passages = (*found.before, found.passage, *found.after)
    paragraphs = [tuple(parts) for _, parts in groupby(passages, lambda one: one.paragraph_id)]
    at = next(n for n, parts in enumerate(paragraphs) if found.passage in parts)
    # A paragraph at the edge of the window may have lost a part.
    earlier = [parts for parts in paragraphs[max(0, at - before) : at] if parts[0].part == 1]
    later = [
        parts for parts in paragraphs[at + 1 : at + 1 + after] if parts[-1].part == parts[-1].parts
    ]
    return ParagraphAnswer(
        paragraph=_paragraph(paragraphs[at]),
        before=tuple(map(_paragraph, earlier)),
        after=tuple(map(_paragraph, later)),
        other_languages=others,
    )


def _paragraph(parts: Sequence[Passage]) -> Paragraph:
    quoted = tuple(map(quotation, parts))
    return Paragraph(citation=quoted[0].citation, quotations=quoted)


def _named(client: Client, reference: str, language: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the passage that a reference names, and the same in other languages.

    Raises:
        NotFoundError: it names none, or several paragraphs.
    """
    try:
        passage = client.passage(reference, before=0, after=0).passage
    except RefusedError as error:
        if error.status != _NOT_FOUND:
            raise
    else:
        return _in_language(client, passage, language)
    found = client.search(reference, k=MAX_FOUND, highlights=False)
    hits = [hit for hit in found.hits if hit.part == 1]
    if found.interpretation != "citation" or not hits:
        raise NotFoundError(_why_not(client, reference))
    chosen = _best(hits, language)
    if len({hit.paragraph_id for hit in hits if hit.document_id == chosen.document_id}) > 1:
        raise NotFoundError(f"{reference} names several paragraphs; ask for one at a time")
    others = (hit.passage_id for hit in hits if hit.language != chosen.language)
    if language is not None and chosen.language != language:
        raise NotFoundError(f"{reference} is not here in {language!r}, but in {chosen.language!r}")
    return chosen.passage_id, tuple(dict.fromkeys(others))


def _best(hits: Sequence[Hit], language: str | None) -> Hit:
    """Return the version in a language, else the English, else the first."""
    return min(hits, key=lambda hit: (hit.language != language, hit.language != "en", hit.rank))


def _in_language(
    client: Client, passage: Passage, language: str | None
) -> tuple[str, tuple[str, ...]]:
    twins = [twin for twin in client.twins(passage.passage_id).twins if twin.part == 1]
    if language is None or passage.language == language:
        return passage.passage_id, tuple(twin.passage_id for twin in twins)
    for twin in twins:
        if twin.language == language:
            others = [passage, *(each for each in twins if each is not twin)]
            return twin.passage_id, tuple(each.passage_id for each in others)
    raise NotFoundError(f"{passage.citation} is not here in language {language!r}")


def _why_not(client: Client, reference: str) -> str:
    """Say why a reference names no paragraph."""
    checks = client.verify(VerifyRequest(text=reference, k=1)).checks
    if not checks or checks[0].verdict not in _NOWHERE:
        return (
            f"{reference!r} is neither a citation of one paragraph (A/HRC/15/16, para. 12) nor a "
            "passage id of an answer; use search to find one"
        )
    near = f"; nearest known symbols: {', '.join(checks[0].nearest)}" if checks[0].nearest else ""
    return f"{checks[0].explanation}{near}"


def verify_citation(
    client: Client, text: str, *, claim: str | None, offset: int, k: int
) -> VerifyAnswer:
    """Return the citations of a text, checked."""
    found = client.verify(VerifyRequest(text=text, claim=claim, offset=offset, k=k))
    return VerifyAnswer(
        total=found.total,
        checks=tuple(map(_check, found.checks)),
        warnings=tuple(map(shown, found.warnings)),
    )


def _check(check: CitationCheck) -> Check:
    evidence = check.evidence
    return Check(
        citation=shown(check.citation),
        read_as=None if check.read_as is None else shown(check.read_as),
        verdict=check.verdict,
        explanation=shown(check.explanation),
        claim=None if check.claim is None else shown(check.claim),
        source=None if evidence is None else quotation(evidence.passage, evidence.text),
        nearest=tuple(map(shown, check.nearest)),
        cautions=tuple(map(shown, check.cautions)),
    )


def lineage(
    client: Client, reference: str, *, scope: LineageScope, language: str | None
) -> LineageAnswer:
    """Return a paragraph through the texts of its series."""
    found = client.lineage(reference, scope=scope, language=language)
    proposals: list[Quotation] = [
        quotation(each.passage)
        for each in (*(p for v in found.versions for p in v.proposals), *found.proposals)
    ]
    versions = _chosen(found.versions)
    shown_proposals = proposals[: MAX_VERSIONS - len(versions)]
    left_out = len(found.versions) - len(versions) + len(proposals) - len(shown_proposals)
    return LineageAnswer(
        series=shown(found.series.name),
        complete=found.series.complete and len(found.without) <= MAX_ABSENCES,
        years_without=found.series.years_without,
        versions=tuple(map(_version, versions)),
        proposals=tuple(shown_proposals),
        without=tuple(
            Absence(
                symbol=each.symbol, document_id=each.document_id, year=each.year, place=each.place
            )
            for each in found.without[:MAX_ABSENCES]
        ),
        left_out=left_out,
    )


def _chosen(versions: Sequence[Version]) -> list[Version]:
    """Return as many as one answer holds, in their order: the first, the asked, and the latest."""
    wanted = [one for one in versions if one.first_use or one.asked]
    latest = [one for one in reversed(versions) if not (one.first_use or one.asked)]
    kept = {id(one) for one in [*wanted, *latest][:MAX_VERSIONS]}
    return [one for one in versions if id(one) in kept]


def _version(version: Version) -> VersionQuotation:
    return VersionQuotation(
        **dict(quotation(version.passage)),
        year=version.passage.year,
        asked=version.asked,
        grade=version.grade,
        first_use=version.first_use,
        came_back=version.came_back,
    )
