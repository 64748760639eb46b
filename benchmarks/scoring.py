"""Hold a document as read to what a person saw on its pages.

Every single comparison is a `Check`, so that a figure can always be taken apart into the places it
was lost at.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.expectations import Expectation
from corpus.types import Document, Footnote, Paragraph, ParagraphKind

__all__ = [
    "Check",
    "Tally",
    "score",
    "score_error",
    "tally",
]


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison.

    Attributes:
        aspect: what was compared: "number", "start", "end", "pages", "kind", "heading",
            "footnote", "error", or a field of the metadata ("metadata.title").
        place: where in the file.
        expected: what a person saw.
        found: what was read; empty where nothing was.
        right: whether they agree.
    """

    aspect: str
    place: str
    expected: str
    found: str
    right: bool

    @property
    def false(self) -> bool:
        """Whether something was read that is not there, which is worse than nothing."""
        return not self.right and bool(self.found)

    def __str__(self) -> str:
        return f"{self.aspect} of {self.place}: {self.found!r}, should be {self.expected!r}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one aspect was right.

    Attributes:
        right: comparisons that agree.
        false: comparisons where something wrong was read.
        total: all comparisons.
    """

    right: int
    false: int
    total: int

    @property
    def share(self) -> float:
        """Part that is right, 1.0 where nothing was compared."""
        return self.right / self.total if self.total else 1.0


def score(document: Document, expectation: Expectation) -> tuple[Check, ...]:
    """Return every comparison of a document with what was seen of its file."""
    return (
        *_numbers(document, expectation),
        *_paragraphs(document, expectation),
        *_footnotes(document, expectation),
        *_metadata(document, expectation),
    )


def score_error(cause: str, expectation: Expectation) -> tuple[Check, ...]:
    """Return the comparison of an error with the one that is right for the file."""
    wanted = expectation.error or ""
    right = bool(wanted) and wanted in cause
    return (Check("error", expectation.file, wanted or "no error", cause, right),)


def tally(checks: Iterable[Check]) -> dict[str, Tally]:
    """Return how often each aspect was right, by its name."""
    right: Counter[str] = Counter()
    false: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for check in checks:
        total[check.aspect] += 1
        right[check.aspect] += check.right
        false[check.aspect] += check.false
    return {name: Tally(right[name], false[name], total[name]) for name in sorted(total)}


def _plain(text: str) -> str:
    """Fold whatever is no word: whitespace, spaces beside marks, forms of hyphens."""
    text = re.sub(r"[\u2010\u2011]", "-", unicodedata.normalize("NFC", text)).replace("\u00ad", "")
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" (?=[,.;:!?»”)\]])", "", text)
    return re.sub(r"(?<=[«“(\[]) ", "", text)


def _folded(text: str) -> str:
    return _plain(text).replace("’", "'").casefold()


def _starts(text: str, words: str) -> bool:
    # A bullet is no word, and may be kept or not.
    text, words = _plain(text).lstrip("•–—▪ "), _plain(words)
    return text.startswith(words) and not text[len(words) : len(words) + 1].isalnum()


def _ends(text: str, words: str) -> bool:
    text, words = _plain(text), _plain(words)
    before = text[: len(text) - len(words)][-1:]
    return text.endswith(words) and not before.isalnum()


def _expanded(ranges: Iterable[str]) -> Iterator[str]:
    for text in ranges:
        first, _, last = text.partition("-")
        stem, dot, start = first.rpartition(".")
        end = (last or first).rpartition(".")[2]
        yield from (f"{stem}{dot}{number}" for number in range(int(start), int(end) + 1))


def _in_annex(paragraph: Paragraph) -> bool:
    return paragraph.kind is ParagraphKind.ANNEX or paragraph.id.startswith("annex")


def _numbers(document: Document, expectation: Expectation) -> Iterator[Check]:
    numbered = [
        paragraph
        for paragraph in document.paragraphs
        if paragraph.number is not None
        and paragraph.kind not in {ParagraphKind.HEADING, ParagraphKind.FOOTNOTE}
    ]
    for part, ranges in (("", expectation.numbers), ("annex ", expectation.annex_numbers)):
        if ranges is None:
            continue
        wanted = list(_expanded(ranges))
        found = [str(each.number) for each in numbered if _in_annex(each) is bool(part)]
        # Both lists are long and nearly the same; without junk heuristics the match is exact.
        matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
        for kind, start, end, found_start, found_end in matcher.get_opcodes():
            for number in wanted[start:end]:
                right = kind == "equal"
                yield Check("number", f"{part}{number}", number, number if right else "", right)
            if kind != "equal":
                for number in found[found_start:found_end]:
                    yield Check("number", f"{part}{number}", "", number, right=False)


def _paragraphs(document: Document, expectation: Expectation) -> Iterator[Check]:
    for wanted in expectation.paragraphs:
        place = _place(wanted)
        paragraph = _paragraph(document, wanted)
        text = paragraph.text if paragraph else ""
        words = _plain(text).split()
        if "first" in wanted:
            right = _starts(text, wanted["first"])
            yield Check("start", place, wanted["first"], " ".join(words[:4]), right)
        if "last" in wanted:
            right = _ends(text, wanted["last"])
            yield Check("end", place, wanted["last"], " ".join(words[-4:]), right)
        if paragraph is None:
            continue
        pages = tuple(wanted["pages"])
        yield Check("pages", place, str(pages), str(paragraph.pages), paragraph.pages == pages)
        if "kind" in wanted:
            kind = paragraph.kind.value
            yield Check("kind", place, wanted["kind"], kind, kind == wanted["kind"])
        if "under" in wanted:
            heading = paragraph.section[-1] if paragraph.section else ""
            right = _folded(heading) == _folded(wanted["under"])
            yield Check("heading", place, wanted["under"], heading, right)


def _alternatives(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _place(wanted: dict[str, Any]) -> str:
    page = wanted["pages"][0]
    if "number" in wanted:
        annex = "annex " if wanted.get("annex") else ""
        return f"{annex}{_alternatives(wanted['number'])[0]}, page {page}"
    if "preamble" in wanted:
        return f"pp{wanted['preamble']}, page {page}"
    return f"“{wanted['first']}”, page {page}"


def _paragraph(document: Document, wanted: dict[str, Any]) -> Paragraph | None:
    """Return the paragraph that is meant: by its number or place, then by page and first words."""
    first = wanted.get("first", "")
    annex = bool(wanted.get("annex"))
    text = [each for each in document.paragraphs if each.kind is not ParagraphKind.HEADING]
    if "number" in wanted:
        numbers = _alternatives(wanted["number"])
        named = [each for each in text if each.number in numbers and _in_annex(each) is annex]
    elif "preamble" in wanted:
        named = [each for each in text if each.kind is ParagraphKind.PREAMBULAR]
        of_place = [each for each in named if each.id == f"pp{wanted['preamble']}"]
        # One that is lost must not count against all that follow it.
        named = [each for each in named if _starts(each.text, first)] or of_place
    else:
        named = [each for each in text if _starts(each.text, first)]
    on_page = [each for each in named if each.pages[:1] == tuple(wanted["pages"][:1])]
    begun = [each for each in on_page if _starts(each.text, first)]
    return next(iter(begun or on_page or named), None)


def _footnotes(document: Document, expectation: Expectation) -> Iterator[Check]:
    for wanted in expectation.footnotes:
        place = f"note {wanted['mark']}"
        notes = [
            note
            for note in document.footnotes
            if note.mark == wanted["mark"] and _starts(note.text, wanted["first"])
        ]
        found = _stands_in(notes)
        if "paragraph" in wanted:
            right = wanted["paragraph"] in found
            yield Check("footnote", place, wanted["paragraph"], " ".join(found), right)
        else:
            yield Check("footnote", place, wanted["first"], " ".join(found), bool(notes))
    if expectation.footnote_total is not None:
        count, total = len(document.footnotes), expectation.footnote_total
        yield Check("footnotes", "all notes", str(total), str(count), count == total)


def _stands_in(notes: Iterable[Footnote]) -> list[str]:
    return [note.paragraph_id or "nowhere" for note in notes]


def _metadata(document: Document, expectation: Expectation) -> Iterator[Check]:
    for field, values in expectation.metadata.items():
        value = getattr(document, field)
        if field == "relations":
            found = ", ".join(f"{relation.kind.value} {relation.symbol}" for relation in value)
        elif field == "vote":
            found = "-".join(str(part) for part in value or ())
        elif field == "country":
            found = ", ".join(value)
        else:
            found = "" if value is None else str(value)
        fold = _folded if field in {"title", "mandate", "mandate_holder"} else str
        right = fold(found) in {fold(each) for each in values}
        yield Check(f"metadata.{field}", field, " or ".join(values) or "unknown", found, right)
