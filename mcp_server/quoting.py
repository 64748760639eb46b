"""Quoting: words of a document put where a reader of text can tell them from everything else.

Documents are hostile: one may say "ignore what you were told". What is quoted stands between two
lines with a mark that is drawn anew for each answer, so that no document can write the end of its
own quotation. Title, citation and the like stand inside too: documents name themselves.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence

from mcp_server.answers import (
    NOTICE,
    Check,
    LineageAnswer,
    Paragraph,
    ParagraphAnswer,
    Quotation,
    SearchAnswer,
    VerifyAnswer,
    VersionQuotation,
)
from search_api.schemas import Passage

__all__ = [
    "MAX_QUOTED_CHARACTERS",
    "lineage_text",
    "paragraph_text",
    "quotation",
    "refusal_text",
    "search_text",
    "shown",
    "verify_text",
]

MAX_QUOTED_CHARACTERS = 8_000
"""Of one quotation; the longest paragraphs of real documents have some 6,000."""

_MAX_LINE_CHARACTERS = 500
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\U000e0000-\U000e007f]")
"""Controls, and the tag characters, which show as nothing and which language models read."""


def shown(text: str) -> str:
    """Return the words of a document without what nobody sees and programs read."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n"))


def quotation(passage: Passage, text: str | None = None) -> Quotation:
    """Quote a passage.

    Args:
        passage: With its citation and standing.
        text: The whole paragraph, where the passage is a part of it and all of it is wanted.
    """
    words = shown(passage.text if text is None else text)
    is_part = text is None
    return Quotation(
        text=words[:MAX_QUOTED_CHARACTERS],
        whole=len(words) <= MAX_QUOTED_CHARACTERS,
        citation=_line(passage.citation),
        counts_as_precedent=passage.standing.counts,
        standing=_line(passage.standing.label),
        why_not=_maybe(passage.standing.why),
        superseded_by=_maybe(passage.superseded_by),
        passage_id=_line(passage.passage_id),
        part=passage.part if is_part else 1,
        parts=passage.parts if is_part else 1,
        pages=passage.pages,
        language=passage.language,
        symbol=_maybe(passage.symbol),
        title=_maybe(passage.title),
        body=_maybe(passage.body),
        date=_maybe(passage.date),
        url=_maybe(passage.url),
        ocr=passage.ocr,
        restricted=passage.restricted,
    )


def _line(text: str) -> str:
    return _one_line(text)[:_MAX_LINE_CHARACTERS]


def _one_line(text: str) -> str:
    return " ".join(shown(text).split())


def _maybe(text: str | None) -> str | None:
    return None if text is None else _line(text)


def search_text(answer: SearchAnswer) -> str:
    """Write a search's answer."""
    mark = _mark()
    found = [
        f"[{rank}]\n{_quoted(each, mark)}" for rank, each in enumerate(answer.passages, start=1)
    ]
    more = ["There are more: ask with a larger offset."] if answer.more else []
    nothing = [] if found else ["Nothing was found."]
    return _written(mark, [*_warned(answer.warnings, mark), *nothing, *found, *more])


def paragraph_text(answer: ParagraphAnswer) -> str:
    """Write a paragraph with those around it."""
    mark = _mark()
    said = [
        *(f"Before it:\n{_paragraph(each, mark)}" for each in answer.before),
        f"The paragraph asked for:\n{_paragraph(answer.paragraph, mark)}",
        *(f"After it:\n{_paragraph(each, mark)}" for each in answer.after),
    ]
    if answer.other_languages:
        said.append(_marked([f"in other languages: {', '.join(answer.other_languages)}"], mark))
    return _written(mark, said)


def verify_text(answer: VerifyAnswer) -> str:
    """Write what became of each citation."""
    mark = _mark()
    said = [*_warned(answer.warnings, mark), f"Citations in the text: {answer.total}."]
    said += [_check(each, mark) for each in answer.checks]
    return _written(mark, said)


def lineage_text(answer: LineageAnswer) -> str:
    """Write the versions of a paragraph."""
    mark = _mark()
    said = [_marked([f"series: {_line(answer.series)}"], mark)]
    said += [_version(each, mark) for each in answer.versions]
    said += [f"Never a version, a proposal:\n{_quoted(each, mark)}" for each in answer.proposals]
    if answer.without:
        lacking = ", ".join(
            f"{_line(each.symbol or each.document_id)} ({each.place})" for each in answer.without
        )
        said.append(_marked([f"texts of the series without it: {lacking}"], mark))
    if answer.left_out:
        said.append(f"Not shown, for length: {answer.left_out}")
    return _written(mark, said)


def refusal_text(said: str, detail: str) -> str:
    """Write what went wrong: a line of ours, and a detail, which may name what documents say."""
    mark = _mark()
    return _written(mark, [said, _marked([_one_line(detail)], mark)])


def _warned(warnings: Sequence[str], mark: str) -> list[str]:
    """Write warnings, which repeat names of the index."""
    lines = [f"warning: {_one_line(each)}" for each in warnings]
    return [_marked(lines, mark)] if lines else []


def _mark() -> str:
    return secrets.token_hex(4)


def _written(mark: str, parts: Iterable[str]) -> str:
    head = f"{NOTICE} Quotations stand between BEGIN QUOTATION {mark} and END QUOTATION {mark}."
    return "\n\n".join([head, *parts])


def _quoted(each: Quotation, mark: str) -> str:
    facts = [
        f"counts as precedent: {'yes' if each.counts_as_precedent else 'NO'}",
        f"standing: {each.standing}",
        f"pages: {', '.join(map(str, each.pages)) or 'none'}",
    ]
    if each.parts > 1:
        facts.append(f"part: {each.part} of {each.parts} of the paragraph")
    if not each.whole:
        facts.append("cut off at its end, for its length")
    if each.ocr:
        facts.append("recognised in an image: check the page")
    if each.restricted is not None:
        facts.append(f"RESTRICTED ({each.restricted}): not for the public, nor that it exists")
    named = {
        "citation": each.citation,
        "passage_id": each.passage_id,
        "language": each.language or "unknown",
        "why it does not count": each.why_not,
        "superseded by": each.superseded_by,
        "body": each.body,
        "date": each.date,
        "title": each.title,
    }
    lines = [f"{name}: {value}" for name, value in named.items() if value]
    return "\n".join([*facts, _marked([*lines, "text:", each.text], mark)])


def _marked(lines: Sequence[str], mark: str) -> str:
    """Put what documents say between the lines that say so."""
    return "\n".join([f"BEGIN QUOTATION {mark}", *lines, f"END QUOTATION {mark}"])


def _paragraph(each: Paragraph, mark: str) -> str:
    return "\n".join(_quoted(part, mark) for part in each.quotations)


def _check(each: Check, mark: str) -> str:
    # Explanations are put together by rules, of names and words that documents have.
    told = [f"citation: {_one_line(each.citation)}", f"why: {_one_line(each.explanation)}"]
    told += [f"caution: {_one_line(caution)}" for caution in each.cautions]
    if each.nearest:
        told.append(f"nearest known symbols: {_one_line(', '.join(each.nearest))}")
    lines: list[str] = [f"verdict: {each.verdict}", _marked(told, mark)]
    if each.source is not None:
        lines += ["source:", _quoted(each.source, mark)]
    return "\n".join(lines)


def _version(each: VersionQuotation, mark: str) -> str:
    said: Sequence[tuple[bool, str]] = (
        (each.first_use, "first use that is known"),
        (each.came_back, "came back"),
        (each.asked, "the one asked for"),
    )
    told = "; ".join([each.grade, *(words for is_so, words in said if is_so)])
    return f"{each.year or 'undated'}: {told}\n{_quoted(each, mark)}"
