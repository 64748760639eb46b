"""Keep, upload and export on a disk that is full: `python -m tests.robustness.crowded DISK`.

DISK is a mounted disk of a few MB. Prints one line of JSON: what was told, and what was left.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from unittest.mock import patch

from fastapi.testclient import TestClient

import search_api.intake.folder
from corpus.disk import write_whole
from corpus.errors import LibraryError
from library import collections
from library.file import Library
from precedent.cli import run
from tests.robustness.filling import ballast
from tests.search_api.intake import TEXT, kept, told, upload


def keep(disk: Path) -> dict[str, object]:
    """Write to the library until the disk is full."""
    library = Library(disk / "library" / "library.sqlite")
    with library.writing() as connection:
        collections.create(connection, "before")
    ballast(disk / "ballast", 0)
    said = ""
    for number in range(200):
        try:
            with library.writing() as connection:
                collections.create(connection, f"{number} " + "note " * 1000)
        except LibraryError as error:
            said = str(error)
            break
    with library.reading() as connection:
        held = len(collections.all_collections(connection))
    (disk / "ballast").unlink()
    with library.writing() as connection:
        collections.create(connection, "afterwards")
        again = len(collections.all_collections(connection))
    return {"said": said, "held": held, "number": number, "again": again}


def send(disk: Path) -> dict[str, object]:
    """Upload while the disk is full, and again when there is room."""
    index_dir = disk / "index"
    index_dir.mkdir()
    answers: list[tuple[int, str]] = []
    with (
        patch.object(search_api.intake.folder, "_SPARE_BYTES", 0),
        TestClient(told(index_dir)) as client,
    ):
        upload(client, {"first.txt": TEXT})
        for room in (0, 40_960, 200_000):
            ballast(disk / "ballast", room)
            long = TEXT + b"2. More of it.\n" * 10_000
            # The room is looked at first; the disk fills up while the file arrives.
            with patch.object(search_api.intake.folder.UploadFolder, "room", lambda _: 1 << 30):
                files = [("files", (name, long, "text/plain")) for name in ("a.txt", "b.txt")]
                answer = client.post("/v1/uploads", files=files)
            answers.append((answer.status_code, answer.json().get("detail", "")))
            (disk / "ballast").unlink()
            left = list(index_dir.glob("uploads/arriving/*"))
            assert left == [], left
        before = kept(index_dir)
        upload(client, {"last.txt": TEXT + b"3. The last.\n"})
    return {"answers": answers, "kept": before, "after": kept(index_dir)}


def export(disk: Path) -> dict[str, object]:
    """Write over a file that is there while the disk is full."""
    target = disk / "export.json"
    write_whole(target, b"whole")
    ballast(disk / "ballast", 4096)
    said = ""
    try:
        write_whole(target, b"x" * 100_000)
    except OSError as error:
        said = error.strerror or ""
    with patch("precedent.cli.cli.main", side_effect=OSError(28, "No space left", str(target))):
        code = run([])
    (disk / "ballast").unlink()
    names = sorted(path.name for path in disk.iterdir() if path.name.startswith(("export", ".exp")))
    return {"said": said, "code": code, "content": target.read_text(), "names": names}


if __name__ == "__main__":
    place = Path(sys.argv[1])
    print(json.dumps([keep(place), send(place), export(place)]))  # noqa: T201
