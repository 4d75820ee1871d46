"""Complaints about corruption: sealed, read by the named handlers alone, and never by whom they are about."""
