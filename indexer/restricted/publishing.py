"""Publishing the views of an index, each from its own catalogue."""

from __future__ import annotations

from collections.abc import Collection

from indexer.catalogue import Catalogue
from indexer.centring.measuring import copy_parallel
from indexer.choices import keep_model, keep_vector_index, vector_index_of
from indexer.embeddings import settle_vectors
from indexer.encoder import Encoder
from indexer.encoder.types import Keyed
from indexer.manifest import published_generation
from indexer.restricted.apart import Apart
from indexer.restricted.mirroring import borrow_vectors, mirror
from indexer.restricted.place import (
    CATALOGUE,
    PUBLIC,
    View,
    drop_view,
    make_view,
    name_of,
    views_of,
    views_wanted,
)
from indexer.run import Run, Tell

__all__ = ["embed_apart", "mirror_view", "publish_views"]


def embed_apart(apart: Apart, run: Run, encoder: Encoder) -> None:
    """Embed what is new in the collections, but for what the public catalogue has embedded."""
    for each in apart.compartments:
        borrow_vectors(each.catalogue, apart.index_dir / CATALOGUE)
        run.embed(each.catalogue, encoder)
        settle_vectors(each.catalogue, encoder.key.split(" ")[1])


def publish_views(
    apart: Apart, encoder: Encoder, progress: Tell | None = None, *, whole: bool = False
) -> list[str]:
    """Publish each view that is not what it would be if made now, and remove those not wanted.

    Every passage of the catalogues has a vector.

    Returns:
        the names of the views published.
    """
    index_dir = apart.index_dir
    wanted = views_wanted(index_dir)
    for view in views_of(index_dir).keys() - {PUBLIC, *wanted}:
        drop_view(index_dir, view)
    published: list[str] = []
    for view in wanted:
        folder = make_view(index_dir, view)
        before = published_generation(folder)
        with Catalogue(folder / CATALOGUE) as catalogue:
            mirror_view(apart, view, catalogue, encoder)
            Run(folder, progress, whole=whole).publish(catalogue, encoder)
        if published_generation(folder) != before:
            published.append(name_of(view))
    return published


def mirror_view(
    apart: Apart, view: View, catalogue: Catalogue, encoder: Keyed, without: Collection[str] = ()
) -> None:
    """Bring the catalogue of a view up to date; it holds a vector of every passage then.

    Args:
        apart: the collections.
        view: of some of them.
        catalogue: of the view.
        encoder: whose vectors they are.
        without: ids of documents that lack vectors.
    """
    keep_model(catalogue, encoder, apart.index_dir)
    keep_vector_index(catalogue, vector_index_of(apart.public))
    parts = [(apart.index_dir / CATALOGUE, apart.public)]
    parts += [
        (each.folder / CATALOGUE, each.catalogue)
        for each in apart.compartments
        if each.name in view
    ]
    mirror(catalogue, parts, without)
    settle_vectors(catalogue, encoder.key.split(" ")[1])
    copy_parallel(apart.public, catalogue)
