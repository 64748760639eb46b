"""Answering: engine, filters, fusion, citations, and the HTTP face over them."""
