"""What a reader wrote and the service did not take: kept until it is saved, and shown meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui.parts.cards import line
from ui.wording import collect as texts

__all__ = ["Words", "drop", "hold", "words"]


@dataclass(frozen=True, slots=True)
class Words:
    """A note with what belongs to it, as written.

    Attributes:
        revision: Of what was to be changed.
        note: The note.
        tags: Parted by commas.
        name: Of a collection.
    """

    revision: int
    note: str
    tags: str
    name: str = ""


def hold(box: str, written: Words) -> None:
    """Keep what was written in a box whose saving was refused."""
    st.session_state[_key(box)] = written


def drop(box: str) -> None:
    """Forget it: it is saved."""
    st.session_state.pop(_key(box), None)


def words(box: str, now: Words) -> Words:
    """Return what a box is to be filled with, and show what it cannot be filled with.

    Where the service was away, the reader goes on with what was written. Where somebody else
    changed the note meanwhile, the box has what stands there now, and what was written is shown
    above it to be copied: filled in, it would overwrite the other's words at the next click.
    """
    held: Words | None = st.session_state.get(_key(box))
    if held is None:
        return now
    if held.revision == now.revision:
        return held
    st.html(str(line(texts.NOT_SAVED)))
    written = (held.name, held.note, held.tags)
    st.code("\n\n".join(filter(None, written)), language=None, wrap_lines=True)
    return now


def _key(box: str) -> str:
    return f"unsaved-{box}"
