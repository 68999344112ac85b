"""Feeds: from a catalog and bytes to entries."""
