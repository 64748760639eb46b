"""Every citation of a text, held against what its source says."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import shorten

from corpus.citations import format_span
from corpus.errors import QueryError
from corpus.metadata.language import likeliest_language
from indexer.encoder import Encoder
from indexer.linked import links_of
from indexer.snapshot import Snapshot
from search_api import present
from search_api.bench.explaining import explain, not_held
from search_api.bench.judging import Cites, Judge, Judgement
from search_api.bench.meaning import ClaimMeaning
from search_api.bench.sources import HeldParagraph, Source, Sources
from search_api.schemas import CitationCheck, Evidence, Misquotation, VerifyRequest, VerifyResponse
from workbench.claims import Cited, Claim, cited_in, unclaimed
from workbench.differing import ChangeKind, changes
from workbench.quotations import quotations_in
from workbench.references import Form, Reference
from workbench.verdicts import Verdict, goodness
from workbench.words import words_of

__all__ = ["checks_of", "verify"]

_SHOWN = 100
"""Characters of a quotation in a warning."""

_MOST_TOLD = 10
_DIFFING = 0.5
"""Similarity under which two wordings have too little in common for their differences to tell."""


def verify(snapshot: Snapshot, encoder: Encoder, request: VerifyRequest) -> VerifyResponse:
    """Check the citations of a text, or the one that a claim is made of.

    Raises:
        QueryError: a claim is given, and the text is not one citation.
    """
    start = time.perf_counter()
    cited = cited_in(request.text)
    if request.claim is not None:
        cited = [_with_claim(cited, request.claim)]
    check = _Check(snapshot, encoder, request.text)
    chosen = cited[request.offset : request.offset + request.k]
    checks = tuple(check.of(each, number) for number, each in enumerate(chosen, request.offset + 1))
    return VerifyResponse(
        total=len(cited),
        offset=request.offset,
        checks=checks,
        warnings=tuple(_warnings(request, cited)),
        took_ms=round(1000 * (time.perf_counter() - start), 1),
    )


def checks_of(
    snapshot: Snapshot, encoder: Encoder, text: str
) -> tuple[int, Iterator[CitationCheck]]:
    """Return how many citations a text of any length has, and their checks as they are made."""
    cited = cited_in(text)
    check = _Check(snapshot, encoder, text)
    return len(cited), (check.of(each, number) for number, each in enumerate(cited, 1))


def _with_claim(cited: Sequence[Cited], words: str) -> Cited:
    if len(cited) != 1:
        raise QueryError(
            "text",
            f"a claim is given, and it holds {len(cited)} citations, not one",
            "give one citation, such as A/HRC/15/16, para. 12, or leave the claim out",
        )
    quotes = quotations_in(words)
    text = " … ".join(each.text for each in quotes) or words.strip().rstrip(".")
    claim = Claim(text, tuple(quotes)) if words_of(text) else None
    return replace(cited[0], claim=claim)


def _warnings(request: VerifyRequest, cited: Sequence[Cited]) -> list[str]:
    if not request.text.strip():
        return ["There is no text to check."]
    if not cited:
        return [
            "No citation was found: symbols (A/HRC/15/16, para. 12), resolutions (Human Rights "
            "Council resolution 55/27) and general comments are looked for."
        ]
    quotes = unclaimed(request.text, cited) if request.claim is None else []
    told = [
        f"Not looked for, since no citation of its sentence is plainly its own: "
        f"“{shorten(each.text, _SHOWN, placeholder='…')}”."
        for each in quotes[:_MOST_TOLD]
    ]
    more = len(quotes) - len(told)
    return [*told, f"{more} more quotations were not looked for."] if more else told


class _Check:
    """Checks the citations of one text, and keeps what it has read for the next."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder, text: str) -> None:
        self._snapshot, self._text = snapshot, text
        self._sources = Sources(snapshot)
        self._judge = Judge(snapshot, self._sources, ClaimMeaning(snapshot, encoder))

    def of(self, cited: Cited, number: int) -> CitationCheck:
        """Return what comes of one citation."""
        reference = cited.reference
        claim = cited.claim
        base = CitationCheck(
            number=number,
            citation=self._text[reference.start : reference.end],
            start=reference.start,
            end=reference.end,
            note=cited.note,
            verdict=Verdict.NOT_HELD.value,
            explanation="",
            claim=claim.text if claim else None,
            quoted=bool(claim and claim.quotations),
        )
        if reference.form is Form.MALFORMED or (reference.why and not reference.comment):
            return self._malformed(base, reference, claim)
        meant = self._sources.meant_by(reference)
        if not meant:
            explanation, nearest = not_held(self._sources, reference)
            return base.model_copy(
                update={
                    "explanation": explanation,
                    "nearest": nearest,
                    "read_as": _read_as(reference.symbols[:1], reference),
                }
            )
        told = [self._held(reference, claim, each) for each in meant]
        return base.model_copy(update=min(told, key=lambda each: goodness(each["verdict"])))

    def _malformed(
        self, base: CitationCheck, reference: Reference, claim: Claim | None
    ) -> CitationCheck:
        if not reference.symbols:
            return base.model_copy(
                update={
                    "verdict": Verdict.MALFORMED.value,
                    "explanation": f"It points back, and {reference.why}.",
                }
            )
        meant = reference.symbols[0]
        known = (meant,) if self._sources.named(meant) else self._sources.nearest(meant)
        explanation = f"Not a symbol: {reference.why}."
        update: dict[str, object] = {"verdict": Verdict.MALFORMED.value, "nearest": known}
        if meant in known:
            there = self._held(reference, claim, self._sources.of(reference))
            update |= {name: there[name] for name in ("evidence", "cautions")}
            explanation += f" {meant} is probably meant. There: {there['explanation']}"
        elif known:
            explanation += f" The nearest that is held: {', '.join(known)}."
        else:
            explanation += f" {meant} may be meant; it is not in this index."
        return base.model_copy(update=update | {"explanation": explanation})

    def _held(
        self, reference: Reference, claim: Claim | None, found: Sequence[Source]
    ) -> dict[str, object]:
        """Return the fields of a check of documents that are held."""
        language = likeliest_language(claim.text if claim else self._text[:2_000])
        ordered = tuple(sorted(found, key=lambda each: each.language != language))
        cites, missing = _cites(reference, ordered)
        judged = self._verdict(reference, claim, cites)
        # Where the paragraph is not there at all, its document says what the number should be.
        evidence = self._evidence(judged)
        cautions = [f"There is no paragraph {label} in it." for label in missing]
        if judged.verdict is Verdict.NO_SUCH_PARAGRAPH:
            cautions = []
        cautions += self._cautions(ordered, evidence)
        symbols = tuple(dict.fromkeys(each.symbol for each in ordered if each.symbol))
        return {
            "verdict": judged.verdict.value,
            "explanation": explain(judged, reference, claim, cites, language),
            "evidence": evidence,
            "cautions": tuple(cautions),
            "read_as": _read_as(symbols, reference, evidence),
        }

    def _verdict(self, reference: Reference, claim: Claim | None, cites: Cites) -> Judgement:
        if reference.paragraphs and not cites.paragraphs:
            everywhere = Cites(
                cites.sources, tuple((s, p) for s in cites.sources for p in s.paragraphs), False
            )
            judged = self._judge.judge(claim, everywhere) if claim else None
            if judged is not None and judged.verdict in {Verdict.RIGHT, Verdict.MISQUOTED}:
                return replace(judged, verdict=Verdict.NO_SUCH_PARAGRAPH)
            return Judgement(Verdict.NO_SUCH_PARAGRAPH, claim.text if claim else "")
        if claim is None:
            first = cites.paragraphs[0] if cites.pinned and cites.paragraphs else (None, None)
            return Judgement(Verdict.NOTHING_CLAIMED, "", *first)
        judged = self._judge.judge(claim, cites)
        unpinned = not cites.pinned and not claim.quotations
        if unpinned and judged.verdict is Verdict.NOT_THERE:
            # A sentence that names a whole document need not repeat any of it.
            return Judgement(Verdict.NOTHING_CLAIMED, claim.text)
        return judged

    def _evidence(self, judged: Judgement) -> Evidence | None:
        paragraph = judged.paragraph
        if paragraph is None:
            return None
        start = end = None
        differing: tuple[Misquotation, ...] = ()
        if judged.span is not None:
            start, end = paragraph.words.characters(*judged.span)
            if judged.similarity is not None and _DIFFING <= judged.similarity < 1:
                differing = _changes(judged.compared, paragraph.text, start, end)
        return Evidence(
            passage=present.passage(self._snapshot.passages([_row(paragraph, start)])[0]),
            text=paragraph.text,
            compared=judged.compared,
            start=start,
            end=end,
            similarity=None if judged.similarity is None else round(judged.similarity, 3),
            cosine=None if judged.cosine is None else round(judged.cosine, 3),
            changes=differing,
        )

    def _cautions(self, sources: Sequence[Source], evidence: Evidence | None) -> list[str]:
        """Say where what is cited does not count, and what does."""
        found: dict[str, None] = {}
        passages = [evidence.passage] if evidence else []
        for source in sources:
            if source.paragraphs and not any(p.document_id == source.document_id for p in passages):
                first = source.paragraphs[0].rows[0]
                passages.append(present.passage(self._snapshot.passages([first])[0]))
        for passage in passages:
            standing = passage.standing
            if standing.why:
                found.setdefault(f"{passage.symbol or passage.title}: {standing.why}.")
            if standing.vote_in_doubt:
                found.setdefault(f"Its tally is in doubt: {standing.vote_in_doubt}.")
            for link in links_of(self._snapshot, passage.document_id):
                if link["kind"] == "adopted-as" and link["symbol"]:
                    found.setdefault(f"The text adopted is {link['symbol']}.")
                if link["kind"] == "corrected-by" and link["symbol"]:
                    found.setdefault(f"It was corrected by {link['symbol']}.")
        return list(found)


def _cites(reference: Reference, sources: tuple[Source, ...]) -> tuple[Cites, list[str]]:
    """Return what a citation leads to, and the labels it names in vain."""
    if not reference.paragraphs:
        every = tuple((source, each) for source in sources for each in source.paragraphs)
        return Cites(sources, every, pinned=False), []
    held: dict[tuple[int, ...], tuple[Source, HeldParagraph]] = {}
    missing = []
    for label in reference.paragraphs:
        found = [(s, p) for s in sources for p in s.paragraphs_named(label)]
        held |= {paragraph.rows: (source, paragraph) for source, paragraph in found}
        if not found:
            missing.append(label)
    return Cites(sources, tuple(held.values()), pinned=True), missing


def _read_as(
    symbols: Sequence[str], reference: Reference, evidence: Evidence | None = None
) -> str | None:
    """Write a citation as it was understood, in United Nations form."""
    if not symbols:
        return None
    numbers = list(reference.paragraphs)
    if not numbers or not all(number.isdecimal() for number in numbers):
        labels = ", ".join(numbers)
        return f"{symbols[0]}, {labels}" if labels else symbols[0]
    about = evidence.passage if evidence and evidence.passage.symbol == symbols[0] else None
    if about is None:
        return format_span(symbols[0], None, numbers, None)
    return format_span(
        about.symbol, about.title, numbers, about.kind, body=about.body, year=about.year
    )


def _row(paragraph: HeldParagraph, start: int | None) -> int:
    """Return the passage of a paragraph in which a character stands; parts follow each other."""
    if start is None or len(paragraph.rows) == 1:
        return paragraph.rows[0]
    share = start / max(1, len(paragraph.text))
    return paragraph.rows[min(len(paragraph.rows) - 1, int(share * len(paragraph.rows)))]


def _changes(compared: str, text: str, start: int, end: int) -> tuple[Misquotation, ...]:
    return tuple(
        Misquotation(
            kind=change.kind.value,
            claimed=change.before,
            source=(change.after[0] + start, change.after[1] + start),
        )
        for change in changes(compared, text[start:end])
        if change.kind is not ChangeKind.SAME
    )
