"""Incidents: from an article to coded records."""
