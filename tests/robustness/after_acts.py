"""What has to hold of an installation after an act on it was killed, and after it was done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.restricted import collection_of, id_in, id_outside
from indexer.check import check_index
from indexer.manifest import current_dir, published_generation, verify_files
from indexer.models import DEFAULT_MODEL, store
from indexer.restricted.place import View, views_of
from indexer.snapshot import Snapshot
from precedent.backup import open_backup
from search_api.engine import Engine
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder
from tests.robustness.acts import Act, Held, Installation, State

__all__ = ["look_after_kill", "look_at_end"]


def look_after_kill(ours: Installation, act: Act, before: State, after: State) -> int:
    """Look at what a kill has left; return how many questions were answered."""
    try:
        held = ours.held()
    except (AssertionError, sqlite3.DatabaseError):  # what was hurt may be so still
        assert act.kind == "repair", "a catalogue is damaged"
    else:
        _check_held(held, before.held, after.held)
    if act.kind != "repair library":
        kept = zip(ours.kept(), before.kept, after.kept, strict=True)
        assert all(now in (was, will) for now, was, will in kept), "what is kept is half there"
    if act.kind == "backup":
        _check_backup(ours)
    if act.kind == "repair":
        return 0
    published = {
        view: folder
        for view, folder in views_of(ours.index_dir).items()
        if published_generation(folder) is not None
    }
    for view, folder in published.items():
        _check_view(folder, view, before.held, after.held)
    return len(published)


def _check_held(held: Held, before: Held, after: Held) -> None:
    for each in {*before, *after, *held}:
        was, will, now = (one.get(each, {}) for one in (before, after, held))
        assert now or not (was and will), f"{each} is lost"
        for name, digest in now.items():
            assert digest in (was.get(name), will.get(name)) or (
                name in was.keys() | will.keys() and digest in {*was.values(), *will.values()}
            ), f"{each} is held by {name}, as it neither was nor will be"


def _check_backup(ours: Installation) -> None:
    with open_backup(ours.backup) as backup:
        backup.verify()


def _served(folder: Path) -> dict[str, str]:
    """Return the digest of each document that is in service, by its id; all of it is whole."""
    assert verify_files(current_dir(folder)) == []
    with closing(Snapshot.open(folder)) as snapshot, snapshot.reading() as held:
        return dict(map(tuple, held.execute("SELECT document_id, sha256 FROM documents")))


def _check_view(folder: Path, view: View, before: Held, after: Held) -> None:
    """Check that what is in service answers, and nothing of it is restricted from others."""
    served = _served(folder)
    for document_id, digest in served.items():
        name = collection_of(document_id)
        assert name is None or name in view, f"{document_id} is served to {sorted(view)}"
        digests = {
            one
            for held in (before, after)
            for one in held.get(id_outside(document_id), {}).values()
        }
        assert digest in digests, f"{document_id} is served as it neither was nor will be"
    with closing(Engine(Snapshot.open(folder), FakeEncoder())) as engine:
        hits = engine.search(SearchRequest(query="the wells are of all")).hits
        assert hits or not served, "what is in service does not answer"
        assert {hit.document_id for hit in hits} <= served.keys()


def look_at_end(ours: Installation, act: Act, after: State) -> None:
    """Look at what an act has come to: nothing less, and nothing left of what was cut."""
    held = ours.held()
    other = {
        each: (held.get(each), after.held.get(each))
        for each in held | after.held
        if held.get(each) != after.held.get(each)
    }
    assert not other, f"{act} did not finish: {other}"
    assert ours.kept() == after.kept, "what is kept is not what it should be"
    found = check_index(ours.index_dir).disagreements
    assert not found, "\n".join(map(str, found))
    for view, folder in views_of(ours.index_dir).items():
        wanted = {
            each if name is None else id_in(each, name): digest
            for each, where in after.held.items()
            for name, digest in where.items()
            if name is None or name in view
        }
        assert _served(folder) == wanted, f"the view {sorted(view)} serves others"
        generations = [each.name for each in (folder / "generations").iterdir()]
        assert len(generations) <= 2, f"left behind: {generations}"
    if act.kind == "pull":
        store.verify(DEFAULT_MODEL, ours.places.models)
    if act.kind == "backup":
        _check_backup(ours)
    left = [
        str(each.relative_to(ours.folder))
        for each in ours.folder.rglob(".*")
        if each.parent.name != "lexical"  # Tantivy's own
    ]
    assert left == [], f"left behind by {act.kind}: {left}"
