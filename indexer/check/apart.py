"""Restricted collections and their views: each by itself, and that nothing is where it is seen."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from corpus.errors import IndexDamagedError
from corpus.restricted import collection_of
from indexer.check.catalogue import check_vectors
from indexer.check.report import REPAIR, RESTORE, Report
from indexer.databases import read_database
from indexer.manifest import published_generation
from indexer.restricted.listed import MOUNT, fault_of, link_to_nothing, listed
from indexer.restricted.mirroring import MIRRORED_TABLES, stamps_of
from indexer.restricted.place import (
    CATALOGUE,
    PUBLIC,
    View,
    collection_dir,
    collections_of,
    name_of,
    view_dir,
    views_of,
    views_wanted,
)
from indexer.unread import is_damage, unavailable

__all__ = ["check_apart"]

REFRESH = "run `precedent restricted views refresh`"

CheckOne = Callable[[Path, sqlite3.Connection, Iterable[Path]], None]
"""Checks a catalogue in a folder, and what is published of it in others."""


def check_apart(index_dir: Path, report: Report, check: CheckOne) -> None:
    """Check the catalogue of every restricted collection, and every view that is published."""
    names = _names(index_dir, report)
    for name in names:
        folder = collection_dir(index_dir, name)
        report.part = f"restricted/{name}"
        fault = fault_of(index_dir, name)
        if fault is not None:
            report.add("catalogue", str(folder / CATALOGUE), fault, RESTORE)
            continue
        with _Told(report, folder / CATALOGUE, RESTORE) as told, read_database(told) as held:
            check(folder, held, ())
            if not _is_damaged(report):
                _check_own_vectors(held, report)
            _check_own(held, name, report)
            report.part = ""
            _check_unseen(held, index_dir / CATALOGUE, name, report)
    report.part = ""
    if not names:
        return
    try:
        views = views_of(index_dir)
    except IndexDamagedError as error:
        report.add("published", error.subject, error.cause, error.remedy)
        return
    for view in views_wanted(index_dir):
        folder = view_dir(index_dir, view)
        report.part = f"views/{folder.name}"
        if published_generation(folder) is None and _holds_any(index_dir, view):
            report.add("published", name_of(view), "has no published view", REPAIR)
    for view, folder in views.items():
        if view == PUBLIC:
            continue
        report.part = f"views/{folder.name}"
        with _Told(report, folder / CATALOGUE, REPAIR) as told, read_database(told) as held:
            check(folder, held, [folder])
            _check_mirror(held, index_dir, view, report)
    report.part = ""


def _names(index_dir: Path, report: Report) -> list[str]:
    """Return the collections that there are or have to be; a folder out of reach is reported."""
    link = link_to_nothing(index_dir)
    if link is not None:
        report.part = link.name
        report.add("catalogue", str(link), "is a link to what is not there", MOUNT)
        return []
    try:
        return sorted({*listed(index_dir), *collections_of(index_dir)})
    except IndexDamagedError as error:
        report.add("published", error.subject, error.cause, error.remedy)
        return []


def _is_damaged(report: Report) -> bool:
    """Tell whether the catalogue of the part that is checked was found damaged."""
    found = (each for each in report.disagreements if each.part == report.part)
    return any(each.kind == "catalogue" for each in found)


class _Told:
    """Yields a file, and reports what SQLite says of it."""

    def __init__(self, report: Report, path: Path, remedy: str) -> None:
        self._report, self._path, self._remedy = report, path, remedy

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if not isinstance(error, sqlite3.DatabaseError):
            return False
        if not is_damage(error):
            raise unavailable(error, self._path) from error
        self._report.add("catalogue", str(self._path), f"cannot be read: {error}", self._remedy)
        return True


def _holds_any(index_dir: Path, view: View) -> bool:
    """Tell whether there is anything to publish in a view."""
    for path in _parts(index_dir, view):
        try:
            with read_database(path) as held:
                if held.execute("SELECT 1 FROM documents LIMIT 1").fetchone():
                    return True
        except sqlite3.DatabaseError:  # told where it is checked by itself
            continue
    return False


def _parts(index_dir: Path, view: View) -> list[Path]:
    own = [collection_dir(index_dir, name) / CATALOGUE for name in sorted(view)]
    return [index_dir / CATALOGUE, *own]


def _check_own_vectors(held: sqlite3.Connection, report: Report) -> None:
    state = dict(held.execute("SELECT key, value FROM state").fetchall())
    first = held.execute("SELECT length(vector) / 2 FROM vectors LIMIT 1").fetchone()
    if "model" in state:
        check_vectors(held, report, state["model"].split(" ")[1], first[0] if first else 0)


def _check_own(held: sqlite3.Connection, name: str, report: Report) -> None:
    """Look for documents of another collection, or of none."""
    for (found,) in held.execute("SELECT document_id FROM documents ORDER BY 1").fetchall():
        document_id = str(found)
        if collection_of(document_id) != name:
            report.add("restricted", document_id, f"is kept in {name}, and is not of it", RESTORE)


def _check_unseen(held: sqlite3.Connection, public: Path, name: str, report: Report) -> None:
    """Look in the public catalogue for what a collection has claimed."""
    try:
        with read_database(public) as there:
            origins = there.execute("SELECT document_id, source FROM origins").fetchall()
    except sqlite3.DatabaseError:  # told where it is checked by itself
        return
    claims = {tuple(row) for row in held.execute("SELECT source, document_id FROM claims")}
    for document_id, source in origins:
        if (source, "") in claims or (source, document_id) in claims:
            detail = f"is claimed by the restricted collection {name}, and is in the public index"
            report.add("restricted", document_id, detail, REPAIR)


def _check_mirror(held: sqlite3.Connection, index_dir: Path, view: View, report: Report) -> None:
    """Compare a view with the catalogues it mirrors: which documents, and row by row."""
    rows = held.execute("SELECT document_id, stamp FROM mirrored").fetchall()
    mirrored = {str(document_id): stamp for document_id, stamp in rows}
    ids = [str(id_) for (id_,) in held.execute("SELECT document_id FROM documents ORDER BY 1")]
    for document_id in ids:
        name = collection_of(document_id)
        if name is not None and name not in view:
            detail = f"is of {name}, and in a view without it"
            report.add("restricted", document_id, detail, REPAIR)
    wanted: dict[str, str] = {}
    for path in _parts(index_dir, view):
        stamps = _stamps(path)
        wanted |= stamps
        same = [id_ for id_, stamp in stamps.items() if mirrored.get(id_) == stamp]
        _compare(held, path, same, report)
    for document_id in sorted({*wanted, *mirrored}):
        if wanted.get(document_id) != mirrored.get(document_id):
            detail = "is not in the view as its catalogue has it now"
            report.add("unpublished", document_id, detail, REFRESH)


def _stamps(path: Path) -> dict[str, str]:
    try:
        with read_database(path) as part:
            row = part.execute("SELECT value FROM state WHERE key = 'identity'").fetchone()
            return stamps_of(part, str(row[0])) if row else {}
    except sqlite3.DatabaseError:  # told where it is checked by itself
        return {}


def _compare(held: sqlite3.Connection, path: Path, same: Sequence[str], report: Report) -> None:
    try:
        held.execute("ATTACH DATABASE ? AS part", (f"file:{quote(str(path.absolute()))}?mode=ro",))
    except sqlite3.DatabaseError:
        return
    among = "document_id IN (SELECT value FROM json_each(?))"
    try:
        for table in MIRRORED_TABLES:
            own, other = (
                f"SELECT * FROM {schema}.{table} WHERE {among}" for schema in ("main", "part")
            )
            given = json.dumps(same)
            differing = {
                row["document_id"]
                for one, two in ((own, other), (other, own))
                for row in held.execute(f"{one} EXCEPT {two}", (given, given))
            }
            for document_id in sorted(differing):
                detail = f"its {table} in the view are not those of its catalogue"
                report.add("mirrored", document_id, detail, REPAIR)
    finally:
        held.execute("DETACH DATABASE part")
