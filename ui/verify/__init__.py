"""The page that checks citations."""
