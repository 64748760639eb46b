"""Views made anew from what the catalogues hold: nothing is read or embedded, as in a repair."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.databases import SIDES, fold_log
from indexer.encoder import EncoderIdentity
from indexer.republish import republish, without_vectors
from indexer.restricted.apart import Apart
from indexer.restricted.place import (
    CATALOGUE,
    PUBLIC,
    drop_view,
    make_view,
    views_of,
    views_wanted,
)
from indexer.restricted.publishing import mirror_view
from indexer.scratch import scratch_in

__all__ = ["begin_anew", "republish_views"]


def begin_anew(folder: Path) -> None:
    """Give a view an empty catalogue, for all of it to be mirrored again; it answers meanwhile."""
    with scratch_in(folder, "anew") as scratch:
        Catalogue(scratch / CATALOGUE).close()
        fold_log(scratch / CATALOGUE)
        for side in SIDES:
            Path(f"{folder / CATALOGUE}{side}").unlink(missing_ok=True)
        (scratch / CATALOGUE).replace(folder / CATALOGUE)


def republish_views(
    apart: Apart,
    identity: EncoderIdentity,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[str, ...]:
    """Publish every view anew, and remove those that are not wanted.

    Documents that lack a vector are left out; the next run of the indexer embeds them, and takes
    them into their views.

    Args:
        apart: the collections of an index, whose only writer this is.
        identity: of the encoder that made the vectors.
        on_progress: told (parts done, parts in all) of each view.

    Returns:
        ids of restricted documents that lack vectors, sorted.
    """
    index_dir = apart.index_dir
    waiting = {id_ for each in apart.compartments
               for id_ in without_vectors(each.catalogue, identity.digest)}  # fmt: skip
    lacking = waiting.union(without_vectors(apart.public, identity.digest))
    wanted = views_wanted(index_dir)
    for view in views_of(index_dir).keys() - {PUBLIC, *wanted}:
        drop_view(index_dir, view)
    for view in wanted:
        folder = make_view(index_dir, view)
        with Catalogue(folder / CATALOGUE) as catalogue:
            mirror_view(apart, view, catalogue, identity, lacking)
            if catalogue.change:  # else it has no document, and never had
                republish(catalogue, folder, identity, on_progress)
    return tuple(sorted(waiting))
