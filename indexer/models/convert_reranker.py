"""From the verified files of a cross-encoder to OpenVINO.

The package carries it with weights in 8 bits and a network that rounds every activation to 8 bits
too, by the largest number of the batch: a pair then scores by what it is batched with (9.34 beside
twenty others, 9.41 alone), and OpenVINO, which can read it as it is, takes 2.7 times the processor
time. So the weights are brought back to float32 once, as those of embedding models are, and run
like theirs.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from corpus.errors import ModelError
from indexer.models.convert import IR_NAME, quiet
from indexer.models.fetch import Fetched
from indexer.models.rerankers import RerankerSpec
from indexer.models.weights import read_onnx_int8

__all__ = ["convert_reranker"]


def convert_reranker(spec: RerankerSpec, fetched: Fetched, folder: Path) -> None:
    """Write `openvino_model.xml` and `.bin` and `tokenizer.json` to `folder`.

    Raises:
        ModelError: the weights are not those of the architecture.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    from indexer.openvino_runtime import ov

    shutil.copyfile(fetched.tokenizer, folder / "tokenizer.json")
    held = {name: torch.tensor(v) for name, v in read_onnx_int8(fetched.weights).items()}
    config = {**spec.config, "num_labels": 1, "attn_implementation": "sdpa"}
    with quiet():
        model = BertForSequenceClassification(BertConfig.from_dict(config))
        wanted = set(model.state_dict())
        if wanted != set(held):
            raise ModelError(
                spec.name,
                f"its tensors are not those of the architecture: {sorted(wanted ^ set(held))[0]}",
                "the package does not hold this architecture; report it",
            )
        model.load_state_dict(held)

    class PairScore(torch.nn.Module):
        """Ids, mask and segments of a pair to its score."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(
            self,
            input_ids: torch.Tensor,
            attention_mask: torch.Tensor,
            token_type_ids: torch.Tensor,
        ) -> torch.Tensor:
            scores: torch.Tensor = self.model(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).logits
            return scores

    example = {
        "input_ids": torch.tensor([[101, 7, 102, 9, 102], [101, 5, 102, 102, 0]]),
        "attention_mask": torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]]),
        "token_type_ids": torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 1, 0]]),
    }
    with torch.no_grad(), quiet():
        converted = ov.convert_model(PairScore().eval(), example_input=example)
    for port in converted.inputs:
        port.get_node().set_partial_shape(ov.PartialShape([-1, -1]))
    converted.validate_nodes_and_infer_types()
    ov.save_model(converted, folder / IR_NAME, compress_to_fp16=True)
