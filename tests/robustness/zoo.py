"""Bad files by name, and what must become of each: an error with its reason, or a right reading."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LimitExceededError,
    NotADocumentError,
    NoTextError,
    ReadError,
    WrongTypeError,
)
from tests.robustness import docx_bytes as word
from tests.robustness import pdf_bytes as pdf
from tests.robustness import pdf_specimens as odd
from tests.robustness import plain_bytes as plain

__all__ = ["SPECIMENS", "Specimen"]

MIB, GIB = 2**20, 2**30


@dataclass(frozen=True)
class Specimen:
    """A bad file.

    Attributes:
        name: of the file.
        make: writes its bytes.
        errors: classes of which its error must be; empty where it must be read.
        cause: what the error's cause must say (a regular expression).
        words: what must stand in its paragraphs where it is read.
        chain: numbered paragraphs that must be found where it is read.
        costly: takes more than a second or many megabytes to make or to read.
    """

    name: str
    make: Callable[[], bytes] = field(repr=False)
    errors: tuple[type[ReadError], ...] = ()
    cause: str = ""
    words: str = ""
    chain: int | None = None
    costly: bool = False


def bad(
    name: str, make: Callable[[], bytes], error: type[ReadError] | tuple[type[ReadError], ...],
    cause: str, *, costly: bool = False,
) -> Specimen:  # fmt: skip
    errors = error if isinstance(error, tuple) else (error,)
    return Specimen(name, make, errors, cause, costly=costly)


def read(
    name: str, make: Callable[[], bytes], *, words: str = "", chain: int | None = None,
    costly: bool = False,
) -> Specimen:  # fmt: skip
    return Specimen(name, make, (), words=words, chain=chain, costly=costly)


def always(data: bytes) -> Callable[[], bytes]:
    return lambda: data


# Refused as such, or opened by a program for such files that finds no words.
OLD_WORD = (WrongTypeError, DamagedFileError)
BEYOND = "beyond all measure|memory|more than"
ODS = "<h1>The document A/0/0 does not exist in the Official Document System</h1>"

PDFS = [
    bad("zero.pdf", always(b""), EmptyFileError, "0 bytes"),
    bad("blank.pdf", always(b" \r\n" * 99), EmptyFileError, "nothing but blanks"),
    bad("header-only.pdf", always(b"%PDF-1.7\n"), DamagedFileError, "header and nothing after"),
    bad("noise.pdf", lambda: b"%PDF-1.4\n" + bytes(range(256)) * 40, DamagedFileError, "PDF"),
    bad("jpeg.pdf", always(b"\xff\xd8\xff\xe0" + b"\0" * 400), WrongTypeError, "JPEG.*\\.pdf"),
    bad("zip.pdf", lambda: word.archive({"a.txt": "x"}), WrongTypeError, "ZIP archive"),
    bad("word.pdf", lambda: word.ole("WordDocument"), OLD_WORD, "old (?:Office|Word) file"),
    bad("text.pdf", always(b"no such document"), WrongTypeError, "plain text under the name .pdf"),
    read("page.pdf", plain.good_page, chain=10),
    read("docx.pdf", word.good_docx, chain=10),
    read("pdf.txt", pdf.good_pdf, chain=10),
    read("truncated.pdf", odd.truncated, chain=20),
    read("bad-startxref.pdf", odd.bad_startxref, chain=10),
    read("mail-before.pdf", lambda: b"From: a\r\n" * 400 + pdf.good_pdf(), chain=10),
    read("junk-after.pdf", lambda: pdf.good_pdf() + b"\0" * 5000, chain=10),
    bad("user-password.pdf", lambda: odd.encrypted("s", "o"), EncryptedFileError, "password"),
    read("owner-password.pdf", lambda: odd.encrypted("", "o"), chain=10),
    bad("old-password.pdf", lambda: odd.encrypted("s", "o", "RC4-40"), EncryptedFileError,
        "password"),
    bad("unknown-lock.pdf", odd.unknown_security_handler, EncryptedFileError, "maker's program"),
    bad("bomb-1.pdf", lambda: odd.content_bomb(1, 1), LimitExceededError, BEYOND, costly=True),
    bad("bomb-4.pdf", lambda: odd.content_bomb(4, 3), LimitExceededError, BEYOND, costly=True),
    bad("bomb-hex.pdf", odd.hex_bomb, LimitExceededError, BEYOND, costly=True),
    bad("bomb-lzw.pdf", odd.lzw_bomb, LimitExceededError, BEYOND, costly=True),
    bad("bomb-runs.pdf", odd.run_length_bomb, (LimitExceededError, NoTextError), "text|beyond",
        costly=True),
    bad("bomb-xref.pdf", odd.xref_stream_bomb, (DamagedFileError, LimitExceededError),
        "PDF|beyond", costly=True),
    bad("bomb-objects.pdf", odd.object_stream_bomb, LimitExceededError, BEYOND, costly=True),
    bad("bomb-cmap.pdf", odd.cmap_bomb, (LimitExceededError, NoTextError), "text|beyond|memory",
        costly=True),
    read("cmap-ranges.pdf", odd.cmap_ranges),
    read("image-bomb.pdf", odd.image_bomb, chain=10, costly=True),
    read("recursive-form.pdf", pdf.recursive_form, chain=10),
    read("doubling-forms.pdf", odd.form_doubling, chain=10, costly=True),
    bad("operators.pdf", lambda: pdf.many_operators(2_000_000), LimitExceededError,
        "characters|beyond", costly=True),
    read("nested-arrays.pdf", pdf.nested_arrays, chain=10),
    bad("cyclic-tree.pdf", pdf.cyclic_tree, (DamagedFileError, NoTextError), "pages?"),
    bad("deep-tree.pdf", odd.deep_tree, DamagedFileError, "pages", costly=True),
    bad("many-pages.pdf", pdf.many_pages, LimitExceededError, "200000 pages, more than"),
    bad("scan.pdf", pdf.scan, NoTextError, "without text, a scan"),
    bad("private-glyphs.pdf", odd.private_use_glyphs, NoTextError, "without text"),
    *(
        read(f"box-{number}.pdf", lambda box=box: odd.with_media_box(box), chain=10)  # type: ignore[misc]
        for number, box in enumerate(
            ("[0 0 -595 -842]", "[595 842 0 0]", "[0 0 0 0]", "[0 0 1e30 1e30]", "[nan inf 1 2]",
             "[0 0 99999999999999999999 1]", "[]", "null", "[-1e9 -1e9 1e9 1e9]")
        )
    ),
    *(
        read(f"count-{count}.pdf", lambda count=count: odd.wrong_count(count), chain=chain)  # type: ignore[misc]
        for count, chain in ((-1, 20), (0, 20), (3, 20), (10**9, 20))
    ),
    read("absurd-places.pdf", odd.absurd_coordinates, chain=10),
    read("invisible.pdf", odd.invisible_text, chain=10),
    read("updates.pdf", odd.many_updates, chain=10, words="river valley"),
    read("cyclic-updates.pdf", odd.cyclic_updates, chain=10),
    read("scripts.pdf", odd.scripts_and_attachments, chain=10),
    bad("portfolio.pdf", odd.portfolio, NotADocumentError, "attached"),
    bad("xfa.pdf", odd.xfa_form, NotADocumentError, "XFA"),
    read("linearised.pdf", odd.broken_linearisation, chain=10),
    read("information.pdf", odd.odd_information, chain=10),
]  # fmt: skip

WORDS = [
    read("docx.doc", word.good_docx, chain=10),
    bad("old.doc", lambda: word.ole("WordDocument"), OLD_WORD, "old (?:Office|Word) file"),
    bad("rtf.doc", always(b"{\\rtf1 words}"), WrongTypeError, "RTF"),
    bad("sheet.docx", lambda: word.archive({"xl/workbook.xml": "x"}), WrongTypeError, "Excel"),
    bad("locked.docx", lambda: word.ole("EncryptedPackage"), EncryptedFileError, "password"),
    bad("cut.docx", lambda: word.good_docx(200)[:-300], DamagedFileError, "damaged DOCX"),
    bad("no-body.docx", lambda: word.archive({"[Content_Types].xml": word.TYPES,
        "word/other.xml": "<a/>"}), WrongTypeError, "without a word-processor document"),
    bad("no-words.docx", lambda: word.docx(""), NoTextError, "no text"),
    bad("no-xml.docx", lambda: word.archive({"[Content_Types].xml": word.TYPES,
        "word/document.xml": b"\0\1junk"}), DamagedFileError, "not readable as DOCX"),
    bad("bomb-1.docx", lambda: word.stored_bomb("word/document.xml", GIB, word.OPENING.encode()),
        LimitExceededError, "unpacks to more than", costly=True),
    bad("bomb-4.docx", lambda: word.stored_bomb("word/document.xml", 4 * GIB - 2 * MIB),
        LimitExceededError, "unpacks to more than", costly=True),
    bad("laughs.docx", word.xml_bomb, LimitExceededError, "unfold"),
    read("outside.docx", lambda: word.outside_entity("/etc/hostname"), chain=10),
    read("climbing.docx", word.climbing_names, chain=10),
    bad("nested.docx", lambda: word.nested_tables(100_000), LimitExceededError, "nested"),
    read("nested-80.docx", lambda: word.nested_tables(80), chain=10),
    bad("runs.docx", lambda: word.nested_runs(100_000), LimitExceededError, "nested"),
    read("macros.docm", word.macros, chain=10),
    read("controls.docx", lambda: word.docx(word.paragraph("1. Words\x7f of\x9b2J it.")),
         words="Words of2J it."),
    read("cycles.docx", word.cyclic_numbering, words="Words of sentence 9."),
    bad("million.docx", lambda: word.docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_000_000),
        LimitExceededError, "more than 100,000 paragraphs", costly=True),
    bad("parts.docx", lambda: word.archive({"[Content_Types].xml": "", "word/document.xml": "",
        **{f"word/x{n}.xml": "" for n in range(10_001)}}), LimitExceededError, "parts",
        costly=True),
]  # fmt: skip

PAGES = [
    bad("ods.html", lambda: plain.page(ODS), NotADocumentError, "Official Document System"),
    bad("ods.pdf", lambda: plain.page(ODS), NotADocumentError, "Official Document System"),
    bad("missing.html", lambda: plain.page("<h1>404 Not Found</h1><hr>nginx",
        "<title>404 Not Found</title>"), NotADocumentError, "error page.*404"),
    bad("blocked.pdf", lambda: plain.page("<h1>Access Denied</h1><p>Reference 18.2</p>"),
        NotADocumentError, "error page.*Access Denied"),
    bad("title-only.html", lambda: plain.page("<h1>A Title Alone</h1>"), NoTextError,
        "nothing but a title"),
    bad("script-only.html", lambda: plain.page("<script>let a = 1;</script>" * 9), NoTextError,
        "without text"),
    read("nested-div.html", lambda: plain.nested("<div>", "</div>", 20_000), words="deep words",
         costly=True),
    read("nested-b.html", lambda: plain.nested("<b>", "</b>", 100_000), words="deep words"),
    read("nested-list.html", lambda: plain.nested("<ol><li>", "", 20_000), words="deep words",
         costly=True),
    bad("huge.html", lambda: plain.page(f"<p>{'word ' * 100}</p>" * 102_000),
        LimitExceededError, "more than [12]0", costly=True),
    bad("huge-flat.html", lambda: plain.page("word " * 6_000_000), LimitExceededError,
        "more than 20,000,000 characters", costly=True),
    read("nul.html", lambda: plain.good_page().replace(b"river", b"ri\0ver"), words="river"),
    read("surrogates.html", lambda: plain.good_page().replace(b"river", b"&#xD800; &#x110000;"),
         words="valley"),
    read("koi8.html", lambda: plain.declared("koi8-r", plain.RUSSIAN, "koi8-r"), words="Комитет"),
    read("koi8-lie.html", lambda: plain.declared("utf-8", plain.RUSSIAN * 9, "koi8-r"),
         words="Комитет отмечает"),
    read("latin-lie.html", lambda: plain.declared("iso-8859-1", plain.RUSSIAN * 9, "cp1251"),
         words="Комитет отмечает"),
    *(
        read(f"charset-{name}.html", lambda name=name: plain.declared(name, plain.RUSSIAN),  # type: ignore[misc]
             words="Комитет отмечает")
        for name in ("utf-16", "unicode_escape", "undefined", "idna", "punycode", "rot13", "utf-7")
    ),
]  # fmt: skip

TEXTS = [
    *(
        read(f"{encoding}.txt", lambda encoding=encoding, text=text: (text * 9).encode(encoding),  # type: ignore[misc]
             words=words)
        for encoding, text, words in (
            ("utf-8-sig", plain.RUSSIAN, "Комитет отмечает"),
            ("utf-16", plain.RUSSIAN, "Комитет отмечает"),
            ("utf-16-le", plain.RUSSIAN, "Комитет отмечает"),
            ("utf-16-be", plain.RUSSIAN, "Комитет отмечает"),
            ("utf-32", plain.RUSSIAN, "Комитет отмечает"),
            ("utf-32-be", plain.RUSSIAN, "Комитет отмечает"),
            ("cp1251", plain.RUSSIAN, "Комитет отмечает"),
            ("koi8-r", plain.RUSSIAN, "Комитет отмечает"),
            ("cp866", plain.RUSSIAN, "Комитет отмечает"),
            ("iso8859-5", plain.RUSSIAN, "Комитет отмечает"),
            ("cp1256", plain.ARABIC, "اللجنة"),
            ("gb18030", plain.CHINESE, "委员会注意到"),
            ("cp1252", plain.FRENCH, "Le Comité relève"),
        )
    ),
    bad("binary.txt", lambda: bytes(range(256)) * 4000, WrongTypeError, "no known type"),
    bad("late-binary.txt", lambda: b"Words of it. " * 9000 + bytes(range(256)) * 999,
        WrongTypeError, "not a text file"),
    bad("one-line.txt", lambda: b"The people of the river asked. " * 6_500_000, LimitExceededError,
        "characters, more than", costly=True),
    bad("lines.txt", lambda: b"1. a\n" * 1_000_000, LimitExceededError, "100,000 paragraphs",
        costly=True),
    read("escapes.txt", lambda: plain.good_text().replace(b"river", b"\x1b[2J\x07ri\0ver", 3),
         words="the [2Jriver valley"),
]  # fmt: skip

RECORDS = [
    read("good.jsonl", lambda: plain.records(plain.record()), chain=10),
    read("two-bad.jsonl", lambda: plain.records("{", plain.record(), "[1]", "NaN"), chain=10),
    bad("deep.jsonl", lambda: plain.records('{"a":' + "[" * 200_000), DamagedFileError, "JSON"),
    bad("not-a-number.jsonl", lambda: plain.records('{"symbol": NaN}'), DamagedFileError, "NaN"),
    bad("twice.jsonl", lambda: plain.records('{"title": "a", "title": "b"}'), DamagedFileError,
        "`title` is given twice"),
    bad("types.jsonl", lambda: plain.records(plain.record(title=["a"])), DamagedFileError,
        "`title` must be text, not a list"),
    bad("huge-page.jsonl", lambda: plain.records(plain.record(paragraphs=[{"text": "a",
        "page": 10**30}])), DamagedFileError, "`pages`"),
    read("huge-number.jsonl", lambda: plain.records(plain.record(paragraphs=[
        {"text": "Words one.", "number": "1"}, {"text": "Words two.", "number": "9" * 30}])),
        words="Words two."),
    read("half-characters.jsonl", lambda: plain.records(
        plain.record(title="\ud83d cut", paragraphs=[{"text": "Words\x00 of \udc00 it."}])),
        words="Words of"),
    bad("many-values.jsonl", lambda: plain.records('{"paragraphs": [' + "{}," * 3_000_000 + "{}]}"),
        LimitExceededError, "values in one record", costly=True),
    bad("csv.jsonl", lambda: b"a,b,c\n" * 5000, DamagedFileError, "not valid JSON"),
    bad("cut.jsonl.gz", lambda: plain.cut_gzip(1), DamagedFileError, "cannot be read further"),
    read("cut-late.jsonl.gz", lambda: plain.cut_gzip(500), chain=10),
    bad("noise.jsonl.gz", always(b"\x1f\x8b\x08\0junk" + b"\xff" * 99), DamagedFileError,
        "cannot be read further"),
    bad("bomb-line.jsonl.gz", lambda: plain.gzip_bomb(GIB, b"a", b'{"title": "'),
        LimitExceededError, "too long", costly=True),
    bad("bomb-blank.jsonl.gz", lambda: plain.gzip_bomb(GIB, b"\n"), LimitExceededError,
        "blank lines", costly=True),
    bad("text.jsonl.gz", lambda: gzip.compress(plain.good_text()), DamagedFileError, "JSON"),
    bad("archive.gz", lambda: gzip.compress(plain.good_text()), WrongTypeError, "gzip"),
    bad("zlib.txt", lambda: zlib.compress(plain.good_text() * 99), WrongTypeError, "type"),
]  # fmt: skip

SPECIMENS = {one.name: one for one in (*PDFS, *WORDS, *PAGES, *TEXTS, *RECORDS)}
