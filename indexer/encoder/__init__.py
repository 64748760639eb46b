"""From texts to vectors.

`Encoder` is what the rest of the project knows: a key, an identity and three methods.
`OpenVinoEncoder` is the one that serves; `TorchEncoder` runs on an NVIDIA card; tests use a hashed
bag of words of the same shape.
"""

from indexer.encoder.opening import LazyEncoder, fastest_encoder, open_encoder
from indexer.encoder.openvino import OpenVinoEncoder
from indexer.encoder.torch import TorchEncoder
from indexer.encoder.types import (
    PRECISIONS,
    Encoder,
    EncoderIdentity,
    Precision,
    Vectors,
    digest_of,
    named,
)

__all__ = [
    "PRECISIONS",
    "Encoder",
    "EncoderIdentity",
    "LazyEncoder",
    "OpenVinoEncoder",
    "Precision",
    "TorchEncoder",
    "Vectors",
    "digest_of",
    "fastest_encoder",
    "named",
    "open_encoder",
]
