"""Take system calls from this process that no reader of documents needs (Linux, seccomp).

A filter of some 200 instructions in the kernel's packet filter language, built here and loaded with
`seccomp(2)`, so that no library is needed. It names what is refused rather than what is allowed: a
list of all that Python, pdfium, lxml and four programs call would break with each new C library.
Refused calls fail with EPERM, which readers meet as an ordinary error; a foreign instruction set
ends the process. The filter holds for all threads and children, for good.

Numbers are those of `asm/unistd_64.h` (x86-64) and `asm-generic/unistd.h` (aarch64).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable

__all__ = ["filter_program", "refuse_calls"]

_Numbers = tuple[int | None, int | None]

# By machine: the kernel's name of it (AUDIT_ARCH_*), and its column in the tables below.
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_SECCOMP: dict[str, int] = {"x86_64": 317, "aarch64": 277}

_NETWORK: dict[str, _Numbers] = {
    "connect": (42, 203),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
}
_LISTENING: dict[str, _Numbers] = {
    "bind": (49, 200),
    "listen": (50, 201),
}
_ANSWERING: dict[str, _Numbers] = {
    "accept": (43, 202),
    "accept4": (288, 242),
}
_OTHER_PROCESSES: dict[str, _Numbers] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "setpgid": (109, 154),
    "setsid": (112, 157),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "semtimedop": (220, 192),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
}
_KERNEL: dict[str, _Numbers] = {
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "fanotify_init": (300, 262),
    "personality": (135, 92),
    "syslog": (103, 116),
    "iopl": (172, None),
    "ioperm": (173, None),
    "lookup_dcookie": (212, 18),
    "vhangup": (153, 58),
}
_THE_SYSTEM: dict[str, _Numbers] = {
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
}
_STARTING: dict[str, _Numbers] = {
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
}
_SOCKET: _Numbers = (41, 198)
_CLONE: _Numbers = (56, 220)
_CLONE3: _Numbers = (435, 435)
_PRLIMIT: _Numbers = (302, 261)
_KILL_CALL: _Numbers = (62, 129)
_TKILL: _Numbers = (200, 130)
_TGKILL: _Numbers = (234, 131)
_FCNTL: _Numbers = (72, 25)
_IOCTL: _Numbers = (16, 29)

_NEW_NAMESPACES = 0x7E020080
"""CLONE_NEW… of user, process, network, file, host name, IPC, control group and time."""
_THREAD = 0x00010000
_OWN_GROUP = 0
# What names the process that is sent a signal when a descriptor becomes ready, and which signal.
_SET_OWNER = (8, 15, 10)  # F_SETOWN, F_SETOWN_EX, F_SETSIG
_SET_OWNER_OF_SOCKET = (0x8901, 0x8902)  # FIOSETOWN, SIOCSPGRP
_AF_UNIX, _STREAM, _OTHER_TYPES = 1, 0x1, 0xE
_X32 = 0x40000000

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
            folder of all users: it may make one that is deaf, and is told that it listens.
    """
    if machine not in _MACHINES:
        return None
    arch, column = _MACHINES[machine]
    plain = [*_NETWORK.values(), *_OTHER_PROCESSES.values(), *_KERNEL.values()]
    plain += [*_THE_SYSTEM.values(), *(() if programs else _STARTING.values())]
    plain += [] if listening else [*_LISTENING.values(), *_ANSWERING.values(), _SOCKET]
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
        for numbers in _LISTENING.values():
            steps += [(_IF_EQUAL, 0, 1, numbers[column] or 0), _DONE]
    # What it is asked lies in memory, where a filter cannot look: the C library then asks `clone`.
    steps += [(_IF_EQUAL, 0, 1, _CLONE3[column] or 0), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    clone = [_refuse_any(0, _NEW_NAMESPACES)]
    steps += _of(_CLONE[column], clone if programs else [*clone, _refuse_without(0, _THREAD)])
    steps += _of(_PRLIMIT[column], [[(_LOAD, 0, 0, _ARGS), (_IF_EQUAL, 1, 0, 0), _EPERM]])
    steps += _of(_KILL_CALL[column], [_refuse_others(0, own, _OWN_GROUP)])
    for numbers in (_TKILL, _TGKILL):  # the first thread of a process has its number
        steps += _of(numbers[column], [_refuse_others(0, own)])
    steps += _of(_FCNTL[column], [_refuse_equal(1, value) for value in _SET_OWNER])
    steps += _of(_IOCTL[column], [_refuse_equal(1, value) for value in _SET_OWNER_OF_SOCKET])
    if listening:
        family = [(_LOAD, 0, 0, _ARGS), (_IF_EQUAL, 1, 0, _AF_UNIX), _EPERM]
        type_ = [_refuse_any(1, _OTHER_TYPES), _refuse_without(1, _STREAM)]
        steps += _of(_SOCKET[column], [family, *type_])
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _of(number: int | None, checks: Iterable[list[_Step]]) -> list[_Step]:
    """Return the checks on the arguments of one call, which others step over."""
    body = [step for check in checks for step in check]
    return [(_LOAD, 0, 0, _NR), (_IF_EQUAL, 0, len(body), number or 0), *body]


def _argument(index: int) -> _Step:
    return (_LOAD, 0, 0, _ARGS + 8 * index)


def _refuse_equal(index: int, value: int) -> list[_Step]:
    return [_argument(index), (_IF_EQUAL, 0, 1, value), _EPERM]


def _refuse_others(index: int, *allowed: int) -> list[_Step]:
    """Return steps that refuse a call whose argument is none of those allowed."""
    compared = [(_IF_EQUAL, len(allowed) - at, 0, value) for at, value in enumerate(allowed)]
    return [_argument(index), *compared, _EPERM]


def _refuse_any(index: int, bits: int) -> list[_Step]:
    return [_argument(index), (_IF_ANY, 0, 1, bits), _EPERM]


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
