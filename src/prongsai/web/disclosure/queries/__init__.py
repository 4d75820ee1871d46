"""Queries of the app, a module a topic."""
