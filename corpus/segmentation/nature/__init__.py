"""What a paragraph is: its kind, its verb, whom it addresses and who recommends it."""
