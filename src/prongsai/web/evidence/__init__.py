"""Immutable files and addresses that prove something."""
