"""Texts that differ, as lines of a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from precedent.cli.console import printable, wrapped

if TYPE_CHECKING:
    from search_api.schemas import Span, VerbChange, WordChange

__all__ = ["marked", "print_marked", "verb_words"]


def marked(before: str, after: str, words: Sequence[WordChange], part: Span | None = None) -> str:
    """Write the later text, or a part of it, with `[-gone-]` and `{+new+}` words, as `wdiff` does.

    Marks rather than colour: they survive a pipe, a copy and eyes that tell no red from green.
    """
    pieces: list[str] = []
    reached, end = (0, len(after)) if part is None else (part.start, part.end)
    for change in words:
        if change.kind == "same":
            continue
        pieces.append(after[reached : change.after.start])
        gone = before[change.before.start : change.before.end]
        new = after[change.after.start : change.after.end]
        if gone:
            if pieces[-1] and not pieces[-1][-1].isspace():
                pieces.append(" ")
            pieces.append(f"[-{gone}-]" if new else f"[-{gone}-] ")
        if new:
            pieces.append(f"{{+{new}+}}")
        reached = change.after.end
    pieces.append(after[reached:end])
    return "".join(pieces)


def print_marked(before: str, after: str, words: Sequence[WordChange]) -> None:
    """Print the later text with what differs from the earlier one marked."""
    click.echo(wrapped(printable(marked(before, after, words)), "     "))


def verb_words(verb: VerbChange | None) -> str:
    """Write what became of a verb; empty where that is nothing or not known."""
    if verb is None or verb.before == verb.after:
        return ""
    if verb.before is None or verb.after is None:
        return ""
    words = "equally strong" if verb.strength == "same" else verb.strength.replace("-", " ")
    return f"{verb.before} → {verb.after}: {words}"
