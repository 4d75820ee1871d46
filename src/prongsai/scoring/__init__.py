"""Scores: from answers and items up to the level, and back down from a total to what is missing.

The year's :class:`~prongsai.frameworks.model.Framework` says what counts in what; nothing here knows a
weight, a code or a threshold.
"""
