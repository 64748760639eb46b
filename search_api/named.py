"""What is asked for by name: a passage, a document, paragraphs of one."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import UnknownNameError
from indexer.snapshot import Snapshot
from search_api import present
from search_api.query import ParsedQuery
from search_api.schemas import Neighbours

__all__ = ["named_rows", "neighbours", "numbers_of", "ranges", "row_of"]

_MAX_RUNS = 12


def row_of(snapshot: Snapshot, passage_id: str) -> int:
    """Return the row of a passage.

    Raises:
        UnknownNameError: no such passage.
    """
    row = snapshot.row_of(passage_id)
    if row is None:
        raise UnknownNameError(passage_id, "no passage of that id", "take ids from search answers")
    return row


def neighbours(snapshot: Snapshot, row: int, before: int, after: int) -> Neighbours:
    """Return a passage with those before and after it in its document."""
    (found,) = snapshot.passages([row])
    within = snapshot.document_rows(found["document_id"])
    first, last = max(within.start, row - before), min(within.stop, row + after + 1)
    passages = [present.passage(each) for each in snapshot.passages(range(first, last))]
    at = row - first
    return Neighbours(
        passage=passages[at], before=tuple(passages[:at]), after=tuple(passages[at + 1 :])
    )


def named_rows(snapshot: Snapshot, parsed: ParsedQuery) -> tuple[list[int], list[str]]:
    """Return the rows a symbol or citation names, in reading order, and what it names in vain.

    Both are empty where the index has no such document.
    """
    rows: list[int] = []
    missing: list[str] = []
    for document_id in snapshot.document_ids_of(parsed.symbol or ""):
        if not parsed.paragraphs:
            rows += snapshot.document_rows(document_id)
        for number in parsed.paragraphs:
            held = snapshot.rows_of_paragraph(document_id, number)
            rows += held
            if not held:
                there = ranges(numbers_of(snapshot, document_id))
                missing.append(f"{document_id} has no paragraph {number}; it has {there}")
    return rows, missing


def numbers_of(snapshot: Snapshot, document_id: str) -> list[str]:
    """Return the printed numbers of a document's paragraphs, each once, in reading order."""
    held = snapshot.passages(snapshot.document_rows(document_id))
    return list(dict.fromkeys(row["number"] for row in held if row["number"]))


def ranges(numbers: Sequence[str]) -> str:
    """Write numbers in short, runs as one: `1–12, 14, 20–31`; what there is of a long list.

    >>> ranges(["1", "2", "3", "5", "5.1", "5.2", "7 bis"])
    '1–3, 5, 5.1–5.2, 7 bis'
    """
    if not numbers:
        return "no numbered one"
    runs: list[list[str]] = []
    for number in numbers:
        last = runs[-1][-1] if runs else ""
        if _follows(number, last):
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    more = [f"{told[-1]}"] if len(told) > _MAX_RUNS else []
    return ", ".join([*told[: _MAX_RUNS - len(more)], *(["…"] * len(more)), *more])


def _follows(number: str, last: str) -> bool:
    """Tell whether a number is the next one: 13 after 12, 97.4 after 97.3."""
    of, _, own = number.rpartition(".")
    of_last, _, own_last = last.rpartition(".")
    counted = own.isdecimal() and own_last.isdecimal()
    return of == of_last and counted and int(own) == int(own_last) + 1
