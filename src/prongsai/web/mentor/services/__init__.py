"""Joining and leaving, offices and who looks in them, messages, and the figures that are counted anew."""
