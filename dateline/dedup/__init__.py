"""Duplicates: what an article is to those before it."""
