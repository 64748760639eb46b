"""Bound the files this process can open to those it is given (Linux 5.13 and later, Landlock).

Everything is refused but what a rule names: reading here, writing there, running these programs.
Calls go straight to the kernel, as no C library wraps them. Descriptors that are open already stay
usable, which is how a worker reads its file. What the kernel knows depends on its version: TCP from
6.7, signals and abstract sockets of other processes from 6.12.

Source: the kernel's `Documentation/userspace-api/landlock.rst`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

__all__ = ["bound_files", "landlock_version"]

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION = 1
_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
# The rights on files that each version of the kernel's interface added, beginning with its first.
_RIGHTS = (13, 14, 15, 15, 16, 16)
_TCP_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
_DEVICES = 1 << 6 | 1 << 11 | 1 << 15  # make a character or block device, control one
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE


def landlock_version() -> int:
    """Return the version of the kernel's interface, 0 where there is none or it is switched off."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION)))


def bound_files(*, read: Iterable[Path], write: Iterable[Path], run: Iterable[Path]) -> int:
    """Bound this thread, and those and the processes it starts from now on.

    Args:
        read: files, and folders with all below, that may be read.
        write: those that may be read, written, made and removed.
        run: programs, and folders of programs, that may be started and read.

    Returns:
        The version of the interface that took hold, or 0.
    """
    version = landlock_version()
    if not version:
        return 0
    libc = _libc()
    every = (1 << _RIGHTS[min(version, len(_RIGHTS)) - 1]) - 1
    tcp = _TCP_BIND_AND_CONNECT if version >= 4 else 0
    scoped = _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    asked = struct.pack("=QQQ", every, tcp, scoped)
    rules = int(libc.syscall(_CREATE, asked, ctypes.c_size_t(size), 0))
    if rules < 0:
        return 0
    try:
        reading = _READ_FILE | _READ_DIR
        rights = (
            (read, reading),
            (write, every & ~(_EXECUTE | _DEVICES)),
            (run, reading | _EXECUTE),
        )
        for paths, allowed in rights:
            for path in paths:
                _allow(libc, rules, path, allowed)
        held = libc.syscall(_RESTRICT, rules, 0)
    finally:
        os.close(rules)
    return version if held == 0 else 0


def _allow(libc: ctypes.CDLL, rules: int, path: Path, allowed: int) -> None:
    """Add a rule; what is not there needs none."""
    with contextlib.suppress(OSError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(place).st_mode):
                allowed &= _OF_A_FILE
            rule = struct.pack("=Qi", allowed, place)
            libc.syscall(_ADD, rules, _BENEATH, rule, 0)
        finally:
            os.close(place)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
