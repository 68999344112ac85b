"""Dateline: news feeds to an incident queue."""

__version__ = "0.1.0"
