"""The page of what is indexed."""
