"""Remake the locked requirements: `make lock`, or `python tools/lock.py --upgrade` for newer ones.

Writes `requirements/dev.txt` (everything a contributor needs) and `requirements/base.txt` (what
runs Precedent, a subset of the same versions), every file of every version by digest. Torch is
left out, with the packages that only its CUDA builds ask for; `requirements/README.md` says why.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

HEADER = """\
# Made by `make lock` from pyproject.toml; do not edit. Install with
#     pip install --require-hashes --no-deps -r requirements/{name}
# and then torch (requirements/torch.txt). requirements/README.md says why torch is apart.
"""

UNPINNED_WARNING = re.compile(r"\n+# (?:WARNING: )?The following packages .*", re.DOTALL)
ENTRY = re.compile(r"^(?=[a-z0-9])", re.MULTILINE)
CUDA_ONLY = re.compile(r"(nvidia|cuda|triton)[-=]")
"""What the PyPI build of torch for Linux asks for and the CPU build does not."""


def without_cuda(lock: str) -> str:
    """Drop the entries that only a CUDA build of torch needs, and the closing warning.

    A lock made where only that build is offered would otherwise hold gigabytes that nothing
    imports.
    """
    entries = ENTRY.split(UNPINNED_WARNING.sub("\n", lock))
    return "".join(entry for entry in entries if not CUDA_ONLY.match(entry))


def compile_lock(name: str, *options: str) -> None:
    """Resolve one lock file and write it.

    Raises:
        subprocess.CalledProcessError: pip-compile found no solution; its words are on stderr.
    """
    target = ROOT / "requirements" / name
    command = [
        *(sys.executable, "-m", "piptools", "compile", "--quiet"),
        *("--generate-hashes", "--strip-extras", "--no-header"),
        *("--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"),
        *("--unsafe-package", "torch", "--unsafe-package", "pip"),
        *("--build-deps-for", "editable", *sys.argv[1:]),
        *("--constraint", "requirements/torch.txt", *options),
        *("--output-file", f"requirements/{name}", "pyproject.toml"),
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    lock = without_cuda(target.read_text(encoding="utf-8"))
    target.write_text(HEADER.format(name=name) + lock, encoding="utf-8")


def main() -> int:
    """Remake both files, the larger one first, so that the smaller follows its versions."""
    compile_lock("dev.txt", "--extra", "dev")
    compile_lock("base.txt", "--constraint", "requirements/dev.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
