"""Where Precedent keeps what it makes: models, and the index used when none is named."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

__all__ = ["default_index_dir", "home_dir", "models_dir"]


def home_dir() -> Path:
    """Return `PRECEDENT_HOME`, or the platform's folder for a user's application data."""
    given = os.environ.get("PRECEDENT_HOME")
    return Path(given).expanduser() if given else Path(platformdirs.user_data_dir("precedent"))


def models_dir() -> Path:
    """Return `PRECEDENT_MODELS`, or the folder of models in `home_dir`."""
    given = os.environ.get("PRECEDENT_MODELS")
    return Path(given).expanduser() if given else home_dir() / "models"


def default_index_dir() -> Path:
    """Return `PRECEDENT_INDEX`, or the folder of the index in `home_dir`."""
    given = os.environ.get("PRECEDENT_INDEX")
    return Path(given).expanduser() if given else home_dir() / "index"
