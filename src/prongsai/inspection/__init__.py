"""Looks at public addresses and their documents as an assessor would: reach, links, elements, what is behind them."""
