"""Whether words stand where they are said to stand, else where they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.lexical import LexicalQuery
from indexer.snapshot import Snapshot
from search_api import present
from search_api.bench.meaning import ClaimMeaning
from search_api.bench.sources import HeldParagraph, Source, Sources
from workbench.claims import Claim
from workbench.closeness import Closeness
from workbench.decisive import decided_by, negates
from workbench.quoted import Sought, SoughtIn, sought
from workbench.verdicts import NEAR_VERBATIM, SAME_MEANING, TELLING_WORDS, Verdict, worst
from workbench.words import words_of

__all__ = ["Cites", "Judge", "Judgement"]

_NEAREST = 3
"""Paragraphs of a document whose sentences are compared with a claim."""

_CLEARLY = 0.1
"""Cosine by which another paragraph must be nearer than the cited one to be named instead."""

_CANDIDATES = 20
"""Passages of other documents that are compared word by word."""

_PHRASE_WORDS = 60
"""Words of a quotation that are looked up in a row; what is found is then compared whole."""

_JUST_BEFORE = 2
"""Words before those of a source that answer a sentence, among which a negation turns them."""

_APART = "between0these0stand0others"
"""A word that no text has, where paragraphs are joined that do not touch."""

_STOPS = frozenset(".:;!?。；！？\n")


@dataclass(frozen=True, slots=True)
class Cites:
    """What a citation leads to.

    Attributes:
        sources: the documents, those of the claim's language first.
        paragraphs: that it names; all of them where it names none.
        pinned: whether it names paragraphs.
    """

    sources: tuple[Source, ...]
    paragraphs: tuple[tuple[Source, HeldParagraph], ...]
    pinned: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of looking words up.

    Attributes:
        verdict: the outcome.
        compared: the words.
        source: document of the paragraph that decided, or came nearest; None where nothing did.
        paragraph: that paragraph.
        span: words of it (first, one past the last) that answer, where wording decided.
        similarity: of the wordings.
        cosine: of the meanings, where they were compared.
    """

    verdict: Verdict
    compared: str
    source: Source | None = None
    paragraph: HeldParagraph | None = None
    span: tuple[int, int] | None = None
    similarity: float | None = None
    cosine: float | None = None


@dataclass(frozen=True, slots=True)
class _Near:
    source: Source
    paragraph: HeldParagraph
    closeness: Closeness


class Judge:
    """Looks words up in what a citation leads to, then in the rest of the index."""

    def __init__(self, snapshot: Snapshot, sources: Sources, meaning: ClaimMeaning) -> None:
        self._snapshot, self._sources, self._meaning = snapshot, sources, meaning

    def judge(self, claim: Claim, cites: Cites) -> Judgement:
        """Return the verdict on a claim; of several quotations, on the one that fails worst."""
        if not claim.quotations:
            return self._sentence(claim.text, cites)
        found = [self._quotation(each.text, each.parts, cites) for each in claim.quotations]
        return found[worst([each.verdict for each in found])]

    def _quotation(self, text: str, parts: Sequence[str], cites: Cites) -> Judgement:
        wanted = sought(text, parts)
        if found := self._verbatim(wanted, cites.paragraphs):
            return _found(Verdict.RIGHT, text, found)
        if self._runs_through(wanted, cites):
            source, paragraph = cites.paragraphs[0]
            return Judgement(Verdict.RIGHT, text, source, paragraph, similarity=1.0)
        near = _nearest(wanted, cites.paragraphs)
        misquoted = near is not None and near.closeness.similarity >= NEAR_VERBATIM
        rest = _rest(cites)
        if (wanted.count >= TELLING_WORDS or not misquoted) and (
            elsewhere := self._verbatim(wanted, rest)
        ):
            return _found(Verdict.OTHER_PARAGRAPH, text, elsewhere)
        if near is not None and misquoted:
            return _found(Verdict.MISQUOTED, text, near)
        changed = _nearest(wanted, rest)
        if changed is not None and changed.closeness.similarity >= NEAR_VERBATIM:
            return _found(Verdict.OTHER_PARAGRAPH, text, changed)
        if wanted.count >= TELLING_WORDS and (other := self._other_document(wanted, cites)):
            return _found(Verdict.OTHER_DOCUMENT, text, other)
        return self._by_meaning(text, cites, near, quoted=True)

    def _sentence(self, text: str, cites: Cites) -> Judgement:
        wanted = sought(text, [text])
        near = _nearest(wanted, cites.paragraphs)
        there = near is not None and near.closeness.similarity >= NEAR_VERBATIM
        if near is not None and there:
            near = _with_negation(wanted, near)
            if not _turned(text, near):
                return _found(Verdict.RIGHT, text, near)
        changed = _nearest(wanted, _rest(cites))
        if changed is not None and changed.closeness.similarity >= NEAR_VERBATIM:
            changed = _with_negation(wanted, changed)
            if not there or not _turned(text, changed):
                return _found(Verdict.OTHER_PARAGRAPH, text, changed)
        if near is not None and there:
            return _found(Verdict.MISQUOTED, text, near)
        judged = self._by_meaning(text, cites, near, quoted=False)
        if judged.verdict is Verdict.NOT_THERE and wanted.count >= 2 * TELLING_WORDS:
            other = self._other_document(wanted, cites)
            if other is not None:
                return _found(Verdict.OTHER_DOCUMENT, text, other)
        return judged

    def _verbatim(
        self, wanted: Sought, paragraphs: Sequence[tuple[Source, HeldParagraph]]
    ) -> _Near | None:
        for source, paragraph in paragraphs:
            found = paragraph.words.find(wanted)
            if found is not None:
                return _Near(source, paragraph, Closeness(1.0, 1.0, *found))
        return None

    def _runs_through(self, wanted: Sought, cites: Cites) -> bool:
        """Tell whether words run from one cited paragraph into the next one of the document."""
        if not cites.pinned or len(cites.paragraphs) < 2:
            return False
        for source in cites.sources:
            cited = [paragraph for each, paragraph in cites.paragraphs if each is source]
            if len(cited) > 1 and SoughtIn(_joined(source, cited)).find(wanted) is not None:
                return True
        return False

    def _by_meaning(
        self, text: str, cites: Cites, near: _Near | None, *, quoted: bool
    ) -> Judgement:
        """Judge words that stand neither in the cited paragraph nor elsewhere."""
        cited = self._nearest_meaning(text, cites.paragraphs)
        if cited is None:
            return Judgement(Verdict.NOT_THERE, text)
        source, paragraph, cosine = cited
        similarity = near.closeness.similarity if near and near.paragraph is paragraph else None
        here = Judgement(
            Verdict.PARAPHRASED if cosine >= SAME_MEANING else Verdict.NOT_THERE,
            text,
            source,
            paragraph,
            similarity=similarity,
            cosine=cosine,
        )
        if quoted or not cites.pinned:
            return here
        elsewhere = self._nearest_meaning(text, _rest(cites))
        if elsewhere is not None and elsewhere[2] >= max(SAME_MEANING, cosine + _CLEARLY):
            source, paragraph, cosine = elsewhere
            return Judgement(Verdict.OTHER_PARAGRAPH, text, source, paragraph, cosine=cosine)
        return here

    def _nearest_meaning(
        self, text: str, paragraphs: Sequence[tuple[Source, HeldParagraph]]
    ) -> tuple[Source, HeldParagraph, float] | None:
        held = [paragraph for _, paragraph in paragraphs]
        best: tuple[Source, HeldParagraph, float] | None = None
        for place in self._meaning.nearest(text, held, _NEAREST):
            source, paragraph = paragraphs[place]
            cosine = self._meaning.of(text, paragraph, source.language)
            if best is None or cosine > best[2]:
                best = source, paragraph, cosine
        return best

    def _other_document(self, wanted: Sought, cites: Cites) -> _Near | None:
        """Return where words stand in another document: verbatim, of the strongest authority."""
        own = {source.document_id for source in cites.sources}
        phrases = tuple(" ".join(part[:_PHRASE_WORDS]) for part in wanted.parts)
        verbatim = self._snapshot.lexical.matching(LexicalQuery("", phrases=phrases))
        rows = [int(row) for row in verbatim[:_CANDIDATES]]
        if not rows:
            query = LexicalQuery(" ".join(" ".join(part) for part in wanted.parts))
            found, _ = self._snapshot.lexical.candidates(query, _CANDIDATES)
            rows = [int(row) for row in found]
        near: list[tuple[tuple[float, int, str], _Near]] = []
        for row in self._snapshot.passages(rows):
            if row["document_id"] in own:
                continue
            held = SoughtIn(row["text"])
            span = held.find(wanted)
            close = Closeness(1.0, 1.0, *span) if span else held.near(wanted)
            if close.similarity < NEAR_VERBATIM:
                continue
            standing = present.passage(row).standing
            order = (-close.similarity, standing.authority, str(row["passage_id"]))
            paragraph = HeldParagraph(
                row["paragraph_id"], row["number"], row["text"], (int(row["row"]),)
            )
            near.append((order, _Near(self._sources.source(row["document_id"]), paragraph, close)))
        return min(near, key=lambda each: each[0])[1] if near else None


def _found(verdict: Verdict, text: str, near: _Near) -> Judgement:
    return Judgement(
        verdict,
        text,
        near.source,
        near.paragraph,
        (near.closeness.first, near.closeness.last),
        near.closeness.similarity,
    )


def _turned(text: str, near: _Near) -> bool:
    """Tell whether a sentence says another thing than the words that are so near to it."""
    words = near.paragraph.words.words[near.closeness.first : near.closeness.last]
    return decided_by(words_of(text), words)


def _joined(source: Source, cited: Sequence[HeldParagraph]) -> str:
    """Join cited paragraphs; those between which another numbered one stands do not touch."""
    pieces: list[str] = []
    for paragraph in source.paragraphs:
        if paragraph in cited:
            pieces.append(paragraph.text)
        elif paragraph.number is not None and pieces and pieces[-1] != _APART:
            pieces.append(_APART)
    return "\n".join(pieces)


def _with_negation(wanted: Sought, near: _Near) -> _Near:
    """Take in a negation that stands right before the words in their sentence: "Not everyone"."""
    held, close = near.paragraph.words, near.closeness
    for first in range(close.first - 1, max(-1, close.first - 1 - _JUST_BEFORE), -1):
        if set(held.text[held.words[first].end : held.words[first + 1].start]) & _STOPS:
            break
        if negates(held.words[first].key):
            common = 2 * close.kept * wanted.count
            similarity = common / (wanted.count + close.last - first)
            return replace(near, closeness=replace(close, similarity=similarity, first=first))
    return near


def _rest(cites: Cites) -> list[tuple[Source, HeldParagraph]]:
    """Return the paragraphs of the cited documents that the citation does not name."""
    if not cites.pinned:
        return []
    named = {paragraph.rows for _, paragraph in cites.paragraphs}
    return [(s, p) for s in cites.sources for p in s.paragraphs if p.rows not in named]


def _nearest(wanted: Sought, paragraphs: Sequence[tuple[Source, HeldParagraph]]) -> _Near | None:
    """Return the paragraph whose wording is nearest, of those that have most of the words."""
    best: _Near | None = None
    for source, paragraph in paragraphs:
        if not paragraph.words.has_most(wanted, _SHARED):
            continue
        close = paragraph.words.near(wanted)
        if close.last > close.first and (
            best is None or close.similarity > best.closeness.similarity
        ):
            best = _Near(source, paragraph, close)
    return best


_SHARED = 0.6
"""Share of the different words without which no part of a paragraph is `NEAR_VERBATIM`: of n words
0.8 n must be common, and a word that stands several times counts once here."""
