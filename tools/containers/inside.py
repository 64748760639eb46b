"""What is asked from inside a running container, in Python that needs nothing but itself."""

from __future__ import annotations

__all__ = ["CONTENTS", "KILL", "PROBE", "STOP"]

PROBE = """
import json, os
from pathlib import Path

told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]

def kind(folder):
    under = [one for one in mounts if Path(folder).is_relative_to(one[0])]
    return max(under, key=lambda one: len(one[0]))[1]

writable = {}
for folder, below, _ in os.walk("/"):
    if folder in ("/proc", "/sys"):
        below.clear()
    elif os.access(folder, os.W_OK):
        writable[folder] = kind(folder)
        below.clear()
try:
    Path("/written").write_text("")
    refusal = "none"
except OSError as error:
    refusal = error.strerror
pids = [Path("/sys/fs/cgroup", name) for name in ("pids.max", "pids/pids.max")]
print(json.dumps({
    "uid": os.getuid(), "gid": os.getgid(), "groups": os.getgroups(),
    "capabilities": {name: int(told[name], 16) for name in told if name.startswith("Cap")},
    "no_new_privileges": int(told["NoNewPrivs"]), "seccomp": int(told["Seccomp"]),
    "writable": writable, "refusal": refusal,
    "first": Path("/proc/1/cmdline").read_text().split(chr(0))[0],
    "pids": next((file.read_text().strip() for file in pids if file.exists()), "?"),
}))
"""

_OTHERS = """
import os, signal
from pathlib import Path
for entry in Path("/proc").iterdir():
    if entry.name.isdigit() and int(entry.name) not in (1, os.getpid()):
        os.kill(int(entry.name), signal.{})
"""
STOP = _OTHERS.format("SIGSTOP")
"""Nothing of the service goes on, and it does not end: what a hanging program looks like."""

KILL = _OTHERS.format("SIGKILL")

CONTENTS = """
import json, os
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

sites = Path(os.path.dirname(find_spec("precedent").origin)).parent
print(json.dumps({
    "files": [str(p.relative_to("/src")) for p in Path("/src").rglob("*") if p.is_file()],
    "packages": sorted(p.name for p in sites.iterdir()),
    "distributions": {d.name: d.version for d in metadata.distributions()},
}))
"""
