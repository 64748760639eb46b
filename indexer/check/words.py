"""Words and terms of a snapshot against its texts, analysed again.

Tantivy keeps no text to compare. What it keeps is, for each term, a list of passages. Every list is
read, and each passage gets the sum of the numbers of the terms that it is listed under; the same
sum is made from the text. Where the two differ, a list has a passage too many or one too few.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import EXACT, field_language
from indexer.check.report import REPAIR, Report
from indexer.forward import ForwardIndex, term_ids
from indexer.lexical import LexicalEntry
from indexer.lexical.fields import PAIRS, pair_term
from indexer.lexical.postings import Postings
from indexer.parts import ENTRIES, entries_of

__all__ = ["check_words"]

_PHRASE = 4
"""Words of a phrase that is looked up in its passage, from a place drawn by chance."""

_BLOCK = 2000

Tell = Callable[[int, int], object]


@dataclass(slots=True)
class _Sums:
    """Terms of the passages that are checked, and each passage's sum of them."""

    rows: int
    numbers: dict[tuple[str, str], np.uint64] = field(default_factory=dict)
    sums: dict[str, NDArray[np.uint64]] = field(default_factory=dict)

    def add(self, name: str, row: int, terms: Iterable[tuple[str, str]]) -> None:
        """Count the distinct terms of a passage, each (field, term), under a name for people."""
        total = 0
        for term in set(terms):
            held = self.numbers.get(term)
            if held is None:
                digest = hashlib.blake2b("\0".join(term).encode("utf-8", "surrogatepass"),
                                         digest_size=8).digest()  # fmt: skip
                held = self.numbers[term] = np.uint64(int.from_bytes(digest))
            total += int(held)
        if name not in self.sums:
            self.sums[name] = np.zeros(self.rows, np.uint64)
        self.sums[name][row] = np.uint64(total & 0xFFFFFFFFFFFFFFFF)


def check_words(
    serving: sqlite3.Connection,
    postings: Postings,
    forward: ForwardIndex,
    context: ForwardIndex,
    report: Report,
    sample: list[str] | None,
    tell: Tell,
) -> None:
    """Analyse the texts of a snapshot and look for each term where it has to be.

    Args:
        serving: the snapshot's database.
        postings: its lexical store.
        forward: its terms in reading order.
        context: those of titles and headings.
        report: to add to.
        sample: ids of the documents to look at; None looks at all.
        tell: told (passages done, in all).
    """
    live = {int(row) for (row,) in serving.execute("SELECT row FROM rows")}
    _check_rows(live, postings, report)
    sums = _Sums(max(len(forward), max(live, default=-1) + 1))
    chance = random.Random(0)  # noqa: S311 - which words are looked up is no secret
    facets: dict[tuple[str, str], set[int]] = {}
    years: dict[int, set[int]] = {}
    done = 0
    total = len(live) if sample is None else 0
    for block in _blocks(serving, sample):
        words_of, context_of = [], []
        for entry in block:
            language = field_language(entry.language)
            words = postings.terms_of(language, entry.text)
            headings = postings.terms_of(language, entry.context)
            exact = postings.exact_terms(entry.text)
            words_of.append(words)
            context_of.append(headings)
            sums.add("words", entry.row, ((f"words_{language}", term) for term in words))
            sums.add("headings", entry.row, ((f"context_{language}", term) for term in headings))
            sums.add("words of phrases", entry.row, ((EXACT, term) for term in exact))
            for name, values in {"analysis": (language,), **entry.facets}.items():
                for value in values:
                    facets.setdefault((name, value), set()).add(entry.row)
            if entry.year is not None:
                years.setdefault(entry.year, set()).add(entry.row)
            _check_order(postings, entry.row, language, words, exact, chance, report)
        rows = np.array([entry.row for entry in block], np.int64)
        _check_terms("terms", forward, rows, words_of, report)
        _check_terms("terms of headings", context, rows, context_of, report)
        done += len(block)
        tell(done, max(total, done))
    report.checked.passages += done
    seen = None if sample is None else {row for rows in facets.values() for row in rows}
    _check_lists(postings, sums, report, seen, lambda: tell(done, max(total, done)))
    _check_facets(postings, facets, years, seen, report)


def _blocks(serving: sqlite3.Connection, sample: list[str] | None) -> Iterator[list[LexicalEntry]]:
    queries: list[tuple[str, tuple[str, ...]]]
    if sample is None:
        queries = [(f"{ENTRIES} ORDER BY r.row", ())]
    else:
        of_one = f"{ENTRIES} WHERE r.document_id = ? ORDER BY r.row"
        queries = [(of_one, (document_id,)) for document_id in sample]
    block: list[LexicalEntry] = []
    for query, values in queries:
        for entry in entries_of(serving.execute(query, values)):
            block.append(entry)
            if len(block) == _BLOCK:
                yield block
                block = []
    if block:
        yield block


def _check_rows(live: set[int], postings: Postings, report: Report) -> None:
    held = postings.rows()
    for row in sorted(live - set(held.tolist())):
        report.add("words", f"row {row}", "is not among the words", REPAIR)
    for row in sorted(set(held.tolist()) - live):
        report.add("words", f"row {row}", "is among the words, and has no passage", REPAIR)
    names, counts = np.unique(held, return_counts=True)
    for row in names[counts > 1]:
        report.add("words", f"row {row}", "is among the words more than once", REPAIR)


def _check_order(
    postings: Postings,
    row: int,
    language: str,
    words: list[str],
    exact: list[str],
    chance: random.Random,
    report: Report,
) -> None:
    """Look up one pair of neighbours and one phrase of each passage, drawn by chance."""
    if len(words) > 1:
        place = chance.randrange(len(words) - 1)
        pair = pair_term(language, words[place], words[place + 1])
        if row not in postings.rows_of(PAIRS, pair):
            report.add("words", f"row {row}", "is not listed under a pair of its words", REPAIR)
    if exact:
        place = chance.randrange(max(1, len(exact) - _PHRASE + 1))
        if not postings.stands_in(row, exact[place : place + _PHRASE]):
            report.add("words", f"row {row}", "is not found by a phrase of its own", REPAIR)


def _check_terms(
    name: str,
    forward: ForwardIndex,
    rows: NDArray[np.int64],
    expected: list[list[str]],
    report: Report,
) -> None:
    inside = rows < len(forward)
    for row in rows[~inside]:
        report.add("terms", f"row {row}", f"has no {name}", REPAIR)
    held, offsets = forward.terms(rows[inside])
    wanted = [terms for terms, known in zip(expected, inside, strict=True) if known]
    for place, (row, terms) in enumerate(zip(rows[inside], wanted, strict=True)):
        found = held[offsets[place] : offsets[place + 1]]
        if len(found) != len(terms) or (found != term_ids(terms)).any():
            report.add("terms", f"row {row}", f"its {name} are not those of its text", REPAIR)


def _check_lists(
    postings: Postings,
    sums: _Sums,
    report: Report,
    seen: set[int] | None,
    alive: Callable[[], object],
) -> None:
    """Read the list of every term, or of a sample, and compare the sums of the passages in them."""
    names = {f: name for name, f in (("headings", "context"), ("words of phrases", EXACT))}
    found = {name: np.zeros(sums.rows, np.uint64) for name in sums.sums}
    for number, ((name, term), value) in enumerate(sums.numbers.items()):
        rows = postings.rows_of(name, term)
        rows = rows[rows < sums.rows]
        np.add.at(found[names.get(name.partition("_")[0], "words")], rows, value)
        if number % 1000 == 0:
            alive()
    report.checked.terms += len(sums.numbers)
    looked_at = slice(None) if seen is None else np.array(sorted(seen), np.int64)
    for name, expected in sums.sums.items():
        rows = np.arange(sums.rows)[looked_at]
        for row in rows[found[name][looked_at] != expected[looked_at]]:
            detail = f"is listed under other {name} than its text has"
            report.add("words", f"row {row}", detail, REPAIR)


def _check_facets(
    postings: Postings,
    facets: dict[tuple[str, str], set[int]],
    years: dict[int, set[int]],
    seen: set[int] | None,
    report: Report,
) -> None:
    lists = [(f"{name} {value}", postings.rows_of(name, value), rows)
             for (name, value), rows in sorted(facets.items())]  # fmt: skip
    lists += [(f"year {year}", postings.rows_of_year(year), rows)
              for year, rows in sorted(years.items())]  # fmt: skip
    for name, held, expected in lists:
        found = set(held.tolist()) if seen is None else set(held.tolist()) & seen
        for row in sorted(found ^ expected):
            detail = f"is {'not ' * (row in expected)}filtered by {name}, other than its document"
            report.add("words", f"row {row}", detail, REPAIR)
