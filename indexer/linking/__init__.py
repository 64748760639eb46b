"""How documents hang together: languages, drafts, revisions, copies, and who replaced whom."""
