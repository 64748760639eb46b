"""Build the container images, run them by the compose file, and see whether it keeps its word."""
