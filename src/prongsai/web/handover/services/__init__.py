"""Handovers written, signed by both, and what is moved then."""
