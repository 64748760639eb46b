"""Give each paragraph of a document a label that is unique there and stable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.types import Paragraph, ParagraphKind

__all__ = ["label_paragraphs", "unique"]


@dataclass(slots=True)
class _Counters:
    heading: int = 0
    preambular: int = 0
    unnumbered: int = 0


def label_paragraphs(
    paragraphs: Iterable[Paragraph],
    annexes: Iterable[int] | None = None,
    lists: Iterable[str | None] | None = None,
) -> tuple[Paragraph, ...]:
    """Label paragraphs as `Paragraph.id` describes; whatever they are labelled is replaced.

    Args:
        paragraphs: in reading order.
        annexes: for each paragraph, the number of the annex it stands in, 0 for the main text;
            None where there are no annexes.
        lists: for each paragraph that is an item of a list counted from 1 within a paragraph, the
            number of that paragraph, else None; None where there are no such lists.

    Returns:
        The same paragraphs with ids: the number as printed, `pp3`, `u5`, `h2`, `111.4` for item 4
        of the list of paragraph 111, and `annex1-4` in annexes; `~2`, `~3`, … after a label that
        was used before.
    """
    given = list(paragraphs)
    where = list(annexes) if annexes is not None else [0] * len(given)
    within = list(lists) if lists is not None else [None] * len(given)
    counters = _Counters()
    unnumbered: Counter[int] = Counter()
    labels = [
        _label(paragraph, annex, owner, counters, unnumbered)
        for paragraph, annex, owner in zip(given, where, within, strict=True)
    ]
    return tuple(
        replace(paragraph, id=label) for paragraph, label in zip(given, unique(labels), strict=True)
    )


def unique(labels: Iterable[str]) -> list[str]:
    """Append `~2`, `~3`, … to labels that repeat, in order."""
    seen: set[str] = set()
    result: list[str] = []
    for label in labels:
        name, repeat = label, 1
        while name in seen:
            repeat += 1
            name = f"{label}~{repeat}"
        seen.add(name)
        result.append(name)
    return result


def _label(
    paragraph: Paragraph,
    annex: int,
    owner: str | None,
    counters: _Counters,
    unnumbered: Counter[int],
) -> str:
    if paragraph.kind is ParagraphKind.HEADING:
        counters.heading += 1
        return f"h{counters.heading}"
    prefix = f"annex{annex}-" if annex else ""
    if paragraph.number is not None:
        number = f"{owner}.{paragraph.number}" if owner else paragraph.number
        return prefix + "".join(number.replace("–", "-").split())
    if paragraph.kind is ParagraphKind.PREAMBULAR:
        counters.preambular += 1
        return f"{prefix}pp{counters.preambular}"
    unnumbered[annex] += 1
    return f"{prefix}u{unnumbered[annex]}"
