"""Sidecars and manifests: they win, a mistake in them costs the files they speak of, no more."""

from __future__ import annotations

import hashlib
import json
import os

import pytest

from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.parse import iter_documents, parse_file
from corpus.sandbox.pool import ParsingPool
from corpus.sidecars.apply import is_sidecar, read_sidecar, sidecar_digest, unmatched_rows
from corpus.sidecars.fields import FIELDS
from corpus.sources import find_sources
from corpus.types import Document, DocumentStatus, Relation, RelationKind, Source
from tests.corpus.mastheads import STATEMENT


@pytest.fixture
def statement(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(STATEMENT)
    return path


def beside(path, toml):
    path.with_name(path.name + ".toml").write_text(toml)


def read(path) -> Document:
    (document,) = parse_file(path)
    return document


def test_without_one_nothing_changes(statement):
    document = read(statement)
    assert read_sidecar(statement).values == {}
    assert sidecar_digest(statement) is None
    assert not any("set by" in warning for warning in document.warnings)


def test_it_wins_over_the_document_and_says_so(statement):
    before = read(statement)
    beside(
        statement,
        'title = "Barristers"\ndate = 2024-02-20\ncountry = ["Samoa", "Fiji"]\nsession = 13\n'
        'vote = [25, 5, 17]\nstatus = "adopted by vote"\nmandate_holder = "Ana Ejemplo"\n'
        'relations = ["adopts A/HRC/59/L.17"]\nnote = "as the author told us"\nlanguage = "en"\n',
    )
    document = read(statement)
    assert (document.title, document.date, document.session) == ("Barristers", "2024-02-20", "13")
    assert document.country == ("WSM", "FJI")
    assert (document.vote, document.status) == ((25, 5, 17), DocumentStatus.ADOPTED_BY_VOTE)
    assert document.relations == (Relation(RelationKind.ADOPTS, "A/HRC/59/L.17"),)
    assert document.mandate_holder == "Ana Ejemplo"
    (remark,) = set(document.warnings) - set(before.warnings)
    assert remark == (
        "title, mandate_holder, country, session, date, status, vote, relations set by a.txt.toml"
    )
    assert document.sha256 == before.sha256 == hashlib.sha256(STATEMENT.encode()).hexdigest()
    assert document.paragraphs == before.paragraphs


def test_what_it_repeats_is_no_change(statement):
    beside(statement, 'title = "Sidecar"\nsession = "12"\n')
    assert "title set by a.txt.toml" in read(statement).warnings


def test_it_blanks_a_field(statement):
    beside(statement, 'title = ""\ncountry = []\ndate = ""\n')
    document = read(statement)
    assert (document.title, document.country, document.date) == (None, (), None)
    assert document.year == 2024  # of the symbol


def test_a_symbol_carries_what_it_implies(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Some words of no origin. And more of them.")
    beside(path, 'symbol = "a/hrc/62/16/rev.1"\nlanguage = "en"\n')
    document = read(path)
    assert (document.symbol, document.id) == ("A/HRC/62/16/Rev.1", "A_HRC_62_16_Rev.1:en")
    assert document.url == "https://docs.un.org/en/A/HRC/62/16/Rev.1"
    assert (document.body, document.session) == ("Human Rights Council", "62")
    assert document.relations == (Relation(RelationKind.REVISES, "A/HRC/62/16"),)


def test_a_symbol_replaces_only_what_followed_from_the_old_one(statement):
    beside(statement, 'symbol = "A/HRC/WG.6/48/SVN/1"\n')
    document = read(statement)
    assert document.id == "A_HRC_WG.6_48_SVN_1:en"
    assert document.body == "Sample Council on Human Rights"  # printed
    assert document.country == ("WSM",)  # printed
    beside(statement, 'symbol = "A/HRC/WG.6/48/SVN/1"\ncountry = ""\nbody = ""\n')
    assert (read(statement).country, read(statement).body) == ((), None)


def test_a_reference_that_is_no_symbol_is_kept(statement):
    beside(statement, 'symbol = "CASE 12/2024"\nkind = "judgment"\n')
    document = read(statement)
    assert (document.symbol, document.kind, document.url) == ("CASE 12/2024", "judgment", None)
    assert "'CASE 12/2024' is not a document symbol; kept as given" in document.warnings


def test_a_successor_makes_it_superseded(statement):
    beside(statement, 'superseded_by = "A/HRC/62/17"\n')
    assert read(statement).status is DocumentStatus.SUPERSEDED


@pytest.mark.parametrize(
    ("toml", "cause"),
    [
        ('titel = "x"', r"a\.txt\.toml: `titel` is no field"),
        ("date = true", r"a\.txt\.toml, key `date`: must be text"),
        ('date = "soon"', "key `date`: 'soon' is no date"),
        ('kind = "resolutoin"', "key `kind`: 'resolutoin' is no kind; 'resolution' is one"),
        ('status = "valid"', "key `status`: 'valid' is not one of"),
        ('country = "BLX"', "key `country`: 'BLX' is no ISO 3166-1"),
        ('language = "English"', "key `language`: must be a code"),
        ("year = 12", "key `year`: '12' is no year"),
        ("vote = [1, 2]", "key `vote`: must be"),
        ('url = "docs.un.org"', "key `url`: 'docs.un.org' is no address"),
        ('relations = ["likes A/80/1"]', "key `relations`: must be like"),
        ('title = "a', r"a\.txt\.toml: not valid TOML: Unterminated string"),
        ("title = a", r"a\.txt\.toml: not valid TOML: .*line 1"),
        ("[title]\nx = 1", r"a\.txt\.toml, key `title`: must be text"),
    ],
)
def test_a_mistake_fails_the_file_and_names_the_place(statement, toml, cause):
    beside(statement, toml)
    with pytest.raises(ReadError, match=cause) as caught:
        parse_file(statement)
    assert caught.value.subject == str(statement)
    assert "docs/metadata.md" in caught.value.remedy


CSV = "file,title,country,session,note\na.txt,Barristers,WSM; FJI,13,mine\n"


@pytest.mark.parametrize(
    "text",
    [CSV, "\ufeff" + CSV.replace("; ", "|").replace(",", ";").replace("\n", "\r\n"),
     CSV.replace(",", "\t"), CSV.replace("file,", "FILE ,")],
)  # fmt: skip
def test_a_manifest_as_spreadsheets_write_it(statement, text):
    (statement.parent / "precedent.csv").write_bytes(text.encode())
    document = read(statement)
    assert (document.title, document.country, document.session) == (
        "Barristers", ("WSM", "FJI"), "13",
    )  # fmt: skip
    assert "title, country, session set by precedent.csv" in document.warnings


def test_an_empty_cell_says_nothing_and_null_says_unknown(statement):
    (statement.parent / "precedent.csv").write_text("file,title,session\na.txt,,null\n")
    document = read(statement)
    assert document.session is None
    assert document.title is not None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("title\nx\n", "line 1: no column `file`"),
        ("file,titel\na.txt,x\n", "line 1: `titel` is no field"),
        ("file,title,title\na.txt,x,y\n", "line 1: two columns are called `title`"),
        ("file,title\n\na.txt,one,two\n", "line 3: 3 cells under 2 columns"),
        ("file,date\na.txt,soon\n", "line 2, key `date`: 'soon' is no date"),
        ("file,title\na.txt,x\na.txt,y\n", "line 3: names 'a.txt' a second time"),
        ('file,title\na.txt,"x\n', "line 2: unexpected end"),
    ],
)
def test_a_mistake_in_a_manifest(statement, text, cause):
    (statement.parent / "precedent.csv").write_text(text)
    with pytest.raises(ReadError, match=rf"its sidecar precedent\.csv, {cause}"):
        parse_file(statement)


def test_a_mistake_in_a_row_costs_its_file_only(statement):
    other = statement.with_name("b.txt")
    other.write_text(STATEMENT)
    manifest = statement.parent / "precedent.csv"
    manifest.write_text("file,title,date\na.txt,x,soon\nb.txt,y,2024\n")
    with pytest.raises(ReadError):
        parse_file(statement)
    assert (read(other).title, read(other).date) == ("y", "2024")


def test_text_that_is_not_utf_8_names_its_line(statement):
    (statement.parent / "precedent.csv").write_bytes(b"file,title\na.txt,Caf\xe9\n")
    with pytest.raises(ReadError, match=r"precedent\.csv, line 2: not UTF-8"):
        parse_file(statement)


def test_the_nearest_wins_field_by_field(statement):
    folder = statement.parent
    (folder / "precedent.csv").write_text("file,title,session,agenda_item\na.txt,csv,1,1\n")
    (folder / "precedent.toml").write_text(
        '["*.txt"]\ntitle = "glob"\nsession = "2"\nagenda_item = "2"\nbody = "Glob"\n'
        '["a.txt"]\nbody = "Exact"\nsession = "3"\n["b*"]\nbody = "Other"\n'
    )
    beside(statement, 'title = "own"\n')
    document = read(statement)
    assert (document.title, document.session, document.agenda_item) == ("own", "3", "2")
    assert document.body == "Exact"


def test_a_table_without_quotes_is_taken_as_meant(statement):
    (statement.parent / "precedent.toml").write_text('[a.txt]\ntitle = "Plain"\n')
    assert read(statement).title == "Plain"


def test_a_key_outside_a_table(statement):
    (statement.parent / "precedent.toml").write_text('language = "en"\n')
    with pytest.raises(ReadError, match="key `language`: stands in no table"):
        parse_file(statement)


def test_names_that_differ_only_in_unicode_form(tmp_path):
    path = tmp_path / "cafe\u0301[1].txt"
    path.write_text(STATEMENT)
    (tmp_path / "precedent.csv").write_text("file,title\ncaf\u00e9[1].txt,Found\n")
    assert read(path).title == "Found"
    assert unmatched_rows(tmp_path) == ()


def test_it_concerns_every_record_of_json_lines(tmp_path):
    path = tmp_path / "a.jsonl"
    records = [{"id": str(n), "paragraphs": [{"text": "Words."}]} for n in (1, 2)]
    path.write_text("\n".join(map(json.dumps, records)) + "\nnot json\n")
    beside(path, 'language = "en"\nkind = "letter"\n')
    found = list(iter_documents(path))
    assert [type(item) for item in found] == [Document, Document, *map(type, found[2:])]
    assert [(d.language, d.kind, d.id) for d in found[:2]] == [
        ("en", "letter", "~1:en"), ("en", "letter", "~2:en"),
    ]  # fmt: skip
    assert isinstance(found[2], ReadError)
    beside(path, 'symbol = "A/80/1"\n')
    (error,) = iter_documents(path)
    assert isinstance(error, ReadError)
    assert "one symbol to all its records" in error.cause


def test_sidecars_are_no_documents(statement):
    beside(statement, 'title = "x"\n')
    folder = statement.parent
    (folder / "precedent.csv").write_text("file\n")
    (folder / "precedent.toml").write_text("")
    for paths in ([folder], sorted(folder.iterdir())):
        found = list(find_sources(paths))
        assert [item.path.name for item in found if isinstance(item, Source)] == ["a.txt"]
        assert len(found) == 1
    assert is_sidecar(folder / "A.PDF.toml")
    assert not is_sidecar(folder / "pyproject.toml")
    assert not is_sidecar(folder / "other.csv")


def test_a_change_of_it_shows_in_the_source_and_of_another_file_does_not(statement):
    other = statement.with_name("b.txt")
    other.write_text(STATEMENT)
    manifest = statement.parent / "precedent.csv"
    manifest.write_text("file,title\na.txt,x\nb.txt,y\n")
    first = {source.path.name: source for source in find_sources([statement.parent])}
    manifest.write_text("file,title\na.txt,x\nb.txt,longer\n")
    second = {source.path.name: source for source in find_sources([statement.parent])}
    assert first["a.txt"] == second["a.txt"]
    assert first["b.txt"].sidecar != second["b.txt"].sidecar
    assert first["b.txt"].sha256 == second["b.txt"].sha256


def test_a_broken_manifest_changes_the_digest(statement):
    assert sidecar_digest(statement) is None
    manifest = statement.parent / "precedent.toml"
    manifest.write_text("[")
    broken = sidecar_digest(statement)
    assert broken is not None
    manifest.write_text('["a.txt"]\ntitle = "x"\n')
    assert sidecar_digest(statement) not in (None, broken)


def test_rows_without_a_file_are_told(statement):
    folder = statement.parent
    (folder / "precedent.csv").write_text("file,title\na.txt,x\ngone.pdf,y\n*.docx,z\n")
    (folder / "precedent.toml").write_text('["lost.pdf"]\ntitle = "x"\n')
    (folder / "no.pdf.toml").write_text('title = "x"\n')
    assert unmatched_rows(folder) == (
        f"{folder / 'precedent.csv'}, line 3: names 'gone.pdf', which is not in the folder",
        f"{folder / 'precedent.toml'}, [\"lost.pdf\"]: names 'lost.pdf', "
        "which is not in the folder",
        f"{folder / 'no.pdf.toml'}: stands beside no file called 'no.pdf'",
    )
    assert unmatched_rows(folder / "nowhere") == ()


def test_a_manifest_changed_between_two_files_is_read_again(statement):
    manifest = statement.parent / "precedent.csv"
    manifest.write_text("file,title\na.txt,one\n")
    assert read(statement).title == "one"
    manifest.write_text("file,title\na.txt,two\n")
    os.utime(manifest, ns=(1, 1))
    assert read(statement).title == "two"


def test_workers_find_it_by_themselves(statement):
    beside(statement, 'title = "Barristers"\n')
    with ParsingPool(parse_file, workers=1, limits=Limits()) as pool:
        (document,) = pool.run_one(statement)
    assert document.title == "Barristers"


def test_every_field_is_documented(request):
    text = (request.config.rootpath / "docs" / "metadata.md").read_text(encoding="utf-8")
    for name in FIELDS:
        assert f"| `{name}` |" in text
