"""Publication without an encoder: what is derived is made anew from what the catalogue holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMismatchError, IndexUnusableError
from indexer.catalogue import Catalogue
from indexer.databases import copy_database
from indexer.encoder import EncoderIdentity
from indexer.encoder.types import INT8_SUFFIX
from indexer.manifest import Manifest, generation_dir
from indexer.models import MODELS
from indexer.publish import ENCODER, publish
from indexer.scratch import scratch_in

__all__ = ["Republished", "encoder_of", "generations_of", "republish", "without_vectors"]

_MODEL = "model"


@dataclass(frozen=True, slots=True)
class Republished:
    """What was published without an encoder.

    Attributes:
        manifest: of the snapshot that is in service now.
        waiting: ids of documents that are held and lack vectors: they are searched again once
            `precedent index` has embedded them.
    """

    manifest: Manifest
    waiting: tuple[str, ...]


def generations_of(index_dir: Path) -> list[Path]:
    """Return the folders of the generations that are there, the newest first."""
    folder = generation_dir(index_dir, 0).parent
    found = [each for each in folder.glob("*") if each.name.isdigit() and each.is_dir()]
    return sorted(found, key=lambda each: int(each.name), reverse=True)


def encoder_of(catalogue: Catalogue, index_dir: Path) -> EncoderIdentity:
    """Return what made the vectors of a catalogue, known without the model itself.

    Every publication notes it in the catalogue; before that was so, in the manifest alone.

    Raises:
        IndexDamagedError: nothing tells.
    """
    made_with = catalogue.get(_MODEL)
    for identity in _told(catalogue, index_dir):
        if made_with in (None, f"{identity.model} {identity.digest}"):
            return identity
    name, _, digest = (made_with or "").partition(" ")
    if name in MODELS and digest:
        spec = MODELS[name]
        precision = "int8" if digest.endswith(INT8_SUFFIX) else "f32"
        return EncoderIdentity(
            name, digest, spec.dim, spec.max_tokens, spec.query_prompt, spec.passage_prompt,
            precision,
        )  # fmt: skip
    raise IndexDamagedError(
        str(index_dir),
        "nothing tells which model made its vectors",
        "restore a backup, or index into another folder with --index",
    )


def _told(catalogue: Catalogue, index_dir: Path) -> Iterator[EncoderIdentity]:
    held = catalogue.get(ENCODER)
    if held is not None:
        yield EncoderIdentity(**json.loads(held))
    for folder in generations_of(index_dir):
        try:
            fields = json.loads((folder / "manifest.json").read_text())
            yield EncoderIdentity(**fields["encoder"])
        except (OSError, ValueError, KeyError, TypeError):  # an older generation may tell
            continue


def without_vectors(catalogue: Catalogue, model_digest: str) -> tuple[str, ...]:
    """Return ids of documents of which some passage has no vector of a model, sorted."""
    found = catalogue.connection.execute(
        "SELECT DISTINCT document_id FROM passages p WHERE NOT EXISTS (SELECT 1 FROM vectors v "
        "WHERE v.text_sha256 = p.text_sha256 AND v.model_digest = ?) ORDER BY 1",
        (model_digest,),
    )
    return tuple(str(document_id) for (document_id,) in found)


def republish(
    catalogue: Catalogue,
    index_dir: Path,
    identity: EncoderIdentity,
    on_progress: Callable[[int, int], None] | None = None,
) -> Republished:
    """Publish every part anew from the catalogue, and embed nothing.

    Documents that lack a vector are left out until `precedent index` has embedded them; the
    catalogue keeps them.

    Args:
        catalogue: of the index, whose only writer this is.
        index_dir: folder to publish in.
        identity: of the encoder that made the vectors.
        on_progress: told (parts done, parts in all).
    """
    waiting = without_vectors(catalogue, identity.digest)
    if not waiting:
        return Republished(publish(catalogue, index_dir, identity, on_progress, whole=True), ())
    with scratch_in(index_dir, "republish") as scratch:
        copy_database(catalogue.path, scratch / "catalogue.sqlite")
        with Catalogue(scratch / "catalogue.sqlite") as rest:
            with rest.transaction():
                rest.connection.executemany(
                    "DELETE FROM documents WHERE document_id = ?", ((each,) for each in waiting)
                )
                # The next run of the indexer has to see that this is not all.
                rest.put("change", str(catalogue.change - 1))
            manifest = publish(rest, index_dir, identity, on_progress, whole=True)
    catalogue.put("published", "")
    catalogue.put(ENCODER, json.dumps(asdict(identity)))
    return Republished(manifest, waiting)


def refuse_newer(index_dir: Path) -> None:
    """Refuse to replace what a later version of the software has published.

    Raises:
        IndexMismatchError: it did.
    """
    try:
        Manifest.read(generations_of(index_dir)[0])
    except IndexMismatchError as error:
        if "newer" in error.remedy:
            raise
    except (IndexUnusableError, IndexError):  # damaged, of an earlier version, or not there
        return
