"""Russian, in the terms of the official Russian texts of the United Nations."""
