"""Hostile files sent to the service: read apart, refused with the reason, and nothing else lost."""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.schemas import Job, JobFile
from tests.robustness import docx_bytes, pdf_bytes, pdf_specimens, plain_bytes
from tests.search_api.intake import TEXT, index_folder, kept, make_index, queue_of, service, upload
from tests.search_api.intake import wait as wait_for

COMMAND = (sys.executable, "-m", "tests.search_api.confined_job")
SECRET = "of a witness whom nobody may know"


def nested_archive() -> bytes:
    """Return an archive in an archive, under the name of a document."""
    inner = docx_bytes.archive({"word/document.xml": "x" * 10_000_000})
    return docx_bytes.archive({"[Content_Types].xml": docx_bytes.TYPES, "inner.docx": inner})


def links() -> bytes:
    """Return an archive whose body is a symbolic link to a file of the machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        written.writestr(link, "/etc/passwd")
    return packed.getvalue()


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def secret(index_dir: Path) -> Path:
    path = index_dir.parent / "secret.txt"
    path.write_text(SECRET)
    return path


@pytest.fixture(scope="module")
def client(index_dir: Path) -> Iterator[TestClient]:
    queue = queue_of(index_dir, command=COMMAND)
    with TestClient(service(index_dir, queue)) as given:
        yield given


@pytest.fixture(scope="module")
def job(client: TestClient, secret: Path) -> Job:
    given: Mapping[str, bytes] = {
        "good.en.txt": TEXT,
        "laughs.docx": docx_bytes.xml_bomb(),
        "outside.docx": docx_bytes.outside_entity(str(secret)),
        "climbing.docx": docx_bytes.climbing_names(),
        "overlapping.docx": docx_bytes.overlapping(11_000, 100_000),
        "nested.docx": nested_archive(),
        "link.docx": links(),
        "deep.docx": docx_bytes.nested_runs(50_000),
        "image.pdf": pdf_specimens.image_bomb(),
        "program.pdf": b"\x7fELF" + bytes(500),
        "script.html": plain_bytes.page("<script>alert(1)</script><p>1. Words of it.</p>" * 3),
    }
    return wait_for(client, upload(client, given).job_id, within_s=110)


def of(job: Job, name: str) -> JobFile:
    return next(file for file in job.files if file.name == name)


def test_the_job_ends_and_the_good_file_is_indexed(job: Job) -> None:
    assert job.state == "done"
    assert of(job, "good.en.txt").outcome == "indexed"
    assert all(file.outcome in {"indexed", "failed", "duplicate"} for file in job.files)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("laughs.docx", "unfold"),
        ("overlapping.docx", "parts in the archive"),
        ("nested.docx", "without a word-processor document"),
        ("link.docx", "not readable as DOCX"),
        ("deep.docx", "nested"),
        ("program.pdf", "a program"),
    ],
)
def test_a_bomb_is_refused_by_name(job: Job, name: str, reason: str) -> None:
    file = of(job, name)
    assert file.outcome == "failed"
    assert reason in str(file.reason)
    assert file.remedy


def test_a_page_with_a_vast_image_is_read_for_its_words(job: Job) -> None:
    assert of(job, "image.pdf").outcome == "indexed"


def test_no_file_of_the_machine_comes_into_the_index(job: Job, client: TestClient) -> None:
    assert job.state == "done"
    found = client.post("/v1/search", json={"query": SECRET, "k": 50}).text
    assert "witness" not in found.replace(SECRET, "")
    assert "root:" not in found
    assert SECRET not in job.model_dump_json()


def test_a_script_of_a_page_is_no_word_of_it(job: Job, client: TestClient) -> None:
    assert of(job, "script.html").outcome in {"indexed", "failed", "duplicate"}
    assert "alert(1)" not in client.post("/v1/search", json={"query": "alert", "k": 50}).text


def test_nothing_of_what_failed_stays_behind(job: Job, index_dir: Path, secret: Path) -> None:
    failed = {file.name for file in job.files if file.outcome == "failed"}
    assert failed
    assert not failed & set(kept(index_dir))
    assert secret.read_text() == SECRET
    assert sorted(path.name for path in index_dir.parent.iterdir()) == [
        "index", "own", "secret.txt",
    ]  # fmt: skip
    assert not list(Path(tempfile.gettempdir()).glob("escaped*"))


def test_the_same_files_in_a_folder_cost_the_run_nothing(tmp_path: Path) -> None:
    """As `precedent index` meets them, beside names no sender could give."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.txt").write_bytes(TEXT)
    for name in (
        "a\nb.txt",
        "c\x1b[2J.txt",
        "d\u202efdp.txt",
        "É.txt",
        "é.txt",
        "x" * 250 + ".txt",
    ):
        (folder / name).write_bytes(plain_bytes.good_text() + name.encode())
    (folder / "twin.txt").hardlink_to(folder / "good.txt")
    (folder / "link.txt").symlink_to("/etc/passwd")
    (folder / "bomb.docx").write_bytes(docx_bytes.xml_bomb())
    (folder / "pdf.txt").write_bytes(pdf_bytes.good_pdf())
    report = index_folder(folder, tmp_path / "index")
    assert report.added >= 8
    assert [Path(failure.origin).name for failure in report.failed] == ["bomb.docx"]
