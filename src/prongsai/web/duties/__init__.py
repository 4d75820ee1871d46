"""Recurring obligations and their occurrences; the calendar."""
