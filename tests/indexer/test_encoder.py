"""The encoder against the sentence-transformers model it was converted from."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from indexer.encoder import OpenVinoEncoder, opening
from indexer.encoder.batches import MAX_TOKENS_IN_BATCH, batches_of, padded
from indexer.encoder.compiled import CompiledNetwork
from indexer.encoder.devices import Device, choose_device
from indexer.encoder.queries import QUERIES_BEFORE, QUERY_LENGTHS, ShortQueries
from indexer.home import models_dir
from indexer.models import DEFAULT_MODEL, InstalledModel, installed

TEXTS = [
    "A short sentence.",
    "Detained persons shall have access to a lawyer of their own choosing, without delay. " * 12,
    "Задержанные имеют право на адвоката.",
    "Затрыманыя маюць права на адваката.",
    "للمحتجزين الحق في محام.",
    "被拘留者有权获得律师。",
    "",
    "word " * 3000,
]


@pytest.fixture(scope="session")
def model() -> InstalledModel:
    found = installed(DEFAULT_MODEL, models_dir())
    if found is None:
        pytest.skip(f"{DEFAULT_MODEL} is not installed; run `precedent models pull`")
    return found


@pytest.fixture(scope="session")
def encoder(model: InstalledModel) -> OpenVinoEncoder:
    return OpenVinoEncoder(model)


@pytest.mark.model
def test_vectors_are_unit_length_and_in_order(encoder: OpenVinoEncoder) -> None:
    together = encoder.encode_passages(TEXTS * 3)
    assert together.shape == (len(TEXTS) * 3, encoder.identity.dim)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    assert (together[: len(TEXTS)] * alone).sum(1).min() > 0.9995
    assert encoder.encode_passages([]).shape == (0, encoder.identity.dim)


@pytest.mark.model
def test_queries_and_passages_have_their_own_prompts(encoder: OpenVinoEncoder) -> None:
    query, passage = encoder.encode_queries(TEXTS[:1]), encoder.encode_passages(TEXTS[:1])
    assert 0.5 < float((query * passage).sum()) < 0.9999


@pytest.mark.model
def test_the_same_question_is_near_across_languages(encoder: OpenVinoEncoder) -> None:
    vectors = encoder.encode_passages([*TEXTS[2:6], "The weather was fine and the sea was calm."])
    alike = vectors[:4] @ vectors[:4].T
    assert alike.min() > (vectors[:4] @ vectors[4]).max()


@pytest.mark.model
def test_tokens_are_counted_with_prompt_and_uncut(encoder: OpenVinoEncoder) -> None:
    counted = encoder.count_tokens(TEXTS)
    assert counted[6] >= 2
    assert counted[7] > encoder.identity.max_tokens


@pytest.mark.model
@pytest.mark.slow
def test_vectors_agree_with_sentence_transformers(model: InstalledModel, tmp_path: Path) -> None:
    """In a process of its own: torch and OpenVINO in one make later tests slow."""
    script = """
import sys, numpy as np
from pathlib import Path
from sentence_transformers import SentenceTransformer
from indexer.encoder import OpenVinoEncoder
from indexer.home import models_dir
from indexer.models import require
from tests.indexer.test_encoder import TEXTS
model = require(sys.argv[1], models_dir())
reference = SentenceTransformer(str(model.sentence_transformer_dir), device="cpu")
for role, encode in (("query", "encode_queries"), ("document", "encode_passages")):
    expected = reference.encode(TEXTS, prompt_name=role, show_progress_bar=False)
    got = getattr(OpenVinoEncoder(model), encode)(TEXTS)
    print("cosine", float((expected * got).sum(1).min()))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, model.name], capture_output=True, text=True, check=False
    )
    cosines = [float(line.split()[1]) for line in done.stdout.splitlines() if "cosine" in line]
    assert len(cosines) == 2, done.stderr
    assert min(cosines) > 0.9998


class _Core:
    """What OpenVINO says of a machine."""

    def __init__(self, devices: Sequence[str], capabilities: Sequence[str] = ("FP32",)) -> None:
        self.available_devices = list(devices)
        self._capabilities = list(capabilities)

    def get_property(self, device: str, name: str) -> list[str]:
        assert (device, name) == ("CPU", "OPTIMIZATION_CAPABILITIES")
        return self._capabilities


@pytest.mark.parametrize(
    ("devices", "cuda", "wanted", "chosen"),
    [
        (["CPU"], False, None, Device("openvino", "CPU", "f32")),
        (["CPU", "GPU"], False, None, Device("openvino", "GPU", "f16")),
        (["CPU", "GPU.1"], False, "gpu", Device("openvino", "GPU.1", "f16")),
        (["CPU", "GPU"], True, None, Device("torch", "cuda", "f16")),
        (["CPU", "GPU"], True, "cpu", Device("openvino", "CPU", "f32")),
        (["CPU", "GPU"], True, "gpu", Device("openvino", "GPU", "f16")),
    ],
)
def test_the_fastest_device_that_is_there_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
    devices: list[str],
    cuda: bool,
    wanted: str | None,
    chosen: Device,
) -> None:
    monkeypatch.delenv("PRECEDENT_DEVICE", raising=False)
    assert choose_device(_Core(devices), wanted, cuda=lambda: cuda) == chosen


def test_bf16_is_chosen_where_the_cpu_has_it() -> None:
    core = _Core(["CPU"], ["FP32", "BF16"])
    assert choose_device(core, "cpu").precision == "bf16"


@pytest.mark.parametrize(
    ("wanted", "said"), [("tpu", "is not known"), ("cuda", "not here"), ("gpu", "not here")]
)
def test_a_device_that_is_not_there_is_refused(wanted: str, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        choose_device(_Core(["CPU"]), wanted, cuda=lambda: False)


def test_the_variable_names_the_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRECEDENT_DEVICE", "CPU")
    assert choose_device(_Core(["CPU", "GPU"]), cuda=lambda: True).name == "CPU"


def test_the_indexer_encodes_on_the_chosen_device(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Device] = []
    card = Device("torch", "cuda", "f16")
    monkeypatch.setattr(opening, "choose_device", lambda core, wanted: card)
    monkeypatch.setitem(opening._ENGINES, "torch", lambda model, device, int8: seen.append(device))
    opening.fastest_encoder(InstalledModel("m", "d", "", Path(), {}))
    assert seen == [card]


def test_int8_vectors_are_kept_apart() -> None:
    model = InstalledModel("m", "digest", "", Path(), {})
    assert opening.LazyEncoder(model).key == "m digest"
    assert opening.LazyEncoder(model, int8=True).key == "m digest-int8"


def test_batches_hold_every_row_once_in_few_shapes() -> None:
    lengths = [(i * 37) % 700 + 1 for i in range(500)]
    lengths = [min(length, 512) for length in lengths]
    batches = batches_of(lengths, 512)
    assert sorted(row for rows, _ in batches for row in rows) == list(range(500))
    for rows, length in batches:
        assert length % 8 == 0
        assert max(lengths[row] for row in rows) <= length
        assert len(rows) == 1 or len(rows) * length <= MAX_TOKENS_IN_BATCH
    assert len({length for _, length in batches}) <= 64
    assert batches_of([], 512) == []


def test_padding_is_masked_out() -> None:
    given = padded([[3, 4, 5], [6]], 4)
    assert given["input_ids"].tolist() == [[3, 4, 5, 0], [6, 0, 0, 0]]
    assert given["attention_mask"].tolist() == [[1, 1, 1, 0], [1, 0, 0, 0]]


class _Network(CompiledNetwork):
    def __init__(self, length: int) -> None:
        self.length = length

    def infer(self, inputs: object) -> np.ndarray:
        return np.full((1, 1), self.length, np.float32)


def test_short_queries_get_a_network_once_they_keep_coming() -> None:
    made: list[int] = []

    def compile_for(length: int) -> CompiledNetwork:
        made.append(length)
        return _Network(length)

    queries = ShortQueries(compile_for)
    first = [queries.infer([[1] * 9]) for _ in range(QUERIES_BEFORE)]
    assert first == [None] * QUERIES_BEFORE
    assert made == []
    queries.infer([[1] * 9])
    queries.wait()
    found = queries.infer([[1] * 9])
    assert found is not None
    assert found[0, 0] == QUERY_LENGTHS[0]
    assert queries.infer([[1] * (QUERY_LENGTHS[0] + 1)]) is None
    assert queries.infer([[1], [1] * (QUERY_LENGTHS[-1] + 1)]) is None
    assert made == [QUERY_LENGTHS[0]]


@pytest.mark.model
def test_fixed_shapes_give_the_vectors_of_any_shape(model: InstalledModel) -> None:
    encoder = OpenVinoEncoder(model, threads=1)
    query = "right to a lawyer"
    before = encoder.encode_queries([query])
    for _ in range(QUERIES_BEFORE + 1):
        encoder.encode_queries([query])
    encoder.wait_for_short_queries()
    assert float((before * encoder.encode_queries([query])).sum()) > 0.9999


@pytest.mark.model
@pytest.mark.parametrize("fixed", [False, True])
def test_a_question_encoded_both_ways_at_once_is_as_encoded_one_by_one(
    model: InstalledModel, fixed: bool
) -> None:
    encoder = OpenVinoEncoder(model, threads=1, fixed_shapes=fixed)
    question = "right to a lawyer"
    for _ in range(QUERIES_BEFORE + 1 if fixed else 0):
        encoder.encode_queries([question])
    encoder.wait_for_short_queries()
    as_query, as_passage = encoder.encode_both([question])
    np.testing.assert_array_equal(as_query, encoder.encode_queries([question]))
    np.testing.assert_array_equal(as_passage, encoder.encode_passages([question]))
    assert float((as_query * as_passage).sum()) < 0.9999


@pytest.mark.model
def test_int8_is_near_and_is_not_taken_for_the_default(
    model: InstalledModel, encoder: OpenVinoEncoder
) -> None:
    rounded = OpenVinoEncoder(model, int8=True)
    cosines = (rounded.encode_passages(TEXTS) * encoder.encode_passages(TEXTS)).sum(axis=1)
    assert 0.99 < cosines.min() < 0.99999
    assert rounded.identity.precision == "int8"
    assert rounded.key != encoder.key


@pytest.mark.model
def test_an_interrupt_after_another_thread_freed_an_encoder_is_only_an_interrupt(
    model: InstalledModel,
) -> None:
    script = """
import os, signal, sys, threading
from indexer.encoder import OpenVinoEncoder
from indexer.home import models_dir
from indexer.models import require

held = [OpenVinoEncoder(require(sys.argv[1], models_dir()), fixed_shapes=False)]
held[0].encode_queries(["who may visit places of detention?"])
other = threading.Thread(target=held.clear)
other.start()
other.join()
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell began this aside
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    print("interrupted")
"""
    done = subprocess.run(
        [sys.executable, "-c", script, model.name], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "interrupted\n"), done.stderr


def test_serving_imports_neither_torch_nor_scipy_nor_telemetry() -> None:
    script = (
        "import sys, search_api.engine, indexer.openvino_runtime\n"
        "heavy = ('torch', 'transformers', 'sentence_transformers', 'scipy')\n"
        "print([m for m in heavy if m in sys.modules], sys.modules['openvino_telemetry'],"
        "type(sys.modules['openvino.tools.ovc'].telemetry).__module__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]", "None", "openvino.tools.ovc.telemetry_stub"]
