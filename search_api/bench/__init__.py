"""The advocate's workbench over a published index: drafts, lineage, comparison, citations, export.

Functions here take a `Snapshot` and an `Encoder` and answer in the classes of `search_api.schemas`.
What they decide by is in `workbench`; they know no HTTP. `search_api.bench.workbench.Workbench` has
them all; nothing is imported here, since what the service needs at its start must be light.
"""
