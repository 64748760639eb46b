"""Models installed on this machine: pull, find, verify."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path

from corpus.disk import storage_told
from corpus.errors import ModelError
from indexer.checksums import seal_of, sha256_of
from indexer.models.convert import (
    CONVERSION,
    SENTENCE_TRANSFORMER_DIR,
    convert,
    convert_again,
)
from indexer.models.convert_reranker import convert_reranker
from indexer.models.fetch import Say, fetch
from indexer.models.placing import RECORD, SEAL, only_installer, sweep, write_record
from indexer.models.registry import MODELS, ModelSpec
from indexer.models.rerankers import RERANKERS, RerankerSpec

__all__ = [
    "InstalledModel",
    "installed",
    "pull",
    "require",
    "require_intact",
    "require_reranker",
    "verify",
]

_NEEDED_BYTES = 3 << 30
"""Peak of an installation: wheels, float32 weights twice, and the converted model."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model ready to use.

    Attributes:
        name: key in `MODELS`, or in `RERANKERS`.
        digest: sha256 of the weights it was made from; its identity in an index.
        origin: where the weights came from.
        folder: holds `openvino_model.xml`, `tokenizer.json` and, of an embedding model,
            `sentence-transformer/`.
        files: sha256 of each file that serves, by name.
        marks: size and time of change of each, in bytes and nanoseconds, by name; earlier versions
            recorded none.
    """

    name: str
    digest: str
    origin: str
    folder: Path
    files: dict[str, str]
    marks: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def spec(self) -> ModelSpec:
        """What the registry says of an embedding model."""
        return _embedding(self.name)

    @property
    def sentence_transformer_dir(self) -> Path:
        """Folder that `SentenceTransformer(…)` loads: the definition the encoder is measured by."""
        return self.folder / SENTENCE_TRANSFORMER_DIR


def known(name: str) -> ModelSpec | RerankerSpec:
    """Return the registry's entry, or raise ModelError naming the models there are."""
    spec = MODELS.get(name) or RERANKERS.get(name)
    if spec is None:
        names = ", ".join([*MODELS, *RERANKERS])
        raise ModelError(name, "no model of that name", f"choose one of {names}")
    return spec


def _embedding(name: str) -> ModelSpec:
    spec = known(name)
    if isinstance(spec, RerankerSpec):
        raise ModelError(
            name, "reorders hits and embeds nothing", f"choose one of {', '.join(MODELS)}"
        )
    return spec


def installed(name: str, models_dir: Path) -> InstalledModel | None:
    """Return the installed model, or None; cheap: reads one small file."""
    known(name)
    record = models_dir / name / RECORD
    remedy = f"run `precedent models pull {name}`"
    try:
        fields = json.loads(record.read_text(encoding="utf-8"))
        if fields.pop(SEAL, None) not in (None, seal_of(fields)):
            raise ModelError(str(record), "was altered since it was installed", remedy)
        return InstalledModel(
            name=name,
            digest=str(fields["digest"]),
            origin=str(fields["origin"]),
            folder=models_dir / name,
            files={str(file): str(sha256) for file, sha256 in fields["files"].items()},
            marks={file: (size, at) for file, (size, at) in fields.get("marks", {}).items()},
        )
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(str(record), "cannot be read as what it was", remedy) from error


def require(name: str, models_dir: Path) -> InstalledModel:
    """Return an installed embedding model, or raise ModelError with what installs it."""
    _embedding(name)
    return _require(name, models_dir)


def require_reranker(name: str, models_dir: Path) -> tuple[InstalledModel, RerankerSpec]:
    """Return an installed cross-encoder and what is known of it.

    Raises:
        ModelError: it is not installed; the message has the command that installs it.
    """
    return _require(name, models_dir), RERANKERS[name]


def _require(name: str, models_dir: Path) -> InstalledModel:
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
    model = _require(name, models_dir)
    require_intact(model, thorough=True)
    return model


def require_intact(model: InstalledModel, *, thorough: bool = False) -> None:
    """Compare the files that serve with what was installed, before anything is made of them.

    A network cut short or altered ends the process that maps it, or answers something else.

    Args:
        model: an installed model.
        thorough: read every file; else those alone whose size or time of change is another than
            when it was installed, or was not recorded then (0.15 s for the default model).

    Raises:
        ModelError: a file is missing or altered.
    """
    for file_name, expected in model.files.items():
        path = model.folder / file_name
        try:
            about = path.stat()
            marked = (about.st_size, about.st_mtime_ns) == model.marks.get(file_name)
            found = expected if marked and not thorough else sha256_of(path)
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            cause = "is missing" if missing else f"cannot be read: {error.strerror}"
            raise ModelError(str(path), cause, _pull(model)) from error
        if found != expected:
            cause = f"was altered: sha256 is {found[:16]}…, was {expected[:16]}… when installed"
            raise ModelError(str(path), cause, _pull(model))


def _pull(model: InstalledModel) -> str:
    return f"run `precedent models pull {model.name}`"


def pull(name: str, models_dir: Path, say: Say | None = None) -> InstalledModel:
    """Install a model: get it, check it, convert it once, and put it in place whole.

    A model that is installed and intact is left as it is, or converted again from its own files
    where an earlier version converted it; it works, and can be used, either way. The new one is
    made aside and moved in by one rename, so that an interruption leaves the old state.

    Raises:
        ModelError: it cannot be had, or is not what it should be.
    """
    known(name)
    with storage_told(models_dir), only_installer(models_dir):
        sweep(name, models_dir)
        return _pulled(name, models_dir, say or (lambda _line: None))


def _pulled(name: str, models_dir: Path, tell: Say) -> InstalledModel:
    spec = known(name)
    try:
        return _renewed(verify(name, models_dir), tell)
    except ModelError:
        pass
    free = shutil.disk_usage(models_dir).free
    if free < _NEEDED_BYTES:
        raise ModelError(
            str(models_dir),
            f"{free >> 20} MiB free, installing {name} needs {_NEEDED_BYTES >> 20} MiB",
            "free some space or point PRECEDENT_MODELS to another disk",
        )
    if find_spec("torch") is None:  # said before half a gigabyte is downloaded
        raise ModelError(
            name,
            "to install it, torch is needed once, which is not here",
            "run `pip install -r requirements/torch.txt`, or install the model in the image "
            "precedent-index",
        )
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=f".{name}-") as scratch:
        downloads, made = Path(scratch, "downloads"), Path(scratch, "model")
        downloads.mkdir()
        made.mkdir()
        fetched = fetch(spec, downloads, say=tell)
        tell(f"converting {name} to OpenVINO")
        if isinstance(spec, RerankerSpec):
            convert_reranker(spec, fetched, made)
        else:
            convert(spec, fetched, made)
        record = {
            "name": name,
            "digest": fetched.weights_sha256,
            "origin": fetched.origin,
            "conversion": CONVERSION,
        }
        write_record(made, record)
        place = models_dir / name
        if place.exists():
            place.rename(Path(scratch, "old"))
        made.rename(place)
    tell(f"installed {name} in {place}")
    return _require(name, models_dir)


def _renewed(model: InstalledModel, tell: Say) -> InstalledModel:
    """Convert an intact model again where an earlier version of Precedent converted it.

    The digest stays, because it is of the weights and the vectors mean the same. The files and
    their record are moved in as one folder, as at installation.
    """
    fields = json.loads((model.folder / RECORD).read_text(encoding="utf-8"))
    if model.name in RERANKERS or fields.get("conversion", 1) >= CONVERSION:
        if not model.marks:
            with suppress(OSError):  # they only spare reading; the folder may be read-only
                write_record(model.folder, fields)
        return model
    tell(f"converting {model.name} again, as this version does")
    models_dir = model.folder.parent
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=f".{model.name}-") as scratch:
        made = Path(scratch, "model")
        left_out = shutil.ignore_patterns("openvino_model.*")
        shutil.copytree(model.folder, made, ignore=left_out)
        convert_again(model.folder, made)
        fields["conversion"] = CONVERSION
        write_record(made, fields)
        model.folder.rename(Path(scratch, "old"))
        made.rename(model.folder)
    return require(model.name, models_dir)


def as_dict(model: InstalledModel) -> dict[str, object]:
    """Return the model as plain values for JSON."""
    fields = asdict(model)
    del fields["marks"]
    return {**fields, "folder": str(model.folder)}
