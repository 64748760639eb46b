"""The forward index: the terms of each row in reading order, as numbers, mapped from files.

Exact scores of a few hundred candidates need what stands in each of them and where: the postings of
the lexical store tell which rows hold a term, and finding one row in them again costs a search. A
term is kept as a hash of 32 bits and no vocabulary beside it, so a row of a hundred terms takes 400
bytes. That two of the some 2 × 10⁵ terms of a corpus have one hash happens a few times; that a
term of a question of 150 has the hash of another one of a given row of 100 has odds of 3.5 × 10⁻⁶.

On disk a folder holds a list of segments (JSON) and for each two files, `0-123000.terms` (uint32,
little-endian, row after row) and `0-123000.offsets` (int64, where each row begins and, last, the
end). They never change once written: a grown index links those that it shares with an earlier one.
"""

from indexer.forward.index import ForwardIndex
from indexer.forward.terms import TermIds, pair_id, term_ids
from indexer.forward.writer import ForwardWriter

__all__ = ["ForwardIndex", "ForwardWriter", "TermIds", "pair_id", "term_ids"]
