"""The search page: a question, filters at the side, hits."""
