"""The files a user writes metadata in: `NAME.pdf.toml`, `precedent.toml` and `precedent.csv`."""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
import stat
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.sandbox.handed import open_file
from corpus.sidecars.fields import FIELDS

__all__ = [
    "MANIFESTS",
    "Row",
    "Rows",
    "SidecarFault",
    "is_glob",
    "key_of",
    "may_restrict",
    "read_rows",
    "said_beside",
]

_CSV, _TOML = "precedent.csv", "precedent.toml"
MANIFESTS = (_CSV, _TOML)
"""Names of the manifests of a folder; the later wins."""

_MAX_BYTES = 64 * 2**20
# A cell that says "unknown", where an empty one says nothing.
_BLANK = "null"
# For the user's own remarks.
_IGNORED = "note"
_TIMES = (datetime.datetime, datetime.time)
_Stamp = tuple[int, int]


class SidecarFault(Exception):  # noqa: N818  (a fault of the user's file, told as its reason)
    """A sidecar cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one table or row says of the files its pattern names.

    Attributes:
        file: name of the sidecar or manifest.
        where: file and line or table, for messages.
        pattern: file name; `*` and `?` stand for any letters and any letter.
        values: as written, by field.
        fault: what is wrong with it, or None.
    """

    file: str
    where: str
    pattern: str
    values: Mapping[str, Any] = field(default_factory=dict)
    fault: str | None = None


class Rows:
    """The rows of sidecars and manifests; a manifest is read once for all files of its folder.

    Args:
        read: reads one file, as `read_rows` does, which is what does it where nothing is given.
    """

    def __init__(self, read: Callable[[Path], tuple[Row, ...]] | None = None) -> None:
        self._read = read or read_rows
        self._kept = lru_cache(maxsize=8)(self._sorted)

    def beside(self, path: Path) -> Iterator[Row]:
        """Yield what is said of a file, the nearest and most particular last.

        Raises:
            SidecarFault: a manifest of its folder, or its own sidecar, cannot be read.
        """
        for name in MANIFESTS:
            _, patterns, named = self._of(path.parent / name)
            yield from (row for row in patterns if _glob(row.pattern).match(key_of(path.name)))
            exact = named.get(key_of(path.name), ())
            if len(exact) > 1:
                raise SidecarFault(f"{exact[1].where}: names {path.name!r} a second time")
            yield from exact
        own = _own(path)
        if os.path.isfile(own):  # noqa: PTH113 - false, too, where a long name leaves no room for ".toml"
            yield from self._read(own)

    def of(self, manifest: Path) -> tuple[Row, ...]:
        """Return all rows of a manifest, none where there is no such file.

        Raises:
            SidecarFault: it cannot be read.
        """
        return self._of(manifest)[0]

    def _of(self, manifest: Path) -> _Sorted:
        stamp = _stamp(manifest)
        return self._kept(manifest, stamp) if stamp else ((), (), {})

    def _sorted(self, manifest: Path, _unchanged: _Stamp) -> _Sorted:
        rows = self._read(manifest)
        named: dict[str, list[Row]] = {}
        for row in rows:
            if not is_glob(row.pattern):
                named.setdefault(key_of(row.pattern), []).append(row)
        return rows, tuple(row for row in rows if is_glob(row.pattern)), named


_Sorted = tuple[tuple[Row, ...], tuple[Row, ...], Mapping[str, Sequence[Row]]]
"""(all rows; those that are patterns, in order; those that name a file, by its name)."""


def said_beside(path: Path) -> tuple[Path, ...]:
    """Return where something may be said of a file, whether or not there is anything."""
    if not path.name:
        return ()
    return (*(path.parent / name for name in MANIFESTS), _own(path))


def _own(path: Path) -> Path:
    return path.with_name(path.name + ".toml")


def read_rows(path: Path) -> tuple[Row, ...]:
    """Return the rows of a manifest, or the one of a sidecar.

    Raises:
        SidecarFault: it cannot be read.
    """
    if path.name == _CSV:
        return tuple(_csv_rows(path))
    if path.name == _TOML:
        return tuple(
            _row(path.name, f'{path.name}, ["{pattern}"]', pattern, table)
            for pattern, table in _tables(path.name, _parsed(path))
        )
    return (_row(path.name, path.name, path.name.removesuffix(".toml"), _parsed(path)),)


def may_restrict(path: Path) -> bool:
    """Tell whether anything that is said of a file, readable or not, has the word `restricted`.

    Asked where it cannot be understood: what is perhaps restricted is not taken for public.
    """
    beside = (path.with_name(name) for name in (*MANIFESTS, f"{path.name}.toml"))
    return any(_has_word(file) for file in beside)


def _has_word(file: Path) -> bool:
    try:
        # NULs are left out so that a file in UTF-16, which cannot be read, is understood so far.
        with file.open("rb") as stream:
            held = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return len(held) > _MAX_BYTES or b"restricted" in held.replace(b"\0", b"").lower()


def key_of(name: str) -> str:
    """Return a file name in one Unicode form: some file systems decompose accents."""
    return unicodedata.normalize("NFC", name)


def is_glob(pattern: str) -> bool:
    """Tell whether a pattern may name several files."""
    return "*" in pattern or "?" in pattern


@lru_cache(maxsize=1024)
def _glob(pattern: str) -> re.Pattern[str]:
    # Only `*` and `?` are special, as file names may hold brackets.
    words = re.escape(key_of(pattern)).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(words + r"\Z", re.DOTALL)


def _stamp(path: Path) -> _Stamp | None:
    try:
        about = path.stat()
    except OSError:
        return None
    # A pipe under the name of a manifest would be waited for without end.
    return (about.st_mtime_ns, about.st_size) if stat.S_ISREG(about.st_mode) else None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SidecarFault(f"{path.name}: larger than {_MAX_BYTES // 2**20} MiB")
        with open_file(path) as stream:
            return stream.read(_MAX_BYTES + 1).decode("utf-8-sig")
    except OSError as error:
        raise SidecarFault(f"{path.name}: cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SidecarFault(f"{path.name}, line {line}: not UTF-8 text") from error


def _row(file: str, where: str, pattern: str, table: Mapping[str, Any]) -> Row:
    values = {name: _dated(value) for name, value in table.items() if name != _IGNORED}
    timed = next((name for name, value in values.items() if isinstance(value, _TIMES)), None)
    if timed is not None:
        return Row(file, where, pattern, fault=f"`{timed}` is a time of day, which no field is")
    return Row(file, where, pattern, values, _unknown(values))


def _dated(value: Any) -> Any:
    """Return a date of TOML as it is written elsewhere; a time of day is left as it is."""
    return value.isoformat() if type(value) is datetime.date else value


def _unknown(names: Mapping[str, Any]) -> str | None:
    name = next((name for name in names if name not in FIELDS), None)
    return f"`{name}` is no field; there are {', '.join(FIELDS)}" if name is not None else None


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except (ValueError, RecursionError) as error:  # an endless number is no error of TOML's
        raise SidecarFault(f"{path.name}: not valid TOML: {error}") from error


def _tables(
    file: str, tables: dict[str, Any], before: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (pattern, table); `[a.pdf]` without quotes, which TOML nests, is taken as meant."""
    for key, table in tables.items():
        if not isinstance(table, dict):
            raise SidecarFault(f'{file}, key `{key}`: stands in no table such as ["*.pdf"]')
        inner = {name: value for name, value in table.items() if isinstance(value, dict)}
        yield from _tables(file, inner, f"{before}{key}.")
        if len(inner) < len(table) or not table:
            yield f"{before}{key}", {name: table[name] for name in table if name not in inner}


def _csv_rows(path: Path) -> Iterator[Row]:
    text = _text(path)
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True
    )
    names: list[str] = []
    try:
        for cells in reader:
            where = f"{path.name}, line {reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if names:
                yield _csv_row(path.name, where, names, cells)
            else:
                names = [cell.strip().lower() for cell in cells]
                _check_header(names, where)
    except csv.Error as error:
        raise SidecarFault(f"{path.name}, line {reader.line_num}: {error}") from error


def _check_header(names: list[str], where: str) -> None:
    if "file" not in names:
        raise SidecarFault(f"{where}: no column `file` in the first line")
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise SidecarFault(f"{where}: two columns are called `{twice}`")
    fault = _unknown(dict.fromkeys(name for name in names if name not in {"", "file", _IGNORED}))
    if fault is not None:
        raise SidecarFault(f"{where}: {fault}")


def _csv_row(file: str, where: str, names: list[str], cells: list[str]) -> Row:
    given = dict(zip(names, (cell.strip() for cell in cells), strict=False))
    pattern = given.pop("file", "")
    if any(cell.strip() for cell in cells[len(names) :]):
        fault = f"{len(cells)} cells under {len(names)} columns; put quotes around commas"
        return Row(file, where, pattern, fault=fault)
    values = {
        name: "" if cell.lower() == _BLANK else cell
        for name, cell in given.items()
        if cell and name not in {"", _IGNORED}
    }
    return Row(file, where, pattern, values)
