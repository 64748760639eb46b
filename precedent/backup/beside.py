"""The last of a restoration: what nothing depends on."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from corpus.disk import sync_folder
from corpus.errors import PrecedentError, ServiceError
from indexer.databases import put_in_place
from indexer.models import installed
from precedent.backup.contents import JOBS, KEYS, MODEL, STANDING
from precedent.backup.jobs_back import put_jobs
from precedent.backup.places import Places, staged_beside
from precedent.backup.reading import Backup

__all__ = ["has_model", "put_beside"]


def put_beside(backup: Backup, places: Places, scratch: Path) -> list[str]:
    """Put in place what nothing depends on; return what the user has to know of it."""
    remarks = []
    jobs = places.index_dir / "uploads" / "jobs"
    put_jobs(backup, jobs, JOBS, places.index_dir)
    if (scratch / STANDING).exists():
        place = places.index_dir / STANDING
        (scratch / STANDING).replace(place)
        sync_folder(place.parent)
        remarks.append(f"set PRECEDENT_STANDING={place} for the table of standing that was used")
    if (scratch / KEYS).exists() and places.keys is not None:
        busy = ServiceError(str(places.keys), "is being written to", "try again")
        with staged_beside(places.keys) as staged:
            backup.extract(KEYS, staged)
            put_in_place(staged, places.keys, busy)
    if (scratch / "model").is_dir():
        remarks += _put_model(backup, places, scratch)
    elif backup.names(MODEL):
        # It decides what every search finds, and no digest of its maker is known for these files.
        remarks.append("the model of the backup was left in it; --with-model takes it, from a "
                       "backup that you made yourself")  # fmt: skip
    return remarks


def _put_model(backup: Backup, places: Places, scratch: Path) -> list[str]:
    name = str((backup.contents.encoder or {}).get("model", ""))
    place = places.models / name
    if not name or Path(name).name != name:
        return ["the model of the backup has no name, and was left in it"]
    if place.exists():
        return [f"{place} is there already, and was left as it is"]
    with staged_beside(place) as staged:
        shutil.move(scratch / "model", staged)
        staged.rename(place)
    sync_folder(place.parent)
    return []


def has_model(wanted: str | None, models: Path) -> bool:
    """Tell whether the model of this name and digest is installed."""
    if wanted is None:
        return True
    name, digest = wanted.split(" ")
    with contextlib.suppress(PrecedentError, KeyError):
        found = installed(name, models)
        return found is not None and digest.startswith(found.digest)
    return False
