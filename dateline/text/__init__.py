"""Text: from a page's bytes to an article."""
