"""Half an hour of everything at once: `python -m benchmarks.soak INDEX --minutes 30`.

The real service runs in a process of its own over a copy of an index. It is asked at a rate, not by
clients that wait for one another: each request is due at a time of its own, and its latency counts
from then, so that a stall is felt by all who would have come meanwhile. New and repeated searches,
facets, reading, similar passages and short drafts come mixed; passages are kept and taken out again
beside them; and every so often a made-up document is uploaded, indexed and published, and an older
one taken out. Then four times the rate is asked for a minute.
"""
