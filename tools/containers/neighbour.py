"""A neighbour: another machine on the same network, which tries to reach the services.

Publishing a port to 127.0.0.1 only says where this machine listens. An engine that forwards
packets may let a neighbour who routes through this machine reach the container's own address:
Docker's does before 28.0. A network namespace, joined to this one by a cable, plays the neighbour.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from tools.containers.report import Unproven

__all__ = ["neighbour", "reaches"]

_NAME, _HERE, _THERE = "precedent-nb", "prec-nb0", "prec-nb1"
_OURS, _THEIRS = "198.51.100.249", "198.51.100.250"
_ASK = """
import sys, urllib.request
asked = urllib.request.Request(sys.argv[1], headers={"Host": "localhost"})
print(urllib.request.urlopen(asked, timeout=3).status)
"""


@contextlib.contextmanager
def neighbour(subnet: str) -> Iterator[str]:
    """Join a neighbour to this machine, with a route to a subnet through it; yield our address.

    Raises:
        Unproven: this user may not, or `ip` is not installed.
    """
    if os.geteuid() != 0 or not shutil.which("ip"):
        raise Unproven(
            "a neighbour is played by a network namespace, which needs root and iproute2"
        )
    try:
        for line in (
            f"netns add {_NAME}",
            f"link add {_HERE} type veth peer name {_THERE} netns {_NAME}",
            f"addr add {_OURS}/30 dev {_HERE}",
            f"link set {_HERE} up",
            f"-n {_NAME} addr add {_THEIRS}/30 dev {_THERE}",
            f"-n {_NAME} link set {_THERE} up",
            f"-n {_NAME} route add {subnet} via {_OURS}",
        ):
            done = subprocess.run(["ip", *line.split()], capture_output=True, check=False)
            if done.returncode:
                raise Unproven(f"ip {line}: {done.stderr.decode().strip()}")
        yield _OURS
    finally:
        for line in (f"link del {_HERE}", f"netns del {_NAME}"):
            subprocess.run(["ip", *line.split()], capture_output=True, check=False)


def reaches(url: str) -> bool:
    """Return whether the neighbour is answered at an address."""
    command = ["ip", "netns", "exec", _NAME, sys.executable, "-c", _ASK, url]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
