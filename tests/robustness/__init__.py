"""Hostile files, and proof that each costs only itself."""
