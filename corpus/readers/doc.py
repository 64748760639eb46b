"""Read old Word files (.doc, Word 2 to 2003) through a program that knows them.

The format is a file system in a file and no Python package reads it well, so a program is asked:
LibreOffice where it is installed, which makes a DOCX with its automatic numbers and notes; else
antiword, which prints the text with its list numbers; else catdoc, which prints the words. Each is
a process of its own with a time limit, and none is needed where no such file is read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from corpus.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
    ReadError,
    WrongTypeError,
)
from corpus.limits import Limits
from corpus.readers.docx.read import read_docx
from corpus.readers.flow import FlowReading
from corpus.readers.text.read import read_text
from corpus.sandbox.deadline import extra_time
from corpus.sandbox.programs import run_program

__all__ = ["INSTALL_REMEDY", "read_doc"]

INSTALL_REMEDY = (
    "install LibreOffice or antiword (Debian: apt-get install antiword) and read it again, "
    "or save it as DOCX or PDF"
)
_NAMES = (
    ("Workbook", "an Excel workbook (.xls)"),
    ("Book", "an Excel workbook (.xls)"),
    ("PowerPoint Document", "a PowerPoint file (.ppt)"),
    ("VisioDocument", "a Visio drawing (.vsd)"),
    ("__nameid_version1.0", "an Outlook message (.msg)"),
    ("\u4840", "a Windows installer (.msi)"),
)
_OLE = b"\xd0\xcf\x11\xe0"
_DIRECTORY = "Root Entry".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_ROW = re.compile(r"^\|([^\n]*)\|$", re.MULTILINE)
_FAST_SAVED = re.compile(r"\A\[This was fast-saved[^\]\n]*\]\s*")
# Field codes, which catdoc prints before what they give.
_FIELDS = re.compile(
    r"\s(?:HYPERLINK \"[^\"\n]*\"(?: \\\w \"[^\"\n]*\")*|FORMTEXT|PAGEREF \S+ \\h"
    r"|SEQ CHAPTER \\h \\r \d+|(?:TOC|REF|DOCPROPERTY|AUTHOR)\b[^\n]{0,40}?\\\* MERGEFORMAT)"
)


def read_doc(data: bytes, source: str, limits: Limits | None = None) -> FlowReading:
    """Read an old Word file into blocks.

    Raises:
        WrongTypeError: another kind of Office file, or no program that reads it is installed.
        EncryptedFileError: a password is needed.
        DamagedFileError: the program finds no text in it.
        LimitExceededError: larger than allowed, or it takes too long.
    """
    limits = limits or Limits()
    if len(data) > limits.max_file_bytes:
        raise LimitExceededError(source, "larger than allowed", "split the file")
    _check_type(data, source)
    if (office := shutil.which("soffice") or shutil.which("libreoffice")) is not None:
        converted = _converted(office, data, limits.conversion_s)
        if converted is not None:
            return _noted(read_docx(converted, source, limits), "converted with LibreOffice")
    readers = [name for name in ("antiword", "catdoc") if shutil.which(name)]
    if not readers and office is None:
        raise WrongTypeError(source, "an old Word file (.doc)", INSTALL_REMEDY)
    for name in readers:
        text = _printed(name, data, source, limits)
        if text.strip():
            reading = read_text(text.encode("utf-8"), source, limits)
            return _noted(reading, f"read with {name}: headings and notes may be missing")
    tried = ", ".join(["LibreOffice"] * (office is not None) + readers)
    raise DamagedFileError(source, f"an old Word file in which {tried} found no text", "open it")


def _noted(reading: FlowReading, how: str) -> FlowReading:
    return replace(reading, warnings=(f"an old Word file (.doc), {how}", *reading.warnings))


def _check_type(data: bytes, source: str) -> None:
    """Refuse what is kept like an old Word file and is none, by name."""
    if not data.startswith(_OLE) or _WORD in data:
        return
    if _DIRECTORY not in data:
        cause = "an old Office file (.doc), cut short or damaged"
        raise DamagedFileError(source, cause, "obtain the file again")
    for name, what in _NAMES:
        if name.encode("utf-16-le") in data:
            remedy = "save its documents as DOCX or PDF"
            raise WrongTypeError(source, f"{what}, which is not read", remedy)
    cause = "an old Office file that is no Word document"
    raise WrongTypeError(source, cause, "save it as DOCX or PDF")


def _printed(name: str, data: bytes, source: str, limits: Limits) -> str:
    """Return the text that antiword or catdoc prints, or "" where it cannot read the file."""
    command = {
        "antiword": ["antiword", "-m", "UTF-8.txt", "-w", "0"],
        "catdoc": ["catdoc", "-d", "utf-8", "-w"],
    }[name]
    try:
        with tempfile.TemporaryDirectory() as place, extra_time(limits.conversion_s):
            # From standard input both would copy it to a folder that a worker may not write to.
            given = Path(place, "document.doc")
            given.write_bytes(data)
            done = run_program(
                [*command, str(given)],
                environment={**os.environ, "LC_ALL": "C.UTF-8"},
                timeout_s=limits.conversion_s,
                errors=subprocess.PIPE,
            )
    except subprocess.TimeoutExpired as error:
        cause = f"{name} took longer than {limits.conversion_s:g} s on it"
        raise LimitExceededError(source, cause, "the file is not an ordinary document") from error
    except OSError as error:
        raise ReadError(source, f"{name} could not be started: {error.strerror}") from error
    if b"ncrypted document" in done.stderr:
        raise EncryptedFileError(source, "needs a password", "save a copy without one")
    text = done.stdout.decode("utf-8", "replace")
    if name == "antiword":
        return _ROW.sub(_cells, text.replace("[pic]", "")) if done.returncode == 0 else ""
    return _FIELDS.sub(" ", _FAST_SAVED.sub("", text))


def _cells(row: re.Match[str]) -> str:
    """Part the cells of a table row that antiword draws with bars, as the text reader expects."""
    cells = "\t".join(cell.strip() for cell in row[1].split("|"))
    return f"\n{cells}\n"


def _converted(office: str, data: bytes, timeout_s: float) -> bytes | None:
    """Return a DOCX made by LibreOffice, or None where it fails.

    It has a profile of its own, so that it neither waits for an open window of the user's nor
    runs what the user's profile would.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        given = folder / "document.doc"
        given.write_bytes(data)
        command = [
            office,
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "docx",
            "--outdir",
            str(folder),
            str(given),
        ]
        with extra_time(timeout_s), suppress(OSError, subprocess.TimeoutExpired):
            run_program(
                command,
                environment={**os.environ, "HOME": place},
                timeout_s=timeout_s,
                told=subprocess.DEVNULL,
            )
        made = folder / "document.docx"
        return made.read_bytes() if made.is_file() else None
