"""A collection that is not there any more is not begun anew, and nothing of it is published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError
from indexer.check import check_index
from indexer.repair import repair_index
from indexer.restricted.place import view_dir
from indexer.restricted.telling import told
from tests.restricted.world import ids_in, index, texts_in
from tests.search_api.intake import a_text

SECRET = "zebrafinch"
OPEN = "A_HRC_90_1:en"
WITNESS = "A_HRC_96_1@witness:en"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder with an index of one public folder and of one that is remembered."""
    for folder, symbol, words in (
        ("open", "A/HRC/90/1", "Lawyers wait."),
        ("closed", "A/HRC/96/1", f"Lawyers wait {SECRET}."),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.en.txt").write_bytes(a_text(symbol, words))
    index(tmp_path / "open", tmp_path / "index")
    index(tmp_path / "closed", tmp_path / "index", restricted="witness")
    return tmp_path


def _volume_away(index_dir: Path) -> None:
    for name in ("restricted", "views"):
        (index_dir / name).rename(index_dir.parent / f"volume-{name}")
        (index_dir / name).symlink_to(index_dir.parent / "gone" / name)


def _mount_point_left(index_dir: Path) -> None:
    for name in ("restricted", "views"):
        (index_dir / name).rename(index_dir.parent / f"volume-{name}")
        (index_dir / name).mkdir()


def _missing(index_dir: Path) -> None:
    for file in (index_dir / "restricted" / "witness").glob("catalogue.sqlite*"):
        file.unlink()


def _folder_missing(index_dir: Path) -> None:
    shutil.rmtree(index_dir / "restricted")


def _emptied(index_dir: Path) -> None:
    _missing(index_dir)
    (index_dir / "restricted" / "witness" / "catalogue.sqlite").touch()


LOSSES = [_volume_away, _mount_point_left, _missing, _folder_missing, _emptied]
LEFT = [_missing, _folder_missing, _emptied]


@pytest.mark.parametrize("lose", LOSSES)
def test_nothing_is_written_while_a_collection_is_away(own: Path, lose: object) -> None:
    index_dir = own / "index"
    lose(index_dir)  # type: ignore[operator]
    assert not check_index(index_dir).agrees
    for _ in range(2):
        with pytest.raises(IndexDamagedError, match="restricted") as refused:
            index([own / "open", own / "closed"], index_dir)
        assert "mount the volume" in refused.value.remedy
        with pytest.raises(IndexDamagedError):
            told(index_dir)
    assert ids_in(index_dir) == [OPEN]
    assert SECRET not in texts_in(index_dir)


@pytest.mark.parametrize("lose", LEFT)
def test_an_index_from_before_the_list_knows_from_its_views(own: Path, lose: object) -> None:
    (own / "index" / "collections/names.json").unlink()
    lose(own / "index")  # type: ignore[operator]
    with pytest.raises(IndexDamagedError, match="could become public"):
        index([own / "open", own / "closed"], own / "index")


def test_what_there_is_is_taken_up_by_the_next_run(own: Path) -> None:
    (own / "index" / "collections/names.json").unlink()
    index(own / "open", own / "index")
    _mount_point_left(own / "index")
    with pytest.raises(IndexDamagedError):
        index([own / "open", own / "closed"], own / "index")


@pytest.mark.parametrize("lose", LEFT)
def test_a_repair_takes_it_from_its_view(own: Path, lose: object) -> None:
    index_dir = own / "index"
    lose(index_dir)  # type: ignore[operator]
    repaired = repair_index(index_dir)
    assert repaired.collections["witness"].documents == 1
    assert repaired.is_sound
    assert ids_in(index_dir, "witness") == [OPEN, WITNESS]
    index([own / "open", own / "closed"], index_dir)
    assert ids_in(index_dir) == [OPEN]


def test_who_gives_a_collection_up_says_so(own: Path) -> None:
    """The way out that the refusal names."""
    _folder_missing(own / "index")
    (own / "index" / "collections/names.json").write_text("[]\n")
    index(own / "open", own / "index")
    assert not view_dir(own / "index", frozenset(["witness"])).exists()


def test_a_list_that_cannot_be_read_is_told(own: Path) -> None:
    (own / "index" / "collections/names.json").write_text('["wit')
    assert not check_index(own / "index").agrees
    with pytest.raises(IndexDamagedError, match="which restricted collections"):
        index(own / "open", own / "index")
