"""The system calls that no reader of documents needs, by what they reach, and their numbers.

Numbers are those of `asm/unistd_64.h` (x86-64) and `asm-generic/unistd.h` (aarch64), in this order;
None where a machine has no such call.
"""

from __future__ import annotations

__all__ = [
    "ANSWERING",
    "ATTRIBUTES",
    "CLONE",
    "CLONE3",
    "FCNTL",
    "FILES",
    "IOCTL",
    "KERNEL",
    "KILL_CALL",
    "LISTENING",
    "MEMORY",
    "NETWORK",
    "OTHER_PROCESSES",
    "PRLIMIT",
    "SENDTO",
    "SOCKET",
    "SOCKETPAIR",
    "STARTING",
    "TGKILL",
    "THE_SYSTEM",
    "TKILL",
    "Numbers",
]

Numbers = tuple[int | None, int | None]

NETWORK: dict[str, Numbers] = {
    "connect": (42, 203),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
}
LISTENING: dict[str, Numbers] = {
    "bind": (49, 200),
    "listen": (50, 201),
}
ANSWERING: dict[str, Numbers] = {
    "accept": (43, 202),
    "accept4": (288, 242),
}
OTHER_PROCESSES: dict[str, Numbers] = {
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
KERNEL: dict[str, Numbers] = {
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
    "modify_ldt": (154, None),
    "iopl": (172, None),
    "ioperm": (173, None),
    "lookup_dcookie": (212, 18),
    "vhangup": (153, 58),
}
THE_SYSTEM: dict[str, Numbers] = {
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
ATTRIBUTES: dict[str, Numbers] = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}
"""Of any file by its name: bounds on files (`corpus.sandbox.landlock`) do not hold for them, so a
secret could be opened to all accounts, or closed to its owner."""

MEMORY: dict[str, Numbers] = {
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
}
"""Files in memory, which no bound on the memory of a process counts."""

FILES: dict[str, Numbers] = {
    "truncate": (76, 45),  # by its name; Landlock knows it from Linux 6.2 on
    "mq_unlink": (241, 181),
    "inotify_add_watch": (254, 27),  # tells what goes on in any folder
}
STARTING: dict[str, Numbers] = {
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
}
SOCKET: Numbers = (41, 198)
SOCKETPAIR: Numbers = (53, 199)
SENDTO: Numbers = (44, 206)
CLONE: Numbers = (56, 220)
CLONE3: Numbers = (435, 435)
PRLIMIT: Numbers = (302, 261)
KILL_CALL: Numbers = (62, 129)
TKILL: Numbers = (200, 130)
TGKILL: Numbers = (234, 131)
FCNTL: Numbers = (72, 25)
IOCTL: Numbers = (16, 29)
