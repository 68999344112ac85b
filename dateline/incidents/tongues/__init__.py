"""Coding of articles in other languages than English, from data files alone (docs/languages.md)."""
