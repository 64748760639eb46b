"""The grammar of United Nations document symbols: parse, normalise, order.

A symbol is parts between slashes: organ, subsidiary bodies, session or year, type, number, suffixes
(`A/HRC/17/L.20/Rev.1`). Three forms stand outside that: resolutions of a special session (`S-8/1`),
resolutions numbered before 1976 (`3363 (XXX)`), and joint documents, which carry one symbol of each
issuing body (`A/79/940-S/2025/361`). Source: UN Editorial Manual and ST/LIB/SER.B/5/Rev.5. What the
parts say about organ and kind is in `corpus.bodies`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, total_ordering

from corpus import bodies
from corpus.errors import SymbolError
from corpus.roman import roman_value
from corpus.types import DocumentKind, DocumentStatus

__all__ = [
    "IN_TEXT",
    "Symbol",
    "fold",
    "fold_letters",
    "is_symbol",
    "normalise_symbol",
    "parse_symbol",
]

_REMEDY = "give one like A/HRC/58/68"
_DASHES = "‐‑‒–—―−﹣"
_SLASHES = "⁄∕⧸"
_SPACES = "\u00a0\u2007\u2009\u202f\u3000"
# One character for one character, so that offsets in running text survive: full-width forms, other
# dashes, slashes and spaces, and the Cyrillic letters that a Russian keyboard puts into symbols.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(c): ord("-") for c in _DASHES}
_FOLD |= {ord(c): ord("/") for c in _SLASHES}
_FOLD |= {ord(c): ord(" ") for c in _SPACES}
_FOLD |= {ord("∗"): ord("*"), ord("،"): ord(",")}
_FOLD |= {0x0660 + digit: ord("0") + digit for digit in range(10)}  # Arabic-Indic digits
_CYRILLIC = {ord(c): ord(x) for c, x in zip("АВЕКМНОРСТХ", "ABEKMHOPCTX", strict=True)}
_CYRILLIC |= {ord(c): ord(x) for c, x in zip("аеорсх", "aeopcx", strict=True)}

_MIXED_CASE = {
    word.upper(): word
    for word in ("Add", "Amend", "Corr", "Rev", "Summary", "Sub", "Misc", "Vol", "Part")
}
_ORGANS = sorted(bodies.ORGANS, key=len, reverse=True)
_NUMBER = r"\d+(?:(?:[-,]|\s?&\s?)\d+)*"
_SESSION_MARK = r"\s?\((?:[IVXL]+|(?:19|20)\d\d)\)(?:\s?[A-Z](?![A-Za-z]))?"
_WORD = r"[A-Z]{1,10}(?:-[A-Z]{3,6})?(?:\.\s?|-)?(?:\d+(?:-\d+)?)?\.?"
_PART = rf"(?:{_NUMBER}(?:{_SESSION_MARK})?[A-Z]?|{_WORD})"
_VOLUME = r"(?:\s?\(\s?(?:Vol|Part|SUPP)\.?\s?[IVXL\d]*\s?\))"
_SLASHED = rf"(?:{'|'.join(map(re.escape, _ORGANS))})(?:\s?/\s?{_PART})+{_VOLUME}?"
_SPECIAL = r"(?:E?S-\d{1,2})/\d{1,3}"
_ROMAN = r"\d{1,4}\s?[A-Z]?\s?\([IVXL]+\)"
_WHOLE = re.compile(rf"(?:{_SLASHED}|{_SPECIAL}|{_ROMAN})\Z", re.IGNORECASE)
IN_TEXT = re.compile(
    rf"(?<![\w/.])(?:{_SLASHED}|{_SPECIAL}(?![/\d])|\d{{3,4}}\s\([IVXL]+\))(?![\w])", re.IGNORECASE
)
_JOINT = re.compile(rf"\s*(?:[,;&-]|\band\b)\s*(?=(?:{'|'.join(map(re.escape, _ORGANS))})/)", re.I)
_SUFFIX = re.compile(r"(?:Add|Amend|Corr|Rev)\.\d+\Z|Summary\Z")
_YEAR = re.compile(r"(?:19[4-9]|20[0-9])\d\Z")
_NATURAL = re.compile(r"\d+|\D+")


@total_ordering
@dataclass(frozen=True, eq=False)
class Symbol:
    """A normalised document symbol; ordered as people count (`A/HRC/9/2` before `A/HRC/10/1`).

    Attributes:
        text: normalised form, without the asterisk of a reissue; two symbols are equal when their
            texts are.
        reissued: printed with a trailing `*`: issued again for technical reasons. No part of its
            identity.
    """

    text: str
    reissued: bool = field(default=False, repr=False)

    @cached_property
    def members(self) -> tuple[Symbol, ...]:
        """Return the symbols of a joint document in printed order, or the symbol alone."""
        texts = _JOINT.split(self.text)
        return tuple(Symbol(text) for text in texts) if len(texts) > 1 else (self,)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Return what stands between the slashes, of the first member."""
        return tuple(self.members[0].text.split("/"))

    @property
    def organ(self) -> str:
        """Return the first part; the empty string for forms that name none (`3363 (XXX)`)."""
        return self.parts[0] if self.parts[0] in bodies.ORGANS else ""

    @property
    def body(self) -> str | None:
        """Return the organ or committee whose series this is."""
        return bodies.body_of(self.parts)

    @property
    def kind(self) -> DocumentKind | None:
        """Return the kind of document, where the symbol alone decides it."""
        return bodies.kind_of(self.parts)

    @property
    def status(self) -> DocumentStatus | None:
        """Return `DRAFT` for documents of limited distribution (`L.`)."""
        return DocumentStatus.DRAFT if bodies.is_draft(self.parts) else None

    @cached_property
    def suffixes(self) -> tuple[str, ...]:
        """Return additions, revisions, corrections, and `*` for a reissue, in printed order."""
        found = tuple(part for part in self.parts if _SUFFIX.match(part.partition(" (")[0]))
        return (*found, "*") if self.reissued else found

    @cached_property
    def _core(self) -> tuple[str, ...]:
        bare = (re.sub(r"\s\((?:Vol|Part|SUPP).*", "", part) for part in self.parts)
        return tuple(part for part in bare if not _SUFFIX.match(part))

    @cached_property
    def session(self) -> str | None:
        """Return the session ("58", "S-8", "ES-10"; "30" for XXX), where the symbol has one."""
        if roman := re.search(r"\(([IVXL]+)\)", self.text):
            return None if "Vol" in self.text else str(roman_value(roman[1]))
        start = 1 if self.organ else 0
        for part, following in zip(self._core[start:], self._core[start + 1 :], strict=False):
            if part == "OS" and following.isdigit():
                return f"OS-{following}"  # an organizational session of the Human Rights Council
            if re.fullmatch(r"(?:S|ES|EM)-\d+|\d{1,3}", part):
                return part
            if part[0].isdigit() or part in {"GC", "GEN", "CO", "Q", "D"}:
                return None
        return None

    @cached_property
    def year(self) -> int | None:
        """Return the year of issue; that of a communication (`/D/872/2018`) is not one."""
        if bracketed := re.search(r"\((\d{4})\)", self.text):
            return int(bracketed[1])
        for part in self._core[1:-1]:
            if part == "D":
                return None
            if _YEAR.match(part):
                return int(part)
        return None

    @cached_property
    def number(self) -> str | None:
        """Return what distinguishes it in its series ("68", "20" of `L.20`, "872/2018")."""
        if "D" in self._core[1:-1]:
            return "/".join(self._core[self._core.index("D", 1) + 1 :])
        found = re.search(r"\d[\d,&-]*", re.sub(r"\s*\(.*", "", self._core[-1]))
        return found[0] if found else None

    @cached_property
    def country_code(self) -> str | None:
        """Return the ISO 3166 alpha-3 code of a series by State (`WG.6/36/BLR/1`, `BLR/CO/5`)."""
        for before, part in zip(self._core[:-1], self._core[1:], strict=False):
            follows = self._core[2:3] == ("WG.6",) and before.isdigit()
            follows = follows or (before == "C" and bodies.is_treaty_series(self._core))
            if follows and re.fullmatch(r"[A-Z]{3}", part):
                return part
        return None

    @cached_property
    def _order(self) -> tuple[object, str]:
        key = tuple(
            tuple((0, int(run), "") if run.isdigit() else (1, 0, run) for run in _runs(part))
            for part in self.text.split("/")
        )
        return key, self.text

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Symbol) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: Symbol) -> bool:
        return self._order < other._order

    def __str__(self) -> str:
        return self.text


def _runs(part: str) -> list[str]:
    return _NATURAL.findall(part)


def fold(text: str) -> str:
    """Fold full-width forms, digits, dashes, slashes and spaces to ASCII, one for one."""
    return text.translate(_FOLD)


def fold_letters(text: str) -> str:
    """Fold as `fold` does, and Cyrillic look-alikes to Latin letters too."""
    return fold(text).translate(_CYRILLIC)


def parse_symbol(text: str) -> Symbol:
    """Read a document symbol however it was typed.

    Case, spaces, kinds of dash and slash, Cyrillic look-alikes and a trailing `*` are forgiven.

    Raises:
        SymbolError: naming what is wrong.
    """
    folded = re.sub(r"\s+", " ", fold_letters(text)).strip()
    reissued = folded.endswith("*")
    folded = folded.rstrip("* ").rstrip(".")
    if not folded:
        raise SymbolError(repr(text), "no document symbol in it", _REMEDY)
    members = [_normalise(member, text) for member in _JOINT.split(folded)]
    return Symbol("-".join(members), reissued=reissued)


def _normalise(folded: str, given: str) -> str:
    if not _WHOLE.match(folded) or not re.search(r"\d", folded):
        raise SymbolError(repr(given), _what_is_wrong(folded), _REMEDY)
    text = re.sub(r"\s*/\s*", "/", folded.upper())
    text = re.sub(r"\s*([,&-])\s*(?=\d)", r"\1", text)
    # Registers that made symbols into file names and back write "E/C/12" and "REV/1".
    text = re.sub(r"^E/C/(\d+)(?=/)", r"E/C.\1", text)
    text = re.sub(r"/(REV|CORR|ADD|AMEND)\.?[ /]?(\d+)\.?", r"/\1.\2", text)
    text = re.sub(r"([A-Z])\.\s?(?=\d)", r"\1.", text)
    text = re.sub(r"\s?\(\s?", " (", text)
    text = re.sub(r"\)\s?([A-Z])$", r") \1", text)
    text = re.sub(r"\((VOL|PART)\.?\s?", lambda m: f"({m[1]}{'.' if m[1] == 'VOL' else ''} ", text)
    text = re.sub(r"\.(?=/|$)", "", text)
    return re.sub(r"[A-Z]+", lambda m: _MIXED_CASE.get(m[0], m[0]), text)


def _what_is_wrong(folded: str) -> str:
    first, _, rest = folded.partition("/")
    if not rest:
        return "not a document symbol: it has no slash"
    if first.strip().upper() not in bodies.ORGANS:
        return f"not a document symbol: {first.strip()!r} is no organ"
    for part in rest.split("/"):
        if not re.fullmatch(rf"\s?{_PART}{_VOLUME}?\s?", part, re.IGNORECASE):
            return f"not a document symbol: {part.strip()!r} is no part of one"
    return "not a document symbol: it has no number"


def normalise_symbol(text: str) -> str:
    """Return the one way to write a symbol; idempotent.

    Raises:
        SymbolError: when it is no symbol.
    """
    return parse_symbol(text).text


def is_symbol(text: str) -> bool:
    """Tell whether the whole text is a document symbol."""
    try:
        return bool(parse_symbol(text))
    except SymbolError:
        return False
