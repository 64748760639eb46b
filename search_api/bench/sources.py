"""The documents that citations name, as an index holds them, and their paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.identity import general_comment_number, leading_symbol
from indexer.snapshot import Snapshot
from workbench.quoted import SoughtIn
from workbench.references import Form, Reference

__all__ = ["HeldParagraph", "Source", "Sources", "numbers_of"]

_SLIPS = 2
"""Letters or figures by which a symbol may differ from a known one that it is compared with."""

_NEAREST = 3


@dataclass(frozen=True)
class HeldParagraph:
    """A paragraph of the index with the passages it was split into.

    Attributes:
        label: in its document, as `corpus.types.Paragraph.id`.
        number: as printed, or None.
        text: the whole of it.
        rows: of its passages, in order.
    """

    label: str
    number: str | None
    text: str
    rows: tuple[int, ...]

    @cached_property
    def words(self) -> SoughtIn:
        """Return its words, read when they are first asked for."""
        return SoughtIn(self.text)


@dataclass(frozen=True)
class Source:
    """A document of the index.

    Attributes:
        document_id: its key.
        symbol: where it has one.
        language: ISO 639-1, or None.
        paragraphs: that have words to search, in reading order.
    """

    document_id: str
    symbol: str | None
    language: str | None
    paragraphs: tuple[HeldParagraph, ...]

    def paragraphs_named(self, label: str) -> tuple[HeldParagraph, ...]:
        """Return the paragraphs that a pinpoint names; of item "111.4", else 111, where it stands.

        An annex repeats the numbers of the text: the plain label is what a citation means, and
        comes first; words that stand under the same number of an annex are not misplaced either.
        """
        while label:
            found = [each for each in self.paragraphs if label in (each.label, each.number)]
            if found:
                return tuple(sorted(found, key=lambda each: each.label != label))
            label = label.rpartition(".")[0]
        return ()


@dataclass
class Sources:
    """What citations can name, read from an index as they are asked for."""

    snapshot: Snapshot
    _read: dict[str, Source] = field(default_factory=dict)

    def of(self, reference: Reference) -> tuple[Source, ...]:
        """Return the documents that a citation names: language versions, and joint symbols too."""
        ids: list[str] = []
        if reference.comment is not None and not reference.symbols:
            ids = self._comment_ids(*reference.comment)
        for symbol in reference.symbols:
            ids = self._ids_of(symbol)
            if ids:
                break
        return tuple(self.source(each) for each in ids)

    def meant_by(self, reference: Reference) -> list[tuple[Source, ...]]:
        """Return what a citation may mean, likeliest first: one text, or each that is held.

        Two bodies number their resolutions alike, and a draft need not say which it means.
        """
        if reference.form is not Form.RESOLUTION:
            found = self.of(reference)
            return [found] if found else []
        held = (self._ids_of(symbol) for symbol in reference.symbols)
        return [tuple(self.source(each) for each in ids) for ids in held if ids]

    def _ids_of(self, symbol: str) -> list[str]:
        return self.snapshot.document_ids_of(symbol) or self._members.get(symbol, [])

    def named(self, symbol: str) -> bool:
        """Tell whether the index has a document of a symbol."""
        return bool(self.snapshot.document_ids_of(symbol) or symbol in self._members)

    def nearest(self, symbol: str) -> tuple[str, ...]:
        """Return known symbols that differ from one by a slip or two, likest first."""
        names = self.snapshot.columns.values["symbol"].names
        found = process.extract(
            symbol, names, scorer=OSA.distance, score_cutoff=_SLIPS, limit=_NEAREST
        )
        return tuple(str(name) for name, _, _ in found)

    def source(self, document_id: str) -> Source:
        """Return a document with its paragraphs."""
        if document_id not in self._read:
            self._read[document_id] = self._source(document_id)
        return self._read[document_id]

    def comments_of(self, body: str) -> str:
        """Write the numbers of the general comments of a committee that are held."""
        return _spans(int(number) for who, number in self._comments if who == body)

    def _comment_ids(self, body: str | None, number: str) -> list[str]:
        if body is not None:
            return self._comments.get((body, number), [])
        found = [ids for (_, each), ids in self._comments.items() if each == number]
        return found[0] if len(found) == 1 else []

    @cached_property
    def _comments(self) -> dict[tuple[str, str], list[str]]:
        """Return ids of general comments by committee and number; joint ones under each."""
        query = """
            SELECT document_id, symbol, title, body FROM documents
            WHERE kind = 'general-comment' ORDER BY document_id"""
        with self.snapshot.reading() as connection:
            rows = connection.execute(query).fetchall()
        found: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            symbol = leading_symbol(row["symbol"])
            members = symbol.members if symbol else ()
            named = {(m.body, m.number) for m in members if len(members) > 1 and m.body}
            number = general_comment_number(row["title"]) or (symbol.number if symbol else None)
            if len(members) < 2:
                named = {(row["body"], number)}
            for body, each in named:
                if body and each:
                    found.setdefault((body, each), []).append(row["document_id"])
        return found

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        """Return ids of joint documents by each of their symbols."""
        found: dict[str, list[str]] = {}
        for name in self.snapshot.columns.values["symbol"].names:
            symbol = leading_symbol(name) if "-" in name or "," in name else None
            for member in symbol.members if symbol and len(symbol.members) > 1 else ():
                found.setdefault(member.text, []).extend(self.snapshot.document_ids_of(name))
        return found

    def _source(self, document_id: str) -> Source:
        query = """
            SELECT g.ordinal, g.paragraph_id, g.number, g.text, r.row
            FROM paragraphs g JOIN rows r USING (document_id, ordinal)
            WHERE g.document_id = ? ORDER BY r.row"""
        with self.snapshot.reading() as connection:
            (about,) = connection.execute(
                "SELECT symbol, language FROM documents WHERE document_id = ?", (document_id,)
            ).fetchall()
            rows = connection.execute(query, (document_id,)).fetchall()
        by_place: dict[int, list[int]] = {}
        texts: dict[int, tuple[str, str | None, str]] = {}
        for row in rows:
            by_place.setdefault(row["ordinal"], []).append(int(row["row"]))
            texts[row["ordinal"]] = (row["paragraph_id"], row["number"], row["text"])
        paragraphs = tuple(
            HeldParagraph(*texts[ordinal], tuple(held)) for ordinal, held in by_place.items()
        )
        return Source(document_id, about["symbol"], about["language"], paragraphs)


def numbers_of(sources: Sequence[Source]) -> str:
    """Write the numbers that paragraphs have, runs as spans; "" where none has one."""
    numbers = (p.number or "" for source in sources for p in source.paragraphs)
    return _spans(int(number) for number in numbers if number.isdecimal())


def _spans(numbers: Iterable[int]) -> str:
    """Write numbers in order, runs as spans: "1–45, 47"."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{a}–{b}" if a != b else str(a) for a, b in spans)
