"""The page that follows a paragraph over the years."""
