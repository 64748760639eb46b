"""Which symbol a document bears: running heads, masthead, heading of an old resolution, file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from corpus.errors import SymbolError
from corpus.metadata.opening import Opening
from corpus.symbols import Symbol, find_symbols, parse_symbol

__all__ = ["choose_symbol"]


def choose_symbol(
    opening: Opening, heads: Sequence[str], name: str
) -> tuple[Symbol | None, tuple[str, ...]]:
    """Choose the symbol: running heads first, then the masthead, then the file name."""
    running: Counter[Symbol] = Counter()
    for head in heads:
        found = find_symbols(head)
        if found and len(found[-1][2].text) >= len(head.strip()) - 30:
            running.update(symbol for _, _, symbol in found)
    printed = opening.symbol
    named = _symbol_of_name(name)
    if printed is not None and (not running or set(printed.members) & set(running)):
        chosen = printed
    elif running:
        chosen = running.most_common(1)[0][0]
    else:
        return named, ()
    if named is not None and not set(named.members) & set(chosen.members):
        return chosen, (f"the file is named {named}, but prints {chosen}",)
    return chosen, ()


def _symbol_of_name(name: str) -> Symbol | None:
    """Read a symbol out of a file name such as `A_HRC_58_68.en.pdf` or `x__A_80_44.pdf`."""
    stem = re.sub(
        r"(?:\.(?:pdf|docx?|html?|txt|en|fr|es|ru|ar|zh))+\Z", "", PurePath(name).name, flags=re.I
    )
    stem = stem.rpartition("__")[2]
    stem = re.sub(r"[-_](?:en|fr|es|ru|ar|zh|e|f|s|r)\Z", "", stem, flags=re.I)
    candidate = stem.replace("_", "/")
    if candidate.count("/") < 2 and not re.match(r"[AES]/\d", candidate):
        return None
    try:
        return parse_symbol(candidate)
    except SymbolError:
        return None
