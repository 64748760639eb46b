"""HTML: the text of a page without what surrounds it, as blocks."""
