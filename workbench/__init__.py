"""What an advocate does with found text: grade, compare, follow, verify, cite, export.

Pure functions over words and documents. Nothing here opens an index or answers a request: that is
`search_api.bench`, which brings the two together.
"""
