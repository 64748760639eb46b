"""The frame around all pages: the list of them, the line on top, and how they are served."""
