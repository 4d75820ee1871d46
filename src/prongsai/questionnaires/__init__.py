"""Questionnaires as data: what is asked, what an answer may be, and what many answers say. Knows no platform."""
