"""Run a command where there is no network, and write down everyone it tried to reach.

    python -m tools.offline make unit
    python -m tools.offline .venv/bin/precedent demo

The command and all that it starts get a network of their own: the loopback interface, and one
that leads nowhere but to this program, which reads every packet sent to it. So an attempt is seen
whoever makes it, be it a library, a browser or a child of a child, and also a question for a host's
name.
Needs Linux, `unshare` (util-linux) and `ip` (iproute2).

Exit code: that of the command, or 97 where it tried to reach anyone, or 98 where such a network
cannot be made here.
"""

from __future__ import annotations

import fcntl
import ipaddress
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence

REACHED = 97
UNABLE = 98

_INSIDE = "--inside"
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_ICMP_V6, _IGMP, _TCP, _UDP = 58, 2, 6, 17
_KERNEL_V6 = frozenset({133, 134, 135, 136, 143})
"""Types of ICMPv6 by which the kernel itself looks for neighbours (RFC 4861) and groups."""

_QUIET_S = 0.1
"""Without a packet after the command has ended: then there is none under way."""

_DNS = 53
_INTERFACE = (
    "link set lo up",
    "addr add 192.0.2.1/24 dev out0",
    "link set out0 up",
    "route add default dev out0",
    "-6 addr add 2001:db8::1/64 dev out0 nodad",
    "-6 route add default dev out0",
)


def described(packet: bytes) -> str | None:
    """Return whom a packet was for, or None for what the kernel sends of its own accord."""
    version = packet[0] >> 4
    if version == 4:
        length, protocol = (packet[0] & 15) * 4, packet[9]
        address: object = ipaddress.IPv4Address(packet[16:20])
    else:
        length, protocol = 40, packet[6]
        address = ipaddress.IPv6Address(packet[24:40])
        if protocol == 0:  # hop-by-hop options: group membership
            return None
    rest = packet[length:]
    if protocol == _IGMP or (protocol == _ICMP_V6 and rest[0] in _KERNEL_V6):
        return None
    if protocol not in (_TCP, _UDP) or len(rest) < 4:
        return f"{address} (protocol {protocol})"
    (port,) = struct.unpack("!H", rest[2:4])
    name = f", asked for {_name(rest[20:])}" if port == _DNS and protocol == _UDP else ""
    return f"{address} port {port} ({'tcp' if protocol == _TCP else 'udp'}{name})"


def _name(question: bytes) -> str:
    parts, at = [], 0
    while at < len(question) and question[at]:
        parts.append(question[at + 1 : at + 1 + question[at]].decode("ascii", "replace"))
        at += 1 + question[at]
    return ".".join(parts)


def _interface() -> int:
    """Make the interface that leads here, and return what reads from it."""
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_CLOEXEC)
    fcntl.ioctl(tun, _TUNSETIFF, struct.pack("16sH22x", b"out0", _IFF_TUN | _IFF_NO_PI))
    for line in _INTERFACE:
        done = subprocess.run(["ip", *line.split()], capture_output=True, text=True, check=False)
        if done.returncode and "-6" not in line:
            raise OSError(done.returncode, done.stderr.strip())
    return tun


def _inside(command: Sequence[str]) -> int:
    try:
        tun = _interface()
    except OSError as error:
        print(f"offline: no network of its own can be made here: {error}", file=sys.stderr)
        return UNABLE
    reached: dict[str, int] = {}

    ended = threading.Event()

    def record() -> None:
        while True:
            # What was sent last is read after the command has ended, until there is no more.
            last = ended.is_set()
            if select.select([tun], [], [], _QUIET_S)[0]:
                if told := described(os.read(tun, 65_535)):
                    reached[told] = reached.get(told, 0) + 1
            elif last:
                return

    recorder = threading.Thread(target=record)
    recorder.start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command
    try:
        returned = subprocess.run(
            command, check=False, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
        ).returncode
    finally:
        ended.set()
        recorder.join()
    for told, count in sorted(reached.items()):
        print(f"offline: tried to reach {told}, {count} packets", file=sys.stderr)
    if not reached:
        print("offline: nobody was reached for", file=sys.stderr)
    return REACHED if reached else returned if returned >= 0 else 128 - returned


def main(arguments: Sequence[str]) -> int:
    """Run the command."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if arguments else 2
    if arguments[0] == _INSIDE:
        return _inside(arguments[1:])
    for needed in ("unshare", "ip"):
        if shutil.which(needed) is None:
            print(f"offline: {needed} is not installed", file=sys.stderr)
            return UNABLE
    own = [sys.executable, "-m", "tools.offline", _INSIDE, *arguments]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    done = subprocess.run(["unshare", "--user", "--map-root-user", "--net", *own], check=False)
    return UNABLE if done.returncode == 1 and not _made() else done.returncode


def _made() -> bool:
    """Tell whether this computer lets a user make a network of their own."""
    probe = ["unshare", "--user", "--map-root-user", "--net", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
