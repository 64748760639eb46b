"""Words recognised in images of pages, where tesseract is installed."""
