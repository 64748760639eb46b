"""Real files: counts, first words and pages, as numbers; no text of theirs is kept here."""

from __future__ import annotations

import functools
import time
from pathlib import Path

import pytest

from corpus.errors import EmptyFileError, NotADocumentError, NoTextError, ReadError
from corpus.limits import Limits
from corpus.readers.pdf.read import PdfReading, read_pdf
from corpus.segmentation import Segmentation, segment_pages
from corpus.types import Paragraph, ParagraphKind

pytestmark = pytest.mark.real


@functools.cache
def _read(path: Path) -> tuple[PdfReading, Segmentation]:
    reading = read_pdf(path.read_bytes(), path.name, Limits())
    return reading, segment_pages(reading.pages)


def _segmented(real_data: Path, name: str) -> Segmentation:
    return _read(real_data / "pdf" / f"{name}.pdf")[1]


def _by_id(found: Segmentation) -> dict[str, Paragraph]:
    return {paragraph.id: paragraph for paragraph in found.paragraphs}


# name: (pages, first and last number of the chain, numbers not printed or not found)
CHAINS = {
    "aiun__A_HRC_59_60.en": (17, 64, 0),
    "aiun__A_80_44.en": (21, 61, 0),
    "aiun__E_2025_22.en": (24, 104, 0),
    "aiun__A_HRC_EMRIP_2025_2.en": (20, 102, 0),
    "aiun__S_2025_389.en": (34, 88, 0),
    "aiun__A_HRC_RES_59_25.en": (10, 27, 0),
    "aiun__A_HRC_59_L.17.en": (10, 26, 0),
    "svn_1st_g0916919": (24, 74, 0),
    "svn_1st_g0917008": (13, 49, 0),
    "svn_1st_g0917123": (17, 45, 0),
    "svn_1st_g1012049": (22, 113, 0),
    "svn_1st_g1012465": (8, 97, 0),
    "svn_2nd_g1413493": (22, 106, 0),
    "svn_2nd_g1414064": (14, 53, 0),
    "svn_2nd_g1913313": (181, 1068, 0),
    "svn_3rd_g1923444": (19, 116, 0),
    "svn_3rd_g1925890": (14, 78, 0),
    "svn_3rd_g1934994": (24, 123, 0),
    "svn_3rd_g2110341": (181, 1022, 0),
    "svn_4th_g2419943": (12, 82, 0),
    "svn_4th_g2420070": (20, 151, 0),
    "svn_4th_g2420410": (14, 89, 0),
    "upr__belarus2010": (23, 99, 0),
    "upr__belgium2011": (23, 104, 0),
    "upr__haiti2011": (22, 89, 0),
    "upr__saudiarabia2013": (28, 139, 0),
    "upr__ukraine2012": (24, 98, 0),
    "upr__vietnam2014": (29, 144, 0),
    "uwazi__A_HRC_43_12": (24, 27, 0),
    "xl__ohchr_2_en": (25, 138, 0),
    "xl__plan_1_en": (3, 12, 0),
    "xl__plan_2_en": (7, 26, 0),
    "xl__ihrda_2_en": (17, 75, 3),
    "xl__ihrda_2_fr": (18, 74, 0),
}


@pytest.mark.parametrize("name", CHAINS)
def test_paragraphs_run_from_one_to_the_last(real_data: Path, name: str) -> None:
    pages, last, gaps = CHAINS[name]
    reading, found = _read(real_data / "pdf" / f"{name}.pdf")
    assert reading.page_count == pages
    assert (found.quality.first, found.quality.last) == (1, last)
    assert len(found.quality.gaps) == gaps


@pytest.mark.parametrize("name", CHAINS)
def test_ids_are_unique_and_pages_ascend_and_exist(real_data: Path, name: str) -> None:
    reading, found = _read(real_data / "pdf" / f"{name}.pdf")
    ids = [p.id for p in found.paragraphs]
    assert len(set(ids)) == len(ids)
    for paragraph in found.paragraphs:
        assert paragraph.text
        assert paragraph.pages == tuple(sorted(set(paragraph.pages)))
        assert 1 <= paragraph.pages[0] <= paragraph.pages[-1] <= reading.page_count
    known = set(ids)
    assert all(n.paragraph_id is None or n.paragraph_id in known for n in found.footnotes)


@pytest.mark.parametrize("name", CHAINS)
def test_no_furniture_is_left_in_the_text(real_data: Path, name: str) -> None:
    found = _segmented(real_data, name)
    body = [p for p in found.paragraphs if p.number is not None]
    for paragraph in body:
        assert found.job_number is None or found.job_number.split(" ")[0] not in paragraph.text
        for line in paragraph.text.split("\n"):
            assert not line.strip().isdigit()
            assert line not in found.running_heads[:1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("xl__ohchr_2_en", "xl__ohchr_2_fr"),
        ("xl__plan_1_en", "xl__plan_1_es"),
        ("xl__plan_2_en", "xl__plan_2_fr"),
    ],
)
def test_language_twins_agree(real_data: Path, one: str, other: str) -> None:
    counts = []
    for name in (one, other):
        found = _segmented(real_data, name)
        counts.append([p.id for p in found.paragraphs if p.kind is not ParagraphKind.HEADING])
    assert counts[0] == counts[1]


def test_a_resolution_and_its_draft(real_data: Path) -> None:
    adopted = _by_id(_segmented(real_data, "aiun__A_HRC_RES_59_25.en"))
    draft = _by_id(_segmented(real_data, "aiun__A_HRC_59_L.17.en"))
    for found, operative in ((adopted, 27), (draft, 26)):
        kinds = [p.kind for p in found.values()]
        assert kinds.count(ParagraphKind.PREAMBULAR) == 56
        assert kinds.count(ParagraphKind.OPERATIVE) == operative
        assert all(
            p.verb
            for p in found.values()
            if p.kind in (ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE)
        )
    assert adopted["pp1"].verb == "Guided"
    assert adopted["3"].verb == "Calls upon"
    assert adopted["6"].verb == "Calls for"
    assert adopted["5"].pages == (7, 8)


def test_notes_are_whole_though_two_pages_end_in_the_same_words(real_data: Path) -> None:
    found = _segmented(real_data, "aiun__A_HRC_RES_59_25.en")
    marks = [note.mark for note in found.footnotes]
    assert marks == [str(n) for n in range(1, len(marks) + 1)]
    assert found.footnotes[1].text == found.footnotes[5].text
    assert found.footnotes[1].text.endswith("decision 1/CP.21.")


def test_resolutions_of_the_nineties_without_italics(real_data: Path) -> None:
    found = _segmented(real_data, "xl__plan_2_en")
    kinds = [p.kind for p in found.paragraphs]
    assert kinds.count(ParagraphKind.PREAMBULAR) == 22
    assert kinds.count(ParagraphKind.OPERATIVE) == 26
    assert [(n.mark, n.page) for n in found.footnotes[:2]] == [("1", 1), ("2", 2)]
    assert all(n.paragraph_id for n in found.footnotes)
    assert not any(" 1/ " in p.text for p in found.paragraphs)


def test_recommendations_of_the_review_of_2010(real_data: Path) -> None:
    paragraphs = _by_id(_segmented(real_data, "upr__belarus2010"))
    recommendations = [
        p.number for p in paragraphs.values() if p.kind is ParagraphKind.RECOMMENDATION
    ]
    assert len(recommendations) == 93
    assert recommendations[0] == "97.1"
    assert paragraphs["97.37"].text.startswith("Continue hosting and")
    assert paragraphs["97.37"].pages == (17,)
    assert paragraphs["97.26"].pages == (15, 16)


def test_marks_are_not_glued_to_words_and_notes_know_their_paragraph(real_data: Path) -> None:
    found = _segmented(real_data, "aiun__A_HRC_59_60.en")
    paragraphs = _by_id(found)
    assert [(n.mark, n.page, n.paragraph_id) for n in found.footnotes[:4]] == [
        ("1", 2, "1"),
        ("2", 2, "3"),
        ("3", 2, "3"),
        ("4", 2, "3"),
    ]
    assert "Framework. The" in paragraphs["1"].text


def test_endnotes_of_the_template_of_2009(real_data: Path) -> None:
    found = _segmented(real_data, "svn_1st_g0917123")
    assert len(found.footnotes) >= 110
    assert all(n.paragraph_id for n in found.footnotes)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("aiun__A_78_1.en", NotADocumentError),
        ("aiun__A_78_375.en", NotADocumentError),
        ("bad__not_a_pdf", EmptyFileError),
        ("scan__1947-10-08_Sixth_Commitee_Letter", NoTextError),
        ("scan__1991-12-30_Buravkin_to_UN", NoTextError),
    ],
)
def test_unreadable_files_have_their_reason(
    real_data: Path, name: str, error: type[ReadError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRECEDENT_OCR", "off")
    with pytest.raises(error):
        _read(real_data / "pdf" / f"{name}.pdf")


def test_pages_of_images_are_named(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRECEDENT_OCR", "off")
    reading, _ = _read(real_data / "pdf" / "aiun__A_ES-10_1022.en.pdf")
    assert any("pages 3–36" in warning for warning in reading.warnings)


@pytest.mark.slow
def test_every_file_is_read_or_has_its_reason_fast_enough(
    real_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRECEDENT_OCR", "off")
    pages = numbered = gaps = 0
    started = time.process_time()
    for path in sorted((real_data / "pdf").glob("*.pdf")):
        try:
            reading, found = _read.__wrapped__(path)
        except ReadError:
            continue  # its reason is tested above
        assert found.paragraphs
        pages += reading.page_count
        numbered += found.quality.chain
        gaps += len(found.quality.gaps)
    speed = pages / (time.process_time() - started)
    assert gaps / (numbered + gaps) < 0.01
    # 105 pages a second on one core of 2024; a fifth of it leaves room for slower machines.
    assert speed > 20
