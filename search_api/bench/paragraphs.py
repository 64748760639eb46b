"""Whole paragraphs as answers show them, and how two of them differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.snapshot import Snapshot
from indexer.whole import WholeParagraph
from search_api import present
from search_api.schemas import Passage, Span, VerbChange, WordChange
from workbench.differing import changes
from workbench.verbs import Strength, verb_table

__all__ = ["vectors_of", "verb_change", "whole_passages", "word_changes"]

_WITH_VERBS = frozenset({"preambular", "operative"})


def whole_passages(snapshot: Snapshot, wholes: Sequence[WholeParagraph]) -> list[Passage]:
    """Return paragraphs as passages with all their words; each has the id of its first part."""
    rows = snapshot.passages([whole.rows.start for whole in wholes])
    return [
        present.passage(row).model_copy(update={"text": whole.text, "part": 1, "parts": 1})
        for row, whole in zip(rows, wholes, strict=True)
    ]


def vectors_of(snapshot: Snapshot, wholes: Sequence[WholeParagraph]) -> NDArray[np.float32]:
    """Return the meaning of paragraphs, (n, dim) float32, L2-normalised: the mean of their parts.

    Taken as the index keeps it, without what is common to the passages of each language.
    """
    means = [
        snapshot.vectors.floats(slice(whole.rows.start, whole.rows.stop)).mean(axis=0)
        for whole in wholes
    ]
    vectors = np.asarray(means, np.float32).reshape(len(wholes), snapshot.vectors.dim)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def word_changes(before: str, after: str) -> tuple[WordChange, ...]:
    """Return what differs between two texts, as answers have it."""
    return tuple(
        WordChange(
            kind=change.kind.value,
            before=Span(start=change.before[0], end=change.before[1]),
            after=Span(start=change.after[0], end=change.after[1]),
        )
        for change in changes(before, after)
    )


def verb_change(before: Passage, after: Passage) -> VerbChange | None:
    """Say what became of the verb of a paragraph; None where it is of no resolution."""
    if not {before.paragraph_kind, after.paragraph_kind} <= _WITH_VERBS:
        return None
    table = verb_table()
    verbs = [table.verb_of(each.text) for each in (before, after)]
    strength = table.compare(*verbs)
    shown = [
        verb or (each.verb.lower() if each.verb else None)
        for verb, each in zip(verbs, (before, after), strict=True)
    ]
    if strength is Strength.NOT_COMPARED and shown[0] is not None and shown[0] == shown[1]:
        strength = Strength.SAME
    return VerbChange(before=shown[0], after=shown[1], strength=strength.value)
