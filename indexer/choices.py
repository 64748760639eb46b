"""What was chosen for an index and is kept with it, in the catalogue.

A choice made once holds for every later run that does not make another: an index that is updated
every night by the same plain command stays what it was made to be.
"""

from __future__ import annotations

from pathlib import Path

from corpus.errors import IndexMismatchError
from indexer.catalogue import Catalogue
from indexer.encoder.types import INT8_SUFFIX, Keyed, Precision, named
from indexer.models import DEFAULT_MODEL, only_language
from indexer.vectors import KINDS, Kind

__all__ = [
    "keep_model",
    "keep_vector_index",
    "precision_of",
    "unread_languages",
    "vector_index_of",
]

_MODEL = "model"
_VECTOR_INDEX = "vector_index"


def precision_of(catalogue: Catalogue) -> Precision:
    """Return the arithmetic that the vectors are of; `float` where there are none yet."""
    return "int8" if (catalogue.get(_MODEL) or "").endswith(INT8_SUFFIX) else "float"


def keep_model(catalogue: Catalogue, encoder: Keyed, index_dir: Path) -> None:
    """Refuse to mix vectors of two models, or of two arithmetics, in one index.

    8 bits are not changed to, nor from, in place: every passage would be embedded again, hours for
    a large index, which goes on serving meanwhile only where the new one is made beside it.

    Raises:
        IndexMismatchError: the index was made with another.
    """
    made_with = catalogue.get(_MODEL)
    if made_with is None:
        catalogue.put(_MODEL, encoder.key)
    elif made_with != encoder.key:
        (held, held_digest), (given, digest) = made_with.split(" "), encoder.key.split(" ")
        same = held_digest.removesuffix(INT8_SUFFIX) == digest.removesuffix(INT8_SUFFIX)
        option = f"--precision {precision_of(catalogue)}" if same else f"--model {held}"
        raise IndexMismatchError(
            str(index_dir),
            f"was made with model {named(held, held_digest)}, not {named(given, digest)}",
            f"use {option}, or index into another folder with --index",
        )


def unread_languages(catalogue: Catalogue, model: str) -> str | None:
    """Say which documents are in languages the model does not read; None where there are none."""
    own = only_language(model)
    if own is None:
        return None
    rows = catalogue.connection.execute(
        "SELECT language, count(*) FROM documents WHERE language != ? "
        "GROUP BY 1 ORDER BY 2 DESC, 1",
        (own,),
    ).fetchall()
    if not rows:
        return None
    counts = ", ".join(f"{language} {count:,}" for language, count in rows)
    return (
        f"{model} reads {own!r} only: documents in other languages ({counts}) are found by their "
        f"words alone; an index made with {DEFAULT_MODEL} finds them by meaning too"
    )


def vector_index_of(catalogue: Catalogue) -> Kind:
    """Return the kind of vector index that was chosen; `auto` where none was."""
    held = catalogue.get(_VECTOR_INDEX)
    return next((kind for kind in KINDS if kind == held), "auto")


def keep_vector_index(catalogue: Catalogue, kind: Kind | None) -> None:
    """Keep a choice, which the next publication carries out; None leaves the one before it.

    Raises:
        ValueError: there is no such kind.
    """
    if kind is None:
        return
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    catalogue.put(_VECTOR_INDEX, kind)
