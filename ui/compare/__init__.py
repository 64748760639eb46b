"""The page that holds two texts against each other."""
