"""What the model of an index does not read: its vectors are made, and say nothing.

A model of one language turns every other into pieces it was never taught. Questions and passages in
another are therefore matched by their words alone, and whoever asks is told.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpus.metadata.language import surely_not_in
from indexer.models import DEFAULT_MODEL, only_language
from indexer.snapshot import Snapshot
from search_api.ranking.question import Question

__all__ = ["by_what_is_read", "unread_rows"]


def unread_rows(snapshot: Snapshot) -> NDArray[np.bool_] | None:
    """Return which rows are in a language the model does not read, (n,) bool; None for none.

    What is in no known language is taken to be read.
    """
    own = only_language(snapshot.manifest.encoder.model)
    if own is None:
        return None
    number = snapshot.columns.language_number(own)
    if not snapshot.columns.has_other_language(number):
        return None
    return snapshot.columns.in_other_language(number)


def by_what_is_read(snapshot: Snapshot, question: Question) -> tuple[Question, tuple[str, ...]]:
    """Return a question to be ranked by words alone where the model does not read it, and why."""
    model = snapshot.manifest.encoder.model
    own = only_language(model)
    if own is None or question.signals == "lexical":
        return question, ()
    if not surely_not_in(own, question.words):
        return question, ()
    why = (
        f"ranked by words alone: the question does not read as {own!r}, the only language of "
        f"{model}, the model of this index; {DEFAULT_MODEL} reads many"
    )
    return replace(question, signals="lexical"), (why,)
