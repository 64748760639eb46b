"""The page of collections and saved searches, and the controls that fill it from others."""
