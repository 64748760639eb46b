"""Finding files: each once, in order, links and hidden things handled, nothing silently lost."""

from __future__ import annotations

import hashlib

import pytest

from corpus.errors import InputError, ReadError
from corpus.sources import find_sources
from corpus.types import Source


def names(found):
    return [item.path.name for item in found if isinstance(item, Source)]


def test_folders_are_walked_in_order(tmp_path):
    for name in ("b/2.txt", "b/10.txt", "a.html", "c.tsv", ".hidden.txt", ".git/x.txt", "d.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    assert names(find_sources([tmp_path])) == ["a.html", "10.txt", "2.txt"]


def test_a_file_named_outright_is_always_taken(tmp_path):
    table = tmp_path / ".table.tsv"
    table.write_bytes(b"a\tb\n")
    (source,) = find_sources([table])
    assert source == Source(table.absolute(), hashlib.sha256(b"a\tb\n").hexdigest(), 4)


def test_documents_without_an_extension_are_found_by_content(tmp_path):
    (tmp_path / "download").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "notes").write_text("words")
    assert names(find_sources([tmp_path])) == ["download"]


def test_each_file_comes_once(tmp_path):
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert names(find_sources([tmp_path, tmp_path / "a.txt", tmp_path])) == ["a.txt"]


def test_links_that_lead_in_a_circle_end(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text("words")
    (tmp_path / "inner" / "back").symlink_to(tmp_path, target_is_directory=True)
    assert names(find_sources([tmp_path])) == ["a.txt"]


def test_a_missing_path_is_said_before_anything_else(tmp_path):
    with pytest.raises(InputError, match=r"gone\.pdf: no such file or folder"):
        find_sources([tmp_path, tmp_path / "gone.pdf"])
    (tmp_path / "link.pdf").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="the link leads nowhere"):
        find_sources([tmp_path / "link.pdf"])


def test_what_cannot_be_opened_is_reported_and_the_walk_goes_on(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("words")
    opened = type(tmp_path).open

    def refuse(self, *args, **kwargs):
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(type(tmp_path), "open", refuse)
    error, source = find_sources([tmp_path])
    assert isinstance(error, ReadError)
    assert "a.txt: cannot be opened: Permission denied" in str(error)
    assert isinstance(source, Source)
