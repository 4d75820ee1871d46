"""Daily work."""
