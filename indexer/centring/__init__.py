"""Taking out of vectors what they have in common: the language, and the register of a collection.

Vectors of a multilingual model lie in a narrow cone, and within it by language: an English question
is nearer to any English passage than to the Russian translation of the one it is taken from. The
mean of the vectors of a language in a collection is that common part, and is taken out of them:
see `benchmarks/results/crosslingual.json` for what that gives across languages. Within a language
what is left tells passages apart better, too. Questions of a few words lie elsewhere than passages,
all in one direction: theirs is the mean of phrases encoded as questions.
"""

from indexer.centring.means import Centring
from indexer.centring.parallel import parallel_phrases, parallel_sentences

__all__ = ["Centring", "parallel_phrases", "parallel_sentences"]
