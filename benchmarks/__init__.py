"""Commands that measure; results are committed under `benchmarks/results/`."""
