"""How often something is said: trends of queries by year and by body."""
