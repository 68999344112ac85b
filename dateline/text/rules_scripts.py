"""Rows (being filled)."""

from dateline.text.rules import Rule

ROWS: tuple[Rule, ...] = ()
