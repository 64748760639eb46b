"""What goes where when it is indexed, and that nothing restricted ever slips into the public."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from unittest.mock import patch

import pytest

from corpus.errors import InputError
from indexer.build import move_documents, refresh_views
from indexer.catalogue import Catalogue
from indexer.manifest import Manifest, current_dir, published_generation
from indexer.restricted.place import collections_of, view_dir, views_of
from tests.fakes import FakeEncoder
from tests.restricted.world import Record, ids_in, index, jsonl, texts_in
from tests.search_api.intake import a_text

SECRET = "zebrafinch"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder of one public and, apart, one other document, of one symbol."""
    for folder, words in (("open", "Lawyers wait."), ("closed", f"Lawyers wait {SECRET}.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.en.txt").write_bytes(a_text("A/HRC/96/1", words))
    return tmp_path


def _indexed(own: Path) -> Path:
    index(own / "open", own / "index")
    index(own / "closed", own / "index", restricted="witness")
    return own / "index"


def test_the_public_index_is_neither_published_nor_written_for_what_is_restricted(
    own: Path,
) -> None:
    index(own / "open", own / "index")
    before = Manifest.read(current_dir(own / "index"))
    index(own / "closed", own / "index", restricted="witness")
    assert Manifest.read(current_dir(own / "index")) == before
    assert ids_in(own / "index") == ["A_HRC_96_1:en"]
    assert ids_in(own / "index", "witness") == ["A_HRC_96_1:en", "A_HRC_96_1@witness:en"]
    assert SECRET not in texts_in(own / "index")
    assert SECRET in texts_in(own / "index", frozenset(["witness"]))


def test_a_folder_is_remembered(own: Path) -> None:
    index_dir = _indexed(own)
    (own / "closed" / "late.en.txt").write_bytes(a_text("A/HRC/96/2", f"Late {SECRET}."))
    index(own, index_dir)
    assert ids_in(index_dir) == ["A_HRC_96_1:en"]
    assert "A_HRC_96_2@witness:en" in ids_in(index_dir, "witness")


def test_a_file_that_moved_to_a_public_folder_stays_restricted(own: Path) -> None:
    index_dir = _indexed(own)
    (own / "closed" / "closed.en.txt").rename(own / "open" / "other.en.txt")
    index(own / "open", index_dir)
    assert ids_in(index_dir) == ["A_HRC_96_1:en"]
    assert SECRET not in texts_in(index_dir)


@pytest.mark.parametrize(
    "manifest",
    [
        '["closed.en.txt"]\nrestricted = "witness',
        '["closed.en.txt"]\nrestricted = "Not A Name"\n',
        '["closed.en.txt"]\nrestrcted = "witness"\nnote = "is restricted"\n',
        '["closed.en.txt"]\nrestricted = "witness"\n'.encode("utf-16").decode("latin-1"),
    ],
    ids=["cut", "no-name", "no-field", "utf-16"],
)
def test_what_a_broken_manifest_may_restrict_is_left_out(own: Path, manifest: str) -> None:
    (own / "closed" / "precedent.toml").write_text(manifest, encoding="latin-1")
    report = index(own, own / "index")
    assert ids_in(own / "index") == ["A_HRC_96_1:en"]
    assert SECRET not in texts_in(own / "index")
    assert "closed.en.txt" not in texts_in(own / "index"), "not even that it failed"
    assert [failure.kind for failure in report.failed] == ["sidecar"]


def test_a_restriction_outlasts_the_sidecar_that_said_it(own: Path) -> None:
    sidecar = own / "closed" / "closed.en.txt.toml"
    sidecar.write_text('restricted = "witness"\n')
    index(own, own / "index")
    assert ids_in(own / "index") == ["A_HRC_96_1:en"]
    for said in ('restricted = ""\n', "broken", None):
        sidecar.unlink() if said is None else sidecar.write_text(said)
        (own / "closed" / "closed.en.txt").write_bytes(a_text("A/HRC/96/1", f"{said} {SECRET}."))
        index(own, own / "index")
        assert ids_in(own / "index") == ["A_HRC_96_1:en"]
        assert SECRET not in texts_in(own / "index")


def test_a_run_that_is_cut_restricts_and_does_not_publish(own: Path) -> None:
    """A file is public, then its sidecar restricts it; the run ends wherever it hurts."""
    index(own, own / "index")
    assert SECRET in texts_in(own / "index")
    (own / "closed" / "precedent.toml").write_text('["*"]\nrestricted = "witness"\n')
    for place in ("indexer.restricted.apart.withdraw", "indexer.run.publish"):
        with patch(place, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
            index(own, own / "index")
    (own / "closed" / "precedent.toml").unlink()
    index(own / "open", own / "index")  # another run, which does not look there at all
    with Catalogue(own / "index" / "catalogue.sqlite") as catalogue:
        assert all("closed" not in str(catalogue.origin(each)) for each in catalogue.symbols())
    assert len(ids_in(own / "index")) == 1
    held = (current_dir(own / "index") / "serving.sqlite").read_bytes().decode("latin-1")
    assert "Lawyers wait." in held
    assert SECRET not in held


def test_views_that_were_not_published_are_by_the_next_run(own: Path) -> None:
    index(own / "open", own / "index")
    with (
        patch("indexer.restricted.running.publish_views", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        index(own / "closed", own / "index", restricted="witness")
    assert published_generation(view_dir(own / "index", frozenset(["witness"]))) is None
    assert refresh_views(own / "index", encoder=FakeEncoder()).views == ["witness"]
    assert refresh_views(own / "index", encoder=FakeEncoder()).views == []


def test_an_index_from_before_has_no_collections_and_may_get_some(own: Path) -> None:
    index(own / "open", own / "index")
    assert collections_of(own / "index") == ()
    assert list(views_of(own / "index")) == [frozenset()]
    assert not (own / "index" / "restricted").exists(), "no cost where there are none"


def test_records_say_it_themselves(tmp_path: Path) -> None:
    own = jsonl(
        tmp_path / "own" / "mixed.jsonl",
        [Record("A/HRC/90/1", ("open",)), Record("A/HRC/91/1", (SECRET,), "witness")],
    )
    index(own, tmp_path / "index")
    assert ids_in(tmp_path / "index") == ["A_HRC_90_1:en"]
    assert ids_in(tmp_path / "index", "witness") == ["A_HRC_90_1:en", "A_HRC_91_1@witness:en"]
    # A public record becomes restricted, although another line of the file is broken.
    lines = own.read_text().splitlines()
    restricted = json.loads(lines[0]) | {"restricted": "witness"}
    own.write_text(f'{json.dumps(restricted)}\n{{"restricted": "witness", broken\n')
    report = index(own, tmp_path / "index")
    assert ids_in(tmp_path / "index") == []
    assert [failure.line for failure in report.failed] == [2]
    assert "line 2" not in texts_in(tmp_path / "index")


def test_moving_embeds_nothing_and_is_found_where_it_went(own: Path) -> None:
    index_dir = own / "index"
    index(own / "open", index_dir)
    encoder = FakeEncoder()
    moved, _ = move_documents(["A/HRC/96/1"], index_dir, "casework", encoder=encoder)
    assert [(each.source, each.target) for each in moved] == [(None, "casework")]
    assert ids_in(index_dir) == []
    assert ids_in(index_dir, "casework") == ["A_HRC_96_1@casework:en"]
    index(own / "open", index_dir)
    assert ids_in(index_dir) == [], "nor does the next run bring it back"
    moved, _ = move_documents(["A/HRC/96/1"], index_dir, None, encoder=encoder)
    assert ids_in(index_dir) == ids_in(index_dir, "casework") == ["A_HRC_96_1:en"]
    index(own / "open", index_dir)
    assert ids_in(index_dir) == ["A_HRC_96_1:en"]
    assert encoder.embedded == 0


def test_release_is_refused_while_a_sidecar_says_otherwise(own: Path) -> None:
    (own / "closed" / "closed.en.txt.toml").write_text('restricted = "witness"\n')
    index(own, own / "index")
    with pytest.raises(InputError, match="restricted in witness"):
        move_documents(["A_HRC_96_1@witness:en"], own / "index", None, encoder=FakeEncoder())


def test_a_document_is_written_to_no_other_compartment(own: Path) -> None:
    from dataclasses import replace

    from corpus.parse import parse_file

    (document,) = parse_file(own / "closed" / "closed.en.txt")
    with Catalogue(own / "catalogue.sqlite") as public:
        with pytest.raises(ValueError, match="wrong compartment"):
            public.write(
                replace(document, restricted="witness"), origin="x", reading="1",
                max_tokens=9, count_tokens=lambda texts: [1 for _ in texts],
            )  # fmt: skip
        assert public.count("documents") == 0


@pytest.mark.parametrize("part", ["restricted/witness", "views/witness"])
def test_nothing_is_indexed_into_a_part_of_an_index(own: Path, part: str) -> None:
    index_dir = _indexed(own)
    with pytest.raises(InputError, match="part of an index"):
        index(own / "open", index_dir / part)


def test_the_catalogue_of_the_public_index_knows_nothing(own: Path) -> None:
    _indexed(own)
    held = sqlite3.connect(own / "index" / "catalogue.sqlite")
    dump = "\n".join(held.iterdump())
    held.close()
    assert "witness" not in dump
    assert "closed" not in dump
