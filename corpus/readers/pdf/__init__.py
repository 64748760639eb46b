"""PDF: two readers that give lines with their place on the page."""
