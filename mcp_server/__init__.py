"""Search, reading and checking as tools of the Model Context Protocol: words of documents only."""
