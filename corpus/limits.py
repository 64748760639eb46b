"""What reading one file may cost.

UN documents are small: of 1,000 real files the longest had some 600 pages, the largest 30 MB, and
the slowest took a few seconds. The limits sit far above that, and far below what a hostile file
asks for, so that it costs only itself.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on reading one file; passing one raises `LimitExceededError` for that file only.

    Attributes:
        wall_time_s: from handing the file to a worker to its answer. The slowest real file (181
            pages, 90,000 words) takes about 3 s on one core; an endless content stream never ends.
        address_space_bytes: `RLIMIT_AS` of the worker process. With 384 MiB a worker reads the
            largest real files (181 pages; 3.7 MB of images), with 256 MiB none, since libraries
            fill it; the default leaves five times that, and pdfium would take 5 GB on a flate bomb.
        max_pages: pages of one file. The longest UN documents (the budget, annual compilations)
            stay below 1,000; a generated file of 200,000 pages is refused at once.
        max_file_bytes: bytes of one file, checked before it is read into memory.
        max_page_chars: characters on one page. A dense page of print holds 8,000; files with
            millions of text operators on a page exist only to exhaust the reader.
        max_chars: characters of one document without pages. The longest UN documents, of 1,000
            pages, hold some 3.5 million; each character more is embedded at the user's cost.
        max_blocks: paragraphs, list items and table rows of one document without pages. Session
            reports pass 1,000 paragraphs, the annexes of compilations 10,000 rows.
        max_answer_bytes: what a worker may answer for one file. The longest real file (181 pages)
            takes 1.1 MB, `max_chars` in letters of three bytes 60 MB.
        max_records: records of one JSON Lines file. The longest real file has 3,789.
        records_time_s: all that is waited for the records of one file, each few of which have
            `wall_time_s`. The longest real file (123,000 paragraphs) takes 8 s.
        ocr_page_s: one look at one page by text recognition, drawing it included. A page takes 1 to
            3 s on one core; a page of noise would take minutes. This time is not `wall_time_s`.
        ocr_time_s: all text recognition of one file; the pages after it stay without text.
        max_ocr_pages: pages of one file in which words are looked for.
        conversion_s: a program that reads old Word files. LibreOffice takes 5 to 15 s to start.
    """

    wall_time_s: float = 120.0
    address_space_bytes: int = 2 * 2**30
    max_pages: int = 3000
    max_file_bytes: int = 256 * 2**20
    max_page_chars: int = 200_000
    max_chars: int = 20_000_000
    max_blocks: int = 100_000
    max_answer_bytes: int = 128 * 2**20
    max_records: int = 1_000_000
    records_time_s: float = 3600.0
    ocr_page_s: float = 30.0
    ocr_time_s: float = 1800.0
    max_ocr_pages: int = 500
    conversion_s: float = 60.0
