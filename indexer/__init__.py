"""From passages to a published, searchable snapshot: encoders, vectors, words, catalogue, build."""
