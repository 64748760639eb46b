"""Take system calls from this process that no reader of documents needs (Linux, seccomp).

A filter of some 300 instructions in the kernel's packet filter language, built here and loaded with
`seccomp(2)`, so that no library is needed. It names what is refused rather than what is allowed: a
list of all that Python, pdfium, lxml and four programs call would break with each new C library.
Refused calls fail with EPERM, which readers meet as an ordinary error; a foreign instruction set
ends the process. The filter holds for all threads and children, for good.

Which calls they are is in `corpus.sandbox.calls`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable

from corpus.sandbox.calls import (
    ANSWERING,
    ATTRIBUTES,
    CLONE,
    CLONE3,
    FCNTL,
    FILES,
    IOCTL,
    KERNEL,
    KILL_CALL,
    LISTENING,
    MEMORY,
    NETWORK,
    OTHER_PROCESSES,
    PRLIMIT,
    SENDTO,
    SOCKET,
    SOCKETPAIR,
    STARTING,
    TGKILL,
    THE_SYSTEM,
    TKILL,
)

__all__ = ["filter_program", "refuse_calls"]

# By machine: the kernel's name of it (AUDIT_ARCH_*), and its column in the tables of calls.
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_SECCOMP: dict[str, int] = {"x86_64": 317, "aarch64": 277}

_NEW_NAMESPACES = 0x7E020080
"""CLONE_NEW… of user, process, network, file, host name, IPC, control group and time."""
_THREAD = 0x00010000
_OWN_GROUP = 0
# What names the process that is sent a signal when a descriptor becomes ready, and which signal.
_SET_OWNER = (8, 15, 10)  # F_SETOWN, F_SETOWN_EX, F_SETSIG
_SET_OWNER_OF_SOCKET = (0x8901, 0x8902)  # FIOSETOWN, SIOCSPGRP
_AF_UNIX, _STREAM, _OTHER_TYPES = 1, 0x1, 0xE
_X32 = 0x40000000
_ALL_BITS = 0xFFFFFFFF

# struct seccomp_data: int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6].
_NR, _ARCH, _ARGS = 0, 4, 16
_LOAD, _IF_EQUAL, _IF_GREATER, _IF_ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_Step = tuple[int, int, int, int]
_EPERM: _Step = (_RETURN, 0, 0, _ERRNO | errno.EPERM)
_DONE: _Step = (_RETURN, 0, 0, _ERRNO)  # answers 0 without doing anything

_SET_FILTER, _ALL_THREADS = 1, 1


def filter_program(
    machine: str, own: int, *, programs: bool, listening: bool
) -> list[_Step] | None:
    """Return the filter as (code, jump if true, jump if false, value), or None for other machines.

    Args:
        machine: as `platform.machine()` names it.
        own: number of this process. No other may be sent a signal, but its group as a whole, and
            what it starts may not even send itself one: a filter knows no number but this.
        programs: other programs may be started.
        listening: LibreOffice may be started, which ends where it cannot listen to a socket in the
            folder of all users: it may make one that is deaf, and is told that it listens. So it is
            told of the attributes of its own files, which it sets.
    """
    if machine not in _MACHINES:
        return None
    arch, column = _MACHINES[machine]
    plain = [*NETWORK.values(), *OTHER_PROCESSES.values(), *KERNEL.values()]
    plain += [*THE_SYSTEM.values(), *(() if programs else STARTING.values())]
    plain += [*MEMORY.values(), *FILES.values()]
    for_show = [*LISTENING.values(), *ATTRIBUTES.values()]
    plain += [] if listening else [*for_show, *ANSWERING.values(), SOCKET]
    steps: list[_Step] = [
        (_LOAD, 0, 0, _ARCH),
        (_IF_EQUAL, 1, 0, arch),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NR),
        (_IF_GREATER, 0, 1, _X32),  # the second table of x86-64 would go round this one
        _EPERM,
    ]
    for numbers in plain:
        number = numbers[column]
        if number is not None:
            steps += [(_IF_EQUAL, 0, 1, number), _EPERM]
    if listening:
        for number in (numbers[column] for numbers in for_show):
            steps += [] if number is None else [(_IF_EQUAL, 0, 1, number), _DONE]
    # What it is asked lies in memory, where a filter cannot look: the C library then asks `clone`.
    steps += [(_IF_EQUAL, 0, 1, CLONE3[column] or 0), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    clone = [_refuse_any(0, _NEW_NAMESPACES)]
    steps += _of(CLONE[column], clone if programs else [*clone, _refuse_without(0, _THREAD)])
    steps += _of(PRLIMIT[column], [[(_LOAD, 0, 0, _ARGS), (_IF_EQUAL, 1, 0, 0), _EPERM]])
    steps += _of(KILL_CALL[column], [_refuse_others(0, own, _OWN_GROUP)])
    for numbers in (TKILL, TGKILL):  # the first thread of a process has its number
        steps += _of(numbers[column], [_refuse_others(0, own)])
    # Of two sockets made for each other, one can still send to a third, by its name.
    steps += _of(SOCKETPAIR[column], [[(_LOAD, 0, 0, _ARGS), (_IF_EQUAL, 1, 0, _AF_UNIX), _EPERM]])
    steps += _of(SENDTO[column], [_refuse_any(4, _ALL_BITS), _refuse_any(4, _ALL_BITS, upper=True)])
    steps += _of(FCNTL[column], [_refuse_equal(1, value) for value in _SET_OWNER])
    steps += _of(IOCTL[column], [_refuse_equal(1, value) for value in _SET_OWNER_OF_SOCKET])
    if listening:
        family = [(_LOAD, 0, 0, _ARGS), (_IF_EQUAL, 1, 0, _AF_UNIX), _EPERM]
        type_ = [_refuse_any(1, _OTHER_TYPES), _refuse_without(1, _STREAM)]
        steps += _of(SOCKET[column], [family, *type_])
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _of(number: int | None, checks: Iterable[list[_Step]]) -> list[_Step]:
    """Return the checks on the arguments of one call, which others step over."""
    body = [step for check in checks for step in check]
    return [(_LOAD, 0, 0, _NR), (_IF_EQUAL, 0, len(body), number or 0), *body]


def _argument(index: int, *, upper: bool = False) -> _Step:
    """Return the step that loads one half of an argument: the lower 32 bits, or the upper."""
    return (_LOAD, 0, 0, _ARGS + 8 * index + 4 * upper)


def _refuse_equal(index: int, value: int) -> list[_Step]:
    return [_argument(index), (_IF_EQUAL, 0, 1, value), _EPERM]


def _refuse_others(index: int, *allowed: int) -> list[_Step]:
    """Return steps that refuse a call whose argument is none of those allowed."""
    compared = [(_IF_EQUAL, len(allowed) - at, 0, value) for at, value in enumerate(allowed)]
    return [_argument(index), *compared, _EPERM]


def _refuse_any(index: int, bits: int, *, upper: bool = False) -> list[_Step]:
    return [_argument(index, upper=upper), (_IF_ANY, 0, 1, bits), _EPERM]


def _refuse_without(index: int, bits: int) -> list[_Step]:
    return [_argument(index), (_IF_ANY, 1, 0, bits), _EPERM]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def refuse_calls(*, programs: bool, listening: bool) -> bool:
    """Load the filter into this process; return whether the kernel took it.

    `no_new_privs` must be set before.
    """
    machine = platform.machine()
    if sys.platform != "linux" or sys.byteorder != "little":
        return False
    steps = filter_program(machine, os.getpid(), programs=programs, listening=listening)
    if steps is None:
        return False
    data = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = _Program(len(steps), data)
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(
        libc.syscall(_SECCOMP[machine], _SET_FILTER, _ALL_THREADS, ctypes.byref(program)) == 0
    )
