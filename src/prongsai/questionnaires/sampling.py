"""How many must answer an official survey, and how many a day are left for it."""

from __future__ import annotations

from prongsai.frameworks.sampling import required

__all__ = ["pace", "required"]


def pace(missing: int, days_left: int) -> int | None:
    """Give how many must answer on each day that is left, today included; None when no day is left."""
    return -(-missing // days_left) if days_left > 0 else None
