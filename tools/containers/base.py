"""A stand-in for the base image, made of Debian's packages where no image hub is reached.

It has Debian's own Python 3.11 where the hub's image has one built from source under /usr/local:
what is proven on it is proven of everything but that.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.containers.engine import Engine, NoEngineError

__all__ = ["STAND_IN", "make_stand_in"]

STAND_IN = "precedent-stand-in-base:bookworm"
_PACKAGES = "ca-certificates,netbase,tzdata,python3,python3-pip,python3-venv"
# As the hub's Debian images: what is downloaded to be installed is not kept.
_KEEP_NO_ARCHIVES = (
    'Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache ""; APT::Keep-Downloaded-Packages "false";\n'
)
_DOCKERFILE = """\
FROM scratch
ADD base.tar /
COPY over/ /
CMD ["python3"]
"""


def make_stand_in(engine: Engine, along: Sequence[str]) -> str:
    """Make the stand-in and return its name.

    Args:
        engine: that keeps it.
        along: files and folders of this machine that go into it, as PATH or PATH=PLACE: the
            settings of pip, a certificate of an office's own.

    Raises:
        NoEngineError: mmdebstrap, which makes it, is not installed.
    """
    if not shutil.which("mmdebstrap"):
        raise NoEngineError("a stand-in base is made with mmdebstrap: apt-get install mmdebstrap")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={_PACKAGES}"]
        subprocess.run(
            [
                *command,
                "--customize-hook=ln -s python3 $1/usr/bin/python",
                "--customize-hook=rm -f $1/var/cache/apt/*.bin",
                "bookworm",
                str(folder / "base.tar"),
            ],
            check=True,
        )
        over = folder / "over"
        _put(over, "/etc/apt/apt.conf.d/docker-clean", _KEEP_NO_ARCHIVES)
        for one in along:
            _copy(over, *one.split("=", 1))
        (folder / "Dockerfile").write_text(_DOCKERFILE, encoding="utf-8")
        engine.run("build", "-t", STAND_IN, name, timeout_s=600)
    return STAND_IN


def _put(over: Path, place: str, text: str) -> None:
    target = over / place.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _copy(over: Path, source: str, place: str | None = None) -> None:
    target = over / os.path.normpath(place or source).lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if Path(source).is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)
