"""Keeps the wire whole: reconciles, trims, measures."""
