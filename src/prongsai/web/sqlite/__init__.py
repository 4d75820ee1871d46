"""SQLite as the platform uses it: Django's own, with a queue for those who want to write."""
