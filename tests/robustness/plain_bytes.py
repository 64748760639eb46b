"""Write web pages, texts and JSON Lines: ordinary ones for tests, and broken or hostile ones."""

from __future__ import annotations

import gzip
import json
import zlib

RUSSIAN = (
    "1. Комитет отмечает, что государство-участник не представило сведений о положении.\n\n"
    "2. Комитет просит представить такие сведения в течение шести месяцев.\n"
)
ARABIC = (
    "تلاحظ اللجنة أن الدولة الطرف لم تقدم معلومات عن الحالة في البلد.\n\n"
    "وتطلب اللجنة إلى الدولة الطرف تقديم هذه المعلومات في غضون ستة أشهر.\n"
)
CHINESE = "委员会注意到，缔约国没有提供关于这一情况的资料。\n\n委员会请缔约国在六个月内提供资料。\n"
FRENCH = "1. Le Comité relève que l’État partie n’a présenté aucun élément à cet égard.\n"


def good_text(first: int = 1, last: int = 10) -> bytes:
    return "\n\n".join(
        f"{n}. The people of the river valley asked the council for an answer."
        for n in range(first, last + 1)
    ).encode()


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def good_page(first: int = 1, last: int = 10) -> bytes:
    texts = good_text(first, last).decode().split("\n\n")
    return page("".join(f"<p>{text}</p>" for text in texts))


def declared(charset: str, text: str, encoding: str = "utf-8") -> bytes:
    """Write a page that declares one encoding and is written in another."""
    opening = f'<!DOCTYPE html><html><head><meta charset="{charset}"></head><body><p>'
    return opening.encode() + text.encode(encoding) + b"</p></body></html>"


def nested(opening: str, closing: str, depth: int) -> bytes:
    return page(f"<p>Words of the page itself.</p>{opening * depth}deep words{closing * depth}")


def record(symbol: str = "SAMPLE/2024/SR/1", **fields: object) -> str:
    paragraphs = [{"number": str(n), "text": f"The council answered question {n}."}
                  for n in range(1, 11)]  # fmt: skip
    return json.dumps({"symbol": symbol, "language": "en", "paragraphs": paragraphs, **fields})


def records(*lines: str | bytes) -> bytes:
    return b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines) + b"\n"


def gzip_bomb(size: int, fill: bytes = b" ", opening: bytes = b"") -> bytes:
    """Write a gzip file that unpacks to a run of one byte, from repeated blocks."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(opening) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(fill * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(fill * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block + again * (size // 2**20 - 1)


def cut_gzip(count: int) -> bytes:
    """Write a gzip file of so many records without its second half."""
    whole = gzip.compress(records(*(record(f"SAMPLE/2024/SR/{n}") for n in range(1, count + 1))))
    return whole[: len(whole) // 2]
