"""HTML as a document site serves it: boilerplate around an article whose numbers are `<ol>`s."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from corpus.sample.mastheads import MASTHEADS, clean_symbol, distribution
from corpus.sample.source import NOTICE, Block, BlockKind, SampleSource, runs

__all__ = ["write_html"]

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{symbol} - {title}</title>
<style>body {{ font-family: serif; }} .masthead {{ border-bottom: 2px solid; }}</style>
<script>window.sampleSite = "not text of the document";</script>
</head>
<body>
<header><a href="#">Sample Nations Documents</a></header>
<nav><ul><li><a href="#">Home</a></li><li><a href="#">Search documents</a></li>
<li><a href="#">Meetings</a></li><li><a href="#">Contact</a></li></ul></nav>
<main>
<article>
{body}
</article>
</main>
<aside><h2>Related pages</h2><ul><li><a href="#">Sessions of the Sample Council</a></li>
<li><a href="#">Subscribe to the newsletter</a></li></ul></aside>
<footer><p>Terms of use | Privacy notice | Site map</p></footer>
</body>
</html>
"""


def _inline(text: str) -> str:
    parts = []
    for run in runs(text):
        words = escape(run.text, quote=False)
        if run.style == "mark":
            words = f'<sup><a href="#fn{words}">{words}</a></sup>'
        elif run.style == "I":
            words = f"<em>{words}</em>"
        parts.append(words)
    return "".join(parts)


def _item(block: Block) -> str:
    subs = "".join(f"<li>{_inline(sub.text)}</li>\n" for sub in block.subs)
    nested = f'\n<ol type="a">\n{subs}</ol>\n' if subs else ""
    return f"<li>{_inline(block.text)}{nested}</li>"


def _block(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        label = f"{block.label} " if block.label else ""
        return f"<h{block.level + 1}>{label}{_inline(block.text)}</h{block.level + 1}>"
    if block.kind is BlockKind.TABLE:
        cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows]
        return "<table>\n" + "".join(f"<tr>{row}</tr>\n" for row in cells) + "</table>"
    if block.kind is BlockKind.RIGHT:
        return f'<p class="right"><em>{escape(block.text)}</em></p>'
    return f"<p>{_inline(block.text)}</p>"


def _body(source: SampleSource) -> Iterator[str]:
    head = MASTHEADS[source.language]
    yield '<div class="masthead">'
    yield f"<p>{escape(head.organization)}</p>\n<p><strong>{escape(head.organ)}</strong></p>"
    yield f'<p class="symbol">{escape(clean_symbol(source))}</p>'
    yield f"<p>{'<br>'.join(map(escape, distribution(source)))}</p>"
    yield f'<p class="notice">{NOTICE}</p>'
    for name in ("council", "session", "session_dates", "agenda_item", "agenda_title"):
        if text := source.get(name):
            yield f"<p>{escape(text)}</p>"
    yield "</div>"
    yield f"<h1>{escape(source.get('title'))}</h1>"
    if subtitle := source.get("subtitle"):
        yield f'<p class="subtitle"><strong>{escape(subtitle)}</strong></p>'
    summary = [block for block in source.blocks if block.kind is BlockKind.SUMMARY]
    if summary:
        paragraphs = "\n".join(f"<p>{_inline(block.text)}</p>" for block in summary)
        yield f'<section class="summary"><h2>{head.summary}</h2>\n{paragraphs}\n</section>'
    rest = [block for block in source.blocks if block.kind is not BlockKind.SUMMARY]
    for numbered, group in groupby(rest, lambda block: block.kind is BlockKind.NUMBERED):
        blocks = list(group)
        if numbered:
            items = "\n".join(map(_item, blocks))
            yield f'<ol start="{blocks[0].label}">\n{items}\n</ol>'
        else:
            yield "\n".join(map(_block, blocks))
    if source.notes:
        yield '<section class="footnotes">'
        for mark, text in source.notes.items():
            yield f'<p id="fn{mark}"><sup>{mark}</sup> {_inline(text)}</p>'
        yield "</section>"


def write_html(source: SampleSource, target: Path) -> None:
    """Write a source as HTML."""
    page = _PAGE.format(
        language=source.language,
        symbol=escape(clean_symbol(source)),
        title=escape(source.get("title")),
        body="\n".join(_body(source)),
    )
    target.write_text(page, encoding="utf-8")
