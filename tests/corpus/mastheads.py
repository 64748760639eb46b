"""First pages as the series of United Nations documents print them, with invented topics."""

from __future__ import annotations

from corpus.readers.page import Line, Page

Row = tuple[str, float, float, float, bool]
FILLER = ["Some words that follow, and that are long enough to be a line of running text."] * 12


def page(number: int, rows: list[Row], width: float = 595.0, height: float = 842.0) -> Page:
    lines = tuple(
        Line(text, number, x0, x0 + 0.45 * size * len(text), y, size, bold)
        for text, x0, y, size, bold in rows
    )
    return Page(number, width, height, lines)


def printed(
    symbol: str,
    date: str,
    caption: list[str],
    titles: list[list[str]],
    body: list[str],
    *,
    masthead: str = "General Assembly",
    nations: str = "United Nations",
    distributed: str = "Distr.: General",
    under: tuple[str, ...] = ("Original: English",),
    job: str = "GE.25-01234 (E)",
    office: str = "Geneva",
) -> Page:
    """A page of the templates since 2009; lines of the caption that open with "*" are bold."""
    new_york = office == "New York"
    left, text, size = (
        (123.0, 147.0, (612.0, 792.0)) if new_york else (119.0, 142.0, (595.0, 842.0))
    )
    organ, _, rest = symbol.partition("/")
    rows: list[Row] = [
        (nations, left, 50, 14, False),
        (organ, 430, 52, 20, False),
        (f"/{rest}", 445, 52, 10, False),
        (masthead, left, 80, 20, True),
        (distributed, 392, 79, 10, False),
        (date, 392, 91, 10, False),
        *((line, 392, 115.0 + 12 * i, 10, False) for i, line in enumerate(under)),
    ]
    y = 218.0
    for line in caption:
        rows.append((line.removeprefix("*"), 56.6, y, 10, line.startswith("*")))
        y += 12
    y += 20
    for depth, title in enumerate(titles):
        points = 12 if depth else 14
        for line in title:
            rows.append((line, 113 if not new_york else 123, y, points, True))
            y += 1.2 * points
        y += 18
    for i, line in enumerate(body):
        rows.append((line, 113 if i else text, y, 10, False))
        y += 12
    rows.append((job, 56.6, size[1] - 31, 10, False))
    return page(1, rows, *size)


def typed(symbol: str, date: str, organ: str, caption: list[str], titles: list[list[str]]) -> Page:
    """A page of the nineties, in Courier: titles centred, nothing bold."""
    rows: list[Row] = [
        ("UNITED", 62, 45, 14, True),
        ("E", 450, 42, 20, True),
        ("NATIONS", 62, 60, 14, True),
        (organ, 150, 92, 14, True),
        ("Distr.", 360, 118, 12, False),
        ("GENERAL", 360, 130, 12, False),
        (symbol, 360, 148, 12, False),
        (date, 360, 160, 12, False),
        ("Original:  ENGLISH", 360, 184, 12, False),
    ]
    y = 210.0
    for line in caption:
        rows.append((line, 62, y, 12, False))
        y += 12
    y += 24
    for title in [*titles, ["Introduction"]]:
        for line in title:
            rows.append((line, max(62.0, 300 - 3.6 * len(line)), y, 12, False))
            y += 12
        y += 12
    rows.extend((line, 62, y + 12 * i, 12, False) for i, line in enumerate(FILLER))
    return page(1, rows)


STATEMENT = """Sample Assembly
SAMPLE/2024/NGO/7
Distr.: General
19 February 2024
Original: English

Sample Council on Human Rights
Twelfth session
Agenda item 4
Human rights situations that require attention

Written statement submitted by Watch of Fiji, an organization in sample status

Lawyers in Samoa

We work with lawyers. Every word of this statement is invented, and so is the one who makes it.
"""
