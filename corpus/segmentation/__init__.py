"""Cut what readers read into numbered paragraphs, and say how well it went.

`segment_pages` takes the lines of a PDF; `segment_blocks` the blocks of DOCX, HTML and TXT, which
know their own paragraphs. Both end in the same `Segmentation`.
"""

from corpus.segmentation.labels import label_paragraphs
from corpus.segmentation.model import Segmentation
from corpus.segmentation.segment import segment_blocks, segment_pages

__all__ = ["Segmentation", "label_paragraphs", "segment_blocks", "segment_pages"]
