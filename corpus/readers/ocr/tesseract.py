"""Run the program `tesseract` on the picture of a page.

It is a program of its own, not a library: optional at install, ended by a time limit, and nothing
it does can harm the reader. Pictures go in by its standard input and words come out by its standard
output, so there is no temporary file to leave behind.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from corpus.readers.ocr.page_image import PageImage
from corpus.sandbox.programs import run_program

__all__ = ["Orientation", "Tesseract", "debian_package", "find_tesseract"]

_QUESTION_S = 10.0
_OSD = "osd"
_VERSION = re.compile(r"tesseract\s+v?(\d[\w.]*)")
_FIELD = re.compile(r"^(Rotate|Orientation confidence|Script|Script confidence):\s*(\S+)", re.M)


@dataclass(frozen=True, slots=True)
class Orientation:
    """How the text of a picture stands, and in which letters.

    Attributes:
        turns: quarter turns clockwise that put it upright.
        turns_confidence: how sure that is; below 2 it is a guess.
        script: "Latin", "Cyrillic", "Arabic", "Han", …
    """

    turns: int
    turns_confidence: float
    script: str


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program, as it is installed.

    Attributes:
        program: its path.
        version: "5.3.0".
        packs: the languages it can read, by its own three-letter names.
    """

    program: str
    version: str
    packs: frozenset[str]

    def recognise(self, image: PageImage, packs: str, timeout_s: float) -> bytes | None:
        """Return the words of a picture as hOCR, or None where it failed or took too long.

        Args:
            image: the picture.
            packs: languages to read, joined by "+".
            timeout_s: it is killed then.
        """
        options = ("-l", packs, "--psm", "3", "-c", "tessedit_create_hocr=1")
        return self._run(image, options, timeout_s)

    def orientation(self, image: PageImage, timeout_s: float) -> Orientation | None:
        """Return how the text of a picture stands; None where too little of it is there to tell."""
        if _OSD not in self.packs:
            return None
        answer = self._run(image, ("-l", _OSD, "--psm", "0"), timeout_s)
        found = dict(_FIELD.findall((answer or b"").decode("utf-8", "replace")))
        if not {"Rotate", "Orientation confidence", "Script"} <= found.keys():
            return None
        turns = round(float(found["Rotate"]) / 90) % 4
        return Orientation(turns, float(found["Orientation confidence"]), found["Script"])

    def _run(self, image: PageImage, options: tuple[str, ...], timeout_s: float) -> bytes | None:
        try:
            done = run_program(
                [self.program, "stdin", "stdout", "--dpi", f"{image.dpi:.0f}", *options],
                environment=_environment(),
                timeout_s=timeout_s,
                given=image.data,
            )
        except (subprocess.TimeoutExpired, OSError):
            return None
        return done.stdout if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    # Its own threads make a page only a little faster and take the cores of the other workers.
    return {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}


def find_tesseract() -> Tesseract | None:
    """Return the installed program, or None; it is asked once a process."""
    program = shutil.which("tesseract")
    return _asked(program) if program else None


@cache
def _asked(program: str) -> Tesseract | None:
    version = _VERSION.search(_answer(program, "--version"))
    lines = _answer(program, "--list-langs").splitlines()
    packs = frozenset(line.strip() for line in lines[1:] if re.fullmatch(r"[\w/]+", line.strip()))
    return Tesseract(program, version[1], packs) if version and packs else None


def _answer(program: str, question: str) -> str:
    try:
        done = run_program(
            [program, question],
            environment=_environment(),
            timeout_s=_QUESTION_S,
            errors=subprocess.STDOUT,
        )
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def debian_package(pack: str) -> str:
    """Return the name of the Debian package that holds a language pack.

    >>> debian_package("chi_sim")
    'tesseract-ocr-chi-sim'
    """
    return f"tesseract-ocr-{pack.replace('_', '-')}"
