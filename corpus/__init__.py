"""What a document is: types, symbols, readers, paragraphs, metadata and the sample corpus."""
