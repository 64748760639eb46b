"""A worker on a system that confines it badly."""

from __future__ import annotations

from pathlib import Path

from corpus.sandbox.trial import Trial

__all__ = ["unconfined"]


def unconfined(_path: Path, _limits: object) -> Trial:
    """Return what came of a trial in which two attempts succeeded."""
    done = ("use the network", "write files")
    return Trial(refused=("read other files",), succeeded=done, seccomp=False, landlock=0)
