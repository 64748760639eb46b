"""What a worker keeps of the machine: its files, its programs, and nothing else.

Before it looks at any file a worker gives up, for itself and all it starts,

- every privilege that a program could bring (`no_new_privs`), and those of an administrator,
- the network, other processes and the inside of the kernel (`corpus.sandbox.seccomp`),
- all files but the installation of Python, the system's libraries and fonts, a folder of its own
  and what its parent hands it (`corpus.sandbox.landlock`),
- all programs but those that read scans and old Word files, where they are installed.

Each of these is had where the system offers it; `precedent doctor` tells which are. A network
namespace is not made: that needs a user namespace, which opens more of the kernel to a hostile file
than it closes, and there is no socket left to use.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import site
import struct
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.sandbox.landlock import bound_files
from corpus.sandbox.seccomp import refuse_calls

__all__ = ["Protection", "confine", "worker_environment"]

_NO_NEW_PRIVILEGES = 38
_CAPABILITIES_OF_64_BITS = 0x20080522
_READ_AND_SEARCH = 2
_READERS = ("tesseract", "antiword", "catdoc")
_OFFICE = ("soffice", "libreoffice")
# What the script that starts LibreOffice asks; a wrapper of another program may, too.
_SCRIPT_TOOLS = (
    "sh",
    "bash",
    "env",
    "basename",
    "cat",
    "dirname",
    "grep",
    "ls",
    "sed",
    "sleep",
    "uname",
)
_LOADERS = ("lib64/ld-linux-x86-64.so.2", "lib/ld-linux-aarch64.so.1", "lib/ld-musl-*.so.1")
_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share",
    "/usr/local/share",
    "/nix/store",
    "/etc/antiword",
    "/etc/catdocrc",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/libreoffice",
    "/etc/locale.alias",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/ssl/openssl.cnf",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/dev/urandom",
    "/dev/zero",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/self",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
)
# A key or password in the environment is none of a reader's business.
_ENVIRONMENT = {
    "HOME",
    "LANG",
    "LANGUAGE",
    "LD_LIBRARY_PATH",
    "PATH",
    "PRECEDENT_OCR",
    "PRECEDENT_PDF_READER",
    "PYTHONHASHSEED",
    "PYTHONHOME",
    "SYSTEMROOT",
    "TESSDATA_PREFIX",
    "TZ",
}


@dataclass(frozen=True, slots=True)
class Protection:
    """What took hold.

    Attributes:
        seccomp: system calls are filtered: no network, no other processes.
        landlock: version of the bounds on files, 0 where there are none.
    """

    seccomp: bool
    landlock: int


def worker_environment(folder: Path) -> dict[str, str]:
    """Return the environment of a worker whose own folder is given.

    The variables that its libraries and programs heed, and no others.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _ENVIRONMENT or name.startswith("LC_")
    }
    return {**kept, "TMPDIR": str(folder)}


def confine(folder: Path, package: str) -> Protection:
    """Give up what no reader needs; there is no way back.

    Call it before a second thread is started, since bounds on files hold for one thread and those
    that come of it.

    Args:
        folder: of the worker's own, in which it may write.
        package: that its work is in, beside `corpus`; imported already.
    """
    if sys.platform != "linux":
        return Protection(seccomp=False, landlock=0)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    office = next(filter(None, map(shutil.which, _OFFICE)), None)
    programs = [place for name in _READERS if (place := shutil.which(name))]
    programs += [office] if office else []
    bounds = bound_files(
        read=[*_installation(package), *map(Path, _SYSTEM), *_shared_by(programs)],
        write=[folder, Path("/dev/null")],
        run=_needed_to_run(programs, office),
    )
    _give_up_capabilities(libc)
    filtered = refuse_calls(programs=bool(programs), listening=office is not None)
    return Protection(filtered, bounds)


def _give_up_capabilities(libc: ctypes.CDLL) -> None:
    """Give up what the administrator may do, where a worker is started by one: no limit would hold.

    But to read what belongs to others: Python may be installed in the home of one, and what can be
    read is bounded already.
    """
    header = struct.pack("=Ii", _CAPABILITIES_OF_64_BITS, 0)
    kept = 1 << _READ_AND_SEARCH if os.geteuid() == 0 else 0
    libc.capset(header, struct.pack("=6I", kept, kept, 0, 0, 0, 0))


def _installation(package: str) -> Iterator[Path]:
    """Yield where Python and its packages lie; never all of `sys.path`, which may hold a home."""
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        yield Path(sysconfig.get_path(name))
    yield Path(sys.base_prefix, "lib")
    yield Path(site.getusersitepackages())
    for entry in map(Path, sys.path):
        if entry.name in ("site-packages", "dist-packages", "lib-dynload"):
            yield entry
    for name in {"corpus", package}:
        yield from map(Path, getattr(sys.modules.get(name), "__path__", ()))
    yield from map(Path, filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)))


def _shared_by(programs: list[str]) -> Iterator[Path]:
    """Yield the folders that programs take their languages and letters from."""
    for program in programs:
        prefix = Path(program).resolve().parent.parent
        yield prefix / "share"
        yield prefix / "lib"
    if given := os.environ.get("TESSDATA_PREFIX"):
        yield Path(given)


def _needed_to_run(programs: list[str], office: str | None) -> list[Path]:
    """Return what must be executable: the programs, their loader, and the shell of scripts."""
    needed = [Path(program) for program in programs]
    if office:
        needed.append(Path(office).resolve().parent)
    if any(map(_is_script, needed)):
        needed += [Path(place) for name in _SCRIPT_TOOLS if (place := shutil.which(name))]
        needed.append(Path("/bin/sh"))
    if needed:
        needed += [found for pattern in _LOADERS for found in Path("/").glob(pattern)]
    return needed


def _is_script(program: Path) -> bool:
    with contextlib.suppress(OSError), program.open("rb") as stream:
        return stream.read(2) == b"#!"
    return False
