"""Lint: what a careful reader would notice in a paper. One module a family of rules."""
