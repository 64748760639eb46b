"""Reading a document: its paragraphs, the images of its pages, the file it was read from."""
