"""JSON Lines: documents that are structured already."""
