"""The reading page: a document beside the pages it was printed on."""
