"""Worker processes with limits, in which files are parsed."""
