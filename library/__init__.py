"""The user's own work: collections of passages with notes, and saved searches.

One SQLite file beside the index and apart from it, so that indexing anew or a deleted index leaves
it alone. What is kept of a passage is a copy, which stays when its document goes.
"""
