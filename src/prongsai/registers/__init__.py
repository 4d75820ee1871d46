"""Registers of daily work as data: one declared file each, read, checked, and put to use without a database.

A file says what an entry holds, which rules it keeps, how it moves, when it is due, what of it is public, and which
items of the assessment it proves. The platform makes forms, lists, imports, statistics, papers and public tables of it.
"""

from prongsai.registers.load import library, load, of_year
from prongsai.registers.model import Field, FieldType, Flow, Register

__all__ = ["Field", "FieldType", "Flow", "Register", "library", "load", "of_year"]
