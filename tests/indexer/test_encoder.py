"""The encoder against the sentence-transformers model it was converted from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from indexer.encoder import OpenVinoEncoder
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


def test_serving_imports_neither_torch_nor_telemetry() -> None:
    script = (
        "import sys, search_api.engine, indexer.openvino_runtime\n"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules],"
        "sys.modules['openvino_telemetry'],"
        "type(sys.modules['openvino.tools.ovc'].telemetry).__module__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]", "None", "openvino.tools.ovc.telemetry_stub"]
