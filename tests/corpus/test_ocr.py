"""Text recognition: what is read in pictures, what it may cost, and what is said without it."""

from __future__ import annotations

import io
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import DecodedStreamObject, NameObject

from benchmarks.scanning import as_scan
from corpus.errors import NoTextError, ReadError
from corpus.limits import Limits
from corpus.parse import parse_file
from corpus.readers.ocr.hocr import PrintedLine, PrintedWord, read_hocr
from corpus.readers.ocr.labels import with_latin, with_mended_labels
from corpus.readers.ocr.language import pack_of, stand_in
from corpus.readers.ocr.page_image import PageImages
from corpus.readers.ocr.recognise import OCR_VARIABLE
from corpus.readers.ocr.recognised import PrintedPage, set_pages
from corpus.readers.ocr.tesseract import debian_package, find_tesseract
from corpus.readers.ocr.text_quality import odd_share
from corpus.readers.pdf.read import read_pdf
from corpus.sandbox.deadline import ExtraTime, extra_time, on_extra_time
from corpus.sandbox.pool import ParsingPool
from corpus.types import Document
from tests.robustness.pdf_bytes import Text, content, page_tree, scan, stream, text_pdf

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpus" / "sample" / "documents"
_SENTENCE = "The Committee notes the report of the State."
_ENGINE = find_tesseract()
_PACKS = _ENGINE.packs if _ENGINE else frozenset()


def needs(*packs: str) -> pytest.MarkDecorator:
    missing = [pack for pack in ("eng", "osd", *packs) if pack not in _PACKS]
    names = " ".join(map(debian_package, missing))
    reason = f"no text recognition here: apt-get install tesseract-ocr {names}"
    return pytest.mark.skipif(bool(missing), reason=reason)


@pytest.fixture(autouse=True)
def _default_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OCR_VARIABLE, raising=False)


@pytest.fixture
def only_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put a script named tesseract on PATH, and nothing that reads otherwise."""

    def put(reading: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "tesseract"
        program.write_text(
            "#!/bin/sh\n"
            'case "$1" in\n'
            "  --version) echo 'tesseract 5.9.9'; exit 0;;\n"
            "  --list-langs) echo 'List of available languages (1):'; echo eng; exit 0;;\n"
            "esac\n"
            f"{reading}\n",
            encoding="utf-8",
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        return program

    return put


def hocr(*lines: str, confidence: int = 95) -> str:
    """Write hOCR of lines of words, each word ten dots a letter wide."""
    made = []
    for row, line in enumerate(lines):
        x, y, words = 200, 200 + 60 * row, []
        for word in line.split():
            right = x + 14 * len(word)
            box = f"bbox {x} {y} {right} {y + 20}"
            words.append(
                f"<span class='ocrx_word' title='{box}; x_wconf {confidence}'>{word}</span>"
            )
            x = right + 8
        title = f"bbox 200 {y} {x} {y + 25}; baseline 0 -5; x_size 28"
        made.append(f'<p class="ocr_par"><span class="ocr_line" title="{title}">{"".join(words)}')
        made.append("</span></p>")
    return "<html><body>" + "".join(made) + "</body></html>"


def answering(*lines: str, after: str = ":") -> str:
    """Write the script that reads these lines in any picture."""
    markup = hocr(*lines).replace("'", '"')
    return f"cat >/dev/null; {after}; echo '{markup}'"


def scanned(tmp_path: Path, name: str, pages: list[int] | None = None, **how: float) -> Path:
    path = tmp_path / name
    path.write_bytes(as_scan((SAMPLE / name).read_bytes(), pages, **how))  # type: ignore[arg-type]
    return path


@needs()
def test_a_scan_reads_like_the_file_it_was_made_of(tmp_path: Path) -> None:
    (printed,) = parse_file(SAMPLE / "gc-2.en.pdf")
    (read,) = parse_file(scanned(tmp_path, "gc-2.en.pdf"))
    assert [p.number for p in read.paragraphs if p.number] == [
        p.number for p in printed.paragraphs if p.number
    ]
    assert read.symbol == printed.symbol
    assert all(p.ocr for p in read.paragraphs)
    assert all(p.boxes for p in read.paragraphs)
    assert read.quality.ocr_pages == tuple(range(1, (read.page_count or 0) + 1))
    recognised = [warning for warning in read.warnings if "recognised in images" in warning]
    assert len(recognised) == 1
    assert "eng" in recognised[0]


@needs("rus")
@pytest.mark.slow
def test_the_language_is_found_in_the_picture(tmp_path: Path) -> None:
    (read,) = parse_file(scanned(tmp_path, "sr-2024-1.ru.pdf", [2]))
    assert read.language == "ru"
    assert "rus" in " ".join(read.warnings)
    assert any("Палата адвокатов" in p.text for p in read.paragraphs)


@needs()
@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_sheet_that_lay_turned_is_put_upright(tmp_path: Path, turns: int) -> None:
    data = as_scan((SAMPLE / "gc-2.en.pdf").read_bytes(), [1], turns=turns)
    (page,) = read_pdf(data, "turned.pdf").pages
    assert page.turned == (4 - turns) % 4
    assert page.height > page.width
    (upright,) = read_pdf(as_scan((SAMPLE / "gc-2.en.pdf").read_bytes(), [1]), "a.pdf").pages
    assert abs(len(page.lines) - len(upright.lines)) <= 3


@needs()
def test_a_photograph_stays_without_text(tmp_path: Path) -> None:
    noise = bytes((7 * i * i + i // 13) % 256 for i in range(200 * 200))
    image = stream(
        noise,
        "/Type /XObject /Subtype /Image /Width 200 /Height 200 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8",
    )
    words = [Text(100, 100 + 14 * i, _SENTENCE) for i in range(9)]
    text = content(words)
    data = page_tree(
        [stream(b"q 595 0 0 842 0 0 cm /X Do Q"), stream(text)], b"/XObject << /X 7 0 R >>", [image]
    )
    path = tmp_path / "photograph.pdf"
    path.write_bytes(data)
    (read,) = parse_file(path)
    assert read.quality.ocr_pages == ()
    assert any("no words recognised in the images on page" in line for line in read.warnings)
    assert not any(p.ocr for p in read.paragraphs)


@needs("rus")
@pytest.mark.slow
def test_a_text_layer_of_nonsense_is_read_again(tmp_path: Path) -> None:
    """A Russian page under the letters that a program which knew only English made of it."""
    nonsense = "Hactosamni JJOKIaJI mpejyicTapIaerTca B COOTBETCTBHH c pe30mroHeli CoBera"
    lines = [Text(72, 80 + 12 * i, f"{i + 1}, {nonsense} O6pa3nyoBoro") for i in range(40)]
    picture = as_scan((SAMPLE / "sr-2024-1.ru.pdf").read_bytes(), [2])
    path = tmp_path / "layer.pdf"
    path.write_bytes(_with_hidden_text(picture, content(lines)))
    (read,) = parse_file(path)
    assert "the text layer reads badly: its pages were recognised anew" in read.warnings
    assert read.language == "ru"
    assert [p.number for p in read.paragraphs if p.number][:3] == ["4", "5", "6"]


def _with_hidden_text(picture: bytes, text: bytes) -> bytes:
    """Lay invisible text over the one page of a scan, as recognition programs do."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(picture))
    over = pypdf.PdfReader(io.BytesIO(text_pdf([[Text(0, 0, " ")]])))
    page = writer.pages[0]
    page.merge_page(over.pages[0])
    hidden = DecodedStreamObject()
    hidden.set_data(page.get_contents().get_data() + b"\n3 Tr\n" + text)  # type: ignore[union-attr]
    page[NameObject("/Contents")] = writer._add_object(hidden)
    out = io.BytesIO()
    writer.write(out)
    return bytes(out.getvalue())


def test_without_the_program_the_reason_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoTextError) as caught:
        read_pdf(scan(), "a.pdf")
    assert caught.value.cause == "1 page without text, a scan"
    assert "apt-get install tesseract-ocr" in caught.value.remedy


def test_it_can_be_forbidden(
    monkeypatch: pytest.MonkeyPatch, only_program: Callable[[str], Path]
) -> None:
    only_program("exit 9")
    monkeypatch.setenv(OCR_VARIABLE, "off")
    with pytest.raises(NoTextError) as caught:
        read_pdf(scan(), "a.pdf")
    assert OCR_VARIABLE in caught.value.remedy


def test_it_can_be_asked_for_on_every_page(
    monkeypatch: pytest.MonkeyPatch, only_program: Callable[[str], Path]
) -> None:
    only_program(answering("1. The Committee notes the report."))
    monkeypatch.setenv(OCR_VARIABLE, "force")
    words = Text(113, 100, "A page with enough words on it to count as a page of text: over sixty.")
    (page,) = read_pdf(text_pdf([[words]]), "a.pdf").pages
    assert page.ocr
    assert [line.text for line in page.lines] == ["1. The Committee notes the report."]


def test_a_mode_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OCR_VARIABLE, "perhaps")
    with pytest.raises(ReadError, match="set it to auto, off or force"):
        read_pdf(scan(), "a.pdf")


@pytest.mark.parametrize("reading", ["sleep 60", "cat >/dev/null; exit 1", "kill -9 $$", "cat"])
def test_a_program_that_fails_costs_a_page_and_no_more(
    only_program: Callable[[str], Path], reading: str
) -> None:
    only_program(reading)
    began = time.monotonic()
    with pytest.raises(NoTextError):
        read_pdf(scan(), "a.pdf", Limits(ocr_page_s=0.5))
    assert time.monotonic() - began < 5


def test_pages_after_several_that_took_too_long_are_not_tried(
    only_program: Callable[[str], Path],
) -> None:
    only_program("sleep 60")
    image = as_scan(text_pdf([[Text(72, 300, "Words")]] * 8), dpi=40)
    letters = [
        Text(72, 80 + 14 * i, "The Committee notes the report of the State.") for i in range(9)
    ]
    data = _joined(image, text_pdf([letters]))
    began = time.monotonic()
    reading = read_pdf(data, "a.pdf", Limits(ocr_page_s=1.0))
    assert time.monotonic() - began < 6
    assert "text recognition came to its limit: pages 1–8 not read" in reading.warnings


def _joined(*files: bytes) -> bytes:
    writer = pypdf.PdfWriter()
    for data in files:
        writer.append(io.BytesIO(data))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.slow
def test_an_honest_scan_may_take_longer_than_a_file_may(
    tmp_path: Path, only_program: Callable[[str], Path]
) -> None:
    """Four looks of 2 s outlast a deadline of 6 s, for the clock stands still meanwhile."""
    lines = [f"{n}. The Committee notes the report of the State." for n in (1, 2, 3)]
    only_program(answering(*lines, after="sleep 2"))
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_scan(text_pdf([[Text(72, 300, "Words")]] * 4), dpi=40))
    with ParsingPool[list[Document]](workers=1, limits=Limits(wall_time_s=6)) as pool:
        (document,) = pool.run_one(path)
    assert document.quality.ocr_pages == (1, 2, 3, 4)


def test_the_clock_stands_still_only_so_long(
    tmp_path: Path, only_program: Callable[[str], Path]
) -> None:
    only_program("exec sleep 62")
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_scan(text_pdf([[Text(72, 300, "Words")]] * 4), dpi=40))
    limits = Limits(wall_time_s=1.0, ocr_page_s=60.0, ocr_time_s=1.0)
    began = time.monotonic()
    with (
        ParsingPool[object](workers=1, limits=limits) as pool,
        pytest.raises(ReadError, match="took longer than 1 s"),
    ):
        pool.run_one(path)
    assert time.monotonic() - began < 10
    _wait(lambda: "sleep 62" not in _commands())


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no /proc on this system")
def test_no_program_outlives_a_killed_run(
    tmp_path: Path, only_program: Callable[[str], Path]
) -> None:
    only_program("exec sleep 61")  # a program of a worker writes nowhere that could be seen
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_scan(text_pdf([[Text(72, 300, "Words")]]), dpi=40))
    script = (
        "from pathlib import Path\nfrom corpus.sandbox.pool import ParsingPool\n"
        f"with ParsingPool(workers=1) as pool:\n    pool.run_one(Path({str(path)!r}))\n"
    )
    run = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    with run:
        _wait(lambda: "sleep 61" in _commands())
        run.send_signal(signal.SIGKILL)
        run.wait()
    _wait(lambda: "sleep 61" not in _commands())


def _wait(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in 20 s"
        time.sleep(0.05)


def _commands() -> set[str]:
    """Return the commands of all running programs."""
    found = set()
    for place in list(Path("/proc").iterdir()):
        try:
            words = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        found.add(words.strip())
    return found


def test_a_page_of_any_size_is_drawn_in_bounds() -> None:
    huge = text_pdf([[Text(72, 80, "Words")]]).replace(b"[0 0 595 842]", b"[0 0 14400 14400]")
    with PageImages(huge) as images:
        image = images.draw(1)
    assert image is not None
    assert image.width * image.height <= 20_100_000
    assert len(image.data) < 21_000_000


@given(
    asked=st.lists(
        st.tuples(st.floats(0, 5), st.one_of(st.floats(-10, 1000), st.none(), st.text())),
        max_size=30,
    )
)
def test_a_worker_gets_no_more_extra_time_than_there_is(
    asked: list[tuple[float, object]],
) -> None:
    account, now, deadline = ExtraTime(100.0), 0.0, 10.0
    for passed, seconds in asked:
        now += passed
        if now >= deadline:
            break
        deadline = account.moved(deadline, seconds, now)
        assert deadline <= 10.0 + 100.0 + 1e-6


def test_extra_time_is_told_and_taken_back() -> None:
    told: list[float] = []
    on_extra_time(told.append)
    try:
        with pytest.raises(KeyError), extra_time(3.0):
            raise KeyError
    finally:
        on_extra_time(lambda seconds: None)
    assert told == [3.0, 0.0]


def test_hocr_gives_words_baselines_and_confidence() -> None:
    first, second = read_hocr(hocr("1. The Committee", "notes", confidence=80).encode())
    assert [word.text for word in first.words] == ["1.", "The", "Committee"]
    assert first.baseline(200) == 220
    assert second.confidence == 80
    assert read_hocr(b"no markup at all") == ()


def line(*words: tuple[str, float], confidence: float = 90, y: float = 100) -> PrintedLine:
    """Set words at their left edges, ten dots a letter."""
    made = tuple(
        PrintedWord(text, x, y - 20, x + 10 * len(text), y, confidence) for text, x in words
    )
    return PrintedLine(made, 0.0, y, 0)


@pytest.mark.parametrize(
    ("given_words", "expected"),
    [
        ([("7:", 100), ("The", 160)], "7. The"),
        ([("12,", 100), ("—", 140), ("В", 170)], "12. В"),
        ([("12", 100), ("members", 130)], "12 members"),
        ([("12", 100), ("Members", 160)], "12. Members"),
        ([("©)", 100), ("Les", 160)], "c) Les"),
        ([("(©)", 100), ("Les", 160)], "(c) Les"),
        ([("2.，", 100), ("范例国政府", 180)], "2. 范例国政府"),
        ([("10，所有运营商", 100), ("必须", 300)], "10. 所有运营商 必须"),
        ([("In", 100), ("1947", 140)], "In 1947"),
        ([("The", 100), ("Committee", 170)], "The Committee"),
    ],
)
def test_labels_are_mended_where_the_print_shows_them(
    given_words: list[tuple[str, float]], expected: str
) -> None:
    mended = with_mended_labels(line(*given_words))
    assert " ".join(word.text for word in mended.words) == expected


def test_latin_words_and_numbers_of_an_arabic_page_come_from_an_english_reading() -> None:
    arabic = line(("0-", 900), ("القرار", 700), ("581/511", 500))
    english = PrintedLine(
        (
            PrintedWord("-10", 890, 80, 930, 100, 53),
            PrintedWord("lagu", 700, 80, 760, 100, 20),
            PrintedWord("A/HRC/59/60", 480, 80, 580, 100, 91),
        ),
        0.0,
        100.0,
        0,
    )
    (mended,) = with_latin([arabic], [english])
    assert [word.text for word in mended.words] == ["10-", "القرار", "A/HRC/59/60"]


def test_print_of_one_size_gets_one_size_and_one_margin() -> None:
    """Letters of a scan swell by a tenth, and its lines lean; a heading is larger still."""
    rows = []
    for row in range(20):
        y, x = 300.0 + 33 * row, 320.0 + 0.02 * 33 * row
        height = 18.0 + (row % 3)
        words = tuple(
            PrintedWord("Commit", x + 90 * k, y - height, x + 90 * k + 80, y, 95) for k in range(8)
        )
        rows.append(PrintedLine(words, 0.0, y, row))
    heading = (PrintedWord("Title", 320, 172, 400, 200, 95),)
    lines = (PrintedLine(heading, 0.0, 200.0, 99), *rows)
    (page,) = set_pages([PrintedPage(1, lines, 1654, 2339, 200.0, packs="eng")])
    top, *body = page.lines
    assert len({line.size for line in body}) == 1
    assert max(line.x0 for line in body) - min(line.x0 for line in body) < 3
    assert top.size > 1.2 * body[0].size


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The Committee notes A/HRC/59/60, McCarthy's NGOs; see http://a.b/c{d}.", 0, 0),
        ("Комитет отмечает доклад, представленный 12 марта 2024 года.", 0, 0),
        ("委员会注意到 2024年3月 的报告 ( 第12段 )。", 0, 0),
        ("تشير اللجنة إلى التقرير المقدم في عام 2024.", 0, 0),
        ("HAUT-COMMISSA{RE SWlTZERLAf\"JD c'justered 0ctober", 0.5, 1),
        ("mpejyicTapIaerTca O6pa3yoBoro pe30mroHeli", 0.9, 1),
        ("\ue012\ue034\ue056 \ue012\ue034", 1, 1),
    ],
)
def test_words_of_odd_shape_are_counted(text: str, low: float, high: float) -> None:
    assert low <= odd_share([text]) <= high


def test_languages_have_packs_and_packs_have_packages() -> None:
    assert pack_of("zh") == "chi_sim"
    assert pack_of("tlh") is None
    assert debian_package("chi_sim") == "tesseract-ocr-chi-sim"
    assert stand_in("bel", {"rus", "eng"}) == "rus"
    assert stand_in("ara", {"rus", "eng"}) is None


@pytest.mark.real
@pytest.mark.slow
@needs()
def test_a_memorandum_of_1991_is_numbered_without_a_gap(real_data: Path) -> None:
    path = real_data / "pdf" / "scan__1991-12-19_Interoffice_memorandum_Fleischhauer.pdf"
    (read,) = parse_file(path)
    assert read.quality.ocr_pages == (1, 2, 3, 4, 5, 6)
    assert (read.quality.first, read.quality.last, read.quality.gaps) == (1, 16, ())
