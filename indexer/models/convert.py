"""From verified files to a sentence-transformers model, and from that to OpenVINO.

sentence-transformers defines the model (modules, pooling, truncation); OpenVINO runs it. The
conversion happens once, at installation: torch and transformers are imported here and nowhere that
serves. optimum-intel is not used: it drags transformers back and conflicts with
sentence-transformers 6.
"""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.errors import ModelError
from indexer.models.centre import centre_attention
from indexer.models.fetch import Fetched
from indexer.models.registry import ModelSpec, Pooling, Weights
from indexer.models.weights import read_e5s1, read_onnx_int8

__all__ = ["CONVERSION", "IR_NAME", "SENTENCE_TRANSFORMER_DIR", "convert", "convert_again", "quiet"]

IR_NAME = "openvino_model.xml"
SENTENCE_TRANSFORMER_DIR = "sentence-transformer"

CONVERSION = 2
"""Which conversion made a model's files; 1 did not centre attention (`centre_attention`)."""

_SPECIAL = {
    "many": {"pad_token": "<pad>", "cls_token": "<s>", "sep_token": "</s>", "unk_token": "<unk>"},
    "en": {"pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]", "unk_token": "[UNK]"},
}


def convert(spec: ModelSpec, fetched: Fetched, folder: Path) -> None:
    """Write `sentence-transformer/`, `openvino_model.xml` and `.bin`, `tokenizer.json` to `folder`.

    Raises:
        ModelError: the weights are not those of the architecture.
    """
    import torch

    from indexer.openvino_runtime import core, ov

    with quiet():
        model = _sentence_transformer(spec, fetched, folder / "bare")
        model.save(str(folder / SENTENCE_TRANSFORMER_DIR), create_model_card=False)
    shutil.copyfile(fetched.tokenizer, folder / "tokenizer.json")

    class TextEmbedding(torch.nn.Module):
        """Ids and mask to the normalised vector, pooling inside the graph."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            embedding: torch.Tensor = features["sentence_embedding"]
            return embedding

    ids = torch.tensor([[0, 7, 9, 2], [0, 5, 2, 1]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    with torch.no_grad(), quiet():
        converted = ov.convert_model(
            TextEmbedding().eval(), example_input={"input_ids": ids, "attention_mask": mask}
        )
    for port in converted.inputs:
        port.get_node().set_partial_shape(ov.PartialShape([-1, -1]))
    converted.validate_nodes_and_infer_types()
    centre_attention(converted, folder / "tokenizer.json", core())
    ov.save_model(converted, folder / IR_NAME, compress_to_fp16=True)
    shutil.rmtree(folder / "bare")


def convert_again(folder: Path, target: Path) -> None:
    """Write the converted model of `folder`, as this version makes it, to `target`.

    From the converted model itself: neither torch nor the network is needed, and what the vectors
    mean stays the same.
    """
    from indexer.openvino_runtime import core, ov

    model = core().read_model(folder / IR_NAME)
    centre_attention(model, folder / "tokenizer.json", core())
    ov.save_model(model, target / IR_NAME, compress_to_fp16=True)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep back what the libraries tell developers while a model is loaded and traced.

    The pooler that BERT has and these models do not use is reported missing, and every branch of
    the traced code is warned of; the encoder's agreement with the original is tested instead.
    """
    from transformers.utils import logging

    level = logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(level)


def _sentence_transformer(spec: ModelSpec, fetched: Fetched, bare: Path) -> Any:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import (
        Normalize,
        Transformer,
    )
    from sentence_transformers.sentence_transformer.modules import Pooling as PoolingModule

    bare.mkdir(parents=True)
    _write_weights(fetched, bare / "model.safetensors")
    config = {**spec.config, "architectures": ["BertModel"]}
    (bare / "config.json").write_text(json.dumps(config, indent=1))
    shutil.copyfile(fetched.tokenizer, bare / "tokenizer.json")
    tokenizer_config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": spec.max_tokens,
        **_SPECIAL["many" if spec.languages == "many" else "en"],
    }
    (bare / "tokenizer_config.json").write_text(json.dumps(tokenizer_config, indent=1))
    transformer = Transformer(
        str(bare),
        max_seq_length=spec.max_tokens,
        model_kwargs={"attn_implementation": "sdpa", "local_files_only": True},
    )
    if missing := _missing(transformer, bare / "model.safetensors"):
        raise ModelError(
            spec.name,
            f"{len(missing)} tensors are missing from the weights, {missing[0]} among them",
            "the package does not hold this architecture; report it",
        )
    mode = "mean" if spec.pooling is Pooling.MEAN else "cls"
    return SentenceTransformer(
        modules=[transformer, PoolingModule(spec.dim, pooling_mode=mode), Normalize()],
        prompts={"query": spec.query_prompt, "document": spec.passage_prompt},
        device="cpu",
    )


def _missing(transformer: Any, weights: Path) -> list[str]:
    from safetensors import safe_open

    with safe_open(str(weights), framework="np") as stream:
        held = set(stream.keys())
    wanted = {n for n, _ in transformer.auto_model.named_parameters() if "pooler" not in n}
    return sorted(wanted - held)


def _write_weights(fetched: Fetched, target: Path) -> None:
    if fetched.weights_format is Weights.SAFETENSORS:
        shutil.copyfile(fetched.weights, target)
        return
    from safetensors.numpy import save_file

    read = read_e5s1 if fetched.weights_format is Weights.E5S1 else read_onnx_int8
    save_file(read(fetched.weights), str(target), metadata={"format": "pt"})
