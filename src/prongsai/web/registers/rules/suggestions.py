"""Suggestions: shown to everybody only with the consent of who made them."""

from prongsai.web.registers.rules._consent import check

__all__ = ["check"]
